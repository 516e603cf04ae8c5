package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The bodies of views. What is in the examples of Attio's documentation of October 2026 is known: the
// keys, the types table and kanban, the form of paths, the operator contains and the aggregation sum.
// Which keys are required was never seen; is_archived is how Attio archives everything else.
var (
	createViewShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String().Min(1)),
		shape.Required("type", viewTypeShape),
		shape.Optional("filter", shape.Nullable(conditionShape)),
		shape.Optional("sorts", shape.Array(sortShape)),
		shape.Optional("attributes", shape.Array(columnShape)),
		shape.Optional("kanban", shape.Nullable(kanbanShape)),
	)))
	updateViewShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("title", shape.String().Min(1)),
		shape.Optional("type", viewTypeShape),
		shape.Optional("is_archived", shape.Boolean()),
		shape.Optional("filter", shape.Nullable(conditionShape)),
		shape.Optional("sorts", shape.Array(sortShape)),
		shape.Optional("attributes", shape.Array(columnShape)),
		shape.Optional("kanban", shape.Nullable(kanbanShape)),
	)))

	viewTypeShape = shape.Enum(string(world.TableView), string(world.KanbanView))
	sortShape     = shape.Object(
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

// conditionShape allows a view's filter. Nothing in it is stripped: a key that means nothing here would
// make another filter of it.
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
