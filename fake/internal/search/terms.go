package search

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// terms are the phrases or the words of a segment in ascending order, each with the places of the documents that have it.
type terms struct {
	keys   []string
	ends   []int32 // where the places of each key end
	places []int32 // in ascending order for each key
}

// newTerms returns the terms that split finds in the phrases of documents, by the place of the document.
func newTerms(phrases [][]string, split func(phrase string, add func(string))) terms {
	type term struct {
		initial uint64
		key     string
		number  int32 // in the order in which they were found
	}
	size := 0
	for _, ofDocument := range phrases {
		size += len(ofDocument)
	}
	numbers := make(map[string]int32, size)
	found := make([]term, 0, size)
	last, counts := make([]int32, 0, size), make([]int32, 0, size)       // by number: the last document that has it, and how many have it
	uses, ends := make([]int32, 0, size), make([]int32, 0, len(phrases)) // the numbers in the order of the documents, and where those of each document end
	at := int32(0)
	add := func(key string) {
		number, known := numbers[key]
		switch {
		case !known:
			number = int32(len(found))
			numbers[key] = number
			found = append(found, term{initialOf(key), key, number})
			last, counts = append(last, at), append(counts, 0)
		case last[number] == at:
			return
		}
		last[number] = at
		counts[number]++
		uses = append(uses, number)
	}
	for i, ofDocument := range phrases {
		at = int32(i)
		for _, phrase := range ofDocument {
			split(phrase, add)
		}
		ends = append(ends, int32(len(uses)))
	}
	slices.SortFunc(found, func(a, b term) int {
		if c := cmp.Compare(a.initial, b.initial); c != 0 {
			return c
		}
		return strings.Compare(a.key, b.key)
	})

	all := terms{make([]string, len(found)), make([]int32, len(found)), make([]int32, len(uses))}
	begins := last // by number: where its next document goes
	end := int32(0)
	for i, t := range found {
		all.keys[i], begins[t.number] = t.key, end
		end += counts[t.number]
		all.ends[i] = end
	}
	use := int32(0)
	for place, end := range ends {
		for ; use < end; use++ {
			number := uses[use]
			all.places[begins[number]] = int32(place)
			begins[number]++
		}
	}
	return all
}

// initialOf returns the first eight bytes of a text as a number: most texts differ there, in less time.
func initialOf(text string) uint64 {
	var initial [8]byte
	copy(initial[:], text)
	return binary.BigEndian.Uint64(initial[:])
}

// of returns the places of the documents that have the i-th key.
func (t *terms) of(i int) []int32 {
	if i == 0 {
		return t.places[:t.ends[0]]
	}
	return t.places[t.ends[i-1]:t.ends[i]]
}

// get returns the places of the documents that have a key.
func (t *terms) get(key string) []int32 {
	if i, ok := slices.BinarySearch(t.keys, key); ok {
		return t.of(i)
	}
	return nil
}

// beginning calls visit with the documents of all keys that begin with a prefix, possibly more than once for one.
func (t *terms) beginning(prefix string, visit func(place int32)) {
	for i, _ := slices.BinarySearch(t.keys, prefix); i < len(t.keys) && strings.HasPrefix(t.keys[i], prefix); i++ {
		for _, place := range t.of(i) {
			visit(place)
		}
	}
}
