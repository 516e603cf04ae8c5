package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func multiselect(d *Definition) *Definition {
	d.Multiselect = true
	return d
}

func TestParseAllReadsWhatStandsBehindAKey(t *testing.T) {
	t.Parallel()
	name := attributeOf(TypeText, "name")
	tags := multiselect(tiers())
	emails := multiselect(attributeOf(TypeEmailAddress, "email_addresses"))
	gold, silver := OptionID(goldID), OptionID(silverID)
	for _, test := range []struct {
		name       string
		definition *Definition
		written    string
		want       []Value
	}{
		{"a value", name, `"Acme"`, []Value{Text("Acme")}},
		{"a value in an array", name, `["Acme"]`, []Value{Text("Acme")}},
		{"an object", name, `{"value": "Acme"}`, []Value{Text("Acme")}},
		{"an object in an array", name, `[{"value": "Acme"}]`, []Value{Text("Acme")}},
		{"an empty array", name, `[]`, []Value{}},
		{"an empty array for many", tags, `[]`, []Value{}},
		{"one of many", tags, `["Silver"]`, []Value{silver}},
		{"two of many, in order", tags, `["Gold \"24\"", {"option": "Silver"}]`, []Value{gold, silver}},
		{"the same twice", tags, `["Silver", "eeeeeeee-0000-4000-8000-000000000001", "eeeeeeee-0000-4000-8000-000000000002"]`, []Value{silver, gold}},
		{"the same twice in another case", emails, `["Ada@example.com", "ada@example.com"]`,
			[]Value{EmailAddress{Original: "Ada@example.com", Address: "ada@example.com", Domain: "example.com", Root: "example.com", Local: "ada"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseAll(smallWorld{}, test.definition, decode(t, test.written))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("wrong values (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseAllRefusesTheWrongNumberOfValues(t *testing.T) {
	t.Parallel()
	notAnArray := invalidValue("tier", attio.Issue{Code: "invalid", Path: []any{},
		Message: "Multi-select attribute expects an array but received a single value"})
	for _, test := range []struct {
		name       string
		definition *Definition
		written    string
		want       *attio.Error
	}{
		{"a single value for many", multiselect(tiers()), `"Silver"`, notAnArray},
		{"an object for many", multiselect(tiers()), `{"option": "Silver"}`, notAnArray},
		{"null for many", multiselect(tiers()), `null`, notAnArray},
		{"two values for one", tiers(), `["Silver", "Silver"]`,
			invalidValue("tier", attio.Issue{Code: "too_big", Path: []any{}, Message: "Array must contain at most 1 element(s)"})},
		{"null for one", tiers(), `null`, invalidValue("tier", expected("option", "string", "null"))},
		{"null in an array", multiselect(tiers()), `["Silver", null]`, invalidValue("tier", expected("option", "string", "null"))},
		{"an array in an array", tiers(), `[["Silver"]]`, invalidValue("tier", expected("option", "string", "array"))},
		{"a value that is not found", multiselect(tiers()), `["Silver", "Tin"]`, notFound(`Cannot find select option with title "Tin".`)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseAll(smallWorld{}, test.definition, decode(t, test.written))
			if diff := cmp.Diff(error(test.want), err); diff != "" {
				t.Errorf("wrong answer (-want +got):\n%s", diff)
			}
			if got != nil {
				t.Errorf("values beside an error: %v", got)
			}
		})
	}
}

func TestParseAllSeedReadsWhatOnlySeedsMayHave(t *testing.T) {
	t.Parallel()
	got, err := ParseAllSeed(smallWorld{}, multiselect(tiers()), decode(t, `["Bronze", "Silver"]`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Value{OptionID(bronzeID), OptionID(silverID)}, got); diff != "" {
		t.Errorf("wrong values (-want +got):\n%s", diff)
	}
}

func TestEveryTypeIsParsed(t *testing.T) {
	t.Parallel()
	for _, kind := range Types() {
		_, err := Parse(smallWorld{}, attributeOf(kind, "x"), nil)
		refusal, ok := err.(*attio.Error)
		if !ok {
			t.Fatalf("%s: null is not refused: %v", kind, err)
		}
		if issues := refusal.ValidationErrors; len(issues) != 1 || cmp.Equal(issues[0], unsupported(kind)) {
			t.Errorf("%s: null is refused with %v", kind, issues)
		}
	}
	_, err := Parse(smallWorld{}, attributeOf("formula", "x"), "1")
	if diff := cmp.Diff(error(invalidValue("x", unsupported("formula"))), err); diff != "" {
		t.Errorf("a type that does not exist (-want +got):\n%s", diff)
	}
}

func TestAllButInteractionsAndNamesCanBeCreated(t *testing.T) {
	t.Parallel()
	want := []Type{
		"text", "number", "checkbox", "currency", "date", "timestamp", "rating", "status", "select", "record-reference",
		"actor-reference", "location", "domain", "email-address", "phone-number",
	}
	if diff := cmp.Diff(want, Creatable()); diff != "" {
		t.Errorf("wrong types (-want +got):\n%s", diff)
	}
}
