package world

import (
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// stores holds the records of all objects and the entries of all lists.
type stores struct{ tree[*store] }

func (s *stores) copy(w *writer) stores { return stores{s.tree.copy(w)} }

// Get returns the records of an object or the entries of a list.
func (s *stores) Get(of attio.ID) (*store, bool) { return s.find(placeOf[*store](of)) }

func (s *stores) delete(of attio.ID) { s.tree.delete(placeOf[*store](of)) }

// store holds the records of one object, or the entries of one list.
type store struct {
	of       attio.ID
	records  tree[*Record]
	unique   []uniqueIndex          // of the attributes that are or were unique
	gathered map[attio.ID]gathering // instead of the index, by attribute; nil unless a seed is being built

	writer *writer // made it

	derived        derived
	derivedRecords derived
	written        *writeLog   // nil until something is derived and a record is written after it
	lasting        atomic.Bool // a seed, a snapshot or a clone holds it
}

// uniqueIndex is the index of a unique attribute by value. Several records may have the same value if the attribute became
// unique later.
type uniqueIndex struct {
	attribute attio.ID
	tree[*holder]
}

func (s *store) id() attio.ID             { return s.of }
func (s *store) head() uint64             { return textHead(string(s.of)) }
func (s *store) compare(other *store) int { return strings.Compare(string(s.of), string(other.of)) }

// next returns a copy for a writer to change.
func (s *store) next(w *writer) *store {
	next := &store{of: s.of, records: s.records.copy(w), unique: make([]uniqueIndex, len(s.unique)), writer: w, written: s.written}
	next.derived.inherit(&s.derived)
	next.derivedRecords.inherit(&s.derivedRecords)
	for i := range s.unique {
		next.unique[i] = uniqueIndex{s.unique[i].attribute, s.unique[i].copy(w)}
	}
	return next
}

// holders returns the index of a unique attribute, or nil.
func (s *store) holders(d *attribute.Definition) *tree[*holder] {
	for i := range s.unique {
		if s.unique[i].attribute == d.ID {
			return &s.unique[i].tree
		}
	}
	return nil
}

// record returns the record with an id.
func (s *store) record(id attio.ID) (*Record, bool) { return s.records.find(placeOf[*Record](id)) }

// put stores a record.
func (s *store) put(record *Record) {
	s.records.put(record)
	s.log(record.ID)
}

// drop removes a record.
func (s *store) drop(record attio.ID) {
	s.records.delete(placeOf[*Record](record))
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
	if s.gather(d, record, ended, began) {
		return
	}
	holders := s.holders(d)
	if holders == nil {
		s.unique = append(s.unique, uniqueIndex{attribute: d.ID})
		holders = s.holders(d)
	}
	for _, held := range ended {
		holders.delete((&holder{held.Value.Key(), record}).place())
	}
	for _, held := range began {
		holders.put(&holder{held.Value.Key(), record})
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
			if _, ok := store.record(attio.ID(key)); ok {
				yield(attio.ID(key))
			}
			return
		}
		if gathered, ok := store.gathered[d.ID]; ok {
			if found, ok := gathered[key]; ok {
				yield(found.record)
			}
			return
		}
		for found := range store.holdersInAnyCase(d, key) {
			if found.key == key && !yield(found.record) {
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

// shared returns the keys of those values of a unique attribute that several records have.
func (s *store) shared(d *attribute.Definition) map[string]bool {
	holders := s.holders(d)
	if holders == nil {
		return nil
	}
	shared := make(map[string]bool)
	var alike []string // the keys so far that differ only in case
	for h := range holders.Values() {
		if len(alike) > 0 && compareInAnyCase(alike[0], h.key) != 0 {
			alike = alike[:0]
		}
		if slices.Contains(alike, h.key) {
			shared[h.key] = true
		}
		alike = append(alike, h.key)
	}
	return shared
}

// holder is a record that has a value of a unique attribute. It never changes; the index refers to it, because a write copies a
// part of the index.
type holder struct {
	key    string // of the value
	record attio.ID
}

// compare puts all records of values that differ only in case next to each other, because filters do not tell them apart.
func (h *holder) compare(other *holder) int {
	order := compareInAnyCase(h.key, other.key)
	if order == 0 {
		order = strings.Compare(string(h.record), string(other.record))
	}
	if order == 0 {
		order = strings.Compare(h.key, other.key)
	}
	return order
}

func (h *holder) head() uint64 {
	var head uint64
	for i := range 8 {
		head <<= 8
		switch {
		case i >= len(h.key):
		case h.key[i] >= utf8.RuneSelf:
			return textHead(strings.ToLower(h.key))
		default:
			head |= uint64(lower(h.key[i]))
		}
	}
	return head
}

func (h *holder) place() place[*holder] {
	return place[*holder]{h.head(), func(other *holder) int { return other.compare(h) }}
}

// compareInAnyCase compares texts as strings.ToLower returns them.
func compareInAnyCase(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i]|b[i] >= utf8.RuneSelf {
			return strings.Compare(strings.ToLower(a[i:]), strings.ToLower(b[i:]))
		}
		if order := int(lower(a[i])) - int(lower(b[i])); order != 0 {
			return order
		}
	}
	return len(a) - len(b)
}

// lower returns an ASCII character in lower case.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// holdersInAnyCase yields the records that have a value of a unique attribute in upper or lower case, in ascending order of
// their ids.
func (s *store) holdersInAnyCase(d *attribute.Definition, key string) iter.Seq[*holder] {
	return func(yield func(*holder) bool) {
		holders := s.holders(d)
		if holders == nil {
			return
		}
		for found := range holders.from((&holder{key: key}).place()) {
			if compareInAnyCase(found.key, key) != 0 || !yield(found) {
				return
			}
		}
	}
}
