package markdown

import "unicode"

// run is a run of one mark, such as **, that may begin or end styles.
type run struct {
	piece         int // its index among the pieces
	mark          byte
	left, size    int // how many marks have no partner yet, and how many there were
	opens, closes bool
	prev, next    int // the neighbouring runs that may still find partners
}

// runKind is what runs have in common for which there is no partner before some place.
type runKind struct {
	mark  byte
	opens bool
	size  int // modulo 3; CommonMark's rule of three depends on it
}

func (r *run) kind() runKind { return runKind{r.mark, r.opens, r.size % 3} }

// ends reports whether a run can end what another began.
func (r *run) ends(opener *run) bool {
	if !opener.opens || opener.mark != r.mark {
		return false
	}
	ambiguous := opener.closes || r.opens
	return !ambiguous || (opener.size+r.size)%3 != 0 || r.size%3 == 0
}

// style returns the style of two partners, and how many marks of each it uses.
func (r *run) style(opener *run) (style, int) {
	switch {
	case r.mark == '~':
		return strike, 2
	case r.mark == '=':
		return highlight, 2
	case r.left >= 2 && opener.left >= 2:
		return bold, 2
	}
	return italic, 1
}

// pair finds the partners of the runs from a place on, and removes those runs. It is the algorithm of CommonMark's
// appendix. For each kind of run it remembers where partners can begin, and so takes linear time.
func (p *inlineParser) pair(bottom int) {
	runs := p.runs[bottom:]
	for i := range runs {
		runs[i].prev, runs[i].next = i-1, i+1
	}
	first := make(map[runKind]int)
	for c := 0; c < len(runs); {
		closer := &runs[c]
		if !closer.closes {
			c = closer.next
			continue
		}
		o := closer.prev
		for o >= first[closer.kind()] && !closer.ends(&runs[o]) {
			o = runs[o].prev
		}
		if o < first[closer.kind()] {
			first[closer.kind()] = c
			if !closer.opens {
				remove(runs, c)
			}
			c = closer.next
			continue
		}
		p.match(&runs[o], closer)
		runs[o].next, closer.prev = c, o // nothing between them can find a partner
		if runs[o].left == 0 {
			remove(runs, o)
		}
		if closer.left == 0 {
			remove(runs, c)
			c = closer.next
		}
	}
	p.runs = p.runs[:bottom]
}

// match makes two partners begin and end a style.
func (p *inlineParser) match(opener, closer *run) {
	style, size := closer.style(opener)
	opener.left -= size
	closer.left -= size
	from, to := &p.pieces[opener.piece], &p.pieces[closer.piece]
	from.text, to.text = from.text[:opener.left], to.text[:closer.left]
	from.begins.add(style, 1)
	to.ends.add(style, 1)
}

// remove removes a run from those that may find partners.
func remove(runs []run, i int) {
	if prev := runs[i].prev; prev >= 0 {
		runs[prev].next = runs[i].next
	}
	if next := runs[i].next; next < len(runs) {
		runs[next].prev = runs[i].prev
	}
}

// styles counts for each style how many times it is open.
type styles [4]int32

func (s *styles) add(one style, n int32) {
	for i := range s {
		if one&(1<<i) != 0 {
			s[i] += n
		}
	}
}

// change adds the styles that a piece begins, or with -1 removes those that it ends.
func (s *styles) change(by styles, sign int32) {
	for i, n := range by {
		s[i] += sign * n
	}
}

// set returns the styles that are open.
func (s *styles) set() style {
	var on style
	for i, n := range s {
		if n > 0 {
			on |= 1 << i
		}
	}
	return on
}

// class is a character as CommonMark's rules of emphasis see it.
type class int

const (
	space class = iota // also the beginning and the end of a text
	punct
	letter // all others
)

func classOf(r rune) class {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.IsPunct(r) || unicode.IsSymbol(r):
		return punct
	}
	return letter
}

// flanks reports whether a run of marks between two characters can begin a style, and end one.
func flanks(mark byte, before, after class) (opens, closes bool) {
	left := after == letter || after == punct && before != letter
	right := before == letter || before == punct && after != letter
	if mark == '_' {
		return left && (!right || before == punct), right && (!left || after == punct)
	}
	return left, right
}
