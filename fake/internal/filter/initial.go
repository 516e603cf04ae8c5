package filter

import (
	"encoding/binary"
	"math"
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
// after the letters that all rows of a part share, so only rows of one part are comparable.
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
		shared := sharedPrefix(kind, rows, keys, sorts)
		initial = func(held *world.Held) uint64 { return initialOfText(kind.text(held), shared) }
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

// sharedPrefix returns the length of the longest prefix, in lower case, that the texts of the rows share.
func sharedPrefix(kind textual, rows []int32, keys []*world.Held, sorts int) int {
	prefix, begun := "", false
	for _, row := range rows {
		switch held := keys[int(row)*sorts]; {
		case held == nil:
		case !begun:
			prefix, begun = strings.ToLower(kind.text(held)), true
		default:
			for text := kind.text(held); !hasPrefixFold(text, prefix); {
				prefix = prefix[:len(prefix)-1]
			}
		}
		if begun && prefix == "" {
			break
		}
	}
	return len(prefix)
}

// initialOfText returns eight bytes of a text in lower case, after those that all texts have.
func initialOfText(text string, shared int) uint64 {
	var letters [8]byte
	for i := range min(len(text), shared+len(letters)) {
		switch {
		case text[i] >= utf8.RuneSelf:
			letters = [8]byte{}
			copy(letters[:], strings.ToLower(text)[shared:])
			return binary.BigEndian.Uint64(letters[:])
		case i >= shared:
			letters[i-shared] = lowerASCII(text[i])
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
