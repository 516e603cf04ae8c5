package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tolerance returns how many edits a near miss of a queried word may have: none for a short word, where a typing
// mistake makes another word, and none for a word with a digit, where it makes another number.
func tolerance(word string) int {
	length := utf8.RuneCountInString(word)
	switch {
	case length < 4 || strings.ContainsFunc(word, unicode.IsDigit):
		return 0
	case length < 8:
		return 1
	}
	return 2
}

// near calls visit with the documents of all keys that are at most this number of edits away from a word. It walks the
// sorted keys like a tree of their letters: a common prefix is compared once, and a prefix that differs too much is
// skipped with all its keys.
func (t *terms) near(word string, most int, visit func(place int32, distance int)) {
	if most == 0 {
		return
	}
	walk := newWalk(word)
	for i := 0; i < len(t.keys); {
		dead, distance := walk.to(t.keys[i], most)
		if dead == "" && distance <= most {
			for _, place := range t.of(i) {
				visit(place, distance)
			}
		}
		i++
		if dead != "" && i < len(t.keys) && strings.HasPrefix(t.keys[i], dead) {
			skipped, _ := slices.BinarySearch(t.keys[i:], dead+"\xff") // greater than any key with this prefix: no key contains the byte
			i += skipped
		}
	}
}

// walk measures the distance of one word from keys that come in order.
type walk struct {
	word []rune
	path []rune  // the letters of the current key that were compared
	rows [][]int // rows[i][j] is the distance of the first i letters of the path from the first j of the word
}

func newWalk(word string) *walk {
	w := &walk{word: []rune(word)}
	first := make([]int, len(w.word)+1)
	for j := range first {
		first[j] = j
	}
	w.rows = append(w.rows, first)
	return w
}

// to measures a key. If a prefix of the key is so far from the word that no key with it can be near, it returns the
// prefix.
func (w *walk) to(key string, most int) (dead string, distance int) {
	depth := 0
	common := true
	for end, letter := range key {
		if common = common && depth < len(w.path) && w.path[depth] == letter; !common {
			w.path = append(w.path[:depth], letter)
			w.step(depth + 1)
		}
		depth++
		// The minimum of the rows never decreases. A swap looks back two rows, but costs an edit as well.
		if slices.Min(w.rows[depth]) > most {
			return key[:end+utf8.RuneLen(letter)], 0
		}
	}
	return "", w.rows[depth][len(w.word)]
}

// step computes the row of the last letter of the path: the optimal string alignment distance.
func (w *walk) step(depth int) {
	if depth == len(w.rows) {
		w.rows = append(w.rows, make([]int, len(w.word)+1))
	}
	row, above := w.rows[depth], w.rows[depth-1]
	letter := w.path[depth-1]
	row[0] = depth
	for j, other := range w.word {
		replaced := above[j]
		if letter != other {
			replaced++
		}
		row[j+1] = min(replaced, above[j+1]+1, row[j]+1)
		if depth > 1 && j > 0 && letter == w.word[j-1] && w.path[depth-2] == other {
			row[j+1] = min(row[j+1], w.rows[depth-2][j-1]+1)
		}
	}
}
