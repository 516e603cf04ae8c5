package markdown

import (
	"strings"
	"unicode/utf8"
)

// readInline reads the marks in a heading or a paragraph by CommonMark's rules for emphasis and links. Marks without a
// partner are text. A span may contain line breaks.
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
	runs     []run // the runs among the pieces that may still find partners
	brackets []bracket
	dead     int // how many of the brackets cannot begin a link, because it would contain another
}

// piece is a text, a run of marks or a bracket, with the styles and links that it begins and ends.
type piece struct {
	text   string // of a run or a bracket, what is left of it
	ends   styles // before the text
	begins styles // after the text
	link   string // the link that begins after the text
	unlink bool   // a link ends before the text
}

// bracket is an opening bracket that may begin a link.
type bracket struct {
	piece int // its index among the pieces
	runs  int // how many runs come before it
	image bool
}

// specials are the characters that may have a meaning.
const specials = "\\&*_~=[!]"

// next reads the next character, or what it begins.
func (p *inlineParser) next() {
	rest := p.source[p.at:]
	size := 1
	switch c := rest[0]; {
	case c == '\\' && len(rest) > 1 && rest[1] == '\n': // a line break like any other
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

// flush makes a piece of the text since the last piece.
func (p *inlineParser) flush() {
	if p.plain.Len() > 0 {
		p.pieces = append(p.pieces, piece{text: p.plain.String()})
		p.plain.Reset()
	}
}

// addRun adds a run of marks, or text if it cannot be one.
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

// closeBracket reads a closing bracket and, if the two brackets are a link, the address after it. It returns the length
// of what it read. Notes have no images, so an image stays text.
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

// spans joins the pieces into spans.
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
