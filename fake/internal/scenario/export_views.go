package scenario

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// views writes the saved views of an object or a list.
func (e *exporter) views(kind world.Kind, path string) *mapping {
	target := kind.Common()
	all := make(map[attio.ID]*world.View)
	var ids []attio.ID
	for view := range e.state.Views(target.ID, "") {
		all[view.ID] = view
		ids = append(ids, view.ID)
	}
	e.inOrder(ids, func(id attio.ID) time.Time { return all[id].CreatedAt })
	e.nameAll(ids, make(map[string]bool), func(n int) string { return cleanKey(all[ids[n]].Title, "view") })
	section := &mapping{block: true}
	for _, id := range ids {
		v := &viewExporter{exporter: e, target: target, of: all[id]}
		section.put(e.keys[id], v.view(path+"/views/"+e.keys[id]))
	}
	return section
}

// viewExporter writes one view.
type viewExporter struct {
	*exporter
	target *world.Target
	of     *world.View
	gone   sequence // what it names and does not reach any more
}

func (v *viewExporter) view(path string) *mapping {
	m := new(mapping)
	m.putIf(v.of.Title != titleOf[string](nil, v.keys[v.of.ID]), "title", text(v.of.Title))
	m.putIf(v.of.Type != world.TableView, "type", text(v.of.Type))
	if v.of.Filter != nil {
		m.put("filter", v.condition(v.of.Filter))
	}
	var sorts, columns sequence
	for _, s := range v.of.Sorts {
		sorts = append(sorts, v.column(s.Attribute, s.Field, "direction", text(s.Direction)))
	}
	for _, c := range v.of.Attributes {
		columns = append(columns, v.column(c.Attribute, c.Field))
	}
	m.putAll("sorts", sorts)
	m.putAll("attributes", columns)
	if k := v.of.Kanban; k != nil {
		board := of("status_attribute", v.path(k.StatusAttribute))
		board.putIf(k.ShowNoStatusColumn, "show_no_status_column", boolean(true))
		if k.Aggregation != nil {
			board.put("aggregation", of("attribute", v.path(k.Aggregation.Attribute), "type", text(k.Aggregation.Type)))
		}
		m.put("kanban", board)
	}
	m.putAll("gone", v.gone)
	m.putIf(v.of.Archived, "is_archived", boolean(true))
	v.putCreated(m, v.of.CreatedAt)
	v.putID(m, path, v.of.ID)
	return m
}

func (v *viewExporter) column(path world.Path, field string, more ...any) *mapping {
	m := of("attribute", v.path(path))
	m.putIf(field != "", "field", text(field))
	m.entries = append(m.entries, of(more...).entries...)
	return m
}

// path names the attributes on a path: those that it does not reach any more by their ids.
func (v *viewExporter) path(path world.Path) any {
	steps := sequence{}
	owner := v.target
	var end *attribute.Definition // nil for one that is gone
	for i, step := range path {
		object := step.Object
		if i > 0 {
			owner, object = v.step(end, object)
		}
		name := step.Attribute
		d, ok := owner.Attribute(name)
		if end = nil; ok {
			end, name = d, v.keys[d.ID]
		} else {
			v.isGone(name)
		}
		if i == 0 {
			steps = append(steps, text(name))
		} else {
			steps = append(steps, of("object", text(object), "attribute", text(name)))
		}
	}
	if len(steps) == 1 {
		return steps[0]
	}
	return steps
}

// step returns the object behind an attribute, and what the file calls it.
func (v *viewExporter) step(from *attribute.Definition, id string) (*world.Target, string) {
	object, ok := v.state.Schema.ObjectByID(attio.ID(id))
	if ok && v.state.Schema.Leads(from, object) {
		return &object.Target, v.keys[object.ID]
	}
	v.isGone(id)
	if ok {
		return &object.Target, id
	}
	return new(world.Target), id
}

// isGone lists a word of the view that leads to nothing.
func (v *viewExporter) isGone(word string) {
	if !slices.Contains(v.gone, any(text(word))) {
		v.gone = append(v.gone, text(word))
	}
}

func (v *viewExporter) condition(c *world.Condition) *mapping {
	switch {
	case c.And != nil:
		return of("and", v.conditions(c.And))
	case c.Or != nil:
		return of("or", v.conditions(c.Or))
	}
	m := v.column(c.Attribute, c.Field, "op", text(c.Op))
	if c.Value != nil {
		m.put("value", v.operand(c, c.Value))
	}
	return m
}

func (v *viewExporter) conditions(all []*world.Condition) sequence {
	written := sequence{}
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
		if !v.reaches(c, value) {
			v.isGone(value)
		}
		return text(value)
	case json.Number:
		return plain(value)
	case bool:
		return boolean(value)
	case []any:
		written := sequence{}
		for _, item := range value {
			written = append(written, v.operand(c, item))
		}
		return written
	}
	v.refuse("view", v.of.Title, "of %q compares with a value that views do not have", v.target.Slug)
	return plain("null")
}

// reaches reports whether what a field is compared with is there, where it is a choice or an object: both stay as the
// client wrote them.
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
