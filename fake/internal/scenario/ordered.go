package scenario

import "github.com/fakeattio/fakeattio/fake/internal/yamltree"

// ordered is a mapping with free keys, in the order of the file.
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
