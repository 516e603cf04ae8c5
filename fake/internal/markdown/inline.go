package markdown

import (
	"strings"
	"unicode/utf8"
)

// readInline reads the marks within a heading or a paragraph, by CommonMark's rules of emphasis and of
// links. Marks without a partner are text. A span may have line breaks in it.
func readInline(source string) []span {
	p := &inlineParser{source: source}
	for p.at < len(source) {
		p.next()
	}
	p.flush()
	p.pair(0)
	return p.spans()
}

type inlineParser struct {
	source   string
	at       int
	plain    strings.Builder // the text since the last piece
	pieces   []piece
	runs     []run // those of the pieces that are runs of marks, as far as they may still find partners
	brackets []bracket
	dead     int // how many of the brackets may begin no link, because one would be in it
}

// piece is a text, a run of marks or a bracket, with what it begins and ends.
type piece struct {
	text   string // what is left of a run or a bracket
	ends   styles // before the text
	begins styles // behind it
	link   string // that begins behind it
	unlink bool   // whether one ends before it
}

// bracket is one that may begin a link.
type bracket struct {
	piece int // its place among the pieces
	runs  int // how many runs come before it
	image bool
}

// specials are the characters that may be more than text.
const specials = "\\&*_~=[!]"

// next takes the next character, or what it begins.
func (p *inlineParser) next() {
	rest := p.source[p.at:]
	size := 1
	switch c := rest[0]; {
	case c == '\\' && len(rest) > 1 && rest[1] == '\n': // a line break like others
	case c == '\\' && len(rest) > 1 && isASCIIPunct(rest[1]):
		size = 2
		p.plain.WriteByte(rest[1])
	case c == '&':
		var text string
		text, size = cutEntity(rest)
		p.plain.WriteString(text)
	case c == '*' || c == '_' || c == '~' || c == '=':
		size = len(rest) - len(strings.TrimLeft(rest, rest[:1]))
		p.addRun(rest[:size])
	case c == '[' || strings.HasPrefix(rest, "!["):
		size = strings.IndexByte(rest, '[') + 1
		p.flush()
		p.brackets = append(p.brackets, bracket{piece: len(p.pieces), runs: len(p.runs), image: c == '!'})
		p.pieces = append(p.pieces, piece{text: rest[:size]})
	case c == ']':
		size = p.closeBracket(rest)
	default:
		if size = strings.IndexAny(rest[1:], specials) + 1; size == 0 {
			size = len(rest)
		}
		p.plain.WriteString(rest[:size])
	}
	p.at += size
}

// flush makes a piece of the text since the last one.
func (p *inlineParser) flush() {
	if p.plain.Len() > 0 {
		p.pieces = append(p.pieces, piece{text: p.plain.String()})
		p.plain.Reset()
	}
}

// addRun adds a run of marks, or text where none can be.
func (p *inlineParser) addRun(marks string) {
	before, after := '\n', '\n'
	if p.at > 0 {
		before, _ = utf8.DecodeLastRuneInString(p.source[:p.at])
	}
	if end := p.at + len(marks); end < len(p.source) {
		after, _ = utf8.DecodeRuneInString(p.source[end:])
	}
	opens, closes := flanks(marks[0], classOf(before), classOf(after))
	if pairs := marks[0] == '~' || marks[0] == '='; !opens && !closes || pairs && len(marks) != 2 {
		p.plain.WriteString(marks)
		return
	}
	p.flush()
	p.runs = append(p.runs, run{piece: len(p.pieces), mark: marks[0], left: len(marks), size: len(marks), opens: opens, closes: closes})
	p.pieces = append(p.pieces, piece{text: marks})
}

// closeBracket takes a bracket that closes, with the address behind it if the two brackets are a link. It
// returns how much of the rest that is. An image is no part of a note and stays text.
func (p *inlineParser) closeBracket(rest string) int {
	n := len(p.brackets) - 1
	if n < 0 {
		p.plain.WriteByte(']')
		return 1
	}
	open, dead := p.brackets[n], n < p.dead
	p.brackets = p.brackets[:n]
	p.dead = min(p.dead, n)
	address, size, ok := cutAddress(rest[1:])
	empty := open.piece == len(p.pieces)-1 && p.plain.Len() == 0
	switch {
	case !ok || dead && !open.image || empty && !open.image:
		p.plain.WriteByte(']')
		return 1
	case open.image:
		p.plain.WriteString(rest[:1+size])
		return 1 + size
	}
	p.flush()
	p.pair(open.runs)
	p.pieces[open.piece].text, p.pieces[open.piece].link = "", address
	p.pieces = append(p.pieces, piece{unlink: true})
	p.dead = n
	return 1 + size
}

// spans joins the pieces.
func (p *inlineParser) spans() []span {
	var spans []span
	var open styles
	var now span
	var b strings.Builder
	put := func(text string, style style, link string) {
		if text == "" {
			return
		}
		if b.Len() > 0 && (style != now.style || link != now.link) {
			now.text = b.String()
			spans = append(spans, now)
			b.Reset()
		}
		now.style, now.link = style, link
		b.WriteString(text)
	}
	link := ""
	for i := range p.pieces {
		piece := &p.pieces[i]
		open.change(piece.ends, -1)
		if piece.unlink {
			link = ""
		}
		put(piece.text, open.set(), link)
		open.change(piece.begins, 1)
		if piece.link != "" {
			link = piece.link
		}
	}
	if b.Len() > 0 {
		now.text = b.String()
		spans = append(spans, now)
	}
	return spans
}
