package shape

import (
	"errors"
	"iter"
	"slices"
)

// Members is a JSON object that keeps the order of its members. A duplicate key has its last value at its first place,
// as in JavaScript. A nil *Members is empty.
type Members struct {
	list   []member
	places map[string]int // only for large objects
}

type member struct {
	key   string
	value any
}

// indexFrom is the number of members from which a linear search costs more than a map.
const indexFrom = 16

// Get returns the value of a key and whether there is one.
func (m *Members) Get(key string) (any, bool) {
	if i := m.find(key); i >= 0 {
		return m.list[i].value, true
	}
	return nil, false
}

// Len is the number of members.
func (m *Members) Len() int {
	if m == nil {
		return 0
	}
	return len(m.list)
}

// Keys returns the keys in order. The caller may keep and change the slice.
func (m *Members) Keys() []string {
	if m == nil {
		return nil
	}
	keys := make([]string, len(m.list))
	for i := range keys {
		keys[i] = m.list[i].key
	}
	return keys
}

// All yields the members in order.
func (m *Members) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for i := range m.Len() {
			if !yield(m.list[i].key, m.list[i].value) {
				return
			}
		}
	}
}

// UnmarshalJSON lets a struct that [Body] fills keep an object as it was sent.
func (m *Members) UnmarshalJSON(raw []byte) error {
	value, err := Decode(raw)
	if err != nil {
		return err
	}
	switch value := value.(type) {
	case nil:
		return nil
	case *Members:
		*m = *value
		return nil
	}
	return errors.New("not a JSON object")
}

func (m *Members) find(key string) int {
	if m == nil {
		return -1
	}
	if m.places == nil {
		return slices.IndexFunc(m.list, func(m member) bool { return m.key == key })
	}
	if i, ok := m.places[key]; ok {
		return i
	}
	return -1
}

func (m *Members) set(key string, value any) {
	if i := m.find(key); i >= 0 {
		m.list[i].value = value
		return
	}
	m.list = append(m.list, member{key, value})
	switch {
	case m.places != nil:
		m.places[key] = len(m.list) - 1
	case len(m.list) == indexFrom:
		m.places = make(map[string]int, 2*indexFrom)
		for i, member := range m.list {
			m.places[member.key] = i
		}
	}
}

// Plain turns what [Decode] returns into the types that encoding/json uses: every *Members becomes a
// map[string]any. Numbers stay json.Number.
func Plain(value any) any {
	switch value := value.(type) {
	case *Members:
		plain := make(map[string]any, value.Len())
		for key, member := range value.All() {
			plain[key] = Plain(member)
		}
		return plain
	case []any:
		plain := make([]any, len(value))
		for i, item := range value {
			plain[i] = Plain(item)
		}
		return plain
	}
	return value
}
