package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// list is a list of records of an object.
type list struct {
	placed
	Name            *string                      `yaml:"name" doc:"What people call it, by default made from the slug."`
	ParentObject    apiSlug                      `yaml:"parent_object,required" doc:"The slug of the object whose records are on it."`
	WorkspaceAccess *listAccess                  `yaml:"workspace_access" doc:"What every member may do with it, by default everything. With null nothing."`
	MemberAccess    grants                       `yaml:"member_access" doc:"What single members may do beyond that, by user; or a list of {member, level}, in which one can come twice."`
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

// grants are what single members may do with a list, by user, or as a list in which one can come twice, as the API lets it.
type grants struct{ ordered[name, listAccess] }

// grant is an item of that list.
type grant struct {
	placed
	Member name       `yaml:"member,required" doc:"The user."`
	Level  listAccess `yaml:"level,required" doc:"What the member may do."`
}

func (g *grants) decode(d *decoder, f field) {
	if f.value.kind != kindSequence {
		g.ordered.decode(d, f)
		return
	}
	for _, n := range f.value.items {
		var one grant
		decodeInto(d, field{at: n.position, value: n}, &one)
		g.items = append(g.items, item[listAccess]{key: string(one.Member), at: one.at("member"), value: one.Level})
	}
}

func (g *grants) schema() schema {
	return schema{"anyOf": []any{g.ordered.schema(), schema{"type": "array", "items": schemaFor[grant]()}}}
}

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
	parent *node // nil where it is not named
}

const parentKey = "record"

func (e *listEntry) decode(d *decoder, f field) {
	e.record.decode(d, f)
	i := slices.IndexFunc(e.values, func(f field) bool { return f.name == parentKey })
	switch {
	case i >= 0:
		if _, ok := d.text(e.values[i]); ok {
			e.parent = e.values[i].value
		}
		e.values = slices.Delete(e.values, i, i+1)
	case !d.single && e.node != nil:
		d.problems.add(f.at, "the required key %s is missing. %s", quote(parentKey), parentDoc)
	}
}

const parentDoc = "The key of a record of the parent object."

func (*listEntry) schema() schema {
	s := schemaFor[record]()
	properties := s["properties"].(schema)
	properties[parentKey] = schema{"type": "string", "description": parentDoc}
	return s
}
