package world

import "github.com/fakeattio/fakeattio/fake/internal/attio"

// Diff returns the changes that lead from one state of a workspace to another, as one transaction would report
// them. It skips what the two states share.
func Diff(before, after *State) []Change {
	if before == after {
		return nil
	}
	tx := &Tx{State: after, base: before}
	for _, d := range declarations {
		d.diff(tx, d.thing)
	}
	return tx.commit(nil).Changes
}

// diffRecords records how the records of one object, or the entries of a list, differ.
func diffRecords(tx *Tx, of attio.ID) {
	was, _ := tx.base.stores.Get(of)
	is, _ := tx.stores.Get(of)
	if was == is {
		return
	}
	for record := range tx.Records(of) {
		if old, _ := tx.base.Record(of, record.ID); old != record {
			tx.noteRecord(of, record.ID, record)
		}
	}
	for old := range tx.base.Records(of) {
		if !tx.HasRecord(of, old.ID) {
			tx.noteRecord(of, old.ID, nil)
		}
	}
}
