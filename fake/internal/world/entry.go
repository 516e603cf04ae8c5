package world

import (
	"iter"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Parent names the record that an entry is of.
type Parent struct {
	Object string // by slug or id
	Record attio.ID
}

// CreateEntry puts a record on a list, where it may be already. Every error is an answer of the API; after one the
// transaction must not be committed. Entries are changed with UpdateRecord, removed with DeleteRecord and read with
// State.Record, with the list in place of the object.
func (tx *Tx) CreateEntry(list *List, id attio.ID, parent Parent, writes []Write) (*Record, error) {
	record, err := tx.findParent(list, parent)
	if err != nil {
		return nil, err
	}
	return tx.createEntry(list, id, record, tx.read(list, writes))
}

// UpsertEntry writes to the entry of a record or, if the record is not on the list, makes an entry with an id from
// newID. Values are replaced. The errors are those of CreateEntry.
func (tx *Tx) UpsertEntry(list *List, parent Parent, newID func() attio.ID, writes []Write) (*Record, error) {
	record, err := tx.findParent(list, parent)
	if err != nil {
		return nil, err
	}
	written := tx.read(list, writes)
	switch entries := slices.Collect(tx.Referrers(list.ParentAttribute(), record.Record)); len(entries) {
	case 0:
		return tx.createEntry(list, newID(), record, written)
	case 1:
		entry, _ := tx.edit(list.ID, entries[0])
		return tx.apply(list, entry, written, func(*attribute.Definition) Mode { return Overwrite })
	}
	return nil, attio.SeveralEntriesOfParent()
}

// findParent returns the parent record of a new entry.
func (tx *Tx) findParent(list *List, parent Parent) (attribute.RecordReference, error) {
	object, err := tx.Schema.ObjectNamed(parent.Object, attio.TargetObjectNotFound)
	switch {
	case err != nil:
		return attribute.RecordReference{}, err
	case object.ID != list.Parent:
		return attribute.RecordReference{}, attio.ParentObjectMismatch(parent.Object, list.Slug)
	case !tx.HasRecord(object.ID, parent.Record):
		return attribute.RecordReference{}, attio.ParentRecordNotFound(parent.Record)
	}
	if err := tx.CheckMerged(object, parent.Record); err != nil {
		return attribute.RecordReference{}, err
	}
	return attribute.RecordReference{Object: object.ID, Record: parent.Record}, nil
}

func (tx *Tx) createEntry(list *List, id attio.ID, parent attribute.RecordReference, written payload) (*Record, error) {
	entry, err := tx.addEntry(list, id, parent)
	if err != nil {
		return nil, err
	}
	return tx.complete(list, entry, written)
}

// addEntry makes an entry without values.
func (tx *Tx) addEntry(list *List, id attio.ID, parent attribute.RecordReference) (*Record, error) {
	entry := tx.newRecord(list.ID, id)
	return entry, tx.set(list, entry, list.ParentAttribute(), []attribute.Value{parent})
}

// EntriesOf yields the entries of a record with their lists: oldest list first, and on each list in ascending order of
// the entries' ids. The order is assumed.
func (s *State) EntriesOf(object, record attio.ID) iter.Seq2[*List, *Record] {
	return func(yield func(*List, *Record) bool) {
		for _, list := range s.Schema.Lists {
			if list.Parent != object {
				continue
			}
			for id := range s.Referrers(list.ParentAttribute(), record) {
				if entry, ok := s.Record(list.ID, id); ok && !yield(list, entry) {
					return
				}
			}
		}
	}
}
