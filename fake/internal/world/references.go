package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// parentOf returns the object, by its slug or id, of a record that is to get a note or a file. Every error is an
// answer of the API: Attio's OpenAPI document has a 404 for the object of a note, the others are assumed.
func (s *State) parentOf(object string, record attio.ID) (*Object, error) {
	o, err := s.Schema.ObjectNamed(object, attio.ObjectNotFound)
	switch {
	case err != nil:
		return nil, err
	case !s.HasRecord(o.ID, record):
		return nil, attio.RecordNotFound(string(record))
	}
	return o, nil
}

// linkedIDs lists the ids of the records that references lead to.
func linkedIDs(references []attribute.RecordReference) []attio.ID {
	records := make([]attio.ID, len(references))
	for i, r := range references {
		records[i] = r.Record
	}
	return records
}

// withoutRecord returns the references but for those to a record.
func withoutRecord(references []attribute.RecordReference, record attio.ID) []attribute.RecordReference {
	return kept(references, func(r attribute.RecordReference) bool { return r.Record != record })
}

// Unite returns all references of some lists, each at its first place.
func Unite(lists ...[]attribute.RecordReference) []attribute.RecordReference {
	return unrepeated(slices.Concat(lists...))
}

// unrepeated returns a list of its own with each element once, at its first place; nil for none.
func unrepeated[E comparable](list []E) []E {
	var once []E
	seen := make(map[E]bool, len(list))
	for _, e := range list {
		if !seen[e] {
			seen[e] = true
			once = append(once, e)
		}
	}
	return once
}

// kept returns a list of its own of the elements to keep, nil for none: an empty list has to compare equal to one
// that was never filled, so that no change is reported that changes nothing.
func kept[E any](list []E, keep func(E) bool) []E {
	var left []E
	for _, e := range list {
		if keep(e) {
			left = append(left, e)
		}
	}
	return left
}
