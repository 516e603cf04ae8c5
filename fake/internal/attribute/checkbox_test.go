package attribute

import "testing"

func TestCheckboxTakesBooleansAndTheirNames(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeCheckbox, "is_vip"), []reads{
		{"true", `true`, `"value":true`},
		{"false", `false`, `"value":false`},
		{"the string true", `"true"`, `"value":true`},
		{"an object", `{"value": false}`, `"value":false`},
		{"an object with a string", `{"value": "false"}`, `"value":false`},
	})
}

func TestCheckboxRefusesTheRest(t *testing.T) {
	t.Parallel()
	testRefused(t, attributeOf(TypeCheckbox, "is_vip"), []refused{
		{"null", `null`, invalidValue("is_vip", expected("value", "boolean", "null"))},
		{"one", `1`, invalidValue("is_vip", expected("value", "boolean", "number"))},
		{"yes", `"yes"`, invalidValue("is_vip", expected("value", "boolean", "string"))},
		{"an array", `{"value": []}`, invalidValue("is_vip", expected("value", "boolean", "array"))},
		{"no key", `{}`, invalidValue("is_vip", required("value", "boolean"))},
	})
}

func TestUncheckedSortsFirst(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeCheckbox, "is_vip")
	testOrder(t, d, `false`, `true`)
	testSame(t, d, `true`, `"true"`)
}
