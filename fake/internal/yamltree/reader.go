package yamltree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// reader goes through a text once and makes nodes of it. The readers of simple YAML and of JSON build on it.
type reader struct {
	nursery
	file  *File
	text  string
	at    int // the next byte
	line  int // the line of that byte, from 1
	start int // where that line starts

	counted, column int // the column, from 0, of a byte of this line
}

func newReader(f *File, text string) reader {
	return reader{file: f, text: text, line: 1, nursery: newNursery(len(text))}
}

// flaw is the panic with which a reader stops.
type flaw struct{ *syntaxError }

// catch ends the panic of a reader and returns what it says.
func catch(found any) *syntaxError {
	if found == nil {
		return nil
	}
	f, ok := found.(flaw)
	if !ok {
		panic(found)
	}
	return f.syntaxError
}

// peek returns the next byte, or a line feed at the end of the text.
func (r *reader) peek() byte { return r.byteAt(r.at) }

func (r *reader) byteAt(i int) byte {
	if i >= len(r.text) {
		return '\n'
	}
	return r.text[i]
}

// atEnd reports whether everything has been read.
func (r *reader) atEnd() bool { return r.at >= len(r.text) }

// indent returns how many bytes stand before the next one on its line.
func (r *reader) indent() int { return r.at - r.start }

func (r *reader) spaces() {
	for r.peek() == ' ' {
		r.at++
	}
}

// feed goes to the start of the next line from the end of this one.
func (r *reader) feed() {
	r.at++
	r.line++
	r.start, r.counted, r.column = r.at, r.at, 0
}

// place returns the position of a byte of this line, which must not stand before one that was placed already.
func (r *reader) place(at int) Position {
	r.column += utf8.RuneCountInString(r.text[r.counted:at])
	r.counted = at
	return r.file.at(r.line, r.column+1)
}

// escape reads what stands behind a backslash in double quotes, as far as JSON and YAML both have it.
func (r *reader) escape() (char rune, ok bool) {
	c := r.peek()
	r.at++
	switch c {
	case '"', '\\', '/':
		return rune(c), true
	case 'n':
		return '\n', true
	case 't':
		return '\t', true
	case 'r':
		return '\r', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'u':
		return r.escapedUTF16()
	}
	return 0, false
}

// escapedUTF16 reads the digits of \u and, if they are the first half of a pair, the second half.
func (r *reader) escapedUTF16() (rune, bool) {
	char, ok := r.hex(4)
	if ok && 0xd800 <= char && char < 0xdc00 && strings.HasPrefix(r.text[r.at:], `\u`) {
		r.at += 2
		low, isHex := r.hex(4)
		return (char-0xd800)<<10 + low - 0xdc00 + 0x10000, isHex && 0xdc00 <= low && low < 0xe000
	}
	return char, ok && utf8.ValidRune(char)
}

// hex reads a number of hexadecimal digits.
func (r *reader) hex(digits int) (rune, bool) {
	end := min(r.at+digits, len(r.text))
	n, err := strconv.ParseUint(r.text[r.at:end], 16, 32)
	if err != nil || end < r.at+digits || n > utf8.MaxRune {
		return 0, false
	}
	r.at = end
	return rune(n), true
}
