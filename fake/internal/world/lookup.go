package world

import (
	"iter"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// CountRecords returns how many records an object has, or entries a list.
func (s *State) CountRecords(of attio.ID) int {
	if store, ok := s.stores.Get(of); ok {
		return store.records.Len()
	}
	return 0
}

// CountNotes returns how many notes the workspace has.
func (s *State) CountNotes() int { return s.notes.Len() }

// CountTasks returns how many tasks the workspace has.
func (s *State) CountTasks() int { return s.tasks.Len() }

// CountMeetings returns how many meetings the workspace has.
func (s *State) CountMeetings() int { return s.meetings.Len() }

// HoldersInAnyCase yields the records of an object, or the entries of a list, that have a value of a unique attribute,
// compared by key without regard to case. It may yield one twice, and others too.
func (s *State) HoldersInAnyCase(of attio.ID, d *attribute.Definition, key string) iter.Seq[attio.ID] {
	return func(yield func(attio.ID) bool) {
		store, ok := s.stores.Get(of)
		if !ok {
			return
		}
		if d.Computed == attribute.ComputedID {
			yield(attio.ID(strings.ToLower(key)))
			return
		}
		for found := range store.holdersInAnyCase(d, key) {
			if !yield(found.record) {
				return
			}
		}
	}
}

// Referrers yields the records or entries that refer to a record with an attribute. With the parent attribute of a
// list, it yields the record's entries.
func (s *State) Referrers(d *attribute.Definition, to attio.ID) iter.Seq[attio.ID] {
	return func(yield func(attio.ID) bool) {
		if d.Relationship != nil {
			s.referrersBack(d.Relationship, to, yield)
			return
		}
		for r := range s.references.from((&reference{target: to, attribute: d.ID}).place()) {
			if r.target != to || r.attribute != d.ID || !yield(r.source) {
				return
			}
		}
	}
}

// referrersBack reads the other side of a relationship.
func (s *State) referrersBack(r *attribute.Relationship, to attio.ID, yield func(attio.ID) bool) {
	object, ok := s.Schema.ObjectByID(r.Object)
	if !ok {
		return
	}
	inverse, ok := object.Attribute(string(r.Attribute))
	if !ok {
		return
	}
	target, ok := s.Record(object.ID, to)
	if !ok {
		return
	}
	for _, held := range target.Active(inverse) {
		if back, ok := held.Value.(attribute.RecordReference); ok && !yield(back.Record) {
			return
		}
	}
}
