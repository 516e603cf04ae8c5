package pseudonym

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"strings"
	"unicode"
)

// Kind is what a string is, which decides how its pseudonym looks.
type Kind int

// The kinds.
const (
	First  Kind = iota // a first name
	Last               // a last name
	Name               // any other name: of a company, a workspace, a place
	Text               // anything else that people wrote: it is replaced as a whole
	Email              // an e-mail address
	Domain             // a host name
	URL                // the address of a page
	Phone              // a telephone number in E.164
	Number             // a number that somebody or something is known by
	ID                 // a UUID
	Slug               // words in lower-case letters, digits, hyphens and underscores
	root               // the registered part of a host name
	word               // a word in lower case
	kinds              // how many there are
)

// identifies reports whether a string of this kind says who or what something is by itself, where a text may be any word.
func (k Kind) identifies() bool { return k != Text && k != ID && k != Slug }

// Pseudonyms makes pseudonyms, and remembers them. It is not safe for concurrent use.
type Pseudonyms struct {
	key       []byte
	originals *Originals
	made      [kinds]map[string]string
	taken     [kinds]map[string]bool
}

// New returns a source of pseudonyms for a secret key. None of them contains one of the originals, which have to be complete.
func New(key []byte, originals *Originals) *Pseudonyms {
	p := &Pseudonyms{key: key, originals: originals}
	for k := range p.made {
		p.made[k], p.taken[k] = make(map[string]string), make(map[string]bool)
	}
	return p
}

// Of returns the pseudonym of a string. One without letters and digits stays as it is.
func (p *Pseudonyms) Of(kind Kind, s string) string {
	if !strings.ContainsFunc(s, isWordRune) {
		return s
	}
	if kind == Domain {
		s = strings.ToLower(s)
	}
	if made, ok := p.made[kind][s]; ok {
		return made
	}
	for n := 0; ; n++ {
		made := p.make(kind, s, n)
		if n >= manyTries && kind != Phone { // the kind has no other, whatever it tries
			made += syllables(p.draw("end", s, n), 1+n/manyTries)
		}
		if made == s || p.taken[kind][made] || n < hopeless && p.originals.in(made) {
			continue
		}
		p.made[kind][s], p.taken[kind][made] = made, true
		return made
	}
}

// manyTries is after how many proposals a pseudonym may lose its shape. A telephone number gives up by itself.
const manyTries = 200

// hopeless is after how many proposals an original may be in a pseudonym. The scan finds it.
const hopeless = 2000

// make returns the n-th proposal for a pseudonym. Later ones are longer, so that one of them is free.
func (p *Pseudonyms) make(kind Kind, s string, n int) string {
	switch kind {
	case First:
		return p.words(s, firstNames.Get, n)
	case Last:
		return p.words(s, lastNames.Get, n)
	case Email:
		return p.email(s, n)
	case Domain:
		return p.domain(s, n)
	case root:
		return p.root(s, n)
	case URL:
		return p.url(s, n)
	case Phone:
		return p.phone(s, n)
	case Number:
		return p.number(s, n)
	case ID:
		return p.id(s, n)
	case word:
		return p.word(s, companyWords.Get, n)
	case Text:
		return p.text(s, n)
	}
	return p.words(s, companyWords.Get, n)
}

// Between returns a number from low to high that depends on the key and a name alone.
func (p *Pseudonyms) Between(low, high int, name string) int {
	return low + p.draw("between", name, 0).below(high-low+1)
}

// draw begins a stream of draws for a string. Nobody without the key can make it.
func (p *Pseudonyms) draw(purpose, s string, n int) *draws {
	d := &draws{hash: hmac.New(sha256.New, p.key)}
	d.hash.Write([]byte(purpose))
	d.hash.Write(binary.BigEndian.AppendUint64([]byte{0}, uint64(n)))
	d.hash.Write([]byte(s))
	d.block = d.hash.Sum(nil)
	return d
}

// draws is an endless stream of draws.
type draws struct {
	hash  hash.Hash
	block []byte
	used  int
}

// below returns a number from 0 to n-1.
func (d *draws) below(n int) int {
	if d.used+4 > len(d.block) {
		_, _ = d.hash.Write(d.block) // never fails
		d.block, d.used = d.hash.Sum(d.block[:0]), 0
	}
	drawn := binary.BigEndian.Uint32(d.block[d.used:])
	d.used += 4
	return int(drawn % uint32(n)) // the bias is far below what anybody sees
}

func pick[T any](d *draws, list []T) T { return list[d.below(len(list))] }

// isWordRune reports whether a rune is a part of a word.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
