package yamltree

import (
	"encoding/json"
	"slices"
)

// Kind is what a node is in YAML.
type Kind uint8

// The kinds of nodes.
const (
	KindNull Kind = iota
	KindBool
	KindNumber
	KindString
	KindSequence
	KindMapping
)

// String names the kind with its article.
func (k Kind) String() string {
	switch k {
	case KindNull:
		return "nothing"
	case KindBool:
		return "a boolean"
	case KindNumber:
		return "a number"
	case KindString:
		return "a string"
	case KindSequence:
		return "a list"
	}
	return "a mapping"
}

// Node is a value in a file and its position. It does not change once it is part of a tree, so that an
// anchor and its aliases can share one. A large file has a million of them, most of them scalars, so what only a
// collection needs stands apart.
type Node struct {
	Position
	Text   string // of a scalar: the string, the number as JSON writes it, "true" or "false"
	Kind   Kind
	height uint8 // how deep the tree nests; that of a scalar is 1
	size   int32 // the number of nodes in this tree, each alias counted as what it stands for
	*contents
}

// contents is what is in a collection.
type contents struct {
	Items  []*Node // of a sequence
	Fields []Field // of a mapping, in the order of the file
	index  map[string]int
}

// nothing is what is in every scalar.
var nothing contents

// newNode returns a node with nothing in it.
func newNode(at Position, k Kind, text string) *Node {
	n := &Node{Position: at, Kind: k, Text: text, size: 1, height: 1, contents: &nothing}
	if k == KindSequence || k == KindMapping {
		n.contents = new(contents)
	}
	return n
}

// IsScalar reports whether the node is a string, a number or a boolean.
func (n *Node) IsScalar() bool {
	return n.Kind == KindString || n.Kind == KindNumber || n.Kind == KindBool
}

// Field is a key of a mapping with its value.
type Field struct {
	Name  string
	At    Position // of the key
	Value *Node
}

// fewFields is the number of fields up to which a mapping has no index: looking through a record or an address takes no
// longer.
const fewFields = 16

// Find returns the index of a key in Fields.
func (n *Node) Find(name string) (int, bool) {
	if n.index != nil {
		i, ok := n.index[name]
		return i, ok
	}
	for i := range n.Fields {
		if n.Fields[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// Get returns the field with a name.
func (n *Node) Get(name string) (Field, bool) {
	i, ok := n.Find(name)
	if !ok {
		return Field{}, false
	}
	return n.Fields[i], true
}

// put adds a field, or replaces the one of the same name where it is.
func (n *Node) put(f Field) {
	if i, ok := n.Find(f.Name); ok {
		n.size += f.Value.size - n.Fields[i].Value.size
		n.Fields[i] = f
	} else {
		n.Fields = append(n.Fields, f)
		n.size += f.Value.size
		if n.index != nil {
			n.index[f.Name] = len(n.Fields) - 1
		} else if len(n.Fields) > fewFields {
			n.makeIndex()
		}
	}
	n.height = max(n.height, f.Value.height+1)
}

// makeIndex makes the index of a mapping. It reports whether every key is there once.
func (n *Node) makeIndex() bool {
	n.index = make(map[string]int, len(n.Fields))
	for i := range n.Fields {
		n.index[n.Fields[i].Name] = i
	}
	return len(n.index) == len(n.Fields)
}

// push adds an item.
func (n *Node) push(item *Node) {
	n.Items = append(n.Items, item)
	n.takeIn(item)
}

// takeIn counts a node as part of this one.
func (n *Node) takeIn(child *Node) {
	n.size += child.size
	n.height = max(n.height, child.height+1)
}

// Plain returns the value as encoding/json would decode it with UseNumber.
func (n *Node) Plain() any {
	switch n.Kind {
	case KindBool:
		return n.Text == "true"
	case KindNumber:
		return json.Number(n.Text)
	case KindString:
		return n.Text
	case KindSequence:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.Plain()
		}
		return list
	case KindMapping:
		m := make(map[string]any, len(n.Fields))
		for _, f := range n.Fields {
			m[f.Name] = f.Value.Plain()
		}
		return m
	}
	return nil
}

// With returns a copy of a sequence or a mapping with each value replaced by what change returns for it.
// The node itself does not change.
func (n *Node) With(change func(*Node) *Node) *Node {
	next := *n
	next.contents = &contents{Items: slices.Clone(n.Items), Fields: slices.Clone(n.Fields), index: n.index}
	for i := range next.Items {
		next.Items[i] = change(next.Items[i])
	}
	for i := range next.Fields {
		next.Fields[i].Value = change(next.Fields[i].Value)
	}
	return &next
}

// Child returns the node at a path of keys and indices below this one, or its nearest ancestor that
// exists.
func (n *Node) Child(path []any) *Node {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			f, ok := n.Get(step)
			if !ok {
				return n
			}
			n = f.Value
		case int:
			if step >= len(n.Items) {
				return n
			}
			n = n.Items[step]
		}
	}
	return n
}
