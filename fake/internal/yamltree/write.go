package yamltree

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	uuid "github.com/google/uuid"
)

// Append writes these values: Plain, Text, Sequence, *Mapping and Lazy.
type (
	// Plain is a scalar that is written as it is: a number, a boolean, or a string that every reader takes for that
	// string, such as a word of a format or a timestamp.
	Plain string
	// Text is a string. It is written in quotation marks where it needs them.
	Text string
	// Sequence is a list.
	Sequence []any
	// Lazy makes a value when that is about to be written, so that not all of them are in memory at once.
	Lazy func() any
)

// Mapping is a mapping that keeps the order of its entries.
type Mapping struct {
	Entries []Entry
	Block   bool // every entry stands on a line of its own, however short
	Single  bool // all entries stand on one line, however long
}

// Entry is a key of a Mapping with its value.
type Entry struct {
	Key   string
	Value any
}

// Put adds an entry.
func (m *Mapping) Put(key string, value any) { m.Entries = append(m.Entries, Entry{key, value}) }

// PutIf adds an entry if a condition holds.
func (m *Mapping) PutIf(condition bool, key string, value any) {
	if condition {
		m.Put(key, value)
	}
}

// PutAll adds a value unless it is nil, or an empty mapping or sequence.
func (m *Mapping) PutAll(key string, value any) {
	switch v := value.(type) {
	case nil:
	case *Mapping:
		m.PutIf(len(v.Entries) > 0, key, v)
	case Sequence:
		m.PutIf(len(v) > 0, key, v)
	default:
		m.Put(key, v)
	}
}

// PutText adds a string unless it is nil.
func (m *Mapping) PutText(key string, s *string) {
	if s != nil {
		m.Put(key, Text(*s))
	}
}

// MappingOf makes a mapping from alternating keys and values.
func MappingOf(entries ...any) *Mapping {
	m := new(Mapping)
	for i := 0; i < len(entries); i += 2 {
		m.Put(entries[i].(string), entries[i+1])
	}
	return m
}

// yamlWidth is how long a line may become before its value is spread over several lines, if it can be.
const yamlWidth = 200

// Append appends a mapping as YAML that every parser reads the same way: in flow style if it fits on one line, otherwise
// in block style.
func Append(b []byte, m *Mapping, indent int) []byte {
	for i, e := range m.Entries {
		if i > 0 || indent == 0 {
			b = appendIndent(b, indent)
		}
		b = append(appendKey(b, e.Key), ':')
		b = appendYAMLValue(b, e.Value, indent)
	}
	return b
}

// appendYAMLValue appends the value after a colon, with the end of its line.
func appendYAMLValue(b []byte, value any, indent int) []byte {
	if make, ok := value.(Lazy); ok {
		value = make()
	}
	if s, ok := value.(Text); ok && isLiteral(string(s)) {
		return appendLiteral(append(b, ' '), string(s), indent+2)
	}
	if flow, ok := appendFlow(append(b, ' '), value, widthOf(b, value)); ok {
		return append(flow, '\n')
	}
	b = append(b, '\n')
	switch v := value.(type) {
	case *Mapping:
		return Append(appendIndent(b, indent+2), v, indent+2)
	case Sequence:
		for _, item := range v {
			b = append(appendIndent(b, indent+2), '-')
			if m, ok := item.(*Mapping); ok {
				if flow, ok := appendFlow(append(b, ' '), m, widthOf(b, m)); ok {
					b = append(flow, '\n')
				} else {
					b = Append(append(b, ' '), m, indent+4)
				}
				continue
			}
			b = appendYAMLValue(b, item, indent+2)
		}
	}
	return b
}

// widthOf returns how long the file may become with a value on its last line.
func widthOf(b []byte, value any) int {
	if m, ok := value.(*Mapping); ok && m.Single {
		return math.MaxInt
	}
	return bytes.LastIndexByte(b, '\n') + 1 + yamlWidth
}

func appendIndent(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// appendFlow appends a value on one line, unless that would be too long or the value forbids it. A scalar always fits.
func appendFlow(b []byte, value any, limit int) ([]byte, bool) {
	var ok bool
	switch v := value.(type) {
	case Plain:
		return append(b, v...), true
	case Text:
		return appendText(b, string(v)), true
	case Lazy:
		return b, false
	case Sequence:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			if b, ok = appendFlowItem(b, item, limit); !ok {
				return b, false
			}
		}
		b = append(b, ']')
		return b, len(v) == 0 || len(b) <= limit
	case *Mapping:
		if v.Block && len(v.Entries) > 0 {
			return b, false
		}
		b = append(b, '{')
		for i, e := range v.Entries {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(appendKey(b, e.Key), ": "...)
			if b, ok = appendFlowItem(b, e.Value, limit); !ok {
				return b, false
			}
		}
		b = append(b, '}')
		return b, len(v.Entries) == 0 || len(b) <= limit
	}
	panic(fmt.Sprintf("yamltree: cannot write a %T", value))
}

