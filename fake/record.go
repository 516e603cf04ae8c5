package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Record is a record as of when it was read or written; Reload reads it again.
type Record struct{ reading }

// Create makes a record of the object, as POST …/records does. A mistake fails the test with Attio's message.
func (o Object) Create(values Values) Record {
	o.workspace.server.helper()
	return o.write("create a record", values, func(tx *world.Tx, of *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(of, o.workspace.server.world.NewID(), writes)
	})
}

// Upsert writes to the record that has one of the written values of a unique attribute, or makes one, as
// PUT …/records does. Values of the matching attribute are added, those of all others replaced.
func (o Object) Upsert(matchingAttribute string, values Values) Record {
	o.workspace.server.helper()
	newID := func() attio.ID { return attio.UpsertID(o.workspace.server.world.NewID()) }
	return o.write("upsert a record", values, func(tx *world.Tx, of *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpsertRecord(of, matchingAttribute, newID, writes)
	})
}

// Update writes to a record, named by its key in the scenario or its id, as PATCH does: values of
// multiselect attributes are added before those that it has.
func (o Object) Update(keyOrID string, values Values) Record {
	o.workspace.server.helper()
	return o.change(keyOrID, values, world.Prepend)
}

// Overwrite writes to a record, named by its key in the scenario or its id, as PUT does: values of
// multiselect attributes are replaced.
func (o Object) Overwrite(keyOrID string, values Values) Record {
	o.workspace.server.helper()
	return o.change(keyOrID, values, world.Overwrite)
}

// Delete removes a record, named by its key in the scenario or its id.
func (o Object) Delete(keyOrID string) {
	o.workspace.server.helper()
	o.Record(keyOrID).delete()
}

// Record returns a record by its key in the scenario or its id. It fails the test if there is none.
func (o Object) Record(keyOrID string) Record {
	o.workspace.server.helper()
	found, ok := o.Find(keyOrID)
	if !ok && found.kind != nil {
		o.workspace.server.fatalf("fake: workspace %q has no record %q of %q; name one by its key in the scenario or its id",
			o.workspace.Slug(), keyOrID, found.Object())
	}
	return found
}

// Find returns a record by its key in the scenario or its id, and whether there is one.
func (o Object) Find(keyOrID string) (Record, bool) {
	o.workspace.server.helper()
	state := o.workspace.state()
	of := o.find(state.Schema)
	if of == nil {
		return Record{}, false
	}
	id, ok := attio.ParseID(keyOrID)
	if !ok {
		id = state.SeededID(of.Slug + "/" + keyOrID)
	}
	record, ok := state.Record(of.ID, id)
	return Record{reading{o.workspace, state.Schema, of, record}}, ok
}

// Records returns all records of the object, oldest first.
func (o Object) Records() []Record {
	o.workspace.server.helper()
	state := o.workspace.state()
	of := o.find(state.Schema)
	if of == nil {
		return nil
	}
	var records []Record
	for record := range state.Records(of.ID) {
		records = append(records, Record{reading{o.workspace, state.Schema, of, record}})
	}
	slices.SortStableFunc(records, func(a, b Record) int { return a.inner.CreatedAt().Compare(b.inner.CreatedAt()) })
	return records
}

// Query returns all records that a filter lets through, in the order of the sorts, or of their ids. It is the
// engine of POST …/records/query, without its pages; a mistake fails the test with Attio's message.
func (o Object) Query(matching Filter, sorts ...Sort) []Record {
	o.workspace.server.helper()
	state := o.workspace.state()
	of := o.find(state.Schema)
	if of == nil {
		return nil
	}
	var records []Record
	for _, found := range o.workspace.query(state, of, matching, sorts) {
		records = append(records, Record{found})
	}
	return records
}

func (o Object) change(keyOrID string, values Values, mode world.Mode) Record {
	o.workspace.server.helper()
	found := o.Record(keyOrID)
	if found.inner == nil {
		return Record{}
	}
	return o.write("update a record", values, func(tx *world.Tx, of *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(of, found.inner.ID, mode, writes)
	})
}

func (o Object) write(doing string, values Values, change func(*world.Tx, *world.Object, []world.Write) (*world.Record, error)) Record {
	o.workspace.server.helper()
	if of := o.find(o.workspace.state().Schema); of != nil {
		return Record{write(o.workspace, doing, of, values, change)}
	}
	return Record{}
}

// object is the object of the record.
func (r Record) object() Object { return newObject(r.workspace, r.kind.(*world.Object)) }

// Update writes to the record, as Object.Update does.
func (r Record) Update(values Values) Record {
	r.workspace.server.helper()
	return r.object().Update(r.ID(), values)
}

// Overwrite writes to the record, as Object.Overwrite does.
func (r Record) Overwrite(values Values) Record {
	r.workspace.server.helper()
	return r.object().Overwrite(r.ID(), values)
}

// Delete removes the record. It fails the test if the record is gone already.
func (r Record) Delete() {
	r.workspace.server.helper()
	r.object().Delete(r.ID())
}

// Reload returns the record as it is now. It fails the test if the record is gone.
func (r Record) Reload() Record {
	r.workspace.server.helper()
	return r.object().Record(r.ID())
}

// Object returns the slug of the object.
func (r Record) Object() string { return r.kind.Common().Slug }

// WebURL returns where Attio shows the record to people.
func (r Record) WebURL() string { return r.decode().WebURL }

// Create is Object.Create of an object, named by slug or id.
func (w *Workspace) Create(object string, values Values) Record {
	w.server.helper()
	return w.Object(object).Create(values)
}

// Upsert is Object.Upsert of an object, named by slug or id.
func (w *Workspace) Upsert(object, matchingAttribute string, values Values) Record {
	w.server.helper()
	return w.Object(object).Upsert(matchingAttribute, values)
}

// Update is Object.Update of an object, named by slug or id.
func (w *Workspace) Update(object, keyOrID string, values Values) Record {
	w.server.helper()
	return w.Object(object).Update(keyOrID, values)
}

// Overwrite is Object.Overwrite of an object, named by slug or id.
func (w *Workspace) Overwrite(object, keyOrID string, values Values) Record {
	w.server.helper()
	return w.Object(object).Overwrite(keyOrID, values)
}

// Delete is Object.Delete of an object, named by slug or id.
func (w *Workspace) Delete(object, keyOrID string) {
	w.server.helper()
	w.Object(object).Delete(keyOrID)
}

// Record is Object.Record of an object, named by slug or id.
func (w *Workspace) Record(object, keyOrID string) Record {
	w.server.helper()
	return w.Object(object).Record(keyOrID)
}

// Find is Object.Find of an object, named by slug or id.
func (w *Workspace) Find(object, keyOrID string) (Record, bool) {
	w.server.helper()
	return w.Object(object).Find(keyOrID)
}

// Records is Object.Records of an object, named by slug or id.
func (w *Workspace) Records(object string) []Record {
	w.server.helper()
	return w.Object(object).Records()
}

// Query is Object.Query of an object, named by slug or id.
func (w *Workspace) Query(object string, matching Filter, sorts ...Sort) []Record {
	w.server.helper()
	return w.Object(object).Query(matching, sorts...)
}
