package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// ActivityRecord is an event that took place, such as one phone call, as it was when it was read or written. Reload reads it again.
type ActivityRecord struct{ reading }

// Create creates a record of the activity, as POST …/records does. A mistake fails the test with Attio's message.
func (a Activity) Create(values Values) ActivityRecord {
	a.workspace.server.helper()
	return a.write("create a record", values, func(tx *world.Tx, of *world.Activity, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(of, a.workspace.server.world.NewID(), writes)
	})
}

// Upsert updates the record that has one of the written values of a unique attribute, or creates one, as PUT …/records
// does. It adds values of the matching attribute and replaces those of all others.
func (a Activity) Upsert(matchingAttribute string, values Values) ActivityRecord {
	a.workspace.server.helper()
	newID := func() attio.ID { return attio.UpsertID(a.workspace.server.world.NewID()) }
	return a.write("upsert a record", values, func(tx *world.Tx, of *world.Activity, writes []world.Write) (*world.Record, error) {
		return tx.UpsertRecord(of, matchingAttribute, newID, writes)
	})
}

// Update writes to a record, named by its key in the scenario or its id, as PATCH does: it adds values of multiselect
// attributes before the existing ones.
func (a Activity) Update(keyOrID string, values Values) ActivityRecord {
	a.workspace.server.helper()
	return a.change(keyOrID, values, world.Prepend)
}

// Overwrite writes to a record, named by its key in the scenario or its id, as PUT does: it replaces values of multiselect
// attributes.
func (a Activity) Overwrite(keyOrID string, values Values) ActivityRecord {
	a.workspace.server.helper()
	return a.change(keyOrID, values, world.Overwrite)
}

// Delete removes a record, named by its key in the scenario or its id.
func (a Activity) Delete(keyOrID string) {
	a.workspace.server.helper()
	a.Record(keyOrID).delete()
}

// Record returns a record by its key in the scenario or its id. It fails the test if there is none.
func (a Activity) Record(keyOrID string) ActivityRecord {
	a.workspace.server.helper()
	found, ok := a.Find(keyOrID)
	if !ok && found.kind != nil {
		a.workspace.server.fatalf("fake: workspace %q has no record %q of the activity %q; name one by its key in the scenario or its id",
			a.workspace.Slug(), keyOrID, found.kind.Common().Slug)
	}
	return found
}

// Find returns a record by its key in the scenario or its id, and whether there is one.
func (a Activity) Find(keyOrID string) (ActivityRecord, bool) {
	a.workspace.server.helper()
	state := a.workspace.state()
	of := a.find(state.Schema)
	if of == nil {
		return ActivityRecord{}, false
	}
	id := a.workspace.keyed("activities/"+of.Slug+"/records", keyOrID)
	record, ok := state.Record(of.ID, id)
	return ActivityRecord{reading{a.workspace, state.Schema, of, record}}, ok
}

// Records returns all records of the activity, oldest first.
func (a Activity) Records() []ActivityRecord {
	a.workspace.server.helper()
	state := a.workspace.state()
	of := a.find(state.Schema)
	if of == nil {
		return nil
	}
	var records []ActivityRecord
	for record := range state.Records(of.ID) {
		records = append(records, ActivityRecord{reading{a.workspace, state.Schema, of, record}})
	}
	slices.SortStableFunc(records, func(x, y ActivityRecord) int { return x.inner.CreatedAt().Compare(y.inner.CreatedAt()) })
	return records
}

// Query returns all records that match a filter, in the order of the sorts, or else of their ids. It works as
// POST …/records/query does, but without pages. A mistake fails the test with Attio's message.
func (a Activity) Query(matching Filter, sorts ...Sort) []ActivityRecord {
	a.workspace.server.helper()
	state := a.workspace.state()
	of := a.find(state.Schema)
	if of == nil {
		return nil
	}
	var records []ActivityRecord
	for _, found := range a.workspace.query(state, of, matching, sorts) {
		records = append(records, ActivityRecord{found})
	}
	return records
}

func (a Activity) change(keyOrID string, values Values, mode world.Mode) ActivityRecord {
	a.workspace.server.helper()
	found := a.Record(keyOrID)
	if found.inner == nil {
		return ActivityRecord{}
	}
	return a.write("update a record", values, func(tx *world.Tx, of *world.Activity, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(of, found.inner.ID, mode, writes)
	})
}

func (a Activity) write(doing string, values Values, change func(*world.Tx, *world.Activity, []world.Write) (*world.Record, error)) ActivityRecord {
	a.workspace.server.helper()
	if of := a.find(a.workspace.state().Schema); of != nil {
		return ActivityRecord{write(a.workspace, doing, of, values, change)}
	}
	return ActivityRecord{}
}

// activity returns the activity of the record.
func (r ActivityRecord) activity() Activity {
	return newActivity(r.workspace, r.kind.(*world.Activity))
}

// Update writes to the record, as Activity.Update does.
func (r ActivityRecord) Update(values Values) ActivityRecord {
	r.workspace.server.helper()
	return r.activity().Update(r.ID(), values)
}

// Overwrite writes to the record, as Activity.Overwrite does.
func (r ActivityRecord) Overwrite(values Values) ActivityRecord {
	r.workspace.server.helper()
	return r.activity().Overwrite(r.ID(), values)
}

// Delete removes the record. It fails the test if the record is already gone.
func (r ActivityRecord) Delete() {
	r.workspace.server.helper()
	r.activity().Delete(r.ID())
}

// Reload returns the record as it is now. It fails the test if the record is gone.
func (r ActivityRecord) Reload() ActivityRecord {
	r.workspace.server.helper()
	return r.activity().Record(r.ID())
}

// Activity returns the slug of the activity.
func (r ActivityRecord) Activity() string { return r.kind.Common().Slug }
