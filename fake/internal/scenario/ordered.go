package scenario

import (
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// ordered is a mapping with free keys, in the order of the file.
type ordered[K formedString, V any] struct {
	items []item[V]
	node  *yamltree.Node // the mapping, in the order of the items; nil without one
}

// item is one key of an ordered mapping with its value.
type item[V any] struct {
	key   string
	at    yamltree.Position // of the key
	value V
}

// get returns the value of a key.
func (o *ordered[K, V]) get(key string) (*V, bool) {
	if o.node == nil {
		return nil, false
	}
	i, ok := o.node.Find(key)
	if !ok {
		return nil, false
	}
	return &o.items[i].value, true
}

// all yields the keys with their values.
func (o *ordered[K, V]) all() iter.Seq[*item[V]] {
	return func(yield func(*item[V]) bool) {
		for i := range o.items {
			if !yield(&o.items[i]) {
				return
			}
		}
	}
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
	o.node = f.Value
	o.items = make([]item[V], len(f.Value.Fields))
	for i, entry := range f.Value.Fields {
		d.checkForm(entry.At, key.form(), entry.Name)
		o.items[i].key, o.items[i].at = entry.Name, entry.At
		decodeInto(d, entry, &o.items[i].value)
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
