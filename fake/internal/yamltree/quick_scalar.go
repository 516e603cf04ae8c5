package yamltree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// plain reads a scalar without quotes on one line.
func (q *quick) plain(inFlow bool) string {
	begin := q.at
	colons := 0
	for {
		c := q.peek()
		after := q.byteAt(q.at + 1)
		switch {
		case c == '\n':
			return q.cutPlain(begin)
		case c == ' ' && after == '#':
			return q.cutPlain(begin)
		case c == ':':
			colons++
			q.require(after != ' ' && after != '\n' && !inFlow || inFlow && colons == 1 && (isLetter(after) || isDigit(after)))
		case inFlow && (c == ',' || c == ']' || c == '}'):
			return q.cutPlain(begin)
		case inFlow && (c == '[' || c == '{'), c == '"', c == '`', c == '\\':
			q.giveUp()
		case c == ' ' && !isLetter(after) && !isDigit(after) && after != ' ' && after != '\n' && after < utf8.RuneSelf && !strings.ContainsRune("(&-$/+.", rune(after)) && !(inFlow && (after == ',' || after == ']' || after == '}')):
			q.giveUp() // what begins a word may be a mark
		}
		q.at++
	}
}

// cutPlain returns the text from a byte to here, without the spaces at the end, which are left to be read.
func (q *quick) cutPlain(begin int) string {
	text := strings.TrimRight(q.text[begin:q.at], " ")
	q.at = begin + len(text)
	return text
}

// kindOfPlain says what a plain scalar is, if that is clear.
func kindOfPlain(text string) (k Kind, clear bool) {
	if text == "" {
		return 0, false
	}
	switch c := text[0]; {
	case isDigit(c) || c == '-':
		switch {
		case jsonNumber.MatchString(text):
			return KindNumber, true
		case c == '-':
			return 0, false
		}
		return KindString, isDate(text) || strings.ContainsAny(text, " TZGHIJKLMNPQRSUVWYghijklmnpqrstuvwyz/@$%")
	case isLetter(c):
		switch strings.ToLower(text) {
		case "null":
			return KindNull, text == "null"
		case "true", "false":
			return KindBool, text == "true" || text == "false"
		}
		return KindString, true
	}
	return KindString, text[0] == '$' || text[0] == '_' || text[0] == '/' || text[0] == '(' || text[0] >= utf8.RuneSelf
}

// isDate reports whether a text has the form 2006-01-02.
func isDate(text string) bool {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return false
	}
	for i := range len(text) {
		if i != 4 && i != 7 && !isDigit(text[i]) {
			return false
		}
	}
	return true
}

// quoted reads a scalar in quotes on one line.
func (q *quick) quoted() string {
	mark := q.peek()
	q.at++
	begin := q.at
	for {
		switch c := q.peek(); c {
		case mark:
			q.at++
			q.require(mark == '"' || q.peek() != '\'')
			return q.text[begin : q.at-1]
		case '\n':
			q.giveUp()
		case '\\':
			if mark == '"' {
				return q.escaped(begin)
			}
		}
		q.at++
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
			b.WriteString(q.escape())
		default:
			b.WriteByte(c)
		}
	}
}

// escape reads what stands behind a backslash.
func (q *quick) escape() string {
	c := q.peek()
	q.at++
	switch c {
	case '"', '\\', '/':
		return string(rune(c))
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case 'r':
		return "\r"
	case 'b':
		return "\b"
	case 'f':
		return "\f"
	case 'u':
		q.require(q.at+4 <= len(q.text))
		code, err := strconv.ParseUint(q.text[q.at:q.at+4], 16, 16)
		q.require(err == nil && utf8.ValidRune(rune(code)))
		q.at += 4
		return string(rune(code))
	}
	q.giveUp()
	return ""
}

// flow reads a flow collection, which may go over several lines.
func (q *quick) flow(depth int) *Node {
	q.require(depth <= maxDepth)
	mapping := q.peek() == '{'
	kind, end := KindSequence, byte(']')
	if mapping {
		kind, end = KindMapping, '}'
	}
	n := q.node(q.place(q.at), kind, "")
	q.at++
	for {
		q.blank()
		if q.peek() == end {
			q.at++
			return n
		}
		if mapping {
			at := q.place(q.at)
			name := q.key()
			q.place(q.at)
			q.at++
			q.require(q.peek() == ' ' || q.peek() == '\n' || q.byteAt(q.at-2) == '"')
			q.blank()
			q.add(n, Field{name, at, q.inline(true, depth+1)})
		} else {
			n.push(q.inline(true, depth+1))
		}
		q.blank()
		if q.peek() == ',' {
			q.at++
		} else {
			q.require(q.peek() == end)
		}
	}
}

// blank passes spaces and line breaks. At the end of the text it gives up.
func (q *quick) blank() {
	for {
		q.spaces()
		q.require(q.at < len(q.text) && q.peek() != '#')
		if q.peek() != '\n' {
			return
		}
		q.feed()
	}
}
