package verify

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// The scenario is built as a tree of JSON, whose mappings keep their order.

func mapping(pairs ...any) *compare.Node {
	n := &compare.Node{Kind: compare.Object}
	for i := 0; i < len(pairs); i += 2 {
		put(n, pairs[i].(string), value(pairs[i+1]))
	}
	return n
}

func value(of any) *compare.Node {
	switch v := of.(type) {
	case *compare.Node:
		return v
	case string:
		return &compare.Node{Kind: compare.String, Text: v}
	case bool:
		if v {
			return &compare.Node{Kind: compare.Bool, Text: "true"}
		}
		return &compare.Node{Kind: compare.Bool, Text: "false"}
	}
	return &compare.Node{Kind: compare.Null}
}

func number(text string) *compare.Node { return &compare.Node{Kind: compare.Number, Text: text} }

func sequence(items ...*compare.Node) *compare.Node {
	return &compare.Node{Kind: compare.Array, Items: items}
}

// put sets a key of a mapping.
func put(n *compare.Node, key string, v *compare.Node) {
	if i := slices.Index(n.Keys, key); i >= 0 {
		n.Items[i] = v
		return
	}
	n.Keys, n.Items = append(n.Keys, key), append(n.Items, v)
}

// remove deletes a key of a mapping.
func remove(n *compare.Node, key string) {
	if i := slices.Index(n.Keys, key); i >= 0 {
		n.Keys, n.Items = slices.Delete(n.Keys, i, i+1), slices.Delete(n.Items, i, i+1)
	}
}

// within returns the mapping under a key, which it makes if there is none.
func within(n *compare.Node, key string) *compare.Node {
	child := n.Field(key)
	if child == nil {
		child = mapping()
		put(n, key, child)
	}
	return child
}

var null = &compare.Node{Kind: compare.Null}

// at returns what stands at a path of keys, or a null.
func at(n *compare.Node, path ...string) *compare.Node {
	for _, key := range path {
		if n = n.Field(key); n == nil {
			return null
		}
	}
	return n
}

func text(n *compare.Node, path ...string) string {
	if found := at(n, path...); found.Kind == compare.String {
		return found.Text
	}
	return ""
}

// copyKeys copies what is not null.
func copyKeys(to, from *compare.Node, keys ...string) {
	for _, key := range keys {
		if v := at(from, key); v.Kind != compare.Null {
			put(to, key, v)
		}
	}
}

// each returns the elements of data: of a list all, otherwise data itself.
func each(body *compare.Node) []*compare.Node {
	switch data := at(body, "data"); data.Kind {
	case compare.Array:
		return data.Items
	case compare.Object:
		return []*compare.Node{data}
	}
	return nil
}
