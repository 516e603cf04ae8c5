package world

import (
	"iter"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// holding is a way in which states hold the things of a kind.
type holding interface {
	// each yields the things, each as the change that would create it, without its kind.
	each(s *State) iter.Seq[Change]
	// copy gives a copy of the things those of its kind, for a writer to change.
	copy(next, t *things, w *writer)
	// diff notes how the things differ from those that the transaction began with.
	diff(tx *Tx, thing Thing)
	// release deletes the things that are attached to something that is gone, or detaches them.
	release(tx *Tx, thing Thing, gone attio.ID)
	// follow moves the things that are attached to a record that is merged to the new one.
	follow(m *merger, thing Thing, original attio.ID)
}

// collected holds things in a Collection; they may be attached to others.
type collected[V attachment[V]] struct{}

func (collected[V]) in(t *things) *Collection[V] {
	var kind V
	return kind.in(t)
}

func (c collected[V]) each(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for v := range c.in(s.things).All() {
			_, id := v.identity()
			if !yield(Change{ID: id, After: v}) {
				return
			}
		}
	}
}

func (c collected[V]) copy(next, t *things, w *writer) { *c.in(next) = c.in(t).copy(w) }

func (c collected[V]) diff(tx *Tx, thing Thing) {
	before, after := c.in(tx.base.things), c.in(tx.things)
	for v := range after.All() {
		_, id := v.identity()
		switch old, ok := before.Get(id); {
		case !ok:
			tx.note(thing, "", id, nil, v)
		case old != v:
			tx.note(thing, "", id, old, v)
		}
	}
	for old := range before.All() {
		_, id := old.identity()
		if _, ok := after.Get(id); !ok {
			tx.note(thing, "", id, old, nil)
		}
	}
}

func (collected[V]) release(tx *Tx, thing Thing, gone attio.ID) { detach[V](tx, thing, gone) }

func (c collected[V]) follow(m *merger, thing Thing, original attio.ID) {
	for _, id := range slices.Collect(m.attachedTo(original, thing)) { // the loop changes the table
		if v, ok := c.in(m.things).Get(id); ok {
			put(m.Tx, v.followed(m))
		}
	}
}

// viewTable holds the views in one table, in the order of their object or list.
type viewTable struct{}

func (viewTable) each(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for v := range s.views.Values() {
			if !yield(Change{Of: v.Target, ID: v.ID, After: v}) {
				return
			}
		}
	}
}

func (viewTable) copy(next, t *things, w *writer) { next.views = t.views.copy(w) }

func (viewTable) diff(tx *Tx, thing Thing) {
	for v := range tx.views.Values() {
		if old, _ := tx.base.View(v.Target, v.ID); old != v {
			tx.note(thing, v.Target, v.ID, orNil(old), v)
		}
	}
	for old := range tx.base.views.Values() {
		if _, ok := tx.View(old.Target, old.ID); !ok {
			tx.note(thing, old.Target, old.ID, old, nil)
		}
	}
}

func (viewTable) release(*Tx, Thing, attio.ID)    {} // deleteViews does it
func (viewTable) follow(*merger, Thing, attio.ID) {} // followViews does it

// stored holds the records of the objects, or the entries of the lists, that it yields.
type stored func(*State) iter.Seq[Change]

func (kinds stored) each(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for kind := range kinds(s) {
			for r := range s.Records(kind.ID) {
				if !yield(Change{Of: kind.ID, ID: r.ID, After: r}) {
					return
				}
			}
		}
	}
}

func (stored) copy(_, _ *things, _ *writer) {} // the stores of all objects and lists are one table of the state
func (kinds stored) diff(tx *Tx, _ Thing) {
	for kind := range kinds(tx.State) {
		diffRecords(tx, kind.ID)
	}
	for kind := range kinds(tx.base) {
		if !hasKind(tx.Schema, kind.ID) {
			diffRecords(tx, kind.ID)
		}
	}
}

func (stored) release(*Tx, Thing, attio.ID)    {} // DeleteRecord does it
func (stored) follow(*merger, Thing, attio.ID) {} // followReferences does it

// compared holds things of the schema, and the workspace itself. States share them, and a transaction compares them
// when it commits.
type compared func(*State) iter.Seq[Change]

func (all compared) each(s *State) iter.Seq[Change] { return all(s) }
func (compared) copy(_, _ *things, _ *writer)       {}
func (compared) diff(*Tx, Thing)                    {}
func (compared) release(*Tx, Thing, attio.ID)       {}
func (compared) follow(*merger, Thing, attio.ID)    {}

func eachWorkspace(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) { yield(Change{ID: s.ID, After: s}) }
}

func eachObject(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, o := range s.Schema.Objects {
			if !yield(Change{ID: o.ID, After: o}) {
				return
			}
		}
	}
}

func eachList(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, l := range s.Schema.Lists {
			if !yield(Change{ID: l.ID, After: l}) {
				return
			}
		}
	}
}

func eachAttribute(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, kind := range s.Schema.kinds() {
			of := kind.Common()
			for _, d := range of.Attributes {
				if !yield(Change{Of: of.ID, ID: d.ID, After: d}) {
					return
				}
			}
		}
	}
}
