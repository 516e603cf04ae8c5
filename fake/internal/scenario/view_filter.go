package scenario

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// condition is a filter, which the rules of the API check; without a node there is none.
type condition struct{ *yamltree.Node }

func (c *condition) decode(d *decoder, f yamltree.Field) {
	if f.Value.Kind != yamltree.KindNull && d.is(f, yamltree.KindMapping) {
		c.Node = f.Value
	}
}

func (*condition) schema() schema { return schema{"type": []any{"object", "null"}} }

// reached returns the parts of a view that the rules of queries can check. They cannot check what is gone, nor slugs that
// objects get only at the end.
func (b *builder) reached(view *world.View, gone map[string]bool) *world.View {
	lost := func(path world.Path) bool {
		return slices.ContainsFunc(path, func(s world.Step) bool { return gone[s.Attribute] || gone[s.Object] })
	}
	part := *view
	part.Filter = b.reachedFilter(view.Filter, lost, gone)
	part.Sorts = slices.DeleteFunc(slices.Clone(view.Sorts), func(s world.Sort) bool { return lost(s.Attribute) })
	part.Attributes = slices.DeleteFunc(slices.Clone(view.Attributes), func(c world.Column) bool { return lost(c.Attribute) })
	return &part
}

// reachedFilter returns the conditions of a filter that can be checked, nil for none.
func (b *builder) reachedFilter(c *world.Condition, lost func(world.Path) bool, gone map[string]bool) *world.Condition {
	if c == nil || c.And == nil && c.Or == nil {
		if c == nil || lost(c.Attribute) || b.isWord(c, gone) {
			return nil
		}
		return c
	}
	var all []*world.Condition
	for _, part := range append(slices.Clone(c.And), c.Or...) {
		if part = b.reachedFilter(part, lost, gone); part != nil {
			all = append(all, part)
		}
	}
	if all == nil {
		return nil
	}
	return &world.Condition{And: all}
}

// isWord reports whether a condition compares with a word that is gone, or with the current slug of a renamed object.
func (b *builder) isWord(c *world.Condition, gone map[string]bool) bool {
	values, ok := c.Value.([]any)
	if !ok {
		values = []any{c.Value}
	}
	return slices.ContainsFunc(values, func(value any) bool {
		word, _ := value.(string)
		return gone[word] || c.Field == "target_object" && slices.ContainsFunc(b.workspace.Objects.items, func(o item[object]) bool {
			return o.value.APISlug != nil && *o.value.APISlug == word
		})
	})
}

func (v *viewExporter) condition(c *world.Condition) *yamltree.Mapping {
	switch {
	case c.And != nil:
		return yamltree.MappingOf("and", v.conditions(c.And))
	case c.Or != nil:
		return yamltree.MappingOf("or", v.conditions(c.Or))
	}
	m := v.column(c.Attribute, c.Field, "op", yamltree.Text(c.Op))
	if c.Value != nil {
		m.Put("value", v.operand(c, c.Value))
	}
	return m
}

func (v *viewExporter) conditions(all []*world.Condition) yamltree.Sequence {
	written := yamltree.Sequence{}
	for _, c := range all {
		written = append(written, v.condition(c))
	}
	return written
}

// operand writes what an attribute is compared with; options and statuses by their titles.
func (v *viewExporter) operand(c *world.Condition, value any) any {
	switch value := value.(type) {
	case string:
		if c.Field == "" && (c.Op == "eq" || c.Op == "in") {
			if title, ok := v.titleOf(c.Attribute, attio.ID(value)); ok {
				return titleOrID(title, attio.ID(value))
			}
		}
		if !v.reaches(c, value) {
			v.isGone(value)
		}
		return yamltree.Text(value)
	case json.Number:
		return yamltree.Plain(value)
	case bool:
		return boolean(value)
	case []any:
		written := yamltree.Sequence{}
		for _, item := range value {
			written = append(written, v.operand(c, item))
		}
		return written
	}
	v.refuse("view", v.of.Title, "of %q compares with a value of a type that views do not have", v.target.Slug)
	return yamltree.Plain("null")
}

// isGone adds a word to what is gone.
func (v *viewExporter) isGone(word string) {
	if !slices.Contains(v.gone, any(yamltree.Text(word))) {
		v.gone = append(v.gone, yamltree.Text(word))
	}
}

// reaches reports whether the choice or the object that a field is compared with exists. Both are kept as the client wrote
// them.
func (v *viewExporter) reaches(c *world.Condition, word string) bool {
	switch c.Field {
	case "option", "status":
		d, ok := v.endOf(c.Attribute)
		if !ok {
			return true
		}
		isIt := func(id attio.ID, title string) bool { return title == word || string(id) == strings.ToLower(word) }
		return slices.ContainsFunc(d.Options, func(o attribute.Option) bool { return isIt(o.ID, o.Title) }) ||
			slices.ContainsFunc(d.Statuses, func(s attribute.Status) bool { return isIt(s.ID, s.Title) })
	case "target_object":
		return slices.ContainsFunc(v.state.Schema.Objects, func(o *world.Object) bool {
			return o.Enabled && (o.Slug == word || v.keys[o.ID] == word || string(o.ID) == word)
		})
	}
	return true
}

// endOf returns the attribute at the end of a path.
func (v *viewExporter) endOf(path world.Path) (*attribute.Definition, bool) {
	end := path[len(path)-1]
	target := v.target
	if len(path) > 1 {
		object, ok := v.state.Schema.ObjectByID(attio.ID(end.Object))
		if !ok {
			return nil, false
		}
		target = &object.Target
	}
	return target.Attribute(end.Attribute)
}

// titleOf returns the title of an option or a status of the attribute at the end of a path.
func (v *viewExporter) titleOf(path world.Path, id attio.ID) (string, bool) {
	d, ok := v.endOf(path)
	if !ok {
		return "", false
	}
	if d.Type == attribute.TypeSelect {
		option, ok := d.Option(id)
		return option.Title, ok
	}
	status, ok := d.Status(id)
	return status.Title, ok
}
