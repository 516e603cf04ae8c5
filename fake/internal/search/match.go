package search

import (
	"math"
	"math/bits"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// matcher finds the records of one object for one query, level by level. Each record is found once, at its best
// level.
type matcher struct {
	object *world.Object
	index  *index
	found  set
}

func newMatcher(object *world.Object, ix *index) matcher {
	return matcher{object, ix, newSet(ix.documents.length)}
}

func (m *matcher) offer(number int32, level int, to *top) {
	if m.found.has(number) {
		return
	}
	m.found.add(number)
	to.offer(Hit{Object: m.object, document: m.index.documents.get(number), level: level})
}

// exact finds the records that have the query as a phrase.
func (m *matcher) exact(queries []query, to *top) {
	for _, q := range queries {
		numbers, _ := m.index.phrases.Get(q.phrase)
		for _, number := range numbers {
			m.offer(number, exact, to)
		}
	}
}

// prefix finds the records that have a phrase that begins with the query.
func (m *matcher) prefix(queries []query, to *top) {
	for _, q := range queries {
		m.index.phrases.beginning(q.phrase, func(number int32) { m.offer(number, prefix, to) })
	}
}

// words finds the records that have, for each word of a query, a word that begins with it.
func (m *matcher) words(queries []query, to *top) {
	for _, q := range queries {
		var matching set
		for _, word := range q.words {
			matched := newSet(m.index.documents.length)
			m.index.words.beginning(word, matched.add)
			matching = matched.and(matching)
		}
		matching.each(func(number int32) { m.offer(number, words, to) })
	}
}

// near finds the records that have, for each word of a query, a word that begins with it or is a near miss.
func (m *matcher) near(q query, to *top) {
	total := make([]uint16, m.index.documents.length) // the number of edits so far
	for _, word := range q.words {
		edits := make([]uint16, len(total))
		for i := range edits {
			edits[i] = none
		}
		m.index.words.beginning(word, func(number int32) { edits[number] = 0 })
		m.index.words.near(word, tolerance(word), func(number int32, distance int) {
			edits[number] = min(edits[number], uint16(distance))
		})
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

// beginning calls visit with the documents of all keys that begin with a prefix, possibly more than once for one.
func (p *postings) beginning(prefix string, visit func(number int32)) {
	p.Ascend(prefix, func(key string, numbers []int32) bool {
		if !strings.HasPrefix(key, prefix) {
			return false
		}
		for _, number := range numbers {
			visit(number)
		}
		return true
	})
}

// set is a set of the numbers of documents.
type set []uint64

func newSet(documents int) set { return make(set, (documents+63)/64) }

func (s set) has(number int32) bool { return s[number/64]&(1<<(number%64)) != 0 }

func (s set) add(number int32) { s[number/64] |= 1 << (number % 64) }

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
