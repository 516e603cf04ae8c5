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
// sort, which are numbers beside those of the rows.

// textual is a kind whose values are ordered by texts, regardless of case.
type textual interface{ text(held *world.Held) string }

// numeric is a kind whose values are ordered by numbers, and by more where these are equal.
type numeric interface {
	number(held *world.Held) float64
}

// The initial of a row is a number in the order of the first sort: equal numbers say nothing. That of a text is what follows
// after the letters that most rows of a part share, so only rows of one part are comparable.

// tied reports whether about half of the rows have the same initial.
func tied(rows []row) bool {
	middle, equal := rows[len(rows)/2].initial, 0
	const sample = 16
	for i := range sample {
		if rows[i*len(rows)/sample].initial == middle {
			equal++
		}
	}
	return equal >= sample/2
}

// setInitials computes the initials of the rows of a part. keys are the values by which the rows are sorted, one for each sort.
func setInitials(rows []row, by *order, keys []*world.Held, sorts int) {
	var initial func(*world.Held) uint64
	switch kind := by.field.kind.(type) {
	case textual:
		prefix := usualPrefix(rows, by, keys, sorts)
		initial = func(held *world.Held) uint64 { return initialOfText(kind.text(held), prefix) }
	case numeric:
		initial = func(held *world.Held) uint64 { return initialOfNumber(kind.number(held)) }
	default:
		return
	}
	for i := range rows {
		switch held := keys[int(rows[i].number)*sorts]; {
		case by.lacks(held):
			rows[i].initial = math.MaxUint64 // last in both directions
		case by.descending:
			rows[i].initial = ^initial(held)
		default:
			rows[i].initial = initial(held)
		}
	}
}

// usualPrefix returns the longest prefix, in lower case, that the middle half of a sample of the texts share. One text that
// is different, or none at all, must not be the end of it.
func usualPrefix(rows []row, by *order, keys []*world.Held, sorts int) string {
	const size = 32
	sample := make([]string, 0, size)
	for i := range size {
		if held := keys[int(rows[i*len(rows)/size].number)*sorts]; !by.lacks(held) {
			sample = append(sample, strings.ToLower(by.field.kind.(textual).text(held)))
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
