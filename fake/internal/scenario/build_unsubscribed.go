package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addUnsubscribed fills the list of the unsubscribed, by the rules of the API.
func (b *builder) addUnsubscribed() {
	for i, n := range b.workspace.items("unsubscribed") {
		out := &b.workspace.Unsubscribed[i]
		if out.Address == "" && n.Kind != yamltree.KindString {
			continue // which is reported
		}
		b.write(at(out.CreatedAt, b.created), b.author)
		if _, err := b.tx.Unsubscribe([]string{out.Address}); err != nil {
			b.problems.Add(out.at("address"), "%s is no e-mail address that Attio takes; write one like ada@example.com", suggest.Quote(out.Address))
		}
	}
	b.write(b.created, b.author)
}
