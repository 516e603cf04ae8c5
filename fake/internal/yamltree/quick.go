package yamltree

import (
	"strings"
	"unicode/utf8"
)

// quick reads in one pass what files mostly consist of: mappings and sequences of plain and quoted values on one line,
// and flow collections, which includes all of JSON. It gives up at anything else, and at anything that is wrong; the
// file is then read again by the parser, which knows the rest of YAML and says what is wrong. What quick reads, it reads
// as the parser does, in a twentieth of the time.
type quick struct {
	file  *File
	text  string
	at    int // the next byte
	line  int // the line of that byte, from 1
	start int // where that line starts

	counted, column int // the column, from 0, of a byte of this line

	room []Node            // for nodes still to come
	keys map[string]string // a mapping's keys mostly occur before
	left int               // how many more nodes the file may have
}

// readQuickly returns the tree of a text, or nil if it gave up.
func readQuickly(f *File, text string) (root *Node) {
	if strings.Contains(text, "\t") {
		return nil
	}
	q := &quick{file: f, text: text, line: 1, keys: make(map[string]string), left: maxNodes}
	defer func() {
		if gaveUp := recover(); gaveUp == nil {
			return
		} else if _, ok := gaveUp.(givesUp); !ok {
			panic(gaveUp)
		}
		root = nil
	}()
	if !q.nextLine() {
		return nil
	}
	if c := q.peek(); c == '{' || c == '[' {
		root = q.flow(1)
		q.endLine()
	} else {
		root = q.block(q.indent(), 1)
	}
	if q.at < len(q.text) {
		return nil
	}
	return root
}

// givesUp is the panic that ends the reading.
type givesUp struct{}

func (q *quick) giveUp() { panic(givesUp{}) }

// require gives up unless a condition holds.
func (q *quick) require(ok bool) {
	if !ok {
		q.giveUp()
	}
}

// peek returns the next byte of the line, or a line feed at its end.
func (q *quick) peek() byte { return q.byteAt(q.at) }

func (q *quick) byteAt(i int) byte {
	if i >= len(q.text) {
		return '\n'
	}
	return q.text[i]
}

// indent returns how many bytes stand before the next one on its line.
func (q *quick) indent() int { return q.at - q.start }

func (q *quick) spaces() {
	for q.peek() == ' ' {
		q.at++
	}
}

// feed goes to the start of the next line from the end of this one.
func (q *quick) feed() {
	q.at++
	q.line++
	q.start, q.counted, q.column = q.at, q.at, 0
}

// endLine passes what may stand behind a value on its line, and goes on to the next line with a value.
func (q *quick) endLine() {
	before := q.at
	q.spaces()
	if q.peek() == '#' {
		q.require(q.at > before)
		q.skipComment()
	}
	q.require(q.peek() == '\n')
	q.nextLine()
}

func (q *quick) skipComment() {
	if end := strings.IndexByte(q.text[q.at:], '\n'); end >= 0 {
		q.at += end
	} else {
		q.at = len(q.text)
	}
}

// nextLine goes on to the first byte that is neither space nor comment. It reports whether there is one.
func (q *quick) nextLine() bool {
	for {
		q.spaces()
		if q.peek() == '#' {
			q.skipComment()
		}
		if q.at >= len(q.text) {
			return false
		}
		if q.peek() != '\n' {
			rest := q.text[q.at:]
			q.require(q.at > q.start || !strings.HasPrefix(rest, "---") && !strings.HasPrefix(rest, "..."))
			return true
		}
		q.feed()
	}
}

// place returns the position of a byte of this line, which must not stand before one that was placed already.
func (q *quick) place(at int) Position {
	q.column += utf8.RuneCountInString(q.text[q.counted:at])
	q.counted = at
	return Position{q.file, q.line, q.column + 1}
}

func (q *quick) node(at Position, k Kind, text string) *Node {
	q.left--
	q.require(q.left >= 0)
	if len(q.room) == 0 {
		q.room = make([]Node, 256)
	}
	n := &q.room[0]
	q.room = q.room[1:]
	n.Position, n.Kind, n.Text, n.size, n.height = at, k, text, 1, 1
	return n
}

