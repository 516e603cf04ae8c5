package shape_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

func wrongType(expected, received string, path ...any) attio.Issue {
	message := "Expected " + expected + ", received " + received
	if received == "undefined" {
		message = "Required"
	}
	return issue(attio.Issue{Code: "invalid_type", Message: message, Expected: expected, Received: received}, path...)
}

func issue(i attio.Issue, path ...any) attio.Issue {
	i.Path = append([]any{}, path...)
	return i
}

func TestCheck(t *testing.T) {
	t.Parallel()
	var (
		invalidInput = attio.Issue{Code: "invalid", Message: "Invalid input"}
		invalidUUID  = attio.InvalidUUID()
		even         = func(value any) bool { return len(value.([]any))%2 == 0 }
		format       = func(name string) attio.Issue {
			return attio.Issue{Code: "invalid_string", Message: "Invalid " + name, StringValidation: name}
		}
		both = shape.Object(shape.Required("a", shape.String()), shape.Required("b", shape.Number()))
	)
	tests := []struct {
		name   string
		schema shape.Schema
		value  string
		want   []attio.Issue
	}{
		{"a string", shape.String(), `"x"`, nil},
		{"a number for a string", shape.String(), `1`, []attio.Issue{wrongType("string", "number")}},
		{"null for a string", shape.String(), `null`, []attio.Issue{wrongType("string", "null")}},
		{"an array for a string", shape.String(), `[]`, []attio.Issue{wrongType("string", "array")}},
		{"an object for a string", shape.String(), `{}`, []attio.Issue{wrongType("string", "object")}},
		{"a bool for a string", shape.String(), `true`, []attio.Issue{wrongType("string", "boolean")}},
		{"an empty string", shape.String().Min(1), `""`, []attio.Issue{issue(attio.Issue{Code: "too_small", Message: "String must contain at least 1 character(s)"})}},
		{"a string at its longest", shape.String().Max(2), `"😀"`, nil},
		{"a string too long by JavaScript's count", shape.String().Max(3), `"a😀b"`, []attio.Issue{issue(attio.Issue{Code: "too_big", Message: "String must contain at most 3 character(s)"})}},
		{"every broken rule, in order", shape.UUID().Min(3).Email(), `"x"`, []attio.Issue{
			issue(invalidUUID), issue(attio.Issue{Code: "too_small", Message: "String must contain at least 3 character(s)"}), issue(format("email"))}},
		{"a pattern", shape.String().Pattern(lazy.New(`^https://`)), `"http://x"`, []attio.Issue{
			issue(attio.Issue{Code: "invalid_string", Message: "Invalid", StringValidation: "regex"})}},
		{"no URL", shape.String().URL(), `"example.com"`, []attio.Issue{issue(format("url"))}},
		{"no date and time", shape.String().DateTime(), `"2026-02-29T00:00:00Z"`, []attio.Issue{issue(format("datetime"))}},

		{"a number", shape.Number(), `-1.5e3`, nil},
		{"a string for a number", shape.Number(), `"1"`, []attio.Issue{wrongType("number", "string")}},
		{"a whole number", shape.Number().Int(), `1.0`, nil},
		{"a fraction and too large", shape.Number().Int().Max(1), `1.5`, []attio.Issue{
			issue(attio.Issue{Code: "invalid_type", Message: "Expected integer, received float", Expected: "integer", Received: "float"}),
			issue(attio.Issue{Code: "too_big", Message: "Number must be less than or equal to 1"})}},
		{"too small", shape.Number().Min(0.5), `0`, []attio.Issue{issue(attio.Issue{Code: "too_small", Message: "Number must be greater than or equal to 0.5"})}},
		{"beyond what is finite", shape.Number().Int(), `1e999`, []attio.Issue{wrongType("integer", "float")}},

		{"a bool", shape.Boolean(), `false`, nil},
		{"a string for a bool", shape.Boolean(), `"true"`, []attio.Issue{wrongType("boolean", "string")}},
		{"an option", shape.Enum("a", "b"), `"b"`, nil},
		{"no option", shape.Enum("a", "b"), `"c"`, []attio.Issue{issue(attio.Issue{Code: "invalid_option", Message: "Invalid enum value. Expected 'a' | 'b', received 'c'", Options: []string{"a", "b"}})}},
		{"a number for an option", shape.Enum("a", "b"), `1`, []attio.Issue{wrongType("'a' | 'b'", "number")}},
		{"a literal", shape.Literal("x"), `"x"`, nil},
		{"a literal number", shape.Literal(1), `1.0`, nil},
		{"a literal null", shape.Literal(nil), `null`, nil},
		{"another literal", shape.Literal("x"), `{}`, []attio.Issue{issue(attio.Issue{Code: "invalid_literal", Message: `Invalid literal value, expected "x"`})}},
		{"another literal bool", shape.Literal(true), `1`, []attio.Issue{issue(attio.Issue{Code: "invalid_literal", Message: `Invalid literal value, expected true`})}},
		{"a missing literal", shape.Object(shape.Required("a", shape.Literal(1))), `{}`, []attio.Issue{
			issue(attio.Issue{Code: "invalid_literal", Message: `Invalid literal value, expected 1`}, "a")}},

		{"items", shape.Array(shape.String()), `["a", 1, "b", null]`, []attio.Issue{wrongType("string", "number", 1), wrongType("string", "null", 3)}},
		{"too few items", shape.Array(shape.String()).Min(1), `[]`, []attio.Issue{issue(attio.Issue{Code: "too_small", Message: "Array must contain at least 1 element(s)"})}},
		{"too many items, and wrong ones", shape.Array(shape.String()).Max(1), `[1, "a"]`, []attio.Issue{
			issue(attio.Issue{Code: "too_big", Message: "Array must contain at most 1 element(s)"}), wrongType("string", "number", 0)}},
		{"an object for an array", shape.Array(shape.Any()), `{"length": 0}`, []attio.Issue{wrongType("array", "object")}},

		{"an object", both, `{"b": 1, "c": [], "a": ""}`, nil},
		{"an array for an object", both, `[]`, []attio.Issue{wrongType("object", "array")}},
		{"problems in the order of the schema", both, `{"b": "x", "a": 1}`, []attio.Issue{wrongType("string", "number", "a"), wrongType("number", "string", "b")}},
		{"an optional field", shape.Object(shape.Optional("a", shape.String())), `{}`, nil},
		{"null is not missing", shape.Object(shape.Optional("a", shape.String())), `{"a": null}`, []attio.Issue{wrongType("string", "null", "a")}},
		{"a nullable field", shape.Object(shape.Required("a", shape.Nullable(shape.String()))), `{"a": null}`, nil},
		{"a nullable field of another type", shape.Object(shape.Required("a", shape.Nullable(shape.String()))), `{"a": 1}`, []attio.Issue{wrongType("string", "number", "a")}},
		{"a missing field that may be anything", shape.Object(shape.Required("a", shape.Any())), `{}`, nil},
		{"the last of two", both, `{"a": 1, "b": 1, "a": "x"}`, nil},
		{"unknown keys of a strict object", both.Strict(), `{"z": 1, "b": 1, "y": 2}`, []attio.Issue{
			wrongType("string", "undefined", "a"), issue(attio.Issue{Code: "unrecognized_keys", Message: "Unrecognized key(s) in object: 'z', 'y'"})}},
		{"a record", shape.Record(shape.Number()), `{"z": 1, "y": "2", "x": 3}`, []attio.Issue{wrongType("number", "string", "y")}},
		{"an array for a record", shape.Record(shape.Any()), `[]`, []attio.Issue{wrongType("object", "array")}},
		{"a path through everything", shape.Object(shape.Required("a", shape.Array(shape.Record(shape.Array(shape.UUID()))))),
			`{"a": [{}, {"b": ["7ab2e5a5-4aa5-4f3f-9c39-1f3b2a0d7d11", ""]}]}`, []attio.Issue{issue(invalidUUID, "a", 1, "b", 1)}},

		{"an option of a union", requestAs, `{"type": "workspace"}`, nil},
		{"no option of a union", requestAs, `{"type": "workspaces"}`, []attio.Issue{issue(invalidInput)}},
		{"an option of a union but for a rule", requestAs, `{"type": "workspace-member", "workspace_member_id": "ada", "email_address": "ada"}`,
			[]attio.Issue{issue(invalidUUID, "workspace_member_id")}},
		{"an option of a union after one that breaks a rule", requestAs, `{"type": "workspace-member", "workspace_member_id": "ada", "email_address": "ada@example.com"}`, nil},
		{"a strict option of a union with one key too many", shape.Union(both.Strict(), shape.String()), `{"a": "", "b": 1, "c": 2}`,
			[]attio.Issue{issue(attio.Issue{Code: "unrecognized_keys", Message: "Unrecognized key(s) in object: 'c'"})}},
		{"a union beside other problems", shape.Array(shape.Union(shape.String(), shape.Number())), `[true, "x", null]`,
			[]attio.Issue{issue(invalidInput, 0), issue(invalidInput, 2)}},

		{"a refinement", shape.Refine(shape.Array(shape.Any()), "Odd", even), `[1]`, []attio.Issue{issue(attio.Issue{Code: "invalid", Message: "Odd"})}},
		{"a refinement that holds", shape.Refine(shape.Array(shape.Any()), "Odd", even), `[1, 2]`, nil},
		{"a refinement after a broken rule", shape.Refine(shape.Array(shape.Any()).Min(2), "Odd", even), `[1]`, []attio.Issue{
			issue(attio.Issue{Code: "too_small", Message: "Array must contain at least 2 element(s)"}), issue(attio.Issue{Code: "invalid", Message: "Odd"})}},
		{"no refinement of another type", shape.Refine(shape.Array(shape.Any()), "Odd", even), `1`, []attio.Issue{wrongType("array", "number")}},
		{"a refinement below the value", shape.Object(shape.Required("a", shape.Refine(both, "Never", func(any) bool { return false }, "b", 0))), `{"a": {"a": "", "b": 1}}`,
			[]attio.Issue{issue(attio.Issue{Code: "invalid", Message: "Never"}, "a", "b", 0)}},
		{"a refinement of what is missing", shape.Object(shape.Required("a", shape.Refine(shape.Any(), "Missing", func(value any) bool { return value != nil }))), `{}`,
			[]attio.Issue{issue(attio.Issue{Code: "invalid", Message: "Missing"}, "a")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			value := decode(t, test.value)
			if diff := cmp.Diff(test.want, shape.Check(test.schema, value)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if strings.Contains(test.name, "unknown keys") {
				return // a map has no order
			}
			if diff := cmp.Diff(test.want, shape.Check(test.schema, shape.Plain(value))); diff != "" {
				t.Errorf("of the plain value (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckTakesTheNumbersOfYAML(t *testing.T) {
	t.Parallel()
	for _, n := range []any{7, int64(7), uint64(7), 7.0, json.Number("7")} {
		if issues := shape.Check(shape.Number().Int().Min(7).Max(7), n); issues != nil {
			t.Errorf("%T: %v", n, issues)
		}
		if issues := shape.Check(shape.Literal(7), n); issues != nil {
			t.Errorf("%T as a literal: %v", n, issues)
		}
	}
}

func TestAddingARuleLeavesTheSchemaAsItWas(t *testing.T) {
	t.Parallel()
	short := shape.String().Min(1).Max(3)
	_, _ = short.Email(), short.URL()
	if issues := shape.Check(short, "abc"); issues != nil {
		t.Errorf("got %v", issues)
	}
}

func TestCheckStopsCountingSomewhere(t *testing.T) {
	t.Parallel()
	items := make([]any, 5000)
	for name, schema := range map[string]shape.Schema{
		"strings": shape.Array(shape.String()),
		"unions":  shape.Array(shape.Union(shape.Refine(shape.Any(), "No", func(any) bool { return false }), shape.String())),
	} {
		if got := len(shape.Check(schema, items)); got != 1000 {
			t.Errorf("%s: %d issues", name, got)
		}
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	schemas := map[string]shape.Schema{
		"url": shape.String().URL(), "email": shape.String().Email(),
		"datetime": shape.String().DateTime(), "local datetime": shape.String().LocalDateTime(), "uuid": shape.UUID(),
	}
	tests := []struct {
		format, value string
		ok            bool
	}{
		{"url", "https://example.com/hook?x=%zz#y", true},
		{"url", " HTTPS:example.com ", true},
		{"url", `http:\\user:p@ss@host:80\x`, true},
		{"url", "https://[2001:db8::1]:8443", true},
		{"url", "https://ex%41mple.com", true},
		{"url", "mailto:ada@example.com", true},
		{"url", "foo:///x", true},
		{"url", "foo://", true},
		{"url", "file:///etc", true},
		{"url", "https://", false},
		{"url", "https://user@", false},
		{"url", "https://:443", false},
		{"url", "https://a b", false},
		{"url", "https://%zz", false},
		{"url", "https://host:65536", false},
		{"url", "https://host:port", false},
		{"url", "https://[1.2.3.4]", false},
		{"url", "https://[::1", false},
		{"url", "foo://:80", false},
		{"url", "//example.com", false},
		{"url", "1a://example.com", false},
		{"url", "", false},

		{"email", "ada@example.com", true},
		{"email", "O'Hara+tag_1@mail.EXAMPLE.co", true},
		{"email", "ada@localhost", false},
		{"email", ".ada@example.com", false},
		{"email", "a..b@example.com", false},
		{"email", "ada.@example.com", false},
		{"email", "ada@-example.com", false},
		{"email", "ada@example.c0m", false},
		{"email", "ada lovelace@example.com", false},
		{"email", "ada@example.com\n", false},
		{"email", "ädä@example.com", false},
		{"email", "ſ@example.com", false}, // folds to s

		{"datetime", "2024-02-29T23:59:59.123456789Z", true},
		{"datetime", "2026-01-15T09:00+01:00", true},
		{"datetime", "2026-01-15T09:00:00-0330", true},
		{"datetime", "2000-02-29T00:00:00Z", true},
		{"datetime", "1900-02-29T00:00:00Z", false},
		{"datetime", "2026-04-31T00:00:00Z", false},
		{"datetime", "2026-01-15T24:00:00Z", false},
		{"datetime", "2026-01-15T09:00:00", false},
		{"datetime", "2026-01-15T09:00:00+01", false},
		{"datetime", "2026-01-15 09:00:00Z", false},
		{"datetime", "2026-01-15", false},
		{"local datetime", "2026-01-15T09:00:00", true},
		{"local datetime", "2026-01-15T09:00:00+01:00", true},
		{"local datetime", "2026-01-15", false},

		{"uuid", "7AB2e5a5-4aa5-4f3f-9c39-1f3b2a0d7d11", true},
		{"uuid", "00000000-0000-0000-0000-000000000000", true},
		{"uuid", "7ab2e5a54aa54f3f9c391f3b2a0d7d11", false},
		{"uuid", "{7ab2e5a5-4aa5-4f3f-9c39-1f3b2a0d7d11}", false},
	}
	for _, test := range tests {
		if ok := shape.Check(schemas[test.format], test.value) == nil; ok != test.ok {
			t.Errorf("%s %q: allowed %t, want %t", test.format, test.value, ok, test.ok)
		}
	}
}

// TestCheckTakesWhateverComes checks random values with random schemas: nothing panics, what one
// schema of a union allows the union allows, and what a schema leaves of a value it still allows.
func TestCheckTakesWhateverComes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		schema, other := anySchema(t, 3), anySchema(t, 3)
		raw, err := json.Marshal(anyValue(t, 4))
		if err != nil {
			t.Fatal(err)
		}
		value, err := shape.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		issues := shape.Check(schema, value)
		if shape.Check(shape.Union(other, schema), value) != nil && issues == nil {
			t.Fatalf("the union refuses %s", raw)
		}
		if _, err := shape.Body[any](schema, raw); (err == nil) != (issues == nil) {
			t.Fatalf("the body %s: %v, its value: %v", raw, err, issues)
		}
		if issues != nil {
			return
		}
		left, err := shape.Body[json.RawMessage](schema, raw)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := shape.Body[json.RawMessage](schema, left); err != nil || string(again) != string(left) {
			t.Fatalf("%s, then %s, then %s, %v", raw, left, again, err)
		}
	})
}

var keys = rapid.SampledFrom([]string{"a", "b", "c", "A"})

func anyValue(t *rapid.T, depth int) any {
	kind := rapid.IntRange(0, 7)
	if depth == 0 {
		kind = rapid.IntRange(0, 5)
	}
	switch kind.Draw(t, "kind of value") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.String().Draw(t, "string")
	case 3:
		return rapid.Float64().Draw(t, "number")
	case 4:
		return rapid.IntRange(-3, 3).Draw(t, "small number")
	case 5:
		return rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "option")
	case 6:
		items := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			items = append(items, anyValue(t, depth-1))
		}
		return items
	}
	members := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(t, "members") {
		members[keys.Draw(t, "key")] = anyValue(t, depth-1)
	}
	return members
}

func anySchema(t *rapid.T, depth int) shape.Schema {
	kind := rapid.IntRange(0, 12)
	if depth == 0 {
		kind = rapid.IntRange(0, 6)
	}
	below := func() shape.Schema { return anySchema(t, depth-1) }
	switch kind.Draw(t, "kind of schema") {
	case 0:
		return shape.String().Min(rapid.IntRange(0, 2).Draw(t, "min"))
	case 1:
		return shape.Number().Min(-1)
	case 2:
		return shape.Number().Int()
	case 3:
		return shape.Boolean()
	case 4:
		return shape.Enum("a", "b")
	case 5:
		return shape.Literal(rapid.SampledFrom([]any{nil, true, "a", 1}).Draw(t, "literal"))
	case 6:
		return shape.Any()
	case 7:
		return shape.Array(below()).Max(2)
	case 8:
		return shape.Record(below())
	case 9:
		return shape.Nullable(below())
	case 10:
		return shape.Union(below(), below())
	case 11:
		return shape.Refine(below(), "No", func(value any) bool { return fmt.Sprint(value) != "a" })
	}
	object := shape.Object(shape.Required("a", below()), shape.Optional("b", below()), shape.Default("c", shape.Any(), 1))
	if rapid.Bool().Draw(t, "strict") {
		return object.Strict()
	}
	return object
}

// tree is an object with a name, or with trees.
func tree(value any) shape.Schema {
	members, _ := value.(*shape.Members)
	if _, ok := members.Get("trees"); ok {
		return shape.Object(shape.Required("trees", shape.Array(shape.Choose(tree)).Min(1))).Strict()
	}
	return shape.Object(shape.Required("name", shape.String()))
}

func TestAShapeCanContainItself(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][]attio.Issue{
		`{"name":"x"}`: nil,
		`{"trees":[{"name":"x"},{"trees":[{"name":"y"}]}]}`: nil,
		`{"trees":[{"name":"x"},{"trees":[{}]}]}`:           {wrongType("string", "undefined", "trees", 1, "trees", 0, "name")},
		`{"trees":[],"name":"x"}`: {
			issue(attio.Issue{Code: "too_small", Message: "Array must contain at least 1 element(s)"}, "trees"),
			issue(attio.Issue{Code: "unrecognized_keys", Message: "Unrecognized key(s) in object: 'name'"}),
		},
	} {
		decoded, err := shape.Decode([]byte(value))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, shape.Check(shape.Choose(tree), decoded)); diff != "" {
			t.Errorf("%s: %s", value, diff)
		}
	}
	got, err := shape.Body[any](shape.Choose(tree), []byte(`{"trees":[{"name":"x","stripped":1}]}`))
	want := map[string]any{"trees": []any{map[string]any{"name": "x"}}}
	if diff := cmp.Diff(any(want), got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}
