package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func reference(objects ...attio.ID) *Definition {
	d := attributeOf(TypeRecordReference, "company")
	d.Objects = objects
	return d
}

const (
	readsNavy = `"target_object":"companies","target_record_id":"bbbbbbbb-0000-4000-8000-000000000002"`
	readsAda  = `"target_object":"people","target_record_id":"bbbbbbbb-0000-4000-8000-000000000001"`
)

func TestReferenceNamesARecordByIDOrByAValue(t *testing.T) {
	t.Parallel()
	testReads(t, reference(), []reads{
		{"slug and id", `{"target_object": "companies", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`, readsNavy},
		{"id and id", `{"target_object": "aaaaaaaa-0000-4000-8000-000000000002", "target_record_id": "BBBBBBBB-0000-4000-8000-000000000002"}`, readsNavy},
		{"a domain", `{"target_object": "companies", "domains": [{"domain": "navy.example.com"}]}`, readsNavy},
		{"an e-mail address", `{"target_object": "people", "email_addresses": ["ADA@example.com"]}`, readsAda},
		{"a value without array", `{"target_object": "people", "email_addresses": {"email_address": "ada@example.com"}}`, readsAda},
	})
}

func TestStringNamesARecordOfTheOneStandardObjectAllowed(t *testing.T) {
	t.Parallel()
	testReads(t, reference(companiesID), []reads{{"a company's domain", `"navy.example.com"`, readsNavy}})
	testReads(t, reference(peopleID), []reads{{"a person's e-mail address", `"ada@example.com"`, readsAda}})
	noObject := invalidValue("company", noTargetObject())
	testRefused(t, reference(), []refused{{"any object", `"navy.example.com"`, noObject}})
	testRefused(t, reference(peopleID, companiesID), []refused{{"two objects", `"navy.example.com"`, noObject}})
	testRefused(t, reference(projectsID), []refused{{"a custom object", `"apollo"`, noObject}})
	testRefused(t, reference(companiesID), []refused{
		{"the name of a company", `"Acme United"`, noObject},
		{"the id of a company", `"bbbbbbbb-0000-4000-8000-000000000002"`, noObject},
		{"nothing", `""`, noObject},
	})
	testRefused(t, reference(peopleID), []refused{{"a person's name", `"Ada Lovelace"`, noObject}})
	testRefused(t, reference(companiesID), []refused{{"an unknown domain", `"army.example.com"`,
		notFound(`No record of object with slug/ID "companies" was found for matching attribute slug/ID "domains".`)}})
}

// noTargetObject is the issue of a reference without an object.
func noTargetObject() attio.Issue {
	return attio.Issue{Code: "invalid", Path: []any{}, Message: "Missing target_object on record reference value"}
}

func invalidAtPath(message string, path ...any) attio.Issue {
	return attio.Issue{Code: "invalid", Path: path, Message: message}
}

func TestAThirdFormOfAReferenceMatchesByOneValue(t *testing.T) {
	t.Parallel()
	testReads(t, reference(), []reads{
		{"a domain", `{"target_object": "companies", "target_record_reference": {"match": {"domains": "navy.example.com"}}}`, readsNavy},
		{"a value in an array", `{"target_object": "companies", "target_record_reference": {"match": {"domains": ["navy.example.com"]}}}`, readsNavy},
		{"a value in its long form", `{"target_object": "companies", "target_record_reference": {"match": {"domains": [{"domain": "navy.example.com"}]}}}`, readsNavy},
		{"a text", `{"target_object": "companies", "target_record_reference": {"match": {"name": "Navy"}}}`, readsNavy},
		{"a number", `{"target_object": "companies", "target_record_reference": {"match": {"number": 7}}}`, readsNavy},
		{"an e-mail address", `{"target_record_reference": {"match": {"email_addresses": "ADA@example.com"}}, "target_object": "people"}`, readsAda},
		{"a phone number", `{"target_object": "people", "target_record_reference": {"match": {"phone_numbers": "+1 212 555 1234"}}}`, readsAda},
	})
}

func TestAThirdFormThatIsRefused(t *testing.T) {
	t.Parallel()
	matching := func(match string) string {
		return `{"target_object": "companies", "target_record_reference": {"match": ` + match + `}}`
	}
	oneAttribute := invalidValue("company", invalidAtPath("Exactly one attribute must be given to match", "target_record_reference", "match"))
	oneValue := invalidValue("company", invalidAtPath("Exactly one value must be given to match", "target_record_reference", "match", "domains"))
	noForm := invalidValue("company", invalidInput())
	testRefused(t, reference(companiesID), []refused{
		{"no match", `{"target_object": "companies", "target_record_reference": {}}`, invalidValue("company", attio.Issue{
			Code: "invalid_type", Path: []any{"target_record_reference", "match"}, Message: "Required", Expected: "object", Received: "undefined"})},
		{"no object", `{"target_record_reference": {"match": {"domains": "navy.example.com"}}}`, invalidValue("company", noTargetObject())},
		{"null", `{"target_object": "companies", "target_record_reference": null}`, noForm},
		{"a string", `{"target_object": "companies", "target_record_reference": "navy.example.com"}`, noForm},
		{"beside an id", `{"target_object": "companies", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002", "target_record_reference": {"match": {"domains": "navy.example.com"}}}`, noForm},
		{"no attribute", matching(`{}`), oneAttribute},
		{"two attributes", matching(`{"domains": "navy.example.com", "name": "Navy"}`), oneAttribute},
		{"a match that is no object", matching(`"navy.example.com"`), oneAttribute},
		{"a match that is null", matching(`null`), oneAttribute},
		{"no value", matching(`{"domains": []}`), oneValue},
		{"two values", matching(`{"domains": ["navy.example.com", "army.example.com"]}`), oneValue},
		{"a value that the attribute cannot have", matching(`{"domains": "Navy"}`), invalidValue("company",
			invalidAtPath("Invalid domain", "target_record_reference", "match", "domains", "domain"))},
		{"an unknown attribute", matching(`{"planet": "x"}`), notFound(`Cannot find attribute with slug/ID "planet".`)},
		{"a value that no record has", matching(`{"domains": "army.example.com"}`),
			notFound(`No record of object with slug/ID "companies" was found for matching attribute slug/ID "domains".`)},
		{"a value that two records have", matching(`{"name": "Acme"}`),
			&attio.Error{Status: 400, Type: "invalid_request_error", Code: "multiple_match_results",
				Message: `Multiple records of object with slug/ID "companies" were found for matching attribute slug/ID "name".`}},
		{"what the fake does not know", `{"target_object": "companies", "target_record_reference": {"if_none": {}, "match": {"domains": "navy.example.com"}, "if_multiple_matches": "first"}}`,
			invalidValue("company", attio.Issue{Code: "unrecognized_keys", Path: []any{"target_record_reference"},
				Message: "fakeattio does not know these keys yet: 'if_multiple_matches', 'if_none'"})},
	})
}

