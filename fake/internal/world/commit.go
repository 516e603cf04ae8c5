package world

import (
	"reflect"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Change is what a transaction as a whole did to one thing.
type Change struct {
	Thing  Thing
	Of     attio.ID // the object, list or activity of a record, an entry, an attribute or a view; else empty
	ID     attio.ID
	Before any // nil if the thing is new
	After  any // nil if the thing is gone
}

// Commit is a transaction that took place.
type Commit struct {
	Workspace     *Workspace
	Before, After *State
	At            time.Time
	Author        Author
	Changes       []Change // changes of the schema first, then the others in the order in which the transaction first touched each thing
	Silent        bool     // no webhook gets an event
	Merges        []*Merge // of records
}

// Watcher is notified of what happens in a world. The workspace is locked meanwhile, so a watcher must not write to
// it and must return quickly.
type Watcher interface {
	Committed(Commit)   // in order, for each workspace; it may have no changes
	Added(*Workspace)   // it may hold things already, as a clone does
	Removed(*Workspace) // its state does not change, except for the files
	WasReset()          // the seed or a snapshot has replaced everything
}

// Watch adds a watcher. The world must not be in use yet.
func (w *World) Watch(watcher Watcher) { w.watchers = append(w.watchers, watcher) }

// changeKey identifies a change within a transaction.
type changeKey struct {
	thing  Thing
	of, id attio.ID
}

// note records a change to a thing: its value before and after, or nil.
func (tx *Tx) note(thing Thing, of, id attio.ID, before, after any) {
	if tx.seeding {
		return
	}
	if i := tx.noticed(changeKey{thing, of, id}); i >= 0 {
		tx.changes[i].After = after
		return
	}
	tx.changes = append(tx.changes, Change{thing, of, id, before, after})
}

// noticed returns the index of the change to a thing, or -1. It indexes the changes when there are many: most transactions
// have one or two, and a map costs more than those.
func (tx *Tx) noticed(key changeKey) int {
	const many = 16
	if len(tx.changes) < many {
		return slices.IndexFunc(tx.changes, func(c Change) bool { return c.key() == key })
	}
	if tx.noted == nil {
		tx.noted = make(map[changeKey]int, 2*many)
	}
	for i := len(tx.noted); i < len(tx.changes); i++ {
		tx.noted[tx.changes[i].key()] = i
	}
	if i, ok := tx.noted[key]; ok {
		return i
	}
	return -1
}

func (c Change) key() changeKey { return changeKey{c.Thing, c.Of, c.ID} }

// noteRecord records that a record or an entry was created, replaced or deleted.
func (tx *Tx) noteRecord(of, id attio.ID, after *Record) {
	if tx.seeding {
		return
	}
	kind, ok := tx.Schema.Kind(of)
	if !ok {
		kind, _ = tx.base.Schema.Kind(of) // deleted with everything in it
	}
	before, _ := tx.base.Record(of, id)
	tx.note(kind.holds(), of, id, orNil(before), orNil(after))
}

// orNil returns a pointer as an interface value, which is nil if the pointer is.
func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

// commit ends the transaction and returns its net changes.
func (tx *Tx) commit(ws *Workspace) Commit {
	var changes []Change
	if tx.Name != tx.base.Name {
		changes = append(changes, Change{ThingWorkspace, "", tx.ID, tx.base, tx.State})
	}
	if tx.Schema != tx.base.Schema {
		changes = append(changes, schemaChanges(tx.base.Schema, tx.Schema)...)
	}
	for _, c := range tx.changes {
		if !c.void() {
			changes = append(changes, c)
		}
	}
	return Commit{Workspace: ws, Before: tx.base, After: tx.State, At: tx.Now, Author: tx.Author, Changes: changes, Silent: tx.silent, Merges: tx.merges}
}

// void reports whether the change changes nothing.
func (c Change) void() bool {
	if c.Before == nil || c.After == nil {
		return c.Before == c.After
	}
	before, ok := c.Before.(*Record)
	if !ok {
		return reflect.DeepEqual(c.Before, c.After)
	}
	after := c.After.(*Record)
	return len(after.ChangedSince(before)) == 0 && !after.hasOtherPast(before)
}

// ChangedSince lists the attributes whose active values differ from those of an earlier version of the
// record, by their ids.
func (r *Record) ChangedSince(before *Record) []attio.ID {
	var changed []attio.ID
	for _, c := range r.cells {
		var old []Held
		if b := before.cell(c.attribute); b != nil {
			old = b.active
		}
		if !SameValues(old, c.active) {
			changed = append(changed, c.attribute)
		}
	}
	return changed
}

// SameValues reports whether two lists hold the same values since the same moments.
func SameValues(a, b []Held) bool {
	if len(a) > 0 && len(a) == len(b) && &a[0] == &b[0] {
		return true
	}
	return slices.EqualFunc(a, b, func(a, b Held) bool {
		return a.From.Equal(b.From) && a.Value.Key() == b.Value.Key() && attribute.SpelledAlike(a.Value, b.Value)
	})
}

// schemaChanges compares two schemas: the settings of objects, lists and activities, and their attributes.
func schemaChanges(before, after *Schema) []Change {
	var changes []Change
	for _, kind := range after.kinds() {
		id := kind.Common().ID
		old, existed := before.Kind(id)
		switch {
		case !existed:
			changes = append(changes, Change{kind.thing(), "", id, nil, kind})
			continue // the change includes its attributes
		case old == kind:
			continue
		case !reflect.DeepEqual(old.bare(), kind.bare()):
			changes = append(changes, Change{kind.thing(), "", id, old, kind})
		}
		changes = append(changes, attributeChanges(old.Common(), kind.Common())...)
	}
	for _, old := range before.kinds() {
		if id := old.Common().ID; !hasKind(after, id) {
			changes = append(changes, Change{old.thing(), "", id, old, nil})
		}
	}
	return changes
}

func hasKind(s *Schema, id attio.ID) bool {
	_, ok := s.Kind(id)
	return ok
}

func attributeChanges(before, after *Target) []Change {
	var changes []Change
	for _, d := range after.Attributes {
		old, existed := before.Attribute(string(d.ID))
		switch {
		case !existed:
			changes = append(changes, Change{ThingAttribute, after.ID, d.ID, nil, d})
		case old != d && !reflect.DeepEqual(old, d):
			changes = append(changes, Change{ThingAttribute, after.ID, d.ID, old, d})
		}
	}
	for _, old := range before.Attributes {
		if !slices.ContainsFunc(after.Attributes, func(d *attribute.Definition) bool { return d.ID == old.ID }) {
			changes = append(changes, Change{ThingAttribute, after.ID, old.ID, old, nil})
		}
	}
	return changes
}

func (o *Object) thing() Thing { return ThingObject }
func (o *Object) holds() Thing { return ThingRecord }
func (l *List) thing() Thing   { return ThingList }
func (l *List) holds() Thing   { return ThingEntry }

// bare returns the object without its attributes.
func (o *Object) bare() any {
	bare := *o
	bare.Attributes = nil
	return bare
}

// bare returns the list without its attributes.
func (l *List) bare() any {
	bare := *l
	bare.Attributes = nil
	return bare
}
