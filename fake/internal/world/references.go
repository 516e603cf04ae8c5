package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// parentOf returns the object, by its slug or id, of the record that a note or a file belongs to. Every error is an
// answer of the API: Attio's OpenAPI document has a 404 for the object of a note; the others are assumed.
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

// linkedIDs lists the ids of the records that references point to.
func linkedIDs(references []attribute.RecordReference) []attio.ID {
	records := make([]attio.ID, len(references))
	for i, r := range references {
		records[i] = r.Record
	}
	return records
}

// withoutRecord returns the references without those to a record.
func withoutRecord(references []attribute.RecordReference, record attio.ID) []attribute.RecordReference {
	return kept(references, func(r attribute.RecordReference) bool { return r.Record != record })
}

// Unite joins lists of references and removes duplicates; the first occurrence stays.
func Unite(lists ...[]attribute.RecordReference) []attribute.RecordReference {
	return unrepeated(slices.Concat(lists...))
}

// unrepeated returns a copy of a list without duplicates, nil if it is empty.
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

// kept returns a copy of a list with only the elements to keep. It returns nil for none, because an empty list must
// equal one that was never filled: otherwise a change that changes nothing would be reported.
func kept[E any](list []E, keep func(E) bool) []E {
	var left []E
	for _, e := range list {
		if keep(e) {
			left = append(left, e)
		}
	}
	return left
}
