package attribute

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

const (
	workspaceID attio.ID = "14beef7a-99f7-4534-a87e-70b564330a4c"
	objectID    attio.ID = "97052eb9-e65e-443f-a297-f2d9a4a7f795"
	attributeID attio.ID = "41252299-f8c7-4b5e-99c9-4ff8321d2f96"
	peopleID    attio.ID = "aaaaaaaa-0000-4000-8000-000000000001"
	companiesID attio.ID = "aaaaaaaa-0000-4000-8000-000000000002"
	projectsID  attio.ID = "aaaaaaaa-0000-4000-8000-000000000003"
	adaID       attio.ID = "bbbbbbbb-0000-4000-8000-000000000001" // a person
	navyID      attio.ID = "bbbbbbbb-0000-4000-8000-000000000002" // a company
	memberID    attio.ID = "cccccccc-0000-4000-8000-000000000001"
	unknownID   attio.ID = "dddddddd-0000-4000-8000-000000000001"
	goldID      attio.ID = "eeeeeeee-0000-4000-8000-000000000001"
	silverID    attio.ID = "eeeeeeee-0000-4000-8000-000000000002"
	bronzeID    attio.ID = "eeeeeeee-0000-4000-8000-000000000003" // archived
)

// smallWorld is a workspace with three objects, a record or two in each, and a member, ada@example.com.
type smallWorld struct{}

func (smallWorld) FindObject(slugOrID string) (attio.ID, error) {
	for id, slug := range objectSlugs() {
		if slugOrID == slug || slugOrID == string(id) {
			return id, nil
		}
	}
	return "", attio.TargetObjectNotFound(slugOrID)
}

func objectSlugs() map[attio.ID]string {
	return map[attio.ID]string{peopleID: "people", companiesID: "companies", projectsID: "projects"}
}

func (smallWorld) StandardObject(id attio.ID) string {
	if id == projectsID {
		return ""
	}
	return objectSlugs()[id]
}

func (smallWorld) HasRecord(object, record attio.ID) bool {
	return object == peopleID && record == adaID || object == companiesID && record == navyID
}

// smallAttributes are the attributes by which tests find records; all objects have them.
func smallAttributes() []*Definition {
	return []*Definition{
		attributeOf(TypeEmailAddress, "email_addresses"), attributeOf(TypeDomain, "domains"), attributeOf(TypeText, "name"),
		attributeOf(TypeNumber, "number"), attributeOf(TypePhoneNumber, "phone_numbers"), attributeOf(TypePersonalName, "full_name"),
		attributeOf(TypeDate, "birthday"), attributeOf(TypeCheckbox, "active"), tiers(),
	}
}

func (smallWorld) FindAttribute(_ attio.ID, slugOrID string) (*Definition, bool) {
	for _, d := range smallAttributes() {
		if d.Slug == slugOrID {
			return d, true
		}
	}
	return nil, false
}

func (smallWorld) FindRecords(object attio.ID, of *Definition, value Value) []attio.ID {
	switch key := value.Key(); {
	case object == peopleID && (key == "ada@example.com" || key == "+12125551234"):
		return []attio.ID{adaID}
	case object == companiesID && (key == "navy.example.com" || key == "7" || key == "Navy"):
		return []attio.ID{navyID}
	case object == companiesID && key == "Acme":
		return []attio.ID{navyID, unknownID}
	}
	return nil
}

func (smallWorld) HasMember(id attio.ID) bool { return id == memberID }

func (smallWorld) FindMember(email string) (attio.ID, bool) {
	return memberID, strings.EqualFold(email, "ada@example.com")
}

// owner is the context in which the values of one attribute are read.
type owner struct{ definition *Definition }

func (owner) WorkspaceID() attio.ID         { return workspaceID }
func (owner) ParentID() attio.ID            { return objectID }
func (o owner) Definition() *Definition     { return o.definition }
func (owner) ObjectSlug(id attio.ID) string { return objectSlugs()[id] }

func attributeOf(t Type, slug string) *Definition {
	return &Definition{ID: attributeID, Slug: slug, Type: t}
}

// documentedEnums returns the lists of strings below a key, in the values and attributes of Attio's OpenAPI document.
func documentedEnums(t *testing.T, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(contract.Facts(t), "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var enums [][]string
	var walk func(node any)
	walk = func(node any) {
		switch node := node.(type) {
		case []any:
			for _, item := range node {
				walk(item)
			}
		case map[string]any:
			if schema, ok := node[name].(map[string]any); ok {
				if list, ok := schema["enum"].([]any); ok {
					var enum []string
					for _, item := range list {
						if text, ok := item.(string); ok { // some have null as well
							enum = append(enum, text)
						}
					}
					enums = append(enums, enum)
				}
			}
			for _, item := range node {
				walk(item)
			}
		}
	}
	walk(decode(t, string(text)))
	if len(enums) == 0 {
		t.Fatalf("the OpenAPI document has no enum %q", name)
	}
	return enums
}

// decode decodes the JSON of a written value.
func decode(t testing.TB, text string) any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var written any
	if err := dec.Decode(&written); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return written
}

