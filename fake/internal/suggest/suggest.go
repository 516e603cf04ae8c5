// Package suggest says of a word that nobody knows which known word is nearest.
package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ShortList is how many known words a message lists at most when it has a suggestion, and LongList
// when it has none. Of more it lists a few, those that begin most like the unknown one first.
const (
	ShortList = 12
	LongList  = 30
	fewWords  = 5
)

// Unknown says that a word is not among the known ones, which one is nearest, and what there is.
func Unknown(what, word string, known []string) string {
	near, found := Nearest(word, known)
	return UnknownNear(what, word, near, found, known)
}

// UnknownNear is Unknown where the nearest word is looked for already.
func UnknownNear(what, word, near string, found bool, known []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "unknown %s %s", what, Quote(word))
	if found {
		fmt.Fprintf(&b, "; did you mean %s?", Quote(near))
	}
	switch {
	case len(known) == 0:
		fmt.Fprintf(&b, "; there is none")
	case !found && len(known) > LongList:
		fmt.Fprintf(&b, "; known: %s and %d more", strings.Join(alike(word, known)[:fewWords], ", "), len(known)-fewWords)
	case !found:
		fmt.Fprintf(&b, "; known: %s", strings.Join(known, ", "))
	case len(known) > 1 && len(known) <= ShortList:
		fmt.Fprintf(&b, " Known: %s", strings.Join(known, ", "))
	}
	return b.String()
}

// alike sorts words by how much they have in common with another at their beginning.
func alike(word string, known []string) []string {
	sorted := slices.Clone(known)
	slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Compare(commonStart(word, b), commonStart(word, a)) })
	return sorted
}

// commonStart counts the bytes that two words begin with alike, whatever their case.
func commonStart(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Nearest returns the known word that takes the fewest edits, if that is near enough to be meant. Otherwise, of
// many words, it is the shortest of those that begin as the word does, for half of it and four letters at least.
func Nearest(word string, known []string) (string, bool) {
	if best, ok := nearestByEdits(word, known); ok {
		return best, true
	}
	if len(known) <= ShortList {
		return "", false // the message lists them all
	}
	best, most := "", max(4, len(word)/2)
	for _, k := range known {
		if n := commonStart(word, k); n > most || n == most && (best == "" || len(k) < len(best)) {
			best, most = k, n
		}
	}
	return best, best != ""
}

func nearestByEdits(word string, known []string) (string, bool) {
	best, fewest := "", -1
	for _, k := range known {
		length := utf8.RuneCountInString(k)
		limit := max(1, length/3)
		if difference := utf8.RuneCountInString(word) - length; difference > limit || -difference > limit {
			continue
		}
		if edits := distance([]rune(strings.ToLower(word)), []rune(strings.ToLower(k))); edits <= limit && (fewest < 0 || edits < fewest) {
			best, fewest = k, edits
		}
	}
	return best, fewest >= 0
}

// distance counts the letters to insert, delete, replace or swap with their neighbour (the optimal
// string alignment distance).
func distance(a, b []rune) int {
	beforeLast, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], beforeLast[j-1]+1)
			}
		}
		beforeLast, last, row = last, row, beforeLast
	}
	return last[len(b)]
}

// Quote puts a word in quotation marks, shortened if it is long.
func Quote(word string) string {
	const longest = 80
	if runes := []rune(word[:min(len(word), 4*longest+4)]); len(runes) > longest {
		word = string(runes[:longest]) + "…"
	}
	return fmt.Sprintf("%q", word)
}
