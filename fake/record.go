package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Record is a record as it was when it was read or written; Reload reads it again.
type Record struct{ reading }

// Create makes a record of an object, named by slug or id, as POST …/records does. A mistake ends the
// test with what Attio says of it.
func (w *Workspace) Create(object string, values Values) Record {
	w.server.helper()
	return w.write("create a record", object, values, func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(o, w.server.world.NewID(), writes)
	})
}

// Upsert writes to the record that has one of the written values of a unique attribute, or makes one,
// as PUT …/records does. Values of the matching attribute are added, those of all others replaced.
func (w *Workspace) Upsert(object, matchingAttribute string, values Values) Record {
	w.server.helper()
	newID := func() attio.ID { return attio.UpsertID(w.server.world.NewID()) }
	return w.write("upsert a record", object, values, func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpsertRecord(o, matchingAttribute, newID, writes)
	})
}

// Update writes to a record, named by its key in the scenario or its id, as PATCH does: values of
// multiselect attributes are added before those that it has.
func (w *Workspace) Update(object, keyOrID string, values Values) Record {
	w.server.helper()
	return w.change(object, keyOrID, values, world.Prepend)
}

// Overwrite writes to a record, named by its key in the scenario or its id, as PUT does: values of
// multiselect attributes are replaced.
func (w *Workspace) Overwrite(object, keyOrID string, values Values) Record {
	w.server.helper()
	return w.change(object, keyOrID, values, world.Overwrite)
}

// Delete removes a record, named by its key in the scenario or its id.
func (w *Workspace) Delete(object, keyOrID string) {
	w.server.helper()
	if found := w.Record(object, keyOrID); found.inner != nil {
		w.update(func(tx *world.Tx) error {
			kind, err := latest(tx, found.kind)
			if err != nil {
				return err
			}
			return tx.DeleteRecord(kind, found.inner.ID)
		})
	}
}

// Record returns a record by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Record(object, keyOrID string) Record {
	w.server.helper()
	found, ok := w.Find(object, keyOrID)
	if !ok && found.kind != nil {
		w.server.fatalf("fake: workspace %q has no record %q of %q; name one by its key in the scenario or its id",
			w.Slug(), keyOrID, found.Object())
	}
	return found
}

// Find returns a record by its key in the scenario or its id, and whether there is one.
func (w *Workspace) Find(object, keyOrID string) (Record, bool) {
	w.server.helper()
	state := w.state()
	o := w.object(state.Schema, object)
	if o == nil {
		return Record{}, false
	}
	id, ok := attio.ParseID(keyOrID)
	if !ok {
		id = state.SeededID(o.Slug + "/" + keyOrID)
	}
	record, ok := state.Record(o.ID, id)
	return Record{reading{w, state.Schema, o, record}}, ok
}

// Records returns all records of an object, oldest first.
func (w *Workspace) Records(object string) []Record {
	w.server.helper()
	state := w.state()
	o := w.object(state.Schema, object)
	if o == nil {
		return nil
	}
	var records []Record
	for record := range state.Records(o.ID) {
		records = append(records, Record{reading{w, state.Schema, o, record}})
	}
	slices.SortStableFunc(records, func(a, b Record) int { return a.inner.CreatedAt.Compare(b.inner.CreatedAt) })
	return records
}

func (w *Workspace) change(object, keyOrID string, values Values, mode world.Mode) Record {
	w.server.helper()
	found := w.Record(object, keyOrID)
	if found.inner == nil {
		return Record{}
	}
	return w.write("update a record", object, values, func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(o, found.inner.ID, mode, writes)
	})
}

func (w *Workspace) write(doing, object string, values Values,
	change func(*world.Tx, *world.Object, []world.Write) (*world.Record, error)) Record {
	w.server.helper()
	if o := w.object(w.state().Schema, object); o != nil {
		return Record{write(w, doing, o, values, change)}
	}
	return Record{}
}

// write runs a transaction that writes a record or an entry, and returns it as it is then.
func write[K world.Kind](w *Workspace, doing string, kind K, values Values,
	change func(*world.Tx, K, []world.Write) (*world.Record, error)) reading {
	w.server.helper()
	sent, err := values.encode()
	var result reading
	if err == nil {
		err = w.inner.Update(w.author(), func(tx *world.Tx) (err error) {
			if kind, err = latest(tx, kind); err != nil {
				return err
			}
			writes, err := sent.writes(kind.Common())
			if err != nil {
				return err
			}
			written, err := change(tx, kind, writes)
			result = reading{w, tx.Schema, kind, written}
			return err
		})
	}
	if err != nil {
		w.server.fatalf("fake: workspace %q: %s of %q: %s", w.Slug(), doing, kind.Common().Slug, explainOn(kind.Common(), err))
		return reading{}
	}
	return result
}

// Reload returns the record as it is now. It fails the test if the record is gone.
func (r Record) Reload() Record {
	r.workspace.server.helper()
	return r.workspace.Record(string(r.kind.Common().ID), r.ID())
}

// Object returns the slug of the object.
func (r Record) Object() string { return r.kind.Common().Slug }

// WebURL returns where Attio shows the record to people.
func (r Record) WebURL() string { return r.decode().WebURL }
