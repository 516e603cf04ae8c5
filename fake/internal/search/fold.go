package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText is how many bytes of a text are searched. A query has 256 characters at most, but a text may have ten
// megabytes.
const maxText = 1024

// letters maps the letters that do not decompose to what people type for them.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ς': "σ",
}

// fold returns a text as it is compared: lower-case words without accents, separated by single spaces.
func fold(text string) string {
	text = truncate(text)
	if isASCII(text) {
		return foldASCII(text)
	}
	return foldUnicode(norm.NFKD.String(text))
}

func foldUnicode(text string) string {
	b := make([]byte, 0, len(text))
	gap := false
	for _, r := range text {
		if isDropped(r) {
			continue
		}
		if !isWord(r) {
			gap = len(b) > 0
			continue
		}
		if gap {
			b = append(b, ' ')
			gap = false
		}
		r = unicode.ToLower(r)
		if typed, ok := letters[r]; ok && r >= utf8.RuneSelf {
			b = append(b, typed...)
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// foldASCII is foldUnicode for ASCII, five times as fast.
func foldASCII(text string) string {
	b := make([]byte, 0, len(text))
	gap := false
	for i := range len(text) {
		c := text[i]
		switch {
		case isDropped(rune(c)):
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case !isWord(rune(c)):
			gap = len(b) > 0
			continue
		}
		if gap {
			b = append(b, ' ')
			gap = false
		}
		b = append(b, c)
	}
	return string(b)
}

func truncate(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isDropped reports whether a rune is ignored when words are compared: apostrophes, and accents split off by
// decomposition. Marks of other scripts are not accents.
func isDropped(r rune) bool {
	return r == '\'' || r == '’' || r == 'ʼ' || r >= 0x300 && r <= 0x36f
}

// isWord reports whether a rune belongs to a word; the category So includes emoji.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So)
}

// wordsOf returns the words of phrases without duplicates.
func wordsOf(phrases ...string) []string {
	var words []string
	for _, phrase := range phrases {
		words = append(words, strings.Fields(phrase)...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
