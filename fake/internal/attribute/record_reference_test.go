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
	noForm := invalidValue("company", invalidInput())
	testRefused(t, reference(), []refused{{"any object", `"navy.example.com"`, noForm}})
	testRefused(t, reference(peopleID, companiesID), []refused{{"two objects", `"navy.example.com"`, noForm}})
	testRefused(t, reference(projectsID), []refused{{"a custom object", `"apollo"`, noForm}})
	testRefused(t, reference(companiesID), []refused{{"an unknown domain", `"army.example.com"`,
		notFound(`No record of object with slug/ID "companies" was found for matching attribute slug/ID "domains".`)}})
}

func TestReferenceRefusesWhatIsNotOneRecord(t *testing.T) {
	t.Parallel()
	noForm := invalidValue("company", invalidInput())
	testRefused(t, reference(companiesID, projectsID), []refused{
		{"null", `null`, noForm},
		{"a number", `1`, noForm},
		{"nothing", `{}`, noForm},
		{"only an object", `{"target_object": "companies"}`, noForm},
		{"only a record", `{"target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`, noForm},
		{"an object that is no string", `{"target_object": 1, "target_record_id": "bbbbbbbb-0000-4000-8000-000000000002"}`, noForm},
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

func TestTheAnswerOfTheWorkspaceIsPassedOn(t *testing.T) {
	t.Parallel()
	_, err := Parse(smallWorld{}, reference(), decode(t, `{"target_object": "companies", "planet": ["x"]}`))
	if err != errNoAttribute {
		t.Errorf("error = %v, want %v", err, errNoAttribute)
	}
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
