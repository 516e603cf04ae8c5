package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// defaultOf reads a default value: the word for a dynamic one, if the type has these, or values.
func defaultOf(d *attribute.Definition, written any) *attribute.Default {
	if text, ok := written.(string); ok {
		_, isDuration := attribute.ParseDuration(text)
		isMoment := d.Type == attribute.TypeDate || d.Type == attribute.TypeTimestamp
		if isDuration && isMoment || text == attribute.CurrentUser && d.Type == attribute.TypeActorReference {
			return &attribute.Default{Dynamic: text}
		}
	}
	if list, ok := written.([]any); ok {
		return &attribute.Default{Static: list}
	}
	return &attribute.Default{Static: []any{written}}
}

// defaultReferences reads a default that refers to records, including records that are gone.
func (b *builder) defaultReferences(d *attribute.Definition, n *yamltree.Node) ([]attribute.Value, bool) {
	items := n.Items
	if n.Kind != yamltree.KindSequence {
		items = []*yamltree.Node{n}
	}
	values, right := make([]attribute.Value, 0, len(items)), true
	for _, item := range items {
		value, ok := b.heldValue(d, item, true)
		right = right && ok
		values = append(values, value)
	}
	return values, right
}

// byDefault writes the default value of an attribute.
func (e *exporter) byDefault(d *attribute.Definition) any {
	if d.Default.Values == nil {
		return yamltree.Text(d.Default.Dynamic)
	}
	values := yamltree.Sequence{}
	for _, value := range d.Default.Values {
		values = append(values, e.value(d, value))
	}
	if len(values) == 1 && !d.Multiselect {
		return values[0]
	}
	return values
}
