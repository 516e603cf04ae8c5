package fake

import (
	"maps"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// List is a list of records of one object, as Workspace.List found it or AddList made it. Its methods
// read and write the list as it is when they are called.
type List struct {
	ID     string // AddList makes one
	Slug   string // "sales"
	Name   string // to AddList empty means that of the slug, "Sales"
	Parent string // the slug of the object whose records are on it, "companies"
	// Access is what every member may do with it. To AddList empty means ListFullAccess.
	Access ListAccess
	// MemberAccess is what single members may do beyond that, by the keys that Workspace.Member takes. Of
	// a list that was found they are workspace member ids.
	MemberAccess map[string]ListAccess

	workspace *Workspace
}

// ListAccess is what a member may do with a list.
type ListAccess string

// The levels of Attio, and ListNoAccess, which is null in its API.
const (
	ListFullAccess   ListAccess = "full-access"
	ListReadAndWrite ListAccess = "read-and-write"
	ListReadOnly     ListAccess = "read-only"
	ListNoAccess     ListAccess = "none"
)

// Lists returns all lists, oldest first, also those that not every token sees.
func (w *Workspace) Lists() []List {
	var lists []List
	schema := w.state().Schema
	for _, l := range schema.Lists {
		lists = append(lists, newList(w, schema, l))
	}
	return lists
}

// List returns a list by slug or id. It fails the test if there is none.
func (w *Workspace) List(slugOrID string) List {
	w.server.helper()
	schema := w.state().Schema
	if l := w.list(schema, slugOrID); l != nil {
		return newList(w, schema, l)
	}
	return List{}
}

// AddList makes a list, with the attributes that Attio gives every list. What is written through it is
// written by whom w writes as.
func (w *Workspace) AddList(l List) List {
	w.server.helper()
	if l.Slug == "" || l.Parent == "" {
		w.server.fatalf("fake: a list needs a slug and a parent object; got %q and %q", l.Slug, l.Parent)
		return List{}
	}
	if l.Name == "" {
		l.Name = scenario.Title(l.Slug)
	}
	known := []ListAccess{ListFullAccess, ListReadAndWrite, ListReadOnly, ListNoAccess}
	if l.Access != "" && !slices.Contains(known, l.Access) {
		w.server.fatalf("fake: list %q: %s", l.Slug, suggest.Unknown("access", string(l.Access), texts(known)))
		return List{}
	}
	access := world.FullAccess
	switch l.Access {
	case "", ListFullAccess:
	case ListNoAccess:
		access = ""
	default:
		access = world.ListAccess(l.Access)
	}
	grants := []world.MemberAccess{}
	for _, key := range slices.Sorted(maps.Keys(l.MemberAccess)) {
		member, level := w.member(key), l.MemberAccess[key]
		if member == nil {
			return List{}
		}
		if !slices.Contains(known[:3], level) {
			w.server.fatalf("fake: list %q: member %q: %s", l.Slug, key, suggest.Unknown("access", string(level), texts(known[:3])))
			return List{}
		}
		grants = append(grants, world.MemberAccess{Level: world.ListAccess(level), Member: member.ID})
	}
	var added List
	w.update(func(tx *world.Tx) error {
		made, err := tx.CreateList(l.Parent, world.ListEdit{Slug: &l.Slug, Name: &l.Name, WorkspaceAccess: &access, MemberAccess: &grants})
		if err == nil {
			added = newList(w, tx.Schema, made)
		}
		return err
	})
	return added
}

// Attributes returns all attributes of the list that are not archived, in their order.
func (l List) Attributes() []Attribute {
	l.workspace.server.helper()
	schema := l.workspace.state().Schema
	if found := l.workspace.list(schema, l.ID); found != nil {
		return attributesOf(schema, &found.Target)
	}
	return nil
}

// Attribute returns an attribute of the list by slug or id, an archived one too. It fails the test if
// there is none.
func (l List) Attribute(slugOrID string) Attribute {
	l.workspace.server.helper()
	schema := l.workspace.state().Schema
	if found := l.workspace.list(schema, l.ID); found != nil {
		return attributeOf(l.workspace, schema, "list", &found.Target, slugOrID)
	}
	return Attribute{}
}

// AddAttribute adds an attribute to the list, after those that it has. It has no relationship.
func (l List) AddAttribute(a Attribute) Attribute {
	l.workspace.server.helper()
	if found := l.workspace.list(l.workspace.state().Schema, l.ID); found != nil {
		return addAttribute(l.workspace, found, a)
	}
	return Attribute{}
}

// list returns a list by slug or id, or fails the test.
func (w *Workspace) list(schema *world.Schema, slugOrID string) *world.List {
	w.server.helper()
	if l, ok := schema.List(slugOrID); ok {
		return l
	}
	var slugs []string
	for _, l := range schema.Lists {
		slugs = append(slugs, l.Slug)
	}
	slices.Sort(slugs)
	w.server.fatalf("fake: workspace %q: %s", w.Slug(), suggest.Unknown("list", slugOrID, slugs))
	return nil
}

func newList(w *Workspace, schema *world.Schema, l *world.List) List {
	found := List{
		ID: string(l.ID), Slug: l.Slug, Name: l.Name, Parent: schema.SlugOf(l.Parent),
		Access: ListAccess(l.WorkspaceAccess), workspace: w,
	}
	if found.Access == "" {
		found.Access = ListNoAccess
	}
	for _, grant := range l.MemberAccess {
		if found.MemberAccess == nil {
			found.MemberAccess = make(map[string]ListAccess)
		}
		found.MemberAccess[string(grant.Member)] = ListAccess(grant.Level)
	}
	return found
}

// entryID returns the id of an entry by its key in the scenario, or of what is an id already.
func (l List) entryID(keyOrID string) attio.ID {
	if id, ok := attio.ParseID(keyOrID); ok {
		return id
	}
	return l.workspace.seeded("lists/" + l.Slug + "/entries/" + keyOrID)
}
