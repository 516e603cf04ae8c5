package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// optOut is an address that sequences must not write to.
type optOut struct {
	placed
	Address   string  `yaml:"address,required,short" doc:"The e-mail address."`
	CreatedAt *moment `yaml:"created_at" doc:"When it was unsubscribed. Defaults to the scenario's clock."`
}

// addUnsubscribed adds the unsubscribed addresses, by the rules of the API.
func (b *builder) addUnsubscribed() {
	for i, n := range b.workspace.items("unsubscribed") {
		out := &b.workspace.Unsubscribed[i]
		if out.Address == "" && n.Kind != yamltree.KindString {
			continue // which is reported
		}
		b.write(at(out.CreatedAt, b.created), b.author)
		if _, err := b.tx.Unsubscribe([]string{out.Address}); err != nil {
			b.problems.Add(out.at("address"), "%s is not an e-mail address that Attio accepts; write one like ada@example.com", suggest.Quote(out.Address))
		}
	}
}

func (e *exporter) unsubscribed() any {
	written := yamltree.Sequence{}
	for out := range e.state.Unsubscribed() {
		m := yamltree.MappingOf("address", yamltree.Text(out.Address))
		e.putCreated(m, out.CreatedAt)
		written = append(written, shortened(m))
	}
	return written
}
