package filter

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Each comparison of two values reads four scattered places in memory. Most pairs differ in the initials of the first
// sort, which are numbers in one array.

// textual is a kind whose values are ordered by texts, regardless of case.
type textual interface{ text(held *world.Held) string }

// numeric is a kind whose values are ordered by numbers, and by more where these are equal.
type numeric interface {
	number(held *world.Held) float64
}

// initials are numbers in the order of the first sort, by row: equal numbers say nothing. Those of a text are what follows
// after the letters that most rows of a part share, so only rows of one part are comparable.
type initials []uint64

// tied reports whether about half of the rows have the same.
func (all initials) tied(rows []int32) bool {
	middle, equal := all[rows[len(rows)/2]], 0
	const sample = 16
	for i := range sample {
		if all[rows[i*len(rows)/sample]] == middle {
			equal++
		}
	}
	return equal >= sample/2
}

// set computes the initials of the rows of a part. keys are the values by which the rows are sorted, one for each sort.
func (all initials) set(rows []int32, by *order, keys []*world.Held, sorts int) {
	var initial func(*world.Held) uint64
	switch kind := by.field.kind.(type) {
	case textual:
		prefix := usualPrefix(kind, rows, keys, sorts)
		initial = func(held *world.Held) uint64 { return initialOfText(kind.text(held), prefix) }
	case numeric:
		initial = func(held *world.Held) uint64 { return initialOfNumber(kind.number(held)) }
	default:
		return
	}
	for _, row := range rows {
		switch held := keys[int(row)*sorts]; {
		case held == nil:
			all[row] = math.MaxUint64 // last in both directions
		case by.descending:
			all[row] = ^initial(held)
		default:
			all[row] = initial(held)
		}
	}
}

// usualPrefix returns the longest prefix, in lower case, that the middle half of a sample of the texts share. One text that
// is different, or none at all, must not be the end of it.
func usualPrefix(kind textual, rows []int32, keys []*world.Held, sorts int) string {
	const size = 32
	sample := make([]string, 0, size)
	for i := range size {
		if held := keys[int(rows[i*len(rows)/size])*sorts]; held != nil {
			sample = append(sample, strings.ToLower(kind.text(held)))
		}
	}
	if len(sample) == 0 {
		return ""
	}
	slices.Sort(sample)
	low, high := sample[len(sample)/4], sample[len(sample)*3/4]
	n := 0
	for n < min(len(low), len(high)) && low[n] == high[n] {
		n++
	}
	return low[:n]
}

// initialOfText returns eight bytes of a text in lower case, after a prefix. All texts that come before those with the prefix
// have the least number, and all that come after them the greatest.
func initialOfText(text, prefix string) uint64 {
	if !hasPrefixFold(text, prefix) {
		if compareFold(text, prefix) < 0 {
			return 0
		}
		return math.MaxUint64 - 1 // no text has bytes of ones
	}
	var letters [8]byte
	for i := range min(len(text), len(prefix)+len(letters)) {
		switch {
		case text[i] >= utf8.RuneSelf:
			letters = [8]byte{}
			copy(letters[:], strings.ToLower(text)[len(prefix):])
			return binary.BigEndian.Uint64(letters[:])
		case i >= len(prefix):
			letters[i-len(prefix)] = lowerASCII(text[i])
		}
	}
	return binary.BigEndian.Uint64(letters[:])
}

// initialOfNumber returns the bits of a number so that they are in its order.
func initialOfNumber(n float64) uint64 {
	bits := math.Float64bits(n + 0) // turns -0 into 0
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}