// reads is a write form, and the fields of the value that is read.
type reads struct {
	name    string
	written string
	want    string // JSON without braces
}

func testReads(t *testing.T, d *Definition, tests []reads) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			v, err := Parse(smallWorld{}, d, decode(t, test.written))
			if err != nil {
				t.Fatalf("Parse(%s): %v", test.written, err)
			}
			if diff := cmp.Diff(test.want, string(v.AppendFields(nil, owner{d}))); diff != "" {
				t.Errorf("%s reads otherwise (-want +got):\n%s", test.written, diff)
			}
		})
	}
}

// refused is a written value and its error.
type refused struct {
	name    string
	written string
	want    *attio.Error
}

func testRefused(t *testing.T, d *Definition, tests []refused) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			v, err := Parse(smallWorld{}, d, decode(t, test.written))
			if diff := cmp.Diff(error(test.want), err); diff != "" {
				t.Errorf("%s was answered otherwise (-want +got):\n%s", test.written, diff)
			}
			if v != nil {
				t.Errorf("%s has a value beside its error: %#v", test.written, v)
			}
		})
	}
}

// invalidValue is the error for a value of the wrong form.
func invalidValue(slug string, issues ...attio.Issue) *attio.Error {
	return &attio.Error{Status: 400, Type: "invalid_request_error", Code: "validation_type",
		Message: `An invalid value was passed to attribute with slug "` + slug + `".`, ValidationErrors: issues}
}

func notFound(message string) *attio.Error {
	return &attio.Error{Status: 400, Type: "invalid_request_error", Code: "value_not_found", Message: message}
}

func required(key, expected string) attio.Issue {
	return attio.Issue{Code: "invalid_type", Path: []any{key}, Message: "Required", Expected: expected, Received: "undefined"}
}

func expected(key, expected, received string) attio.Issue {
	return attio.Issue{Code: "invalid_type", Path: []any{key}, Message: "Expected " + expected + ", received " + received,
		Expected: expected, Received: received}
}

func invalid(key, message string) attio.Issue {
	return attio.Issue{Code: "invalid", Path: []any{key}, Message: message}
}

func unrecognized(keys string) attio.Issue {
	return attio.Issue{Code: "unrecognized_keys", Path: []any{}, Message: "Unrecognized key(s) in object: " + keys}
}

func invalidInput() attio.Issue {
	return attio.Issue{Code: "invalid", Path: []any{}, Message: "Invalid input"}
}

// testOrder checks that the written values are in ascending order.
func testOrder(t *testing.T, d *Definition, written ...string) {
	t.Helper()
	values := make([]Value, len(written))
	for i, text := range written {
		v, err := ParseSeed(smallWorld{}, d, decode(t, text))
		if err != nil {
			t.Fatalf("ParseSeed(%s): %v", text, err)
		}
		values[i] = v
	}
	for i, a := range values {
		for j, b := range values {
			if got, want := a.Compare(b, d), cmpInt(i, j); got != want {
				t.Errorf("Compare(%s, %s) = %d, want %d", written[i], written[j], got, want)
			}
		}
		if got := a.Compare(alien{}, d); got != -1 {
			t.Errorf("Compare(%s, value of another type) = %d, want -1", written[i], got)
		}
	}
}

func cmpInt(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// alien is a value of an unknown type.
type alien struct{}

func (alien) AppendFields(b []byte, _ Owner) []byte { return b }
func (alien) Key() string                           { return "" }
func (a alien) Together() Value                     { return a }
func (alien) Compare(Value, *Definition) int        { return 0 }

// testSame checks that all written values have the same key; testDifferent checks that each has its own.
func testSame(t *testing.T, d *Definition, written ...string) {
	t.Helper()
	if keys := keysOf(t, d, written); len(keys) != 1 {
		t.Errorf("%v have the keys %v, want one", written, keys)
	}
}

func testDifferent(t *testing.T, d *Definition, written ...string) {
	t.Helper()
	if keys := keysOf(t, d, written); len(keys) != len(written) {
		t.Errorf("%v have the keys %v, want %d", written, keys, len(written))
	}
}

func keysOf(t *testing.T, d *Definition, written []string) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for _, text := range written {
		v, err := ParseSeed(smallWorld{}, d, decode(t, text))
		if err != nil {
			t.Fatalf("ParseSeed(%s): %v", text, err)
		}
		keys[v.Key()] = true
	}
	return keys
}
