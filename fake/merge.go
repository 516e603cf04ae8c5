package fake

import (
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Merge makes one new record of two, named by their keys in the scenario or their ids, as POST …/records/merge does: the values of the
// primary record come before those of the secondary, and what hangs on the two follows. A merge that takes time, by the
// scenario's merge_delay, does so for clients: Go reads the record at once.
func (w *Workspace) Merge(object, primary, secondary string) Record {
	w.server.helper()
	first, second := w.Record(object, primary), w.Record(object, secondary)
	if first.inner == nil || second.inner == nil {
		return Record{}
	}
	var merged Record
	w.update(func(tx *world.Tx) error {
		kind, err := latest(tx, first.kind)
		if err != nil {
			return err
		}
		merge, err := tx.MergeRecords(kind.(*world.Object), w.server.world.NewID(), first.inner.ID, second.inner.ID)
		if err != nil {
			return err
		}
		record, _ := tx.Record(merge.Object, merge.Record)
		merged = Record{reading{w, tx.Schema, kind, record}}
		return nil
	})
	return merged
}