// block reads a mapping or a sequence whose entries begin in a column, which is where it stands.
func (q *quick) block(indent, depth int) *Node {
	q.require(depth <= maxDepth)
	if q.atDash() {
		return q.sequence(indent, depth)
	}
	return q.mapping(indent, depth)
}

func (q *quick) atDash() bool {
	after := q.byteAt(q.at + 1)
	return q.peek() == '-' && (after == ' ' || after == '\n')
}

func (q *quick) mapping(indent, depth int) *Node {
	n := q.node(q.place(q.at), KindMapping, "")
	for {
		at := q.place(q.at)
		name := q.key()
		colon := q.place(q.at)
		q.at++
		q.require(q.peek() == ' ' || q.peek() == '\n')
		q.add(n, Field{name, at, q.value(colon, indent, true, depth+1)})
		if q.at >= len(q.text) || q.indent() < indent {
			return n
		}
		q.require(q.indent() == indent && !q.atDash())
	}
}

func (q *quick) sequence(indent, depth int) *Node {
	n := q.node(q.place(q.at), KindSequence, "")
	for {
		dash := q.place(q.at)
		q.at++
		n.push(q.value(dash, indent, false, depth+1))
		if q.at >= len(q.text) || q.indent() < indent || q.indent() == indent && !q.atDash() {
			return n
		}
		q.require(q.indent() == indent)
	}
}

// add gives a mapping a field. A key that is there already is the parser's to refuse.
func (q *quick) add(n *Node, f Field) {
	_, known := n.Find(f.Name)
	q.require(!known)
	n.put(f)
}

// key reads a key and leaves its colon to be read.
func (q *quick) key() string {
	text := ""
	if c := q.peek(); c == '"' || c == '\'' {
		text = q.quoted()
	} else {
		begin := q.at
		q.require(isLetter(c) || isDigit(c) || c == '_')
		for isKeyByte(q.peek()) {
			q.at++
		}
		text = q.text[begin:q.at]
	}
	q.require(q.peek() == ':')
	key, ok := q.keys[text]
	if !ok {
		key = strings.Clone(text)
		q.keys[key] = key
	}
	return key
}

// value reads what stands behind a colon or a dash, whose entry begins in a column.
func (q *quick) value(mark Position, indent int, behindColon bool, depth int) *Node {
	q.spaces()
	switch c := q.peek(); {
	case c == '\n' || c == '#':
		q.require(c == '\n' || q.byteAt(q.at-1) == ' ')
		q.nextLine()
		switch {
		case q.at < len(q.text) && (q.indent() > indent || behindColon && q.indent() == indent && q.atDash()):
			return q.block(q.indent(), depth)
		}
		return q.node(mark, KindNull, "")
	case !behindColon && q.keyAhead():
		q.require(depth <= maxDepth)
		return q.mapping(q.indent(), depth)
	}
	n := q.inline(false, depth)
	q.endLine()
	q.require(q.at >= len(q.text) || q.indent() <= indent) // otherwise the value goes on
	return n
}

// keyAhead reports whether a key follows, as far as it can be told without reading it.
func (q *quick) keyAhead() bool {
	i := q.at
	for isKeyByte(q.byteAt(i)) {
		i++
	}
	after := q.byteAt(i + 1)
	return i > q.at && q.byteAt(i) == ':' && (after == ' ' || after == '\n')
}

// inline reads a scalar or a flow collection.
func (q *quick) inline(inFlow bool, depth int) *Node {
	switch c := q.peek(); {
	case c == '{' || c == '[':
		return q.flow(depth)
	case c == '"' || c == '\'':
		at := q.place(q.at)
		n := q.node(at, KindString, strings.Clone(q.quoted()))
		q.require(q.peek() != ':')
		return n
	}
	at := q.place(q.at)
	text := q.plain(inFlow)
	kind, ok := kindOfPlain(text)
	q.require(ok)
	if kind == KindNull {
		text = ""
	}
	return q.node(at, kind, strings.Clone(text))
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isKeyByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '@'
}
