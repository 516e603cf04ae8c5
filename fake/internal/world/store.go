package world

import (
	"iter"
	"strings"
	"sync/atomic"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// stores holds the records of all objects and the entries of all lists, by the id of the object or list.
type stores struct{ Table[attio.ID, *store] }

func (s *stores) copy() stores { return stores{s.Table.copy()} }

// store holds the records of one object, or the entries of one list.
type store struct {
	records Table[attio.ID, *Record]
	// unique is the index of unique attributes by value. Several records may have the same value if the attribute
	// became unique later.
	unique map[attio.ID]*Table[string, attio.ID]

	derived        derived
	derivedRecords derived
	written        *writeLog   // nil until something is derived and a record is written after it
	lasting        atomic.Bool // a seed, a snapshot or a clone holds it
}

func newStore() *store { return &store{unique: make(map[attio.ID]*Table[string, attio.ID])} }

// next returns a copy for a transaction to change.
func (s *store) next() *store {
	next := newStore()
	next.records = s.records.copy()
	next.written = s.written
	next.derived.inherit(&s.derived)
	next.derivedRecords.inherit(&s.derivedRecords)
	for attribute, table := range s.unique {
		copied := table.copy()
		next.unique[attribute] = &copied
	}
	return next
}

// put stores a record.
func (s *store) put(record *Record) {
	s.records.set(record.ID, record)
	s.log(record.ID)
}

// drop removes a record.
func (s *store) drop(record attio.ID) {
	s.records.delete(record)
	s.log(record)
}

// log notes that a record was written, if something is derived from the records.
func (s *store) log(record attio.ID) {
	if s.derived.latest.Load() != nil || s.derivedRecords.latest.Load() != nil {
		s.written = s.written.and(record)
	}
}

// index updates the index of a unique attribute for a record: it removes the values that the record no longer has, and
// adds those that it has now.
func (s *store) index(d *attribute.Definition, record attio.ID, ended, began []Held) {
	table, ok := s.unique[d.ID]
	if !ok {
		table = &Table[string, attio.ID]{}
		s.unique[d.ID] = table
	}
	for _, held := range ended {
		table.delete(uniqueKey(held.Value.Key(), record))
	}
	for _, held := range began {
		table.set(uniqueKey(held.Value.Key(), record), record)
	}
}

// holders yields the records that have a value of a unique attribute, in ascending order of their ids.
func (s *stores) holders(of attio.ID, d *attribute.Definition, value attribute.Value) iter.Seq[attio.ID] {
	return func(yield func(attio.ID) bool) {
		store, ok := s.Get(of)
		if !ok {
			return
		}
		key := value.Key()
		if d.Computed == attribute.ComputedID {
			if _, ok := store.records.Get(attio.ID(key)); ok {
				yield(attio.ID(key))
			}
			return
		}
		table, ok := store.unique[d.ID]
		if !ok {
			return
		}
		same := uniqueKey(key, "")
		for found, id := range table.from(same) {
			if !strings.HasPrefix(found, same) {
				return
			}
			// A text that contains the separator may sort in between.
			if len(found) == len(same)+len(id) && !yield(id) {
				return
			}
		}
	}
}

// holder returns the first record that has a value of a unique attribute.
func (s *stores) holder(of attio.ID, d *attribute.Definition, value attribute.Value) (attio.ID, bool) {
	for id := range s.holders(of, d, value) {
		return id, true
	}
	return "", false
}

// uniqueKey is the key of a record's value in the index: all records of one value are adjacent, and so are all values
// that differ only in case, which filters do not tell apart.
func uniqueKey(value string, record attio.ID) string {
	return uniqueKeyInAnyCase(value) + value + "\x00" + string(record)
}

// uniqueKeyInAnyCase is the prefix of the keys of a value, in any case.
func uniqueKeyInAnyCase(value string) string { return strings.ToLower(value) + "\x00" }
