package yamltree

import (
	"io"
	"iter"
)

// WriteYAML and WriteJSON write these values: Plain, Text, *Text, Sequence, *Mapping and Entries. A pointer to a text that is
// in memory anyway takes no more of it.
type (
	// Plain is a scalar that is written as it is: a number, a boolean, or a string that every reader takes for that
	// string, such as a word of a format or a timestamp.
	Plain string
	// Text is a string. It is written in quotation marks where it needs them.
	Text string
	// Sequence is a list.
	Sequence []any
	// Entries is a mapping of at least one entry, each on a line of its own. An entry is made when it is about to be written, so
	// that not all of them are in memory at once.
	Entries iter.Seq2[string, any]
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
	m := &Mapping{Entries: make([]Entry, 0, len(entries)/2)}
	for i := 0; i < len(entries); i += 2 {
		m.Put(entries[i].(string), entries[i+1])
	}
	return m
}

// stringIn returns the string that a value is, if it is one.
func stringIn(value any) (s string, ok bool) {
	switch v := value.(type) {
	case Text:
		return string(v), true
	case *Text:
		return string(*v), true
	}
	return "", false
}

// bufferSize is how many bytes are gathered before they are written. Beyond it, memory holds the text of one entry at most.
const bufferSize = 64 << 10

// writer gathers what it writes, up to the end of an entry.
type writer struct {
	to  io.Writer
	b   []byte
	err error // the first
}

func newWriter(to io.Writer) *writer {
	return &writer{to: to, b: make([]byte, 0, bufferSize+bufferSize/8)}
}

// flush writes what was gathered if that is at least so much. It reports whether there is a point in going on.
func (w *writer) flush(least int) bool {
	if w.err == nil && len(w.b) >= least {
		_, w.err = w.to.Write(w.b)
		w.b = w.b[:0]
	}
	return w.err == nil
}
