package scenario

import (
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// A form is what a string must look like.
type form struct {
	what    string // "workspace slug"
	pattern string // for Go and JSON Schema alike
	says    string // what to do about it
}

// formed is a string type with a form, worded one with a fixed choice of words.
type (
	formed interface{ form() form }
	worded interface {
		words() (what string, known []string)
	}
)

// custom is a type that reads itself from a tree and describes itself in JSON Schema.
type custom interface {
	decode(d *decoder, f yamltree.Field)
	schema() schema
}

// version is the version of the format.
type version int

func (v *version) decode(d *decoder, f yamltree.Field) {
	if f.Value.Kind != yamltree.KindNumber || f.Value.Text != "1" {
		d.problems.Add(f.Value.Position, "this version of the format is not known; write version: 1")
		return
	}
	*v = 1
}

func (*version) schema() schema { return schema{"const": 1} }

// extension names a scenario to lie underneath: a built-in one, or a file by a path that ends like
// those of YAML files.
type extension string

func (e *extension) decode(d *decoder, f yamltree.Field) {
	if text, ok := d.text(f); ok {
		*e = extension(text)
	}
}

func (e extension) isPath() bool {
	return strings.HasSuffix(string(e), ".yaml") || strings.HasSuffix(string(e), ".yml")
}

func (*extension) schema() schema {
	return schema{"type": "string", "anyOf": []any{schema{"enum": BuiltIns()}, schema{"pattern": `\.ya?ml$`}}}
}

// moment is a point in time that the clock can show: when something was made, or changed.
type moment struct{ time.Time }

const exampleMoment = "2026-01-15T09:00:00Z"

func (m *moment) decode(d *decoder, f yamltree.Field) {
	if !f.Value.IsScalar() {
		d.wrong(f, "a timestamp, like "+exampleMoment)
		return
	}
	t, err := time.Parse(time.RFC3339Nano, f.Value.Text)
	if err != nil || world.CheckTime(t) != nil {
		d.problems.Add(f.Value.Position, "%s is not a timestamp; write one like %s, from 1970 on", suggest.Quote(f.Value.Text), exampleMoment)
		return
	}
	m.Time = t.UTC()
}

func (*moment) schema() schema {
	return schema{"type": "string", "format": "date-time", "pattern": `^(19[789]\d|[2-9]\d{3})-`}
}

// date is a point in time that clients write, such as a deadline: in any year of four digits.
type date struct{ time.Time }

func (m *date) decode(d *decoder, f yamltree.Field) {
	if !f.Value.IsScalar() {
		d.wrong(f, "a timestamp, like "+exampleMoment)
		return
	}
	t, err := time.Parse(time.RFC3339Nano, f.Value.Text)
	if t = t.UTC(); err != nil || !world.Writable(t) {
		d.problems.Add(f.Value.Position, "%s is not a timestamp; write one like %s", suggest.Quote(f.Value.Text), exampleMoment)
		return
	}
	m.Time = t
}

func (*date) schema() schema {
	return schema{"type": "string", "format": "date-time", "pattern": `^\d{4}-`}
}

// formedString is a type of keys.
type formedString interface {
	~string
	formed
}

// ordered is a mapping with keys of the user's choice, in the order of the file.
type ordered[K formedString, V any] struct {
	items []item[V]
	index map[string]int
}

// item is one key of an ordered mapping with its value.
type item[V any] struct {
	key   string
	at    yamltree.Position // of the key
	value V
}

// get returns the value of a key.
func (o *ordered[K, V]) get(key string) (*V, bool) {
	i, ok := o.index[key]
	if !ok {
		return nil, false
	}
	return &o.items[i].value, true
}

// keys lists the keys.
func (o *ordered[K, V]) keys() []string {
	keys := make([]string, len(o.items))
	for i := range o.items {
		keys[i] = o.items[i].key
	}
	return keys
}

func (o *ordered[K, V]) decode(d *decoder, f yamltree.Field) {
	if !d.is(f, yamltree.KindMapping) {
		return
	}
	var key K
	o.index = make(map[string]int, len(f.Value.Fields))
	for _, entry := range f.Value.Fields {
		d.checkForm(entry.At, key.form(), entry.Name)
		o.index[entry.Name] = len(o.items)
		o.items = append(o.items, item[V]{key: entry.Name, at: entry.At})
		decodeInto(d, entry, &o.items[len(o.items)-1].value)
	}
}

func (*ordered[K, V]) schema() schema {
	var key K
	return schema{
		"type":                 "object",
		"propertyNames":        schema{"pattern": key.form().pattern},
		"additionalProperties": schemaFor[V](),
	}
}

// written is a value in a write form of the API, whatever it is; without a node there is none.
type written struct{ *yamltree.Node }

func (w *written) decode(_ *decoder, f yamltree.Field) { w.Node = f.Value }

func (*written) schema() schema { return schema{} }
