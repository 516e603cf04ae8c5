package attribute

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestRatingIsZeroToFiveStars(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeRating, "fit"), []reads{
		{"no star", `0`, `"value":0`},
		{"five stars", `5`, `"value":5`},
		{"an object", `{"value": 3}`, `"value":3`},
		{"an integer with decimals", `3.0`, `"value":3`},
	})
	testRefused(t, attributeOf(TypeRating, "fit"), []refused{
		{"six stars", `6`, invalidValue("fit", attio.Issue{Code: "too_big", Path: []any{"value"}, Message: "Number must be less than or equal to 5"})},
		{"minus a star", `-1`, invalidValue("fit", attio.Issue{Code: "too_small", Path: []any{"value"}, Message: "Number must be greater than or equal to 0"})},
		{"half a star", `2.5`, invalidValue("fit", expected("value", "integer", "float"))},
		{"a string", `"3"`, invalidValue("fit", expected("value", "number", "string"))},
		{"null", `null`, invalidValue("fit", expected("value", "number", "null"))},
		{"a very large number", `1e300`, invalidValue("fit", attio.Issue{Code: "too_big", Path: []any{"value"}, Message: "Number must be less than or equal to 5"})},
	})
}

func TestRatingsSortByStars(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeRating, "fit")
	testOrder(t, d, `0`, `1`, `5`)
	testSame(t, d, `2`, `2.0`)
}
