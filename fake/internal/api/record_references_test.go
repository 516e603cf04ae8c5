package api_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// references has everything that references of records and entries can point to.
const references = `
version: 1
workspaces:
  acme:
    objects:
      companies: {records: {navy: {name: Navy, domains: [navy.example.com]}, one: {name: Twin}, two: {name: Twin}}}
      people:
        attributes: {sponsor: record-reference}
        records: {grace: {name: "Hopper, Grace", email_addresses: [grace@example.com], phone_numbers: ["+12125551234"]}}
      projects: {records: {apollo: {code: A-1, number: 7}}}
    lists:
      sales:
        name: Sales
        parent_object: companies
        attributes:
          sponsor: record-reference
          friends: {type: record-reference, is_multiselect: true}
          company: {type: record-reference, config: {record_reference: {allowed_objects: [companies]}}}
        entries: {navy: {record: navy}}
`

// attributesAt lists where values are written: a path, and the member of data with the values.
var attributesAt = map[string]struct{ path, values string }{
	"a record": {"/v2/objects/people/records/" + fake.ID("acme/people/grace"), "values"},
	"an entry": {"/v2/lists/sales/entries/" + fake.ID("acme/lists/sales/entries/navy"), "entry_values"},
}

func TestARefusedReferenceNamesTheAttributeThatWasWritten(t *testing.T) {
	t.Parallel()
	c := newCRM(t, fake.YAML(references))
	const noObject = `{"code":"invalid","path":[],"message":"Missing target_object on record reference value"}`
	const noForm = `{"code":"invalid","path":[],"message":"Invalid input"}`
	navy := fake.ID("acme/companies/navy")
	for name, tc := range map[string]struct{ slug, value, want string }{
		"the name of a record":          {"company", `["Acme United"]`, invalidValue("company", noObject)},
		"a bare id":                     {"company", quote(navy), invalidValue("company", noObject)},
		"an id without an object":       {"company", `{"target_record_id":"` + navy + `"}`, invalidValue("company", noObject)},
		"a string, to any object":       {"sponsor", `"navy.example.com"`, invalidValue("sponsor", noObject)},
		"an id that is none":            {"sponsor", `{"target_object":"companies","target_record_id":"navy"}`, invalidValue("sponsor", noForm)},
		"a value that cannot be":        {"sponsor", `{"target_object":"people","email_addresses":["Grace"]}`, invalidValue("sponsor", `{"code":"invalid","path":["email_addresses",0,"email_address"],"message":"Invalid email address"}`)},
		"a match that cannot be":        {"sponsor", `{"target_object":"companies","target_record_reference":{"match":{"domains":"Navy"}}}`, invalidValue("sponsor", `{"code":"invalid","path":["target_record_reference","match","domains","domain"],"message":"Invalid domain"}`)},
		"a match by what cannot match":  {"sponsor", `{"target_object":"people","target_record_reference":{"match":{"name":"Grace"}}}`, invalidValue("sponsor", `{"code":"invalid","path":["target_record_reference","match","name"],"message":"Attributes of type \"personal-name\" cannot be matched"}`)},
		"a rule that is not known":      {"sponsor", `{"target_object":"people","target_record_reference":{"match":{"phone_numbers":"+12125551234"},"if_multiple_matches":"first"}}`, invalidValue("sponsor", `{"code":"unrecognized_keys","path":["target_record_reference"],"message":"fakeattio does not know these keys yet: 'if_multiple_matches'"}`)},
		"an object that is off":         {"sponsor", `{"target_object":"deals","target_record_reference":{"match":{"name":"Big"}}}`, isOff("deals")},
		"a value that nobody has":       {"company", `"army.example.com"`, unknownValue(`No record of object with slug/ID "companies" was found for matching attribute slug/ID "domains".`)},
		"a match that nobody has":       {"sponsor", `{"target_object":"projects","target_record_reference":{"match":{"number":8}}}`, unknownValue(`No record of object with slug/ID "projects" was found for matching attribute slug/ID "number".`)},
		"a match that two records have": {"sponsor", `{"target_object":"companies","target_record_reference":{"match":{"name":"Twin"}}}`, badRequest("multiple_match_results", `Multiple records of object with slug/ID "companies" were found for matching attribute slug/ID "name".`)},
	} {
		for on, at := range attributesAt {
			got := c.do("PATCH", at.path, raw(`{"data":{"%s":{"%s":%s}}}`, at.values, tc.slug, tc.value))
			if diff := cmp.Diff(answer{Status: 400, Body: tc.want}, answer{Status: got.Status, Body: got.Body}); diff != "" {
				t.Errorf("%s, for %s (-want +got):\n%s", name, on, diff)
			}
		}
	}
}

func TestAReferenceFindsItsRecordByAMatch(t *testing.T) {
	t.Parallel()
	c := newCRM(t, fake.YAML(references))
	for name, tc := range map[string]struct{ object, match, want string }{
		"a domain":                   {"companies", `{"domains":"navy.example.com"}`, "companies/navy"},
		"a domain in an array":       {"companies", `{"domains":["navy.example.com"]}`, "companies/navy"},
		"an e-mail address":          {"people", `{"email_addresses":{"email_address":"GRACE@example.com"}}`, "people/grace"},
		"a phone number":             {"people", `{"phone_numbers":"+1 212 555 1234"}`, "people/grace"},
		"a number":                   {"projects", `{"number":7}`, "projects/apollo"},
		"a text that is not unique":  {"companies", `{"name":"Navy"}`, "companies/navy"},
		"an attribute by its id":     {"companies", `{"` + attributeID("companies/domains") + `":"navy.example.com"}`, "companies/navy"},
		"the id of a record, a text": {"companies", `{"record_id":"` + fake.ID("acme/companies/navy") + `"}`, "companies/navy"},
	} {
		for on, at := range attributesAt {
			got := c.do("PATCH", at.path, raw(`{"data":{"%s":{"sponsor":{"target_object":"%s","target_record_reference":{"match":%s}}}}}`, at.values, tc.object, tc.match))
			if want := `"sponsor":[`; got.Status != 200 || !strings.Contains(got.Body, want) || !strings.Contains(got.Body, reference(tc.object, fake.ID("acme/"+tc.want))) {
				t.Errorf("%s, for %s: %d %s", name, on, got.Status, got.Body)
			}
		}
	}
}

func TestOneValueForSeveralIsRefusedBelowTheAttribute(t *testing.T) {
	t.Parallel()
	c := newCRM(t, fake.YAML(references))
	for path, written := range map[string]string{
		"objects/companies/records": `"values":{"domains":"x.example.com"}`,
		"objects/people/records":    `"values":{"phone_numbers":{"original_phone_number":"+12125551234"}}`,
		"objects/projects/records":  `"values":{"labels":"Red"}`,
		"lists/sales/entries":       `"parent_object":"companies","parent_record_id":"` + fake.ID("acme/companies/one") + `","entry_values":{"friends":` + to("people", fake.ID("acme/people/grace")) + `}`,
	} {
		_, values, _ := strings.Cut(written, `values":{"`)
		slug, _, _ := strings.Cut(values, `"`)
		want := invalidValue(slug, `{"code":"invalid","path":[],"message":"Multi-select attribute expects an array but received a single value"}`)
		c.wants(c.do("POST", "/v2/"+path, raw(`{"data":{%s}}`, written)), 400, want)
	}
}
