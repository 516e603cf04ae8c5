package pseudonym

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// byLength has words in lower case by their lengths.
type byLength map[int][]string

// The words that pseudonyms are made of, where one of the right length is free. They are those of made-up records.
var (
	firstNames   = lazy.Of[byLength]{Make: func() byLength { return sortWords(scenario.MadeUpNames().First) }}
	lastNames    = lazy.Of[byLength]{Make: func() byLength { return sortWords(scenario.MadeUpNames().Last) }}
	companyWords = lazy.Of[byLength]{Make: func() byLength { return sortWords(scenario.MadeUpNames().Words) }}
)

func sortWords(all []string) byLength {
	sorted := make(byLength)
	seen := make(map[string]bool)
	for _, phrase := range all {
		for _, w := range strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return !isWordRune(r) }) {
			if n := utf8.RuneCountInString(w); !seen[w] {
				seen[w] = true
				sorted[n] = append(sorted[n], w)
			}
		}
	}
	return sorted
}

// words replaces each word of a name. A word has one pseudonym wherever it occurs: in names, domains and addresses.
func (p *Pseudonyms) words(s string, from func() byLength, n int) string {
	return replaceWords(s, func(w string, i int) string {
		folded := strings.ToLower(w)
		made, ok := p.made[word][folded]
		if !ok {
			made = p.newWord(folded, from)
		}
		if n > 0 && i == 0 { // the whole is taken, although none of its words is
			made += syllables(p.draw("more", s, n), 1+n/8)
		}
		return inCaseOf(w, made)
	})
}

// newWord is Of for a word, with words of a list.
func (p *Pseudonyms) newWord(folded string, from func() byLength) string {
	for n := 0; ; n++ {
		made := p.word(folded, from, n)
		if made != folded && !p.taken[word][made] && !p.originals.in(made) {
			p.made[word][folded], p.taken[word][made] = made, true
			return made
		}
	}
}

// word proposes a word of the same length: the first times one of a list, later made of syllables, and at last longer.
func (p *Pseudonyms) word(folded string, from func() byLength, n int) string {
	d, length := p.draw("word", folded, n), utf8.RuneCountInString(folded)
	longer := max(0, n-20) / 10
	if isASCII(folded) && !strings.ContainsFunc(folded, unicode.IsDigit) {
		if list := from()[length]; n < 10 && len(list) > 0 {
			return pick(d, list)
		}
		return syllables(d, length+longer)
	}
	made := strings.Map(func(r rune) rune { return alike(d, r) }, folded)
	return made + syllables(d, longer)
}

// text replaces a text as a whole: its words have nothing to do with each other, or with the same words elsewhere. What stands
// between them stays, and so do numbers of one or two digits, which count the lines of lists.
func (p *Pseudonyms) text(s string, n int) string {
	d := p.draw("text", s, n)
	made := replaceWords(s, func(w string, i int) string {
		folded, length := strings.ToLower(w), utf8.RuneCountInString(w)
		switch {
		case n < 20 && length <= 2 && strings.Trim(w, "0123456789") == "" && len(s) > 2*length, folded == "http", folded == "https":
			return w
		case !isASCII(w) || strings.ContainsFunc(w, unicode.IsDigit):
			return inCaseOf(w, strings.Map(func(r rune) rune { return alike(d, r) }, folded))
		}
		for try := range 20 {
			made := syllables(d, length)
			if list := companyWords.Get()[length]; try < 5 && len(list) > 0 {
				made = pick(d, list)
			}
			if made != folded && !p.originals.in(made) {
				return inCaseOf(w, made)
			}
		}
		return inCaseOf(w, syllables(d, length+1))
	})
	if n >= 20 {
		made += syllables(d, 1+n/10)
	}
	return made
}

// replaceWords replaces each run of letters and digits; the function is told its number.
func replaceWords(s string, replace func(word string, i int) string) string {
	var b strings.Builder
	i := 0
	for s != "" {
		start := strings.IndexFunc(s, isWordRune)
		if start < 0 {
			break
		}
		end := strings.IndexFunc(s[start:], func(r rune) bool { return !isWordRune(r) })
		if end < 0 {
			end = len(s) - start
		}
		b.WriteString(s[:start])
		b.WriteString(replace(s[start:start+end], i))
		s = s[start+end:]
		i++
	}
	b.WriteString(s)
	return b.String()
}

const (
	vowels     = "aeiou"
	consonants = "bdfgklmnprstvz"
	digits     = "0123456789"
)

// syllables makes a word that can be pronounced.
func syllables(d *draws, length int) string {
	b := make([]byte, length)
	vowel := length > 2 && d.below(4) == 0
	for i := range b {
		if b[i] = consonants[d.below(len(consonants))]; vowel {
			b[i] = vowels[d.below(len(vowels))]
		}
		vowel = !vowel
	}
	return string(b)
}

// scripts are letters in lower case that stand for each other, in the order in which they are looked through.
var scripts = []string{
	"bcdfghjklmnpqrstvwxz", "aeiouy", digits, "àáâãäåèéêëìíîïòóôõöøùúûü", "çčćšśžźżñńłřďťğßđ", "бвгджзклмнпрстфхцчшщ", "аеёиоуыэюя",
	"αεηιουωάέήίόύώ", "βγδζθκλμνξπρστφχψ", "אבגדהוזחטיכלמנסעפצקרשת", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
	"あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ", "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ",
	"天地山川木林森花草田石金玉日月星風雨雪海江河春夏秋冬東西南北上下中大小高長新古白青赤",
}

// alike draws a letter of the same script and sort, a digit for a digit.
func alike(d *draws, r rune) rune {
	switch {
	case unicode.Is(unicode.Han, r):
		return pick(d, []rune(scripts[len(scripts)-1]))
	case unicode.Is(unicode.Hangul, r):
		return '가' + rune(d.below(11172))
	case unicode.IsMark(r):
		return r
	}
	for _, script := range scripts {
		if strings.ContainsRune(script, r) {
			return pick(d, []rune(script))
		}
	}
	if unicode.IsDigit(r) {
		return rune(digits[d.below(len(digits))])
	}
	return rune(consonants[d.below(len(consonants))])
}

// inCaseOf writes a word in lower case with capitals where another has them.
func inCaseOf(like, folded string) string {
	if strings.ToUpper(like) == like && utf8.RuneCountInString(like) > 1 {
		return strings.ToUpper(folded)
	}
	capital := make(map[int]bool)
	i := 0
	for _, r := range like {
		capital[i] = unicode.IsUpper(r) || unicode.IsTitle(r)
		i++
	}
	i = -1
	return strings.Map(func(r rune) rune {
		if i++; capital[i] {
			return unicode.ToUpper(r)
		}
		return r
	}, folded)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
