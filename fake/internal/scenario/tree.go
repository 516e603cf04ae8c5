package scenario

import (
	"encoding/json"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// kind is what a node is in YAML.
type kind int

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindString
	kindSequence
	kindMapping
)

// String names the kind with its article.
func (k kind) String() string {
	switch k {
	case kindNull:
		return "nothing"
	case kindBool:
		return "a boolean"
	case kindNumber:
		return "a number"
	case kindString:
		return "a string"
	case kindSequence:
		return "a list"
	}
	return "a mapping"
}

// node is a value in a scenario file and where it stands. It does not change once it is in a tree,
// so that an anchor and its aliases share one.
type node struct {
	position
	kind   kind
	text   string  // of a scalar: the string, the number as JSON writes it, "true" or "false"
	items  []*node // of a sequence
	fields []field // of a mapping, in the order of the file
	index  map[string]int

	size   int // how many nodes it and those below are, each alias counted as what it stands for
	height int // how deep it nests; a scalar is 1
}

// isScalar reports whether the node is a string, a number or a boolean.
func (n *node) isScalar() bool {
	return n.kind == kindString || n.kind == kindNumber || n.kind == kindBool
}

// field is a key of a mapping with its value.
type field struct {
	name  string
	at    position // of the key
	value *node
}

// fewFields is up to how many fields a mapping is searched without an index.
const fewFields = 8

// find returns the place of a key in the fields.
func (n *node) find(name string) (int, bool) {
	if n.index != nil {
		i, ok := n.index[name]
		return i, ok
	}
	for i := range n.fields {
		if n.fields[i].name == name {
			return i, true
		}
	}
	return 0, false
}

// get returns the field with a name.
func (n *node) get(name string) (field, bool) {
	i, ok := n.find(name)
	if !ok {
		return field{}, false
	}
	return n.fields[i], true
}

// put adds a field, or gives the one with its name another value while it keeps its place.
func (n *node) put(f field) {
	if i, ok := n.find(f.name); ok {
		n.size += f.value.size - n.fields[i].value.size
		n.fields[i] = f
	} else {
		n.fields = append(n.fields, f)
		n.size += f.value.size
		if n.index != nil {
			n.index[f.name] = len(n.fields) - 1
		} else if len(n.fields) > fewFields {
			n.index = make(map[string]int, 2*len(n.fields))
			for i := range n.fields {
				n.index[n.fields[i].name] = i
			}
		}
	}
	n.height = max(n.height, f.value.height+1)
}

// push adds an item.
func (n *node) push(item *node) {
	n.items = append(n.items, item)
	n.size += item.size
	n.height = max(n.height, item.height+1)
}

// plain returns the value as encoding/json decodes it with UseNumber.
func (n *node) plain() any {
	switch n.kind {
	case kindBool:
		return n.text == "true"
	case kindNumber:
		return json.Number(n.text)
	case kindString:
		return n.text
	case kindSequence:
		list := make([]any, len(n.items))
		for i, item := range n.items {
			list[i] = item.plain()
		}
		return list
	case kindMapping:
		m := make(map[string]any, len(n.fields))
		for _, f := range n.fields {
			m[f.name] = f.value.plain()
		}
		return m
	}
	return nil
}

// appendJSON appends the value in JSON, with the keys in the order of the file.
func (n *node) appendJSON(b []byte) []byte {
	switch n.kind {
	case kindBool, kindNumber:
		return append(b, n.text...)
	case kindString:
		return attribute.AppendString(b, n.text)
	case kindSequence:
		b = append(b, '[')
		for i, item := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case kindMapping:
		b = append(b, '{')
		for i, f := range n.fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = f.value.appendJSON(append(attribute.AppendString(b, f.name), ':'))
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

// with returns a sequence or a mapping with other values in the places of its own. The node itself does not change.
func (n *node) with(change func(*node) *node) *node {
	next := *n
	next.items, next.fields = slices.Clone(n.items), slices.Clone(n.fields)
	for i := range next.items {
		next.items[i] = change(next.items[i])
	}
	for i := range next.fields {
		next.fields[i].value = change(next.fields[i].value)
	}
	return &next
}

// child returns the node at a path of keys and indices below this one, or the nearest one above it
// that is there.
func (n *node) child(path []any) *node {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			f, ok := n.get(step)
			if !ok {
				return n
			}
			n = f.value
		case int:
			if step >= len(n.items) {
				return n
			}
			n = n.items[step]
		}
	}
	return n
}
