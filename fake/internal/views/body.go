// Package views reads saved views as clients write them, and checks their filters, which have their own grammar, by
// the rules of queries. The API and scenarios share it.
package views

import (
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// body is the body that creates or changes a view.
type body struct {
	Data struct {
		Title      *string                      `json:"title"`
		Type       *world.ViewType              `json:"type"`
		IsArchived *bool                        `json:"is_archived"`
		Filter     shape.Sent[*world.Condition] `json:"filter"`
		Sorts      *[]world.Sort                `json:"sorts"`
		Attributes *[]world.Column              `json:"attributes"`
		Kanban     shape.Sent[*world.Kanban]    `json:"kanban"`
	} `json:"data"`
}

// ReadNew reads the JSON body that creates a view. An error is one of the API's.
func ReadNew(raw []byte) (world.ViewEdit, error) { return read(newShape, raw) }

// ReadChange reads the JSON body that changes a view. An error is one of the API's.
func ReadChange(raw []byte) (world.ViewEdit, error) { return read(changeShape, raw) }

func read(allowed shape.Schema, raw []byte) (world.ViewEdit, error) {
	sent, err := shape.Body[body](allowed, raw)
	if err != nil {
		return world.ViewEdit{}, err
	}
	edit := world.ViewEdit{
		Title: sent.Data.Title, Type: sent.Data.Type, Archived: sent.Data.IsArchived,
		Sorts: sent.Data.Sorts, Attributes: sent.Data.Attributes,
	}
	if sent.Data.Filter.Given {
		edit.Filter = &sent.Data.Filter.Value
	}
	if sent.Data.Kanban.Given {
		edit.Kanban = &sent.Data.Kanban.Value
	}
	return edit, nil
}

// The bodies of views. What is in the examples of Attio's documentation of October 2026 is known: the
// keys, the types table and kanban, the form of paths, the operator contains and the aggregation sum.
// Which keys are required was never seen; is_archived is how Attio archives everything else.
var (
	newShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String().Min(1)),
		shape.Required("type", typeShape),
		shape.Optional("filter", shape.Nullable(conditionShape)),
		shape.Optional("sorts", shape.Array(sortShape)),
		shape.Optional("attributes", shape.Array(columnShape)),
		shape.Optional("kanban", shape.Nullable(kanbanShape)),
	)))
	changeShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("title", shape.String().Min(1)),
		shape.Optional("type", typeShape),
		shape.Optional("is_archived", shape.Boolean()),
		shape.Optional("filter", shape.Nullable(conditionShape)),
		shape.Optional("sorts", shape.Array(sortShape)),
		shape.Optional("attributes", shape.Array(columnShape)),
		shape.Optional("kanban", shape.Nullable(kanbanShape)),
	)))

	typeShape = shape.Enum(string(world.TableView), string(world.KanbanView))
	sortShape = shape.Object(
		shape.Required("attribute", pathShape),
		shape.Optional("field", shape.String()),
		shape.Required("direction", shape.Enum("asc", "desc")),
	)
	columnShape = shape.Object(
		shape.Required("attribute", pathShape),
		shape.Optional("field", shape.String()),
	)
	kanbanShape = shape.Object(
		shape.Required("status_attribute", pathShape),
		shape.Default("show_no_status_column", shape.Boolean(), false),
		shape.Optional("aggregation", shape.Nullable(shape.Object(
			shape.Required("attribute", pathShape),
			shape.Required("type", shape.Enum("sum")),
		))),
	)
)

// pathShape allows a path to an attribute in both of its forms.
var pathShape = shape.Choose(func(value any) shape.Schema {
	if _, ok := value.([]any); ok {
		return longPathShape
	}
	return shape.String()
})

var longPathShape = shape.Refine(shape.Array(shape.Choose(func(value any) shape.Schema {
	if _, ok := value.(string); ok {
		return shape.String()
	}
	return stepShape
})).Min(1), "Invalid input", func(value any) bool {
	for i, step := range value.([]any) {
		if _, slug := step.(string); slug != (i == 0) {
			return false
		}
	}
	return true
})

var stepShape = shape.Object(
	shape.Required("object", shape.String()),
	shape.Required("attribute", shape.String()),
)

// conditionShape accepts a view's filter. It strips nothing, because dropping an unknown key would change what the
// filter means.
var conditionShape = shape.Choose(conditionShapeOf)

func conditionShapeOf(value any) shape.Schema {
	members, _ := value.(*shape.Members)
	if _, group := members.Get("and"); group {
		return groupShape("and")
	}
	if _, group := members.Get("or"); group {
		return groupShape("or")
	}
	switch op, _ := members.Get("op"); op {
	case "in":
		return inShape
	case "not_empty":
		return notEmptyShape
	}
	return comparisonShape
}

func groupShape(key string) shape.Schema {
	return shape.Object(shape.Required(key, shape.Array(shape.Choose(conditionShapeOf)).Min(1))).Strict()
}

var (
	operatorShape   = shape.Enum("eq", "not_empty", "in", "contains", "starts_with", "ends_with", "lt", "lte", "gt", "gte")
	operandShape    = shape.Union(shape.String(), shape.Number(), shape.Boolean())
	comparisonShape = leafShape(shape.Required("value", operandShape))
	inShape         = leafShape(shape.Required("value", shape.Array(operandShape)))
	notEmptyShape   = leafShape(shape.Optional("value", shape.Literal(true)))
)

func leafShape(value shape.Field) shape.Schema {
	return shape.Object(
		shape.Required("attribute", pathShape),
		shape.Optional("field", shape.String()),
		shape.Required("op", operatorShape),
		value,
	).Strict()
}
