package attribute

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestNameIsReadLastNameFirst(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypePersonalName, "name"), []reads{
		{"last and first", `"Hopper, Grace"`, `"first_name":"Grace","last_name":"Hopper","full_name":"Grace Hopper"`},
		{"no comma", `"Test Person for List Entry"`, `"first_name":"Test Person for List Entry","last_name":"","full_name":"Test Person for List Entry"`},
		{"further commas", `"King, Martin Luther, Jr."`, `"first_name":"Martin Luther, Jr.","last_name":"King","full_name":"Martin Luther, Jr. King"`},
		{"only a last name", `"Hopper,"`, `"first_name":"","last_name":"Hopper","full_name":"Hopper"`},
		{"an object", `{"first_name": "John", "last_name": "Smith", "full_name": "Dr John Smith"}`, `"first_name":"John","last_name":"Smith","full_name":"Dr John Smith"`},
		{"no last name", `{"first_name": "Cher", "last_name": "", "full_name": "Cher"}`, `"first_name":"Cher","last_name":"","full_name":"Cher"`},
	})
}

func TestNameObjectNeedsAllThreeKeys(t *testing.T) {
	t.Parallel()
	allMissing := invalidValue("name", required("first_name", "string"), required("last_name", "string"), required("full_name", "string"))
	testRefused(t, attributeOf(TypePersonalName, "name"), []refused{
		{"none", `{}`, allMissing},
		{"another key", `{"value": "John Smith"}`, allMissing},
		{"two", `{"first_name": "John", "last_name": "Smith"}`, invalidValue("name", required("full_name", "string"))},
		{"null", `{"first_name": "John", "last_name": null, "full_name": "John"}`, invalidValue("name", expected("last_name", "string", "null"))},
		{"no name at all", `null`, invalidValue("name",
			attio.Issue{Code: "invalid_type", Path: []any{}, Message: "Expected object, received null", Expected: "object", Received: "null"})},
	})
}

func TestNamesSortByFullName(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypePersonalName, "name")
	testOrder(t, d, `"Lovelace, Ada"`, `"Hopper, Grace"`, `"hopper, grace"`, `"Zeno"`)
	testSame(t, d, `"Hopper, Grace"`, `"Hopper,Grace "`, `{"first_name": "Grace", "last_name": "Hopper", "full_name": "Grace Hopper"}`)
	testDifferent(t, d, `"Hopper, Grace"`, `"Grace Hopper"`)
}

func TestShortIsTheStringThatReadsAsTheName(t *testing.T) {
	t.Parallel()
	part := rapid.StringMatching(`[ab, ]{0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		n := PersonalName{First: part.Draw(t, "first"), Last: part.Draw(t, "last")}
		n.Full = rapid.SampledFrom([]string{n.First, n.Last, n.First + " " + n.Last, n.Last + " " + n.First}).Draw(t, "full")
		want := n.Last + ", " + n.First
		if n.Last == "" {
			want = n.First
		}
		exists := ReadName(want) == n
		if got, ok := n.Short(); ok != exists || ok && got != want {
			t.Errorf("%#v is %q, %v; want %q, %v", n, got, ok, want, exists)
		}
	})
}
