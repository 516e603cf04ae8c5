package pseudonym

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// least is the length from which an original must not be left anywhere.
const least = 5

// Originals is what must not be left: strings, and the words in them, of five characters or more.
type Originals struct {
	needles map[string][]needle // by their first bytes
	known   map[string]bool
	names   map[string]bool // the strings that identify somebody by themselves
	allowed map[string]bool // words that say nothing about anybody
}

// needle is an original in lower case.
type needle struct {
	text   string
	number bool // nothing but digits, which are only found where they stand alone
}

// NewOriginals returns an empty collection. The words of the vocabulary may be left: those of Attio and of the format.
func NewOriginals(vocabulary []string) *Originals {
	o := &Originals{needles: make(map[string][]needle), known: make(map[string]bool), names: make(map[string]bool), allowed: make(map[string]bool)}
	for _, phrase := range vocabulary {
		o.Allow(phrase)
	}
	for w := range kept.Get() {
		o.allowed[w] = true
	}
	return o
}

// Allow adds a phrase and its words to the vocabulary.
func (o *Originals) Allow(phrase string) {
	folded := strings.ToLower(phrase)
	o.allowed[folded] = true
	for _, w := range wordsOf(folded) {
		o.allowed[w] = true
	}
}

// Add adds a string.
func (o *Originals) Add(kind Kind, s string) {
	folded := strings.ToLower(strings.TrimSpace(s))
	if kind.identifies() && utf8.RuneCountInString(folded) >= least {
		o.names[folded] = true
	}
	if o.known[folded] || saysNothing(folded) {
		return
	}
	o.known[folded] = true
	o.add(folded)
	for _, w := range wordsOf(folded) {
		if !o.known[w] {
			o.known[w] = true
			o.add(w)
		}
	}
}

func (o *Originals) add(folded string) {
	if utf8.RuneCountInString(folded) < least || o.allowed[folded] || !strings.ContainsFunc(folded, isWordRune) {
		return
	}
	start := folded[:least]
	o.needles[start] = append(o.needles[start], needle{folded, strings.Trim(folded, digits) == ""})
}

// IsName reports whether a phrase contains a whole name, address or number of five characters or more.
func (o *Originals) IsName(phrase string) bool {
	folded := strings.ToLower(phrase)
	if o.names[folded] {
		return true
	}
	words := strings.Fields(folded)
	for i := range words {
		for j := i + 1; j <= len(words); j++ {
			if o.names[strings.Join(words[i:j], " ")] {
				return true
			}
		}
	}
	return false
}

// in reports whether an original is left in a text.
func (o *Originals) in(text string) bool {
	found := false
	o.find(strings.ToLower(text), func(int) bool {
		found = true
		return false
	})
	return found
}

// Place is where in a text something is: line and column from 1, in characters.
type Place struct{ Line, Column int }

// Scan returns where an original begins that is left in a text, in either case: at most so many places.
func (o *Originals) Scan(text string, most int) []Place {
	var places []Place
	folded := strings.ToLower(text) // rune by rune, so places stay
	o.find(folded, func(at int) bool {
		line := strings.LastIndexByte(folded[:at], '\n') + 1
		places = append(places, Place{1 + strings.Count(folded[:at], "\n"), 1 + utf8.RuneCountInString(folded[line:at])})
		return len(places) < most
	})
	return places
}

// find calls a function with the place of each original in a text in lower case, until it returns false.
func (o *Originals) find(folded string, yield func(at int) bool) {
	for i := 0; i+least <= len(folded); i++ {
		for _, needle := range o.needles[folded[i:i+least]] {
			if strings.HasPrefix(folded[i:], needle.text) && !o.excused(folded, i, i+len(needle.text), needle.number) {
				if !yield(i) {
					return
				}
				break
			}
		}
	}
}

// excused reports whether an original at a place is nothing but a part of an allowed word, or of a longer number.
func (o *Originals) excused(folded string, from, to int, number bool) bool {
	start, end := from, to
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(folded[:start])
		if !isWordRune(r) {
			break
		}
		start -= size
	}
	for end < len(folded) {
		r, size := utf8.DecodeRuneInString(folded[end:])
		if !isWordRune(r) {
			break
		}
		end += size
	}
	return number && (start < from || end > to) || o.allowed[folded[start:end]]
}

// wordsOf returns the runs of letters and digits in a text.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !isWordRune(r) })
}

// IsUUID reports whether a string is written as a UUID.
func IsUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (r == '-') || !dash && !unicode.Is(unicode.ASCII_Hex_Digit, r) {
			return false
		}
	}
	return true
}
