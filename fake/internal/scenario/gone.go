package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// checkGone reports the i-th word of gone if none of these parts of the thing names it.
func (b *builder) checkGone(of placed, i int, word string, parts ...string) {
	named := slices.ContainsFunc(parts, func(part string) bool {
		f, ok := of.node.Get(part)
		return ok && names(f.Value, word)
	})
	if !named {
		b.problems.Add(of.items("gone")[i].Position, "nothing here names %s; remove it from gone", suggest.Quote(word))
	}
}

// names reports whether a node is a string, or has it somewhere below.
func names(n *yamltree.Node, word string) bool {
	return n.Kind == yamltree.KindString && n.Text == word ||
		slices.ContainsFunc(n.Items, func(item *yamltree.Node) bool { return names(item, word) }) ||
		slices.ContainsFunc(n.Fields, func(f yamltree.Field) bool { return names(f.Value, word) })
}
