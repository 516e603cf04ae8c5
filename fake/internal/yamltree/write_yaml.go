package yamltree

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
)

// yamlWidth is how long a line may become before its value is spread over several lines, if it can be.
const yamlWidth = 200

// WriteYAML writes a mapping as YAML that every parser reads the same way: in flow style if it fits on one line, otherwise
// in block style.
func WriteYAML(to io.Writer, m *Mapping) error {
	w := newWriter(to)
	w.yamlBlock(m, 0)
	w.flush(1)
	return w.err
}

func (w *writer) yamlBlock(m *Mapping, indent int) {
	for i, e := range m.Entries {
		if i > 0 || indent == 0 {
			w.b = appendIndent(w.b, indent)
		}
		if !w.yamlEntry(e.Key, e.Value, indent) {
			return
		}
	}
}

func (w *writer) yamlEntry(key string, value any, indent int) bool {
	w.b = append(appendKey(w.b, key), ':')
	w.yamlValue(value, indent)
	return w.flush(bufferSize)
}

// yamlValue writes the value after a colon, with the end of its line.
func (w *writer) yamlValue(value any, indent int) {
	if s, ok := stringIn(value); ok && isLiteral(s) {
		w.b = appendLiteral(append(w.b, ' '), s, indent+2)
		return
	}
	if w.yamlLine(value) {
		return
	}
	w.b = append(w.b, '\n')
	switch v := value.(type) {
	case *Mapping:
		w.b = appendIndent(w.b, indent+2)
		w.yamlBlock(v, indent+2)
	case Entries:
		for key, value := range v {
			w.b = appendIndent(w.b, indent+2)
			if !w.yamlEntry(key, value, indent+2) {
				return
			}
		}
	case Sequence:
		for _, item := range v {
			w.b = append(appendIndent(w.b, indent+2), '-')
			switch m, ok := item.(*Mapping); {
			case !ok:
				w.yamlValue(item, indent+2)
			case !w.yamlLine(m):
				w.b = append(w.b, ' ')
				w.yamlBlock(m, indent+4)
			}
		}
	}
}

// yamlLine writes a space, a value in flow style and the end of the line, unless the value does not fit on it.
func (w *writer) yamlLine(value any) bool {
	limit, n := widthOf(w.b, value), len(w.b)
	if !isEmpty(value) && n+leastWidth(value) > limit {
		return false
	}
	b, ok := appendFlow(append(w.b, ' '), value, limit)
	if !ok {
		w.b = b[:n]
		return false
	}
	w.b = append(b, '\n')
	return true
}

// widthOf returns how long the file may become with a value on its last line.
func widthOf(b []byte, value any) int {
	if m, ok := value.(*Mapping); ok && m.Single {
		return math.MaxInt
	}
	return bytes.LastIndexByte(b, '\n') + 1 + yamlWidth
}

// isEmpty reports whether a value is no mapping or sequence with anything in it, and so fits on every line.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case Sequence:
		return len(v) == 0
	case *Mapping:
		return len(v.Entries) == 0
	}
	return true
}

// leastWidth returns how many bytes a value has in flow style at least. It takes far less time than writing one that does not fit.
func leastWidth(value any) int {
	n := 0
	switch v := value.(type) {
	case Plain:
		return len(v)
	case Text:
		return len(v)
	case *Text:
		return len(*v)
	case Sequence:
		for _, item := range v {
			n += len(", ") + leastWidth(item)
		}
	case *Mapping:
		for _, e := range v.Entries {
			n += len(", ") + len(e.Key) + len(": ") + leastWidth(e.Value)
		}
	}
	return n // brackets take as much as the comma that is one too many
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
	case *Text:
		return appendText(b, string(*v)), true
	case Entries:
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
	if s, ok := stringIn(item); ok && isLiteral(s) || len(b) > limit {
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
