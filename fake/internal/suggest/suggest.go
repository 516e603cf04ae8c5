// Package suggest finds the known word that is nearest to an unknown one, and words the sentences around it.
package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ShortList is how many known words a message lists at most when it has a suggestion, and LongList
// when it has none. If there are more, it lists a few, starting with those whose beginnings are most alike.
const (
	ShortList = 12
	LongList  = 30
	fewWords  = 5
)

// Unknown says that a word is unknown, which known word is nearest, and which ones there are.
func Unknown(what, word string, known []string) string {
	near, found := Nearest(word, known)
	return UnknownNear(what, word, near, found, known)
}

// UnknownNear is Unknown for a nearest word that was already searched for.
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

// alike sorts words by how much of another word's beginning they share.
func alike(word string, known []string) []string {
	sorted := slices.Clone(known)
	slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Compare(commonStart(word, b), commonStart(word, a)) })
	return sorted
}

// commonStart counts the bytes at the beginning of two words that are equal, regardless of case.
func commonStart(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Nearest returns the known word that is the fewest edits away, if that is near enough to be what was meant. Otherwise, if
// there are many words, it returns the shortest one that shares the first half of the word, and at least four letters.
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
