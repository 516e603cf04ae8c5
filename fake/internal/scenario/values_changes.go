package scenario

import "github.com/fakeattio/fakeattio/fake/internal/suggest"

// change is what became of a record or an entry later: at a moment, values for some of its attributes.
type change struct {
	placed
	when   moment
	by     author
	values []field
}

const (
	changesKey   = "changes"
	changedAtKey = "at"
	changedByKey = "by"
)

const changedAtDoc = "When the values changed."

func (c *change) decode(d *decoder, f field) {
	if !d.is(f, kindMapping) {
		return
	}
	c.place(placed{key: f.at, node: f.value})
	for _, entry := range f.value.fields {
		switch entry.name {
		case changedAtKey:
			decodeInto(d, entry, &c.when)
		case changedByKey:
			decodeInto(d, entry, &c.by)
		default:
			c.values = append(c.values, entry)
		}
	}
	if !c.has(changedAtKey) {
		d.problems.add(f.at, "the required key %s is missing. %s", suggest.Quote(changedAtKey), changedAtDoc)
	}
}

func (*change) schema() schema {
	at := schemaFor[moment]()
	at["description"] = changedAtDoc
	by := schemaFor[author]()
	by["description"] = "Who changed them: a user, {token: name}, or the word system. By default the first admin."
	return schema{"type": "object", "properties": schema{changedAtKey: at, changedByKey: by}, "required": []any{changedAtKey}}
}
