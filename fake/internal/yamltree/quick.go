package yamltree

import "strings"

// quick reads in one pass what files mostly consist of: mappings and sequences of plain and quoted values on one line,
// literal blocks, flow collections, anchors and aliases. It gives up at anything else, and at anything that is wrong; the
// file is then read again by the parser, which knows the rest of YAML and says what is wrong. What quick reads, it reads
// as the parser does, in a twentieth of the time.
type quick struct {
	reader
	anchors map[string]*Node
}

// readQuickly returns the tree of a text, or nil if it gave up, and the place where it did.
func readQuickly(f *File, text string) (root *Node, gaveUp Position) {
	q := &quick{reader: newReader(f, text), anchors: make(map[string]*Node)}
	defer func() {
		if catch(recover()) != nil {
			root, gaveUp = nil, f.at(q.line, q.indent()+1)
		}
	}()
	q.require(!strings.Contains(text, "\t") && q.nextLine())
	root = q.block(-1, 1)
	q.require(q.atEnd())
	return root, gaveUp
}

func (q *quick) giveUp() { panic(flaw{new(syntaxError)}) }

// require gives up unless a condition holds.
func (q *quick) require(ok bool) {
	if !ok {
		q.giveUp()
	}
}

// leaf makes a node without contents.
func (q *quick) leaf(at Position, k Kind, text string) *Node {
	n, ok := q.node(at, k, text)
	q.require(ok)
	return n
}

