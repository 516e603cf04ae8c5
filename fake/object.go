package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Object is a kind of record, as Workspace.Object found it or AddObject made it. Its methods read and write
// the object as it is when they are called.
type Object struct {
	ID       string // AddObject makes one
	Slug     string // "projects"
	Singular string // "Project"
	Plural   string // "Projects"

	workspace *Workspace
}

// Objects returns all objects that are enabled, in the order in which Attio lists them.
func (w *Workspace) Objects() []Object {
	var objects []Object
	for _, o := range w.state().Schema.Objects {
		if o.Enabled {
			objects = append(objects, newObject(w, o))
		}
	}
	return objects
}

// Object returns an object by slug or id. It fails the test if there is none.
func (w *Workspace) Object(slugOrID string) Object {
	w.server.helper()
	if o := w.object(w.state().Schema, slugOrID); o != nil {
		return newObject(w, o)
	}
	return Object{workspace: w}
}

// AddObject makes a custom object, with the attributes that Attio gives every object.
func (w *Workspace) AddObject(o Object) Object {
	w.server.helper()
	if o.Slug == "" || o.Singular == "" || o.Plural == "" {
		w.server.fatalf("fake: an object needs a slug, a singular and a plural; got %q, %q and %q", o.Slug, o.Singular, o.Plural)
		return Object{workspace: w}
	}
	return w.writeObject(func(tx *world.Tx) (*world.Object, error) {
		return tx.CreateObject(world.ObjectEdit{Slug: &o.Slug, Singular: &o.Singular, Plural: &o.Plural})
	})
}

// UpdateObject changes the slug and the names of an object, as PATCH /v2/objects/{object} does.
func (w *Workspace) UpdateObject(slugOrID string, edit func(*Object)) Object {
	w.server.helper()
	found := w.Object(slugOrID)
	edited := found
	edit(&edited)
	if found.ID == "" || !w.keeps("object", found.Slug, fixed{"ID", edited.ID != found.ID}) {
		return Object{workspace: w}
	}
	return w.writeObject(func(tx *world.Tx) (*world.Object, error) {
		o, err := tx.Schema.ObjectNamed(found.ID, attio.ObjectNotFound)
		if err != nil {
			return nil, err
		}
		return tx.UpdateObject(o, world.ObjectEdit{Slug: &edited.Slug, Singular: &edited.Singular, Plural: &edited.Plural})
	})
}

// DeleteObject removes a custom object with its records, its lists, and the attributes of other objects that are
// the other sides of its relationships.
func (w *Workspace) DeleteObject(slugOrID string) {
	w.server.helper()
	if found := w.Object(slugOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return control.DeleteObject(tx, found.ID) })
	}
}

// EnableObject turns on a standard object that is off at first: "deals", "users" or "workspaces". In
// Attio an admin does it in the settings.
func (w *Workspace) EnableObject(slug string) Object {
	w.server.helper()
	return w.writeObject(func(tx *world.Tx) (*world.Object, error) {
		return control.EnableObject(tx, slug)
	})
}

func (w *Workspace) writeObject(write func(*world.Tx) (*world.Object, error)) Object {
	w.server.helper()
	written := Object{workspace: w}
	w.update(func(tx *world.Tx) error {
		o, err := write(tx)
		if err == nil {
			written = newObject(w, o)
		}
		return err
	})
	return written
}

// object returns an object that is enabled, by slug or id, or fails the test.
func (w *Workspace) object(schema *world.Schema, slugOrID string) *world.Object {
	w.server.helper()
	if o, ok := schema.Object(slugOrID); ok {
		return o
	}
	var slugs []string
	for _, o := range schema.Objects {
		if o.Standard == slugOrID {
			w.server.fatalf("fake: workspace %q: object %q is off; turn it on with EnableObject(%q)", w.Slug(), o.Slug, slugOrID)
			return nil
		}
		if o.Enabled {
			slugs = append(slugs, o.Slug)
		}
	}
	slices.Sort(slugs)
	w.server.fatalf("fake: workspace %q: %s", w.Slug(), suggest.Unknown("object", slugOrID, slugs))
	return nil
}

// latest returns an object, a list or an activity as a transaction has it, in which it may have changed since it was
// found.
func latest[K world.Kind](tx *world.Tx, kind K) (K, error) {
	if now, ok := tx.Schema.Kind(kind.Common().ID); ok {
		return now.(K), nil
	}
	switch any(kind).(type) {
	case *world.List:
		return kind, attio.ListNotFound(kind.Common().Slug)
	case *world.Activity:
		return kind, attio.ActivityNotFound(kind.Common().Slug)
	}
	return kind, attio.ObjectNotFound(kind.Common().Slug)
}

// find returns the object as it is now, or fails the test; of one that was not found it says nothing again.
func (o Object) find(schema *world.Schema) *world.Object {
	o.workspace.server.helper()
	if o.ID == "" {
		return nil
	}
	return o.workspace.object(schema, o.ID)
}

func newObject(w *Workspace, o *world.Object) Object {
	return Object{ID: string(o.ID), Slug: o.Slug, Singular: o.Singular, Plural: o.Plural, workspace: w}
}
