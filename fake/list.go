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
	return List{workspace: w}
}

// AddList makes a list, with the attributes that Attio gives every list. It is attributed to w's author.
func (w *Workspace) AddList(l List) List {
	w.server.helper()
	if l.Slug == "" || l.Parent == "" {
		w.server.fatalf("fake: a list needs a slug and a parent object; got %q and %q", l.Slug, l.Parent)
		return List{}
	}
	if l.Name == "" {
		l.Name = scenario.Title(l.Slug)
	}
	edit, ok := w.listEdit(l)
	if !ok {
		return List{workspace: w}
	}
	return w.writeList(func(tx *world.Tx) (*world.List, error) { return tx.CreateList(l.Parent, edit) })
}

// UpdateList changes a list, named by slug or id, as PATCH /v2/lists/{list} does: its slug, its name and who may do what
// with it.
func (w *Workspace) UpdateList(slugOrID string, edit func(*List)) List {
	w.server.helper()
	found := w.List(slugOrID)
	edited := found
	edited.MemberAccess = maps.Clone(found.MemberAccess)
	if edited.MemberAccess == nil {
		edited.MemberAccess = make(map[string]ListAccess)
	}
	edit(&edited)
	if found.ID == "" || !w.keeps("list", found.Slug, fixed{"ID", edited.ID != found.ID}, fixed{"Parent", edited.Parent != found.Parent}) {
		return List{workspace: w}
	}
	change, ok := w.listEdit(edited)
	if !ok {
		return List{workspace: w}
	}
	return w.writeList(func(tx *world.Tx) (*world.List, error) {
		l, ok := tx.Schema.List(found.ID)
		if !ok {
			return nil, attio.ListNotFound(found.Slug)
		}
		return tx.UpdateList(l, change)
	})
}

// DeleteList removes a list with its entries, named by slug or id. The records stay. Attio's API cannot.
func (w *Workspace) DeleteList(slugOrID string) {
	w.server.helper()
	if found := w.List(slugOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteList(attio.ID(found.ID)) })
	}
}

// listEdit says everything of a list, or fails the test.
func (w *Workspace) listEdit(l List) (world.ListEdit, bool) {
	w.server.helper()
	known := []ListAccess{ListFullAccess, ListReadAndWrite, ListReadOnly, ListNoAccess}
	if l.Access != "" && !slices.Contains(known, l.Access) {
		w.server.fatalf("fake: list %q: %s", l.Slug, suggest.Unknown("access", string(l.Access), texts(known)))
		return world.ListEdit{}, false
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
			return world.ListEdit{}, false
		}
		if !slices.Contains(known[:3], level) {
			w.server.fatalf("fake: list %q: member %q: %s", l.Slug, key, suggest.Unknown("access", string(level), texts(known[:3])))
			return world.ListEdit{}, false
		}
		grants = append(grants, world.MemberAccess{Level: world.ListAccess(level), Member: member.ID})
	}
	return world.ListEdit{Slug: &l.Slug, Name: &l.Name, WorkspaceAccess: &access, MemberAccess: &grants}, true
}

func (w *Workspace) writeList(write func(*world.Tx) (*world.List, error)) List {
	w.server.helper()
	written := List{workspace: w}
	w.update(func(tx *world.Tx) error {
		l, err := write(tx)
		if err == nil {
			written = newList(w, tx.Schema, l)
		}
		return err
	})
	return written
}

// find returns the list as it is now, or fails the test; of one that was not found it says nothing again.
func (l List) find(schema *world.Schema) *world.List {
	l.workspace.server.helper()
	if l.ID == "" {
		return nil
	}
	return l.workspace.list(schema, l.ID)
}

// list returns a list by slug or id, or fails the test.
func (w *Workspace) list(schema *world.Schema, slugOrID string) *world.List {
	w.server.helper()
	if l, ok := schema.List(slugOrID); ok {
		return l
	}
	w.server.fatalf("fake: workspace %q: %s", w.Slug(), suggest.Unknown("list", slugOrID, sortedSlugs(schema.Lists)))
	return nil
}

// sortedSlugs returns the slugs of lists or activities in alphabetical order.
func sortedSlugs[K world.Kind](kinds []K) []string {
	var slugs []string
	for _, kind := range kinds {
		slugs = append(slugs, kind.Common().Slug)
	}
	slices.Sort(slugs)
	return slugs
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
