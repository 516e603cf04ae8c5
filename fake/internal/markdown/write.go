package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// writer writes the spans of one line.
type writer struct {
	spans  []span
	tokens [][]token // the tokens before each span, and after the last
	coded  []edges   // the characters at the edges of each span to write as entities
}

// edges are the first and the last character of a span, which may be the same one.
type edges struct{ first, last bool }

// renderSpans writes the spans of a line so that readInline reads the same spans.
func renderSpans(spans []span) string {
	if spans == nil {
		return ""
	}
	w := &writer{spans: spans, tokens: nest(spans), coded: make([]edges, len(spans))}
	last := len(spans) - 1
	if isBlank(spans[0].text[0]) {
		w.code(0, edges{first: true})
	}
	if text := spans[last].text; isBlank(text[len(text)-1]) {
		w.code(last, edges{last: true})
	}
	for i := range w.tokens {
		w.flank(i)
	}
	var b strings.Builder
	for i := range w.tokens {
		for _, t := range w.tokens[i] {
			b.WriteString(t.text)
		}
		if i < len(spans) {
			w.write(&b, i)
		}
	}
	return b.String()
}

// code marks characters at the edges of a span to be written as entities.
func (w *writer) code(i int, e edges) {
	if single := utf8.RuneCountInString(w.spans[i].text[:min(len(w.spans[i].text), utf8.UTFMax+1)]) == 1; single {
		e.first = e.first || e.last
		e.last = e.first
	}
	w.coded[i].first = w.coded[i].first || e.first
	w.coded[i].last = w.coded[i].last || e.last
}

// flank makes sure that the marks between two spans begin and end what they should. Between entities, which begin and
// end with punctuation, they always do.
func (w *writer) flank(i int) {
	if len(w.tokens[i]) == 0 {
		return
	}
	before, after := w.lastOf(i-1), w.firstOf(i)
	switch {
	case flanked(w.tokens[i], before, after):
	case i < len(w.spans) && flanked(w.tokens[i], before, punct):
		w.code(i, edges{first: true})
	case i > 0:
		known := w.coded[i-1].first
		w.code(i-1, edges{last: true})
		if !flanked(w.tokens[i], punct, after) {
			w.code(i, edges{first: true})
		}
		if w.coded[i-1].first != known {
			w.flank(i - 1)
		}
	}
}

// firstOf returns the class of the first character of a span as written.
func (w *writer) firstOf(i int) class {
	if i == len(w.spans) {
		return space
	}
	r, _ := utf8.DecodeRuneInString(w.spans[i].text)
	if w.coded[i].first || r == '\r' {
		return punct
	}
	return classOf(r)
}

func (w *writer) lastOf(i int) class {
	if i < 0 {
		return space
	}
	r, _ := utf8.DecodeLastRuneInString(w.spans[i].text)
	if w.coded[i].last || r == '\r' {
		return punct
	}
	return classOf(r)
}

// flanked reports whether marks between characters of two classes all begin and end what they should.
func flanked(tokens []token, before, after class) bool {
	for i, t := range tokens {
		if t.mark == 0 {
			continue
		}
		b, a := before, after // a run of one mark counts as a whole
		for j := range i {
			if tokens[j].mark != t.mark {
				b = punct
			}
		}
		for _, next := range tokens[i+1:] {
			if next.mark != t.mark {
				a = punct
			}
		}
		opens, closes := flanks(t.mark, b, a)
		if t.begins && !opens || !t.begins && !closes {
			return false
		}
	}
	return true
}

// write writes the text of a span, with backslashes before characters that would otherwise have a meaning.
func (w *writer) write(b *strings.Builder, i int) {
	s := w.spans[i]
	from, to := 0, len(s.text)
	if w.coded[i].first {
		r, size := utf8.DecodeRuneInString(s.text)
		writeEntity(b, r)
		if from = size; from == to {
			return
		}
	}
	if w.coded[i].last {
		_, size := utf8.DecodeLastRuneInString(s.text)
		to -= size
	}
	for at := from; at < to; {
		size := strings.IndexAny(s.text[at:to], specials+"\r")
		if size < 0 {
			size = to - at
		}
		b.WriteString(s.text[at : at+size])
		if at += size; at < to {
			at += w.writeSpecial(b, i, at, from, to)
		}
	}
	if w.coded[i].last {
		r, _ := utf8.DecodeLastRuneInString(s.text)
		writeEntity(b, r)
	}
}

// writeSpecial writes a character, or a run of marks, that may have a meaning. Outside of from and to the text of the
// span is written as entities. It returns how much of the text it wrote.
func (w *writer) writeSpecial(b *strings.Builder, i, at, from, to int) int {
	s := w.spans[i]
	rest := s.text[at:to]
	c := rest[0]
	escape := false
	switch c {
	case '\r':
		writeEntity(b, '\r')
		return 1
	case '*', '_', '~', '=':
		size := len(rest) - len(strings.TrimLeft(rest, rest[:1]))
		if w.isMark(i, at, size, from, to) {
			b.WriteString(strings.Repeat(`\`+rest[:1], size))
		} else {
			b.WriteString(rest[:size])
		}
		return size
	case '\\':
		escape = len(rest) == 1 || rest[1] == '\r' || isASCIIPunct(rest[1])
	case '&':
		_, size := cutEntity(s.text[at:])
		escape = size > 1
	case '[':
		escape = s.link != ""
	case ']':
		escape = s.link != "" || strings.HasPrefix(s.text[at:], "](")
	case '!':
		escape = at+1 == len(s.text) && len(w.tokens[i+1]) > 0 && w.tokens[i+1][0].text == "["
	}
	if escape {
		b.WriteByte('\\')
	}
	b.WriteByte(c)
	return 1
}

// isMark reports whether a run of marks in a text would be read as marks of a style.
func (w *writer) isMark(i, at, size, from, to int) bool {
	text := w.spans[i].text
	before, after := punct, punct // entities begin and end with punctuation
	switch {
	case at == 0 && len(w.tokens[i]) > 0, at+size == len(text) && len(w.tokens[i+1]) > 0:
		return true // it would join the adjacent marks
	case at == 0:
		before = space
	case at > from:
		r, _ := utf8.DecodeLastRuneInString(text[:at])
		before = classWritten(r)
	}
	switch {
	case at+size == len(text):
		after = space
	case at+size < to:
		r, _ := utf8.DecodeRuneInString(text[at+size:])
		after = classWritten(r)
	}
	opens, closes := flanks(text[at], before, after)
	pairs := text[at] == '~' || text[at] == '='
	return (opens || closes) && (!pairs || size == 2)
}

// classWritten returns the class of what is written for a character within a text.
func classWritten(r rune) class {
	if r == '\r' {
		return punct
	}
	return classOf(r)
}

func writeEntity(b *strings.Builder, r rune) { fmt.Fprintf(b, "&#%d;", r) }
