package markdown

import (
	"slices"
	"strings"
)

// token begins or ends a style or a link in the output.
type token struct {
	text   string
	mark   byte // of a style; 0 for a link
	begins bool
}

// feature is a style, or a link if the style is 0, that covers some spans.
type feature struct {
	style style
	link  string
	end   int // the index of the first span that it does not cover
	mark  byte
}

// features lists what a span can have, in the order in which it is opened.
func (s span) features() [5]feature {
	return [5]feature{{style: bold}, {style: italic}, {style: strike}, {style: highlight}, {link: s.link}}
}

func (s span) has(f feature) bool {
	if f.style == 0 {
		return s.link != "" && s.link == f.link
	}
	return s.style&f.style != 0
}

// nest returns the tokens at each place between spans, properly nested: what covers more spans is opened first. What
// has to be closed because something around it ends is opened again.
func nest(spans []span) [][]token {
	tokens := make([][]token, len(spans)+1)
	ends := endsOf(spans)
	var open []feature
	for i := range tokens {
		keep := slices.IndexFunc(open, func(f feature) bool { return f.end <= i })
		if keep < 0 {
			keep = len(open)
		}
		for _, f := range slices.Backward(open[keep:]) {
			tokens[i] = append(tokens[i], f.token(false))
		}
		open = open[:keep]
		if i == len(spans) {
			break
		}
		var begin []feature
		for j, f := range spans[i].features() {
			f.end = ends[i][j]
			if f.end > 0 && !slices.ContainsFunc(open, func(o feature) bool { return o.style == f.style }) {
				begin = append(begin, f)
			}
		}
		slices.SortStableFunc(begin, func(a, b feature) int { return b.end - a.end })
		for _, f := range begin {
			f.mark = f.markIn(open, tokens[i])
			open = append(open, f)
			tokens[i] = append(tokens[i], f.token(true))
		}
	}
	return tokens
}

// endsOf returns for each feature of each span the index of the first span without it, or 0 if the span does not have
// it.
func endsOf(spans []span) [][5]int {
	ends := make([][5]int, len(spans))
	for i := len(spans) - 1; i >= 0; i-- {
		for j, f := range spans[i].features() {
			switch {
			case !spans[i].has(f):
			case i+1 < len(spans) && spans[i+1].has(f):
				ends[i][j] = ends[i+1][j]
			default:
				ends[i][j] = i + 1
			}
		}
	}
	return ends
}

// markIn chooses the mark of a style that begins after some tokens. Bold and italic share two marks, so a style inside
// the other, or next to it, can have a mark that does not join the other's. If both cover the same spans, one run
// stands for both.
func (f feature) markIn(open []feature, before []token) byte {
	switch f.style {
	case 0:
		return 0
	case strike:
		return '~'
	case highlight:
		return '='
	}
	var last token
	if n := len(before); n > 0 {
		last = before[n-1]
	}
	for _, o := range open {
		if o.style != bold && o.style != italic {
			continue
		}
		if o.mark == '_' || last.begins && last.mark == o.mark && o.end == f.end {
			return '*'
		}
		return '_'
	}
	if last.mark == '*' {
		return '_'
	}
	return '*'
}

// token returns the token that begins or ends the feature.
func (f feature) token(begins bool) token {
	switch {
	case f.style != 0:
		size := 2
		if f.style == italic {
			size = 1
		}
		return token{strings.Repeat(string(f.mark), size), f.mark, begins}
	case begins:
		return token{"[", 0, true}
	}
	return token{"](" + address(f.link) + ")", 0, false}
}

// address returns the address of a link as Markdown.
func address(link string) string {
	var b strings.Builder
	for i, r := range link {
		switch {
		case r <= ' ' || r == 0x7f:
			writeEntity(&b, r)
			continue
		case r == '(' || r == ')' || r == '\\' || r == '<' && i == 0:
			b.WriteByte('\\')
		case r == '&':
			if _, size := cutEntity(link[i:]); size > 1 {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}
