package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Type is the type of a JSON value.
type Type string

// The types of JSON.
const (
	Null   Type = "null"
	Bool   Type = "a boolean"
	Number Type = "a number"
	String Type = "a string"
	Array  Type = "an array"
	Object Type = "an object"
)

// Node is a decoded JSON value that remembers the order of its keys.
type Node struct {
	Kind  Type
	Text  string   // the value of a string, the literal of a number or a boolean
	Keys  []string // of an object
	Items []*Node  // the elements of an array; the values of an object, in the order of the keys
}

func text(s string) *Node { return &Node{Kind: String, Text: s} }

// Field returns the value of a key, or nil.
func (n *Node) Field(key string) *Node {
	if i := slices.Index(n.Keys, key); i >= 0 {
		return n.Items[i]
	}
	return nil
}

// sorted returns a value whose objects have sorted keys.
func (n *Node) sorted() *Node {
	s := *n
	s.Items = make([]*Node, len(n.Items))
	if n.Keys == nil {
		for i, item := range n.Items {
			s.Items[i] = item.sorted()
		}
		return &s
	}
	s.Keys = slices.Sorted(slices.Values(n.Keys))
	for i, key := range s.Keys {
		s.Items[i] = n.Field(key).sorted()
	}
	return &s
}

// Parse decodes one JSON value, and refuses a duplicate key.
func Parse(body []byte) (*Node, error) {
	var syntax json.RawMessage
	if err := json.Unmarshal(body, &syntax); err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	return parseValue(dec)
}

func parseValue(dec *json.Decoder) (*Node, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case nil:
		return &Node{Kind: Null}, nil
	case bool:
		return &Node{Kind: Bool, Text: fmt.Sprint(token)}, nil
	case json.Number:
		return &Node{Kind: Number, Text: token.String()}, nil
	case string:
		return &Node{Kind: String, Text: token}, nil
	case json.Delim:
		if token == '[' {
			return parseArray(dec)
		}
		return parseObject(dec)
	}
	return nil, fmt.Errorf("unexpected JSON token %v", token)
}

func parseArray(dec *json.Decoder) (*Node, error) {
	n := &Node{Kind: Array}
	for dec.More() {
		item, err := parseValue(dec)
		if err != nil {
			return nil, err
		}
		n.Items = append(n.Items, item)
	}
	_, err := dec.Token()
	return n, err
}

func parseObject(dec *json.Decoder) (*Node, error) {
	n := &Node{Kind: Object}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key := token.(string) // the decoder accepts nothing else as a key
		if slices.Contains(n.Keys, key) {
			return nil, fmt.Errorf("key %q stands twice in an object", key)
		}
		item, err := parseValue(dec)
		if err != nil {
			return nil, err
		}
		n.Keys, n.Items = append(n.Keys, key), append(n.Items, item)
	}
	_, err := dec.Token()
	return n, err
}
