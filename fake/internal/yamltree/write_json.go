package yamltree

import (
	"fmt"
	"io"
)

// WriteJSON writes a mapping as JSON. What YAML has in block style whatever its length has a line for each entry, so that the files of two
// states can be compared line by line; everything else is on one line.
func WriteJSON(to io.Writer, m *Mapping) error {
	w := newWriter(to)
	w.jsonLines(m.all(), 0)
	w.b = append(w.b, '\n')
	w.flush(1)
	return w.err
}

// all yields the entries.
func (m *Mapping) all() Entries {
	return func(yield func(string, any) bool) {
		for _, e := range m.Entries {
			if !yield(e.Key, e.Value) {
				return
			}
		}
	}
}

// jsonLines writes a mapping with a line for each entry.
func (w *writer) jsonLines(entries Entries, indent int) {
	w.b = append(w.b, '{')
	empty := true
	for key, value := range entries {
		if !empty {
			w.b = append(w.b, ',')
		}
		empty = false
		w.b = appendIndent(append(w.b, '\n'), indent+2)
		w.jsonEntry(key, value, indent+2)
		if !w.flush(bufferSize) {
			return
		}
	}
	if !empty {
		w.b = appendIndent(append(w.b, '\n'), indent)
	}
	w.b = append(w.b, '}')
}

func (w *writer) jsonEntry(key string, value any, indent int) {
	w.b = append(appendQuoted(w.b, key, escapeJSON), ": "...)
	w.jsonValue(value, indent)
}

func (w *writer) jsonValue(value any, indent int) {
	switch v := value.(type) {
	case Plain:
		w.b = appendPlainJSON(w.b, string(v))
	case Text:
		w.b = appendQuoted(w.b, string(v), escapeJSON)
	case *Text:
		w.b = appendQuoted(w.b, string(*v), escapeJSON)
	case Sequence:
		w.b = append(w.b, '[')
		for i, item := range v {
			if i > 0 {
				w.b = append(w.b, ", "...)
			}
			w.jsonValue(item, indent)
		}
		w.b = append(w.b, ']')
	case Entries:
		w.jsonLines(v, indent)
	case *Mapping:
		if v.Block {
			w.jsonLines(v.all(), indent)
			return
		}
		w.b = append(w.b, '{')
		for i, e := range v.Entries {
			if i > 0 {
				w.b = append(w.b, ", "...)
			}
			w.jsonEntry(e.Key, e.Value, indent)
		}
		w.b = append(w.b, '}')
	default:
		panic(fmt.Sprintf("yamltree: cannot write a %T", value))
	}
}

// appendPlainJSON appends what JSON has words for as it is, and everything else as a string.
func appendPlainJSON(b []byte, s string) []byte {
	switch {
	case s == "null", s == "true", s == "false", jsonNumber.MatchString(s):
		return append(b, s...)
	}
	return appendQuoted(b, s, escapeJSON)
}
