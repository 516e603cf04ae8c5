package subscription

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// filterShape allows the filter of a subscription. It may be null but not missing: recorded in July 2025.
// If both combinators are present, the first in the order of Attio's OpenAPI document counts.
var filterShape = shape.Union(
	shape.Object(shape.Required("$or", shape.Array(conditionShape))),
	shape.Object(shape.Required("$and", shape.Array(conditionShape))),
	shape.Literal(nil),
)

// conditionShape allows the members of a condition in any order, and keeps it: a filter is read back as
// it was written.
var conditionShape = shape.Choose(func(value any) shape.Schema {
	written, _ := value.(*shape.Members)
	keys := slices.DeleteFunc(written.Keys(), func(key string) bool { return conditionShapes[key] == nil })
	for _, key := range []string{"field", "operator", "value"} {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	fields := make([]shape.Field, len(keys))
	for i, key := range keys {
		fields[i] = shape.Required(key, conditionShapes[key])
	}
	return shape.Object(fields...)
})

var conditionShapes = map[string]shape.Schema{
	"field":    shape.String(),
	"operator": shape.Enum(world.FilterEquals, world.FilterNotEquals),
	"value":    shape.String(),
}
