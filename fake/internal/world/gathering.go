package world

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// gathering has the values of a unique attribute by their keys while a seed is built, as long as each is only added, and
// to one record. The index is made of it in the end: sorting all values once takes a fraction of what adding them one by one does.
type gathering map[string]*holder

// gather takes in values instead of the index, and reports whether it could.
func (s *store) gather(d *attribute.Definition, record attio.ID, ended, began []Held) bool {
	if s.gathered == nil || s.holders(d) != nil {
		return false
	}
	gathered, ok := s.gathered[d.ID]
	if !ok {
		gathered = make(gathering)
		s.gathered[d.ID] = gathered
	}
	for _, held := range began {
		key := held.Value.Key()
		if _, taken := gathered[key]; taken {
			s.indexGathered(d.ID)
			return false
		}
		gathered[key] = &holder{key, record}
	}
	if len(ended) > 0 {
		s.indexGathered(d.ID)
		return false
	}
	return true
}

// indexGathered makes the index of what was gathered of an attribute.
func (s *store) indexGathered(attribute attio.ID) {
	index := uniqueIndex{attribute: attribute}
	for _, h := range inOrder(slices.Collect(maps.Values(s.gathered[attribute]))) {
		index.put(h)
	}
	delete(s.gathered, attribute)
	s.unique = append(s.unique, index)
}

// endGathering makes the index of everything that was gathered.
func (s *store) endGathering() {
	for attribute := range s.gathered {
		s.indexGathered(attribute)
	}
	s.gathered = nil
}

// inOrder returns items in their order. Most differ in their heads, so that few are looked at where they are in memory.
func inOrder[T item[T]](items []T) []T {
	type headed struct {
		head uint64
		item T
	}
	sorted := make([]headed, len(items))
	for i, item := range items {
		sorted[i] = headed{item.head(), item}
	}
	slices.SortFunc(sorted, func(a, b headed) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return a.item.compare(b.item)
	})
	ordered := make([]T, len(items))
	for i := range sorted {
		ordered[i] = sorted[i].item
	}
	return ordered
}
