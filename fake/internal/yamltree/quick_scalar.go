package yamltree

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// context is where a plain scalar stands, which says what ends it.
type context int

const (
	blockContext context = iota // outside of brackets, as a key or a value
	flowKeyContext
	flowValueContext
)

// scalarKind is how a scalar is written.
type scalarKind bool

const (
	plainScalar  scalarKind = false
	quotedScalar scalarKind = true
)

// scalar reads a scalar on one line, and leaves what stands behind it.
func (q *quick) scalar(in context) (string, scalarKind) {
	switch q.peek() {
	case '"':
		return q.doubleQuoted(), quotedScalar
	case '\'':
		return q.singleQuoted(), quotedScalar
	}
	return q.plain(in), plainScalar
}

// key returns the key that a scalar is.
func (q *quick) key(text string, k scalarKind) string {
	q.require(k == quotedScalar || text[0] != '-' && text[len(text)-1] != ':' && text[len(text)-1] != ' ')
	return q.keep(text)
}

// leafOf makes the node of a scalar.
func (q *quick) leafOf(at Position, text string, k scalarKind) *Node {
	q.require(q.peek() != ':')
	if k == quotedScalar {
		return q.leaf(at, KindString, q.keep(text))
	}
	kind, ok := kindOfPlain(text)
	q.require(ok)
	if kind == KindNull {
		text = ""
	}
	return q.leaf(at, kind, q.keep(text))
}

// mark says of a byte whether it may end a plain scalar, or mean something in one.
var mark = [256]bool{'\n': true, ' ': true, ':': true, '<': true, ',': true, '[': true, ']': true, '{': true, '}': true}

// plain reads a scalar without quotes on one line.
func (q *quick) plain(in context) string {
	c := q.peek()
	q.require(isWord(c) || c >= utf8.RuneSelf || strings.IndexByte("$/(", c) >= 0 || c == '-' && isDigit(q.byteAt(q.at+1)))
	begin := q.at
	for ; ; q.at++ {
		for q.at < len(q.text) && !mark[q.text[q.at]] {
			q.at++
		}
		after := q.byteAt(q.at + 1)
		switch c := q.peek(); {
		case c == '\n', c == ' ' && after == '#':
			return q.cut(begin)
		case c == ':' && in == flowKeyContext, c == ':' && in == blockContext && (after == ' ' || after == '\n'):
			return q.text[begin:q.at]
		case c == ':' && in == flowValueContext:
			q.require(isWord(after) && after != '_' || after == '/')
		case c == '<':
			q.require(after != '<') // the scanner may take it for a merge key
		case in == blockContext:
		case c == ',' || c == ']' || c == '}':
			return q.cut(begin)
		case c == '[' || c == '{':
			q.giveUp()
		}
	}
}

// cut returns the text from a byte to here, without the spaces at the end, which are left to be read.
func (q *quick) cut(begin int) string {
	text := strings.TrimRight(q.text[begin:q.at], " ")
	q.at = begin + len(text)
	return text
}

// kindOfPlain says what a plain scalar is, if that is clear.
func kindOfPlain(text string) (k Kind, clear bool) {
	switch c := text[0]; {
	case isLetter(c):
		switch len(text) {
		case len("null"), len("false"):
			return kindOfWord(text)
		}
	case isDigit(c) || c == '-':
		switch {
		case strings.ContainsAny(text, " TZ/@"): // such as a time
			return KindString, true
		case jsonNumber.MatchString(text):
			return KindNumber, true
		}
		return KindString, token.New(text, text, nil).Type == token.StringType && !otherNumber.MatchString(text)
	}
	return KindString, true
}

func kindOfWord(text string) (k Kind, clear bool) {
	switch strings.ToLower(text) {
	case "null":
		return KindNull, text == "null"
	case "true", "false":
		return KindBool, text == "true" || text == "false"
	}
	return KindString, true
}

func (q *quick) singleQuoted() string {
	q.at++
	begin := q.at
	doubled := false
	for ; ; q.at++ {
		switch q.peek() {
		case '\n':
			q.giveUp()
		case '\'':
			if q.byteAt(q.at+1) == '\'' {
				doubled = true
				q.at++
				continue
			}
			text := q.text[begin:q.at]
			q.at++
			if doubled {
				text = strings.ReplaceAll(text, "''", "'")
			}
			return text
		}
	}
}

func (q *quick) doubleQuoted() string {
	q.at++
	begin := q.at
	for ; ; q.at++ {
		switch q.peek() {
		case '\n':
			q.giveUp()
		case '"':
			q.at++
			return q.text[begin : q.at-1]
		case '\\':
			return q.escaped(begin)
		}
	}
}

// escaped reads the rest of a text in double quotes from its first escape on.
func (q *quick) escaped(begin int) string {
	var b strings.Builder
	b.WriteString(q.text[begin:q.at])
	for {
		c := q.peek()
		q.at++
		switch c {
		case '"':
			return b.String()
		case '\n':
			q.giveUp()
		case '\\':
			char, ok := q.anyEscape()
			q.require(ok)
			b.WriteRune(char)
		default:
			b.WriteByte(c)
		}
	}
}

// anyEscape is escape with those of YAML that our own files have.
func (q *quick) anyEscape() (rune, bool) {
	switch q.peek() {
	case 'x':
		q.at++
		return q.hex(2)
	case 'U':
		q.at++
		char, ok := q.hex(8)
		return char, ok && utf8.ValidRune(char)
	}
	return q.escape()
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isWord(c byte) bool   { return isLetter(c) || isDigit(c) || c == '_' }
