package scenario

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// savedView is a saved view of an object or a list.
type savedView struct {
	placed
	Title      *noun        `yaml:"title" doc:"The title that people see. By default it is made from the key."`
	Type       viewType     `yaml:"type" doc:"How it is shown. Defaults to table."`
	Filter     condition    `yaml:"filter" doc:"What it shows, in the grammar of views: {attribute: name, op: contains, value: Ada}, {and: […]} or {or: […]}. Without it, everything."`
	Sorts      []viewSort   `yaml:"sorts" doc:"The sort order."`
	Attributes []viewColumn `yaml:"attributes" doc:"The attributes that it shows, in order."`
	Kanban     *board       `yaml:"kanban" doc:"The settings of a kanban board. Required for one."`
	Gone       []string     `yaml:"gone" doc:"What it names and no longer reaches: ids of attributes and objects, and other words of its filter. They may exist and be out of its reach."`
	IsArchived bool         `yaml:"is_archived" doc:"Whether it is archived."`
	CreatedAt  *moment      `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	identified `yaml:"inline"`
}

// viewSort is one criterion of a view's order.
type viewSort struct {
	placed
	Attribute attributePath `yaml:"attribute,required" doc:"The attribute, or the path to one."`
	Field     string        `yaml:"field" doc:"One field of the attribute's values."`
	Direction direction     `yaml:"direction,required" doc:"Ascending or descending."`
}

// viewColumn is an attribute that a view shows.
type viewColumn struct {
	placed
	Attribute attributePath `yaml:"attribute,required" doc:"The attribute, or the path to one."`
	Field     string        `yaml:"field" doc:"One field of the attribute's values."`
}

// board is the settings of a kanban view.
type board struct {
	placed
	StatusAttribute    attributePath `yaml:"status_attribute,required" doc:"The status attribute whose statuses are the columns."`
	ShowNoStatusColumn bool          `yaml:"show_no_status_column" doc:"Whether there is a column for everything without a status."`
	Aggregation        *aggregation  `yaml:"aggregation" doc:"What it computes for each column."`
}

// aggregation is what a board computes for each column.
type aggregation struct {
	placed
	Attribute attributePath   `yaml:"attribute,required" doc:"The attribute, or the path to one."`
	Type      aggregationType `yaml:"type,required" doc:"How the values are combined."`
}

// Words of single values.
type (
	viewType        string
	direction       string
	aggregationType string
)

func (viewType) words() (string, []string) {
	return "type of view", []string{string(world.TableView), string(world.KanbanView)}
}

func (direction) words() (string, []string) { return "direction", []string{"asc", "desc"} }

func (aggregationType) words() (string, []string) { return "aggregation", []string{"sum"} }

// gone returns what the view names and no longer reaches, and the ids among it.
func (v *savedView) gone() (words map[string]bool, ids map[attio.ID]bool) {
	words, ids = make(map[string]bool), make(map[attio.ID]bool)
	for _, word := range v.Gone {
		words[word] = true
		if id, ok := attio.ParseID(word); ok {
			ids[id] = true
		}
	}
	return words, ids
}

// body writes the view as a client would send it.
func (v *savedView) body(key string) []byte {
	data := map[string]any{"title": titleOf(v.Title, key), "type": world.TableView}
	if v.Type != "" {
		data["type"] = v.Type
	}
	for _, part := range []string{"filter", "sorts", "attributes", "kanban"} {
		if f, ok := v.node.Get(part); ok {
			data[part] = f.Value.Plain()
		}
	}
	raw, err := json.Marshal(map[string]any{"data": data})
	if err != nil {
		panic(err) // a tree always marshals
	}
	return raw
}

// attributePath names an attribute, or leads to one of another object.
type attributePath struct{ *yamltree.Node }

func (p *attributePath) decode(d *decoder, f yamltree.Field) {
	if f.Value.Kind != yamltree.KindString && f.Value.Kind != yamltree.KindSequence {
		d.problems.Add(f.Value.Position, "%s must be an attribute, or a path like [company, {object: companies, attribute: name}]", suggest.Quote(f.Name))
		return
	}
	p.Node = f.Value
}

func (*attributePath) schema() schema {
	step := schema{
		"type": "object", "properties": schema{"object": schema{"type": "string"}, "attribute": schema{"type": "string"}},
		"required": []any{"object", "attribute"},
	}
	return schema{"anyOf": []any{
		schema{"type": "string"},
		schema{"type": "array", "minItems": 1, "prefixItems": []any{schema{"type": "string"}}, "items": step},
	}}
}

// addViews creates the views of all objects and lists, by the rules of the API.
func (b *builder) addViews() {
	for _, s := range b.kindSpecs() {
		for i := range s.views {
			kind, ok := s.kind()
			if !ok {
				break
			}
			b.addView(kind, &s.views[i])
		}
	}
}

// addView creates a view and then adds its parts one by one, so that a wrong one does not hide others.
func (b *builder) addView(kind world.Kind, v *item[savedView]) {
	target := kind.Common()
	if v.value.wrong {
		return
	}
	edit, err := views.ReadNew(v.value.body(v.key))
	if err != nil {
		b.refuseView(target, v.value.node, v.value.node, err)
		return
	}
	b.write(at(v.value.CreatedAt, b.created), b.author)
	id := b.id(pathOf(kind) + "/views/" + v.key)
	b.named(id, v.key, v.at)
	words, ids := v.value.gone()
	for i, word := range v.value.Gone {
		b.checkGone(v.value.placed, i, word, "filter", "sorts", "attributes", "kanban")
	}
	if _, err := b.tx.SeedView(target, id, world.ViewEdit{Title: edit.Title, Type: edit.Type, Kanban: edit.Kanban}, ids); err != nil {
		kanban, ok := v.value.node.Get("kanban")
		if !ok {
			kanban.Value = v.value.node
		}
		b.refuseView(target, v.value.node, kanban.Value, err)
		return
	}
	put := func(place *yamltree.Node, part world.ViewEdit) {
		view, err := b.tx.SeedView(target, id, part, ids)
		if err == nil {
			err = views.Check(filter.Records(b.tx.State, kind), b.reached(view, words), part)
		}
		if err != nil {
			b.refuseView(target, v.value.node, place, err)
		}
	}
	if v.value.Filter.Node != nil {
		put(v.value.Filter.Node, world.ViewEdit{Filter: edit.Filter})
	}
	for i, place := range v.value.items("sorts") {
		put(place, world.ViewEdit{Sorts: new((*edit.Sorts)[i : i+1])})
	}
	for i, place := range v.value.items("attributes") {
		put(place, world.ViewEdit{Attributes: new((*edit.Attributes)[i : i+1])})
	}
	if b.problems.Empty() {
		put(v.value.node, world.ViewEdit{Sorts: edit.Sorts, Attributes: edit.Attributes, Archived: &v.value.IsArchived})
	}
}

// refuseView reports the API's refusal of a view or a part of it at the word that it is about.
func (b *builder) refuseView(target *world.Target, view, part *yamltree.Node, err error) {
	answer, ok := errors.AsType[*attio.Error](err)
	if ok && len(answer.ValidationErrors) > 0 {
		b.refuseBody(view, answer)
		return
	}
	place, hint := named(part, err.Error()), ""
	if b.isBroken(place.Text) {
		return // which is reported
	}
	if near, ok := b.problems.Nearest(place.Text, b.nameable(target)); ok {
		hint = " Did you mean " + suggest.Quote(near) + "?"
	}
	b.refuse(place.Position, err, hint)
}

// isBroken reports whether an attribute with this slug could not be created.
func (b *builder) isBroken(slug string) bool {
	for attribute, broken := range b.broken {
		if broken && strings.HasSuffix(attribute, "/"+slug) {
			return true
		}
	}
	return false
}

// nameable lists what a view can name: attributes and their choices, objects.
func (b *builder) nameable(target *world.Target) []string {
	var names []string
	for _, d := range target.Attributes {
		if b.tx.Schema.Shows(d) {
			names = append(append(names, d.Slug), b.choices(d)...)
		}
	}
	for _, o := range b.tx.Schema.Objects {
		if o.Enabled {
			names = append(names, o.Slug)
		}
	}
	return names
}

// views writes the saved views of an object or a list.
func (e *exporter) views(kind world.Kind, path string) *yamltree.Mapping {
	target := kind.Common()
	all := make(map[attio.ID]*world.View)
	var ids []attio.ID
	for view := range e.state.Views(target.ID, "") {
		all[view.ID] = view
		ids = append(ids, view.ID)
	}
	inOrder(e, ids, func(id attio.ID) (attio.ID, time.Time) { return id, all[id].CreatedAt })
	e.nameAll(ids, make(map[string]bool), func(n int) string { return cleanKey(all[ids[n]].Title, "view") })
	section := &yamltree.Mapping{Block: true}
	for _, id := range ids {
		v := &viewExporter{exporter: e, target: target, of: all[id]}
		section.Put(e.keys[id], v.view(path+"/views/"+e.keys[id]))
	}
	return section
}

// viewExporter writes one view.
type viewExporter struct {
	*exporter
	target *world.Target
	of     *world.View
	gone   yamltree.Sequence // what it names and no longer reaches
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
	m.PutAll("gone", v.gone)
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

// path names the attributes on a path: those that it does not reach any more by their ids.
func (v *viewExporter) path(path world.Path) any {
	steps := yamltree.Sequence{}
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
			steps = append(steps, yamltree.Text(name))
		} else {
			steps = append(steps, yamltree.MappingOf("object", yamltree.Text(object), "attribute", yamltree.Text(name)))
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
