package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// change is what became of a record or an entry later: at a moment, values for some of its attributes.
type change struct {
	placed
	when   moment
	by     author
	values []yamltree.Field
}

const (
	changesKey   = "changes"
	changedAtKey = "at"
	changedByKey = "by"
)

const changedAtDoc = "When the values changed."

func (c *change) decode(d *decoder, f yamltree.Field) {
	if !d.is(f, yamltree.KindMapping) {
		return
	}
	c.place(placed{key: f.At, node: f.Value})
	for _, entry := range f.Value.Fields {
		switch entry.Name {
		case changedAtKey:
			decodeInto(d, entry, &c.when)
		case changedByKey:
			decodeInto(d, entry, &c.by)
		default:
			c.values = append(c.values, entry)
		}
	}
	if !c.has(changedAtKey) {
		d.problems.Add(f.At, "the required key %s is missing. %s", suggest.Quote(changedAtKey), changedAtDoc)
	}
}

func (*change) schema() schema {
	at := schemaFor[moment]()
	at["description"] = changedAtDoc
	by := schemaFor[author]()
	by["description"] = "Who changed them: a user, {token: name}, or the word system. By default the first admin."
	return schema{"type": "object", "properties": schema{changedAtKey: at, changedByKey: by}, "required": []any{changedAtKey}}
}