func TestOnlyFiveTypesCanBeMatched(t *testing.T) {
	t.Parallel()
	for slug, kind := range map[string]string{"full_name": "personal-name", "birthday": "date", "active": "checkbox", "tier": "select"} {
		cannot := func(path ...any) *attio.Error {
			return invalidValue("company", invalidAtPath(`Attributes of type "`+kind+`" cannot be matched`, path...))
		}
		testRefused(t, reference(), []refused{
			{slug + ", second form", `{"target_object": "companies", "` + slug + `": ["x"]}`, cannot(slug, 0)},
			{slug + ", third form", `{"target_object": "companies", "target_record_reference": {"match": {"` + slug + `": "x"}}}`,
				cannot("target_record_reference", "match", slug)},
		})
	}
}

func TestReferenceRefusesWhatIsNotOneRecord(t *testing.T) {
	t.Parallel()
	noForm, noObject := invalidValue("company", invalidInput()), invalidValue("company", noTargetObject())
	testRefused(t, reference(companiesID, projectsID), []refused{
		{"null", `null`, noObject},
		{"a number", `1`, noObject},
		{"nothing", `{}`, noObject},
		{"only an object", `{"target_object": "companies"}`, noForm},
		{"only a record", `{"target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`, noObject},
		{"an object that is no string", `{"target_object": 1, "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`, noObject},
		{"a value that the attribute cannot have", `{"target_object": "companies", "domains": ["Acme United"]}`,
			invalidValue("company", invalidAtPath("Invalid domain", "domains", 0, "domain"))},
		{"such a value outside of an array", `{"target_object": "companies", "name": 7}`,
			invalidValue("company", attio.Issue{Code: "invalid_type", Path: []any{"name", "value"}, Message: "Expected string, received number", Expected: "string", Received: "number"})},
		{"an unknown attribute", `{"target_object": "companies", "planet": ["x"]}`, notFound(`Cannot find attribute with slug/ID "planet".`)},
		{"too many keys", `{"target_object": "companies", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002", "domains": []}`, noForm},
		{"a record that is no UUID", `{"target_object": "companies", "target_record_id": "navy"}`, noForm},
		{"no value to match", `{"target_object": "companies", "domains": []}`, noForm},
		{"two values to match", `{"target_object": "companies", "domains": ["navy.example.com", "army.example.com"]}`, noForm},
		{"an unknown object", `{"target_object": "planets", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`,
			notFound(`Object with slug/ID "planets" not found.`)},
		{"an object that is not allowed", `{"target_object": "people", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000001"}`,
			invalidValue("company", invalid("target_object", `Attribute does not allow references to object with slug/ID "people"`))},
		{"an unknown record", `{"target_object": "companies", "target_record_id": "dddddddd-0000-4000-8000-000000000001"}`,
			notFound(`Record with ID "dddddddd-0000-4000-8000-000000000001" not found.`)},
		{"a record of another object", `{"target_object": "companies", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000001"}`,
			notFound(`Record with ID "bbbbbbbb-0000-4000-8000-000000000001" not found.`)},
		{"a value that no record has", `{"target_object": "companies", "domains": ["army.example.com"]}`,
			notFound(`No record of object with slug/ID "companies" was found for matching attribute slug/ID "domains".`)},
		{"a value that two records have", `{"target_object": "companies", "name": "Acme"}`,
			&attio.Error{Status: 400, Type: "invalid_request_error", Code: "multiple_match_results",
				Message: `Multiple records of object with slug/ID "companies" were found for matching attribute slug/ID "name".`}},
	})
}

func TestReferencesAreTheSameByTheirTarget(t *testing.T) {
	t.Parallel()
	testSame(t, reference(), `{"target_object": "companies", "domains": ["navy.example.com"]}`,
		`{"target_object": "companies", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`)
	testOrder(t, reference(), `{"target_object": "people", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000001"}`,
		`{"target_object": "companies", "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`)
	v, err := Parse(smallWorld{}, reference(), decode(t, `{"target_object": "companies", "domains": ["navy.example.com"]}`))
	if diff := cmp.Diff(Value(RecordReference{companiesID, navyID}), v); err != nil || diff != "" {
		t.Errorf("error %v, wrong value (-want +got):\n%s", err, diff)
	}
}
