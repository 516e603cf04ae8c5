package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// list is a list of records of an object.
type list struct {
	placed
	Name            *string                      `yaml:"name" doc:"What people call it, by default made from the slug."`
	ParentObject    apiSlug                      `yaml:"parent_object,required" doc:"The slug of the object whose records are on it."`
	WorkspaceAccess *listAccess                  `yaml:"workspace_access" doc:"What every member may do with it, by default everything. With null nothing."`
	MemberAccess    ordered[name, listAccess]    `yaml:"member_access" doc:"What single members may do beyond that, by user."`
	CreatedAt       *moment                      `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	CreatedBy       author                       `yaml:"created_by" doc:"Who made it: a user, {token: name}, or the word system. By default the first admin."`
	Attributes      ordered[apiSlug, definition] `yaml:"attributes" doc:"Attributes that the list has besides those that Attio gives it, by slug."`
	Views           ordered[name, savedView]     `yaml:"views" doc:"The saved views by a key of your choice."`
	Entries         ordered[name, listEntry]     `yaml:"entries" doc:"The entries by a key of your choice."`
	APISlug         *string                      `yaml:"api_slug" doc:"The slug that the API shows, where somebody has changed it. In the scenario it goes by its key."`
	ID              uuid                         `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// listAccess is what a member may do with a list.
type listAccess string

func (listAccess) words() (string, []string) { return "list access", asStrings(world.ListAccesses()) }

// access returns what every member may do.
func (l *list) access() world.ListAccess {
	switch {
	case l.WorkspaceAccess != nil:
		return world.ListAccess(*l.WorkspaceAccess)
	case l.has("workspace_access"):
		return ""
	}
	return world.FullAccess
}

// listEntry is an entry of a list: what a record is, and of which record it is.
type listEntry struct {
	record
	parent *yamltree.Node // nil where it is not named
}

const parentKey = "record"

func (e *listEntry) decode(d *decoder, f yamltree.Field) {
	e.record.decode(d, f)
	i := slices.IndexFunc(e.values, func(f yamltree.Field) bool { return f.Name == parentKey })
	switch {
	case i >= 0:
		if _, ok := d.text(e.values[i]); ok {
			e.parent = e.values[i].Value
		}
		e.values = slices.Delete(e.values, i, i+1)
	case !d.single && e.node != nil:
		d.problems.Add(f.At, "the required key %s is missing. %s", suggest.Quote(parentKey), parentDoc)
	}
}

const parentDoc = "The key of a record of the parent object."

func (*listEntry) schema() schema {
	s := schemaFor[record]()
	properties := s["properties"].(schema)
	properties[parentKey] = schema{"type": "string", "description": parentDoc}
	return s
}
