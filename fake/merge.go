package fake

import (
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Merge merges two records, named by their keys in the scenario or their ids, into a new one, as POST …/records/merge does. Values of the
// primary record take precedence over those of the secondary, and whatever is attached to the two moves to the new record. If the
// scenario has a merge_delay, only clients have to wait: Go reads the record at once.
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
