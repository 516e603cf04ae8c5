package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Entry is an entry of a list as of when it was read or written; Reload reads it again.
type Entry struct{ reading }

// AddEntry puts a record on the list, on which it may be already, as POST …/entries does. A mistake fails the test with
// Attio's message.
func (l List) AddEntry(record Record, values Values) Entry {
	l.workspace.server.helper()
	return l.writeOf(record, "create an entry", values, func(tx *world.Tx, list *world.List, parent world.Parent, writes []world.Write) (*world.Record, error) {
		return tx.CreateEntry(list, l.workspace.server.world.NewID(), parent, writes)
	})
}

// UpsertEntry writes to the entry of a record, or puts the record on the list, as PUT …/entries does.
// Values are replaced.
func (l List) UpsertEntry(record Record, values Values) Entry {
	l.workspace.server.helper()
	newID := func() attio.ID { return attio.UpsertID(l.workspace.server.world.NewID()) }
	return l.writeOf(record, "upsert an entry", values, func(tx *world.Tx, list *world.List, parent world.Parent, writes []world.Write) (*world.Record, error) {
		return tx.UpsertEntry(list, parent, newID, writes)
	})
}

// writeOf runs a write that names the parent record of the entry.
func (l List) writeOf(record Record, doing string, values Values,
	change func(*world.Tx, *world.List, world.Parent, []world.Write) (*world.Record, error)) Entry {
	l.workspace.server.helper()
	if record.inner == nil {
		l.workspace.server.fatalf("fake: an entry of list %q needs a record; this Record is empty", l.Slug)
		return Entry{}
	}
	parent := world.Parent{Object: string(record.kind.Common().ID), Record: record.inner.ID}
	return l.write(doing, values, func(tx *world.Tx, list *world.List, writes []world.Write) (*world.Record, error) {
		return change(tx, list, parent, writes)
	})
}

// Update writes to an entry, named by its key in the scenario or its id, as PATCH does: values of
// multiselect attributes are added before those that it has.
func (l List) Update(keyOrID string, values Values) Entry {
	l.workspace.server.helper()
	return l.change(keyOrID, values, world.Prepend)
}

// Overwrite writes to an entry, named by its key in the scenario or its id, as PUT does: values of
// multiselect attributes are replaced.
func (l List) Overwrite(keyOrID string, values Values) Entry {
	l.workspace.server.helper()
	return l.change(keyOrID, values, world.Overwrite)
}

// Delete removes an entry, named by its key in the scenario or its id. The record stays.
func (l List) Delete(keyOrID string) {
	l.workspace.server.helper()
	l.Entry(keyOrID).delete()
}

// Entry returns an entry by its key in the scenario or its id. It fails the test if there is none.
func (l List) Entry(keyOrID string) Entry {
	l.workspace.server.helper()
	found, ok := l.Find(keyOrID)
	if !ok && found.kind != nil {
		l.workspace.server.fatalf("fake: workspace %q has no entry %q of list %q; name one by its key in the scenario or its id",
			l.workspace.Slug(), keyOrID, l.Slug)
	}
	return found
}

// Find returns an entry by its key in the scenario or its id, and whether there is one.
func (l List) Find(keyOrID string) (Entry, bool) {
	l.workspace.server.helper()
	state := l.workspace.state()
	list := l.find(state.Schema)
	if list == nil {
		return Entry{}, false
	}
	entry, ok := state.Record(list.ID, l.entryID(keyOrID))
	return Entry{reading{l.workspace, state.Schema, list, entry}}, ok
}

// Entries returns all entries of the list, oldest first.
func (l List) Entries() []Entry {
	l.workspace.server.helper()
	entries := l.Query(nil)
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.inner.CreatedAt().Compare(b.inner.CreatedAt()) })
	return entries
}

// Query returns all entries that a filter lets through, in the order of the sorts, or of their ids. It is
// the engine of POST …/entries/query, without its pages; a mistake fails the test with Attio's message.
func (l List) Query(matching Filter, sorts ...Sort) []Entry {
	l.workspace.server.helper()
	state := l.workspace.state()
	list := l.find(state.Schema)
	if list == nil {
		return nil
	}
	var entries []Entry
	for _, found := range l.workspace.query(state, list, matching, sorts) {
		entries = append(entries, Entry{found})
	}
	return entries
}

func (l List) change(keyOrID string, values Values, mode world.Mode) Entry {
	l.workspace.server.helper()
	found := l.Entry(keyOrID)
	if found.inner == nil {
		return Entry{}
	}
	return l.write("update an entry", values, func(tx *world.Tx, list *world.List, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(list, found.inner.ID, mode, writes)
	})
}

func (l List) write(doing string, values Values, change func(*world.Tx, *world.List, []world.Write) (*world.Record, error)) Entry {
	l.workspace.server.helper()
	if list := l.find(l.workspace.state().Schema); list != nil {
		return Entry{write(l.workspace, doing, list, values, change)}
	}
	return Entry{}
}

// list is the list of the entry.
func (e Entry) list() List { return newList(e.workspace, e.schema, e.kind.(*world.List)) }

// Update writes to the entry, as List.Update does.
func (e Entry) Update(values Values) Entry {
	e.workspace.server.helper()
	return e.list().Update(e.ID(), values)
}

// Overwrite writes to the entry, as List.Overwrite does.
func (e Entry) Overwrite(values Values) Entry {
	e.workspace.server.helper()
	return e.list().Overwrite(e.ID(), values)
}

// Delete takes the entry off the list; the record stays. It fails the test if the entry is gone already.
func (e Entry) Delete() {
	e.workspace.server.helper()
	e.list().Delete(e.ID())
}

// Reload returns the entry as it is now. It fails the test if the entry is gone.
func (e Entry) Reload() Entry {
	e.workspace.server.helper()
	return e.list().Entry(e.ID())
}

// List returns the slug of the list.
func (e Entry) List() string { return e.kind.Common().Slug }

// Parent returns the record that the entry is of, as it is now.
func (e Entry) Parent() Record {
	e.workspace.server.helper()
	parent := e.kind.(*world.List).ParentOf(e.inner)
	return e.workspace.Record(string(parent.Object), string(parent.Record))
}
