package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
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
	values    []field
}

const (
	createdAtKey = "created_at"
	createdByKey = "created_by"
)

func (r *record) decode(d *decoder, f field) {
	if !d.is(f, kindMapping) {
		return
	}
	r.place(placed{key: f.at, node: f.value})
	for _, entry := range f.value.fields {
		switch entry.name {
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
	node        *node // nil where nobody is named
	user, token string
	system      bool
}

// systemAuthor is the word for Attio itself.
const systemAuthor = "system"

func (a *author) decode(d *decoder, f field) {
	switch {
	case f.value.kind == kindString:
		a.user, a.system = f.value.text, f.value.text == systemAuthor
	case f.value.kind == kindMapping && len(f.value.fields) == 1 && f.value.fields[0].name == "token":
		decodeInto(d, f.value.fields[0], &a.token)
	default:
		d.problems.add(f.value.position, "%s must be a user, {token: name}, or the word system", suggest.Quote(f.name))
		return
	}
	a.node = f.value
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
type written struct{ *node }

func (w *written) decode(_ *decoder, f field) { w.node = f.value }

func (*written) schema() schema { return schema{} }

// amount is how many records to make up.
type amount int

// maxAmount keeps a slip of the finger from filling the memory.
const maxAmount = 1_000_000

func (a *amount) decode(d *decoder, f field) {
	n, err := strconv.Atoi(f.value.text)
	if f.value.kind != kindNumber || err != nil || n < 0 || n > maxAmount {
		d.problems.add(f.value.position, "%s must be a whole number from 0 to %d", suggest.Quote(f.name), maxAmount)
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
