package search

import (
	"math"
	"math/bits"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// matcher finds the records of one object for one query, level by level. Each record is found once, at its best
// level.
type matcher struct {
	object *world.Object
	index  *index
	seen   set // the numbers of the documents that are gone, or were found
}

func newMatcher(object *world.Object, ix *index) matcher {
	return matcher{object, ix, slices.Clone(ix.gone)}
}

func (m *matcher) offer(number int32, level int, to *top) {
	if m.seen.has(number) {
		return
	}
	m.seen.add(number)
	to.offer(Hit{Object: m.object, document: m.index.get(number), level: level})
}

// exact finds the records that have the query as a phrase.
func (m *matcher) exact(queries []query, to *top) {
	for _, q := range queries {
		for _, s := range m.index.segments {
			for _, place := range s.phrases.get(q.phrase) {
				m.offer(s.first+place, exact, to)
			}
		}
	}
}

// prefix finds the records that have a phrase that begins with the query.
func (m *matcher) prefix(queries []query, to *top) {
	for _, q := range queries {
		for _, s := range m.index.segments {
			s.phrases.beginning(q.phrase, func(place int32) { m.offer(s.first+place, prefix, to) })
		}
	}
}

// words finds the records that have, for each word of a query, a word that begins with it.
func (m *matcher) words(queries []query, to *top) {
	for _, q := range queries {
		var matching set
		for _, word := range q.words {
			matched := newSet(int(m.index.length()))
			for _, s := range m.index.segments {
				s.words.beginning(word, func(place int32) { matched.add(s.first + place) })
			}
			matching = matched.and(matching)
		}
		matching.each(func(number int32) { m.offer(number, words, to) })
	}
}

// near finds the records that have, for each word of a query, a word that begins with it or is a near miss.
func (m *matcher) near(q query, to *top) {
	total := make([]uint16, m.index.length()) // the number of edits so far
	for _, word := range q.words {
		edits := make([]uint16, len(total))
		for i := range edits {
			edits[i] = none
		}
		for _, s := range m.index.segments {
			ofSegment := edits[s.first:]
			s.words.beginning(word, func(place int32) { ofSegment[place] = 0 })
			s.words.near(word, tolerance(word), func(place int32, distance int) {
				ofSegment[place] = min(ofSegment[place], uint16(distance))
			})
		}
		for i := range total {
			if edits[i] == none {
				total[i] = none
			} else if total[i] != none {
				total[i] += edits[i]
			}
		}
	}
	for number, edits := range total {
		if edits != none {
			m.offer(int32(number), words+int(edits), to)
		}
	}
}

// none stands for a record that does not match; the words of a query never add up to as many edits.
const none = math.MaxUint16

// set is a set of the numbers of documents.
type set []uint64

func newSet(documents int) set { return make(set, (documents+63)/64) }

func (s set) has(number int32) bool { return s[number/64]&(1<<(number%64)) != 0 }

func (s set) add(number int32) { s[number/64] |= 1 << (number % 64) }

func (s set) remove(number int32) { s[number/64] &^= 1 << (number % 64) }

// and intersects the set with another; nil stands for all documents.
func (s set) and(other set) set {
	if other != nil {
		for i := range s {
			s[i] &= other[i]
		}
	}
	return s
}

func (s set) each(visit func(number int32)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			visit(int32(i*64 + bits.TrailingZeros64(word)))
		}
	}
}
