package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// record is a record of an object. Its keys are those of the object's attributes, with values in the
// write forms of the API, and some that no client can write.
type record struct {
	placed
	id        uuid
	createdAt *moment
	createdBy author
	changes   []change
	history   ordered[apiSlug, []heldValue]
	values    []yamltree.Field
}

const (
	createdAtKey = "created_at"
	createdByKey = "created_by"
)

func (r *record) decode(d *decoder, f yamltree.Field) {
	if !d.is(f, yamltree.KindMapping) {
		return
	}
	r.place(placed{key: f.At, node: f.Value})
	for _, entry := range f.Value.Fields {
		switch entry.Name {
		case createdAtKey:
			decodeInto(d, entry, &r.createdAt)
		case createdByKey:
			decodeInto(d, entry, &r.createdBy)
		case changesKey:
			decodeInto(d, entry, &r.changes)
		case idKey:
			decodeInto(d, entry, &r.id)
		case historyKey:
			decodeInto(d, entry, &r.history)
		default:
			r.values = append(r.values, entry)
		}
	}
}

func (*record) schema() schema {
	at := schemaFor[*moment]()
	at["description"] = "When it was made, by default the scenario's clock."
	by := schemaFor[author]()
	by["description"] = "Who made it: a user, {token: name}, or the word system. By default the first admin."
	changes := schemaFor[[]change]()
	changes["description"] = "What became of it later, change by change in the order of time."
	history := schemaFor[ordered[apiSlug, []heldValue]]()
	history["description"] = "By attribute all values that it has or had, in the place of those in the record: those of the past as they ended, and those of now in their order."
	id := schemaFor[uuid]()
	id["description"] = "The id, where it is not the one that derives from its place."
	return schema{"type": "object", "properties": schema{idKey: id, createdAtKey: at, createdByKey: by, changesKey: changes, historyKey: history}}
}

// author is who made something: one of the workspace's users, one of its tokens, or Attio itself.
type author struct {
	node        *yamltree.Node // nil where nobody is named
	user, token string
	system      bool
}

// systemAuthor is the word for Attio itself.
const systemAuthor = "system"

func (a *author) decode(d *decoder, f yamltree.Field) {
	switch {
	case f.Value.Kind == yamltree.KindString:
		a.user, a.system = f.Value.Text, f.Value.Text == systemAuthor
	case f.Value.Kind == yamltree.KindMapping && len(f.Value.Fields) == 1 && f.Value.Fields[0].Name == "token":
		decodeInto(d, f.Value.Fields[0], &a.token)
	default:
		d.problems.Add(f.Value.Position, "%s must be a user, {token: name}, or the word system", suggest.Quote(f.Name))
		return
	}
	a.node = f.Value
}

func (*author) schema() schema {
	return schema{"anyOf": []any{
		schema{"type": "string"},
		schema{
			"type": "object", "properties": schema{"token": schema{"type": "string"}},
			"required": []any{"token"}, "additionalProperties": false,
		},
	}}
}

// written is a value in a write form of the API, whatever it is; without a node there is none.
type written struct{ *yamltree.Node }

func (w *written) decode(_ *decoder, f yamltree.Field) { w.Node = f.Value }

func (*written) schema() schema { return schema{} }

// amount is how many records to make up.
type amount int

// maxAmount keeps a slip of the finger from filling the memory.
const maxAmount = 1_000_000

func (a *amount) decode(d *decoder, f yamltree.Field) {
	n, err := strconv.Atoi(f.Value.Text)
	if f.Value.Kind != yamltree.KindNumber || err != nil || n < 0 || n > maxAmount {
		d.problems.Add(f.Value.Position, "%s must be a whole number from 0 to %d", suggest.Quote(f.Name), maxAmount)
		return
	}
	*a = amount(n)
}

func (*amount) schema() schema { return schema{"type": "integer", "minimum": 0, "maximum": maxAmount} }

// isGeneratedKey reports whether a key is that of one of the first count made-up records.
func isGeneratedKey(key string, count int) bool {
	digits, ok := strings.CutPrefix(key, "generated-")
	n, err := strconv.Atoi(digits)
	return ok && err == nil && n >= 1 && n <= count && key == generatedKey(n)
}

// generatedKey is the key that the n-th made-up record of an object goes by, from 1.
func generatedKey(n int) string { return fmt.Sprintf("generated-%06d", n) }
