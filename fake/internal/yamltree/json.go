package yamltree

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// jsonReader reads JSON as RFC 8259 has it, and nothing that only YAML has: other tools have to read the file too.
type jsonReader struct {
	reader
	problems *Problems
}

// treeOfJSON returns the tree of a text.
func treeOfJSON(f *File, text string, ps *Problems) (root *Node, wrong *syntaxError) {
	r := &jsonReader{reader: newReader(f, text), problems: ps}
	defer func() {
		if found := catch(recover()); found != nil {
			root, wrong = nil, found
		}
	}()
	switch r.blank(); {
	case r.atEnd():
		return nil, &syntaxError{f.at(1, 1), `the file is empty; a scenario begins with {"version": 1`}
	case isWord(r.peek()):
		r.fail(r.at, "JSON begins with {; if this is YAML, give the file a name that ends in .yaml")
	}
	root = r.value(1)
	if r.blank(); !r.atEnd() {
		r.fail(r.at, "unexpected text after the value; is a bracket closed too early?")
	}
	return root, nil
}

// fail stops reading because of what stands at a byte of this line.
func (r *jsonReader) fail(at int, format string, args ...any) {
	place := r.file.at(r.line, utf8.RuneCountInString(r.text[r.start:max(at, r.start)])+1)
	panic(flaw{&syntaxError{place, fmt.Sprintf(format, args...)}})
}

// blank passes white space.
func (r *jsonReader) blank() {
	for !r.atEnd() {
		switch r.text[r.at] {
		case ' ', '\t':
			r.at++
		case '\n':
			r.feed()
		default:
			return
		}
	}
}

func (r *jsonReader) leaf(at Position, k Kind, text string) *Node {
	n, ok := r.node(at, k, text)
	if !ok {
		r.fail(r.at, "the file has more than %d values", maxNodes)
	}
	return n
}

func (r *jsonReader) value(depth int) *Node {
	if depth > maxDepth {
		r.fail(r.at, "the values nest deeper than %d levels", maxDepth)
	}
	at := r.place(r.at)
	switch c := r.peek(); {
	case c == '{':
		return r.object(at, depth)
	case c == '[':
		return r.array(at, depth)
	case c == '"':
		return r.leaf(at, KindString, r.keep(r.string()))
	case isDigit(c) || c == '-':
		return r.number(at)
	case isWord(c):
		return r.word(at)
	}
	r.unexpected("a value")
	return nil
}

// number reads a number. JSON and plain decimal numbers of YAML are written alike.
func (r *jsonReader) number(at Position) *Node {
	begin := r.at
	for c := r.peek(); isWord(c) || c == '-' || c == '+' || c == '.'; c = r.peek() {
		r.at++
	}
	text := r.text[begin:r.at]
	if !jsonNumber.MatchString(text) {
		r.fail(begin, "%s is not a number of JSON; write a plain decimal number, or put it in double quotes", suggest.Quote(text))
	}
	return r.leaf(at, KindNumber, r.keep(text))
}

// word reads null, true or false.
func (r *jsonReader) word(at Position) *Node {
	begin := r.at
	for c := r.peek(); isWord(c) || c == '-'; c = r.peek() {
		r.at++
	}
	switch word := r.text[begin:r.at]; word {
	case "null":
		return r.leaf(at, KindNull, "")
	case "true", "false":
		return r.leaf(at, KindBool, r.keep(word))
	default:
		near, found := suggest.Nearest(word, []string{"false", "null", "true"})
		if found {
			near = "; did you mean " + near + "?"
		}
		r.fail(begin, "expected a value, not %s%s A string stands in double quotes", suggest.Quote(word), cmp.Or(near, "."))
	}
	return nil
}

