package scenario

import (
	"encoding/json"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// views writes the saved views of an object or a list.
func (e *exporter) views(kind world.Kind, path string) *yamltree.Mapping {
	target := kind.Common()
	all := make(map[attio.ID]*world.View)
	var ids []attio.ID
	for view := range e.state.Views(target.ID, "") {
		all[view.ID] = view
		ids = append(ids, view.ID)
	}
	e.inOrder(ids, func(id attio.ID) time.Time { return all[id].CreatedAt })
	e.nameAll(ids, make(map[string]bool), func(n int) string { return cleanKey(all[ids[n]].Title, "view") })
	section := &yamltree.Mapping{Block: true}
	for _, id := range ids {
		v := &viewExporter{e, target, all[id]}
		section.Put(e.keys[id], v.view(path+"/views/"+e.keys[id]))
	}
	return section
}

// viewExporter writes one view.
type viewExporter struct {
	*exporter
	target *world.Target
	of     *world.View
}

func (v *viewExporter) view(path string) *yamltree.Mapping {
	m := new(yamltree.Mapping)
	m.PutIf(v.of.Title != titleOf[string](nil, v.keys[v.of.ID]), "title", yamltree.Text(v.of.Title))
	m.PutIf(v.of.Type != world.TableView, "type", yamltree.Text(v.of.Type))
	if v.of.Filter != nil {
		m.Put("filter", v.condition(v.of.Filter))
	}
	var sorts, columns yamltree.Sequence
	for _, s := range v.of.Sorts {
		sorts = append(sorts, v.column(s.Attribute, s.Field, "direction", yamltree.Text(s.Direction)))
	}
	for _, c := range v.of.Attributes {
		columns = append(columns, v.column(c.Attribute, c.Field))
	}
	m.PutAll("sorts", sorts)
	m.PutAll("attributes", columns)
	if k := v.of.Kanban; k != nil {
		board := yamltree.MappingOf("status_attribute", v.path(k.StatusAttribute))
		board.PutIf(k.ShowNoStatusColumn, "show_no_status_column", boolean(true))
		if k.Aggregation != nil {
			board.Put("aggregation", yamltree.MappingOf("attribute", v.path(k.Aggregation.Attribute), "type", yamltree.Text(k.Aggregation.Type)))
		}
		m.Put("kanban", board)
	}
	m.PutIf(v.of.Archived, "is_archived", boolean(true))
	v.putCreated(m, v.of.CreatedAt)
	v.putID(m, path, v.of.ID)
	return m
}

func (v *viewExporter) column(path world.Path, field string, more ...any) *yamltree.Mapping {
	m := yamltree.MappingOf("attribute", v.path(path))
	m.PutIf(field != "", "field", yamltree.Text(field))
	m.Entries = append(m.Entries, yamltree.MappingOf(more...).Entries...)
	return m
}

// path names the attributes on a path.
func (v *viewExporter) path(path world.Path) any {
	steps := yamltree.Sequence{}
	for i, step := range path {
		attribute, known := v.keys[attio.ID(step.Attribute)]
		if !known {
			v.gone()
		}
		if i == 0 {
			steps = append(steps, yamltree.Text(attribute))
			continue
		}
		object, known := v.keys[attio.ID(step.Object)]
		if !known {
			v.gone()
		}
		steps = append(steps, yamltree.MappingOf("object", yamltree.Text(object), "attribute", yamltree.Text(attribute)))
	}
	if len(steps) == 1 {
		return steps[0]
	}
	return steps
}

func (v *viewExporter) gone() {
	v.refuse("view", v.of.Title, "of %q names an object or an attribute that is gone", v.target.Slug)
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

// operand writes what an attribute is compared with; of options and statuses the titles.
func (v *viewExporter) operand(c *world.Condition, value any) any {
	switch value := value.(type) {
	case string:
		if c.Field == "" && (c.Op == "eq" || c.Op == "in") {
			if title, ok := v.titleOf(c.Attribute, attio.ID(value)); ok {
				return titleOrID(title, attio.ID(value))
			}
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
	v.refuse("view", v.of.Title, "of %q compares with a value that views do not have", v.target.Slug)
	return yamltree.Plain("null")
}

// titleOf returns the title of an option or a status of the attribute at the end of a path.
func (v *viewExporter) titleOf(path world.Path, id attio.ID) (string, bool) {
	end := path[len(path)-1]
	target := v.target
	if len(path) > 1 {
		object, ok := v.state.Schema.ObjectByID(attio.ID(end.Object))
		if !ok {
			return "", false
		}
		target = &object.Target
	}
	d, ok := target.Attribute(end.Attribute)
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