func appendFlowItem(b []byte, item any, limit int) ([]byte, bool) {
	if s, ok := item.(Text); ok && isLiteral(string(s)) || len(b) > limit {
		return b, false
	}
	b, ok := appendFlow(b, item, limit)
	return b, ok && len(b) <= limit
}

// isLiteral reports whether a text is best written as a literal block: it has several lines, and no characters or spaces
// that would be lost in one.
func isLiteral(s string) bool {
	if !strings.Contains(strings.TrimSuffix(s, "\n"), "\n") || s[0] == ' ' || s[0] == '\n' || strings.HasSuffix(s, "\n\n") {
		return false
	}
	empty := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if line == "" {
			if empty++; empty > 100 { // readers have bounds there
				return false
			}
			continue
		}
		empty = 0
		if line[len(line)-1] == ' ' || strings.Contains(line, "<<<<<<<<") {
			return false
		}
		for _, r := range line {
			if !IsPrintable(r) {
				return false
			}
		}
	}
	return true
}

func appendLiteral(b []byte, s string, indent int) []byte {
	body, ended := strings.CutSuffix(s, "\n")
	b = append(b, '|')
	if !ended {
		b = append(b, '-')
	}
	b = append(b, '\n')
	for line := range strings.SplitSeq(body, "\n") {
		if line != "" {
			b = append(appendIndent(b, indent), line...)
		}
		b = append(b, '\n')
	}
	return b
}

// IsPrintable reports whether a character is visible and needs no escape in YAML.
func IsPrintable(r rune) bool {
	return r == ' ' || r > ' ' && r < 0x7f || r > 0xa0 && unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != utf8.RuneError
}

// appendText appends a string, in quotation marks unless every reader of YAML takes it for a string without.
func appendText(b []byte, s string) []byte {
	if needsNoQuotes(s) {
		return append(b, s...)
	}
	return appendQuoted(b, s)
}

// appendKey appends a key. A colon in it needs quotation marks, whatever comes after it.
func appendKey(b []byte, key string) []byte {
	if strings.Contains(key, ":") {
		return appendQuoted(b, key)
	}
	return appendText(b, key)
}

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	less := 0
	for i, r := range s {
		if r != '<' {
			less = 0
		}
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			b = append(b, s[i]) // not UTF-8, which the caller refuses
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '<' && less >= 8:
			b = append(b, `\x3c`...) // readers have bounds there
		case IsPrintable(r):
			if r == '<' {
				less++
			}
			b = utf8.AppendRune(b, r)
		case r < 0x100:
			b = fmt.Appendf(b, `\x%02x`, r)
		case r < 0x10000:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = fmt.Appendf(b, `\U%08x`, r)
		}
	}
	return append(b, '"')
}

// needsNoQuotes reports whether a string needs no quotation marks, inside braces or outside. It errs on the side of quotes: the
// string must begin with a letter, be no word of YAML's, and have no character with a meaning.
func needsNoQuotes(s string) bool {
	if isUUID(s) {
		return true
	}
	first, size := utf8.DecodeRuneInString(s)
	if s == "" || !unicode.IsLetter(first) && first != '_' && first != '$' || s[len(s)-1] == ' ' || len(s) > 1000 {
		return false
	}
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf":
		return false
	}
	colons := 0
	for i, r := range s[size:] {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune(" _-./@+'()&$=;!€", r):
		case r == ':':
			if colons++; colons > 1 || size+i+1 == len(s) || !isAfterColon(s[size+i+1]) {
				return false
			}
		case r > 0xa0 && unicode.Is(unicode.So, r):
		default:
			return false
		}
	}
	return true
}

// isAfterColon reports whether a colon before a character is part of a word, as in note:read and https://example.com.
func isAfterColon(c byte) bool { return c == '/' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// isUUID reports whether a string is a UUID in lower case, which no reader of YAML takes for anything but a string: it has four hyphens.
func isUUID(s string) bool {
	id, err := uuid.Parse(s)
	return err == nil && id.String() == s
}