// endLine passes what may stand behind a value on its line, and goes on to the next line with a value.
func (q *quick) endLine() {
	q.spaces()
	if q.peek() == '#' {
		q.require(q.text[q.at-1] == ' ')
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
		if q.atEnd() {
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

// block reads a value that begins here: on a line of its own, or behind a dash. Whatever it is in is indented by outer.
func (q *quick) block(outer, depth int) *Node {
	q.require(depth <= maxDepth)
	switch c := q.peek(); {
	case q.atDash():
		return q.sequence(depth)
	case c == '{' || c == '[':
		n := q.flow(depth)
		q.endValue(outer)
		return n
	}
	indent, at := q.indent(), q.place(q.at)
	text, kind := q.scalar(blockContext)
	if q.peek() != ':' {
		n := q.leafOf(at, text, kind)
		q.endValue(outer)
		return n
	}
	return q.mapping(indent, Field{Name: q.key(text, kind), At: at}, depth)
}

// endValue ends the line of a value. What is indented more than the entry would be a part of the value.
func (q *quick) endValue(outer int) {
	q.endLine()
	q.require(q.atEnd() || q.indent() <= outer)
}

func (q *quick) atDash() bool {
	after := q.byteAt(q.at + 1)
	return q.peek() == '-' && (after == ' ' || after == '\n')
}

// mapping reads a mapping whose keys begin in a column, from the colon of its first key on.
func (q *quick) mapping(indent int, f Field, depth int) *Node {
	n := q.leaf(f.At, KindMapping, "")
	first := len(q.openFields)
	for {
		colon := q.place(q.at)
		q.at++
		q.require(q.peek() == ' ' || q.peek() == '\n')
		f.Value = q.value(entry{at: colon, column: indent, dashes: true}, depth+1)
		q.openFields = append(q.openFields, f)
		if q.atEnd() || q.indent() < indent {
			break
		}
		q.require(q.indent() == indent && !q.atDash())
		f.At = q.place(q.at)
		f.Name = q.key(q.scalar(blockContext))
		q.require(q.peek() == ':')
	}
	q.require(q.fillFields(n, first) == nil) // a key that is there twice is for the parser to refuse
	return n
}

func (q *quick) sequence(depth int) *Node {
	indent := q.indent()
	n := q.leaf(q.place(q.at), KindSequence, "")
	first := len(q.openItems)
	for {
		dash := q.place(q.at)
		q.at++
		q.openItems = append(q.openItems, q.value(entry{at: dash, column: indent, compact: true}, depth+1))
		if q.atEnd() || q.indent() < indent || q.indent() == indent && !q.atDash() {
			break
		}
		q.require(q.indent() == indent)
	}
	q.fill(n, first)
	return n
}

// value reads what stands behind a colon or a dash. The columns of the entry are counted from 0.
func (q *quick) value(e entry, depth int) *Node {
	q.require(depth <= maxDepth)
	q.spaces()
	if q.peek() != '&' {
		return q.unnamed(e, depth)
	}
	e.at, e.compact = q.place(q.at), false
	return q.named(func() *Node {
		q.require(q.peek() == ' ' || q.peek() == '\n')
		q.spaces()
		return q.unnamed(e, depth)
	})
}

// named reads an anchor and the value that it names. If the value itself redefines the anchor, the later definition counts.
func (q *quick) named(value func() *Node) *Node {
	name := q.anchor()
	before := q.anchors[name]
	n := value()
	if q.anchors[name] == before {
		q.anchors[name] = n
	}
	return n
}

// anchor reads the name of an anchor behind its mark.
func (q *quick) anchor() string {
	q.at++
	begin := q.at
	for c := q.peek(); isWord(c) || c == '-'; c = q.peek() {
		q.at++
	}
	q.require(q.at > begin && q.text[begin] != '-')
	return q.text[begin:q.at]
}

func (q *quick) alias(depth int) *Node {
	n, ok := q.anchors[q.anchor()]
	q.require(ok && depth+int(n.height) <= maxDepth)
	q.left -= int(n.size)
	q.require(q.left >= 0)
	return n
}

// unnamed is value without an anchor.
func (q *quick) unnamed(e entry, depth int) *Node {
	var n *Node
	switch c := q.peek(); {
	case c == '\n' || c == '#':
		q.endLine()
		if !q.atEnd() && (q.indent() > e.column || e.dashes && q.indent() == e.column && q.atDash()) {
			return q.block(e.column, depth)
		}
		return q.leaf(e.at, KindNull, "")
	case c == '|':
		return q.literal(e.column)
	case c == '*':
		n = q.alias(depth)
	case e.compact:
		return q.block(e.column, depth)
	case c == '{' || c == '[':
		n = q.flow(depth)
	default:
		at := q.place(q.at)
		text, kind := q.scalar(blockContext)
		n = q.leafOf(at, text, kind)
	}
	q.endValue(e.column)
	return n
}

// literal reads a literal block.
func (q *quick) literal(outer int) *Node {
	n := q.leaf(q.place(q.at), KindString, "")
	q.at++
	strip := q.peek() == '-'
	if strip {
		q.at++
	}
	q.require(q.peek() == '\n' && !q.atEnd())
	q.feed()
	q.spaces()
	indent := q.indent()
	q.require(indent > outer && q.peek() != '\n')
	var text strings.Builder
	for breaks := 0; ; breaks++ {
		if q.peek() == '\n' {
			q.require(q.at == q.start || q.text[q.at-1] != ' ')
		} else {
			text.WriteString(strings.Repeat("\n", breaks))
			breaks = 0
			text.WriteString(q.restOfLine(indent))
		}
		q.require(!q.atEnd()) // without a line break at the end of the file, readers disagree
		q.feed()
		q.spaces()
		if q.atEnd() || q.peek() != '\n' && q.indent() < indent {
			break
		}
	}
	if !strip {
		text.WriteByte('\n')
	}
	n.Text = text.String()
	if q.atEnd() {
		q.require(q.indent() == 0)
		return n
	}
	q.require(q.indent() <= outer)
	q.at = q.start
	q.nextLine()
	return n
}

// restOfLine reads a line of a literal block from a column on.
func (q *quick) restOfLine(column int) string {
	q.skipComment()
	line := q.text[q.start+column : q.at]
	q.require(line[len(line)-1] != ' ')
	return line
}
