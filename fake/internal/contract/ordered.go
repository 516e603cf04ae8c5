package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// kind is the type of a JSON value.
type kind string

const (
	kindNull   kind = "null"
	kindBool   kind = "a boolean"
	kindNumber kind = "a number"
	kindString kind = "a string"
	kindArray  kind = "an array"
	kindObject kind = "an object"
)

// node is a decoded JSON value that remembers the order of its keys.
type node struct {
	kind  kind
	text  string   // the value of a string, the literal of a number or a boolean
	keys  []string // of an object
	items []*node  // the elements of an array; the values of an object, in the order of the keys
}

// field returns the value of a key, or nil.
func (n *node) field(key string) *node {
	if i := slices.Index(n.keys, key); i >= 0 {
		return n.items[i]
	}
	return nil
}

// sorted returns a value whose objects have sorted keys.
func (n *node) sorted() *node {
	s := *n
	s.items = make([]*node, len(n.items))
	if n.keys == nil {
		for i, item := range n.items {
			s.items[i] = item.sorted()
		}
		return &s
	}
	s.keys = slices.Sorted(slices.Values(n.keys))
	for i, key := range s.keys {
		s.items[i] = n.field(key).sorted()
	}
	return &s
}

// parse decodes one JSON value, and refuses a duplicate key.
func parse(text []byte) (*node, error) {
	var syntax json.RawMessage
	if err := json.Unmarshal(text, &syntax); err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return parseValue(dec)
}

func parseValue(dec *json.Decoder) (*node, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case nil:
		return &node{kind: kindNull}, nil
	case bool:
		return &node{kind: kindBool, text: fmt.Sprint(token)}, nil
	case json.Number:
		return &node{kind: kindNumber, text: token.String()}, nil
	case string:
		return &node{kind: kindString, text: token}, nil
	case json.Delim:
		if token == '[' {
			return parseArray(dec)
		}
		return parseObject(dec)
	}
	return nil, fmt.Errorf("unexpected JSON token %v", token)
}

func parseArray(dec *json.Decoder) (*node, error) {
	n := &node{kind: kindArray}
	for dec.More() {
		item, err := parseValue(dec)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
	}
	_, err := dec.Token()
	return n, err
}

func parseObject(dec *json.Decoder) (*node, error) {
	n := &node{kind: kindObject}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key := token.(string) // the decoder accepts nothing else as a key
		if slices.Contains(n.keys, key) {
			return nil, fmt.Errorf("key %q stands twice in an object", key)
		}
		item, err := parseValue(dec)
		if err != nil {
			return nil, err
		}
		n.keys, n.items = append(n.keys, key), append(n.items, item)
	}
	_, err := dec.Token()
	return n, err
}