func (r *jsonReader) object(at Position, depth int) *Node {
	n := r.leaf(at, KindMapping, "")
	first := len(r.openFields)
	for r.another(n, '}', len(r.openFields) > first) {
		if r.peek() != '"' {
			r.unexpected("a key in double quotes")
		}
		f := Field{At: r.place(r.at)}
		f.Name = r.keep(r.string())
		if r.inside(n); r.peek() != ':' {
			r.unexpected("a colon behind the key " + suggest.Quote(f.Name))
		}
		r.at++
		r.inside(n)
		f.Value = r.value(depth + 1)
		r.openFields = append(r.openFields, f)
	}
	if r.fillFields(n, first) != nil {
		n = r.withoutRepeated(n)
	}
	return n
}

// withoutRepeated reports the keys that a mapping has twice, and returns it without them.
func (r *jsonReader) withoutRepeated(n *Node) *Node {
	single := newNode(n.Position, KindMapping, "")
	for _, f := range n.Fields {
		if first, there := single.Get(f.Name); there {
			r.problems.addDuplicate(f, first)
		} else {
			single.put(f)
		}
	}
	return single
}

func (r *jsonReader) array(at Position, depth int) *Node {
	n := r.leaf(at, KindSequence, "")
	first := len(r.openItems)
	for r.another(n, ']', len(r.openItems) > first) {
		r.openItems = append(r.openItems, r.value(depth+1))
	}
	r.fill(n, first)
	return n
}

// another goes to the next entry of a collection, or behind its end. All but the first come after a comma.
func (r *jsonReader) another(n *Node, end byte, comma bool) bool {
	if !comma {
		r.at++ // the bracket
	}
	r.inside(n)
	switch c := r.peek(); {
	case c == end:
		r.at++
		return false
	case comma && c != ',':
		r.unexpected(fmt.Sprintf("a comma or %c", end))
	case comma:
		r.at++
		if r.inside(n); r.peek() == end {
			r.fail(r.at, "a comma stands before this %c; JSON has none there", end)
		}
	}
	return true
}

// inside passes white space, behind which a collection must go on.
func (r *jsonReader) inside(n *Node) {
	if r.blank(); r.atEnd() {
		panic(flaw{&syntaxError{n.Position, "this bracket is not closed"}})
	}
}

// unexpected says what should stand here.
func (r *jsonReader) unexpected(wanted string) {
	c, _ := utf8.DecodeRuneInString(r.text[r.at:])
	switch c {
	case '#', '/':
		r.fail(r.at, "JSON has no comments; leave it out, or write YAML in a file whose name ends in .yaml, where comments begin with #")
	case '\'':
		r.fail(r.at, "JSON has no single quotes; use double quotes")
	}
	r.fail(r.at, "expected %s, not %s", wanted, suggest.Quote(string(c)))
}

// string reads a string in double quotes.
func (r *jsonReader) string() string {
	open := r.at
	r.at++
	for begin := r.at; ; r.at++ {
		switch r.peek() {
		case '\n':
			r.fail(open, `this quotation mark has no closing one on its line; a line break in a text is \n`)
		case '\t':
			r.fail(r.at, `a tab stands in this text; write it as \t`)
		case '"':
			r.at++
			return r.text[begin : r.at-1]
		case '\\':
			return r.escaped(open, begin)
		}
	}
}

// escaped reads the rest of a string from its first escape on.
func (r *jsonReader) escaped(open, begin int) string {
	var b strings.Builder
	b.WriteString(r.text[begin:r.at])
	for {
		mark := r.at
		c := r.peek()
		r.at++
		switch c {
		case '"':
			return b.String()
		case '\n':
			r.fail(open, `this quotation mark has no closing one on its line; a line break in a text is \n`)
		case '\t':
			r.fail(mark, `a tab stands in this text; write it as \t`)
		case '\\':
			char, ok := r.escape()
			if !ok {
				r.fail(mark, `JSON has no such escape; it has \" \\ \/ \b \f \n \r \t, and \u with four digits, in pairs for characters above \uFFFF`)
			}
			b.WriteRune(char)
		default:
			b.WriteByte(c)
		}
	}
}
