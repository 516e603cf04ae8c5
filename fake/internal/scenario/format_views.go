package scenario

import (
	"encoding/json"
	"reflect"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// savedView is a saved view of an object or a list.
type savedView struct {
	placed
	Title      *noun        `yaml:"title" doc:"What people call it, by default made from the key."`
	Type       viewType     `yaml:"type" doc:"How it shows things, by default as a table."`
	Filter     condition    `yaml:"filter" doc:"What it shows, in the grammar of views: {attribute: name, op: contains, value: Ada}, {and: […]} or {or: […]}. Without it everything."`
	Sorts      []viewSort   `yaml:"sorts" doc:"The order."`
	Attributes []viewColumn `yaml:"attributes" doc:"The attributes that it shows, in their order."`
	Kanban     *board       `yaml:"kanban" doc:"The settings of a board, which has to have them."`
	Gone       []string     `yaml:"gone" doc:"What it names and does not reach any more since it was saved: ids of attributes and objects, and other words of its filter. It may be there, where nothing leads to it."`
	IsArchived bool         `yaml:"is_archived" doc:"Whether it is archived."`
	CreatedAt  *moment      `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	ID         uuid         `yaml:"id" doc:"The id, where it is not the one that derives from its place."`

	wrong bool // what is written does not have the form, which is reported
}

// viewSort is one criterion of a view's order.
type viewSort struct {
	placed
	Attribute attributePath `yaml:"attribute,required" doc:"The attribute, or the path to one."`
	Field     string        `yaml:"field" doc:"One field of its values."`
	Direction direction     `yaml:"direction,required" doc:"Up or down."`
}

// viewColumn is an attribute that a view shows.
type viewColumn struct {
	placed
	Attribute attributePath `yaml:"attribute,required" doc:"The attribute, or the path to one."`
	Field     string        `yaml:"field" doc:"One field of its values."`
}

// board is how a view of type kanban shows things.
type board struct {
	placed
	StatusAttribute    attributePath `yaml:"status_attribute,required" doc:"The status attribute whose statuses are the columns."`
	ShowNoStatusColumn bool          `yaml:"show_no_status_column" doc:"Whether there is a column for what has no status."`
	Aggregation        *aggregation  `yaml:"aggregation" doc:"What it computes of each column."`
}

// aggregation is what a board computes of each column.
type aggregation struct {
	placed
	Attribute attributePath   `yaml:"attribute,required" doc:"The attribute, or the path to one."`
	Type      aggregationType `yaml:"type,required" doc:"How its values become one."`
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

func (v *savedView) decode(d *decoder, f field) {
	before := d.problems.reports
	d.decodeStruct(f, reflect.ValueOf(v).Elem())
	v.wrong = d.problems.reports > before
}

func (*savedView) schema() schema { return structSchema(reflect.TypeFor[savedView]()) }

// gone returns what the view names and does not reach, and the ids among it.
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
		if f, ok := v.node.get(part); ok {
			data[part] = f.value.plain()
		}
	}
	raw, err := json.Marshal(map[string]any{"data": data})
	if err != nil {
		panic(err) // a tree always marshals
	}
	return raw
}

// condition is a view's filter, which the rules of the API check; without a node there is none.
type condition struct{ *node }

func (c *condition) decode(d *decoder, f field) {
	if f.value.kind != kindNull && d.is(f, kindMapping) {
		c.node = f.value
	}
}

func (*condition) schema() schema { return schema{"type": []any{"object", "null"}} }

// attributePath names an attribute, or leads to one of another object.
type attributePath struct{ *node }

func (p *attributePath) decode(d *decoder, f field) {
	if f.value.kind != kindString && f.value.kind != kindSequence {
		d.problems.add(f.value.position, "%s must be an attribute, or a path like [company, {object: companies, attribute: name}]", quote(f.name))
		return
	}
	p.node = f.value
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
