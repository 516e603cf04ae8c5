package api_test

import (
	"encoding/json"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// withApp is the recorded workspace with an app's token, where people get companies.
const withApp = `
version: 1
workspaces:
  acme:
    tokens: {app: {scopes: all, kind: app, authorized_by: test}}
    effects: {link_companies: true}
`

// everyValueFact lists what must be equal in two records, beside their form.
var everyValueFact = contract.Exact("type", "active_until", "first_name", "last_name", "full_name", "original_email_address",
	"email_address", "email_domain", "email_root_domain", "email_local_specifier", "target_object", "referenced_actor_type",
	"attribute_type", "code", "message", "validation_errors")

func TestRecordsAreAsRecorded(t *testing.T) {
	t.Parallel()
	request := func(method, path, body string) contract.Edit {
		return func(r *contract.Recording) { r.Method, r.Path, r.Body = method, path, json.RawMessage(body) }
	}
	const name = `{"name":[{"first_name":"Test","last_name":"Person","full_name":"Test Person"}]`
	for recorded, tc := range map[string]struct {
		person string // the values of a person who exists before the request
		id     string // that person's recorded id
		path   string // if the request was not kept
		body   string
		token  string // "" for the app's token
	}{
		"nango__create_record": {},
		"nango__get_record":    {person: `{"email_addresses":["test-action@example.com"]}`, id: "0e339d90-1b8d-436e-9305-7c08620dc212"},
		"nango__update_record": {person: name + `,"job_title":"Senior Engineer"}`, id: "1f2f5b15-c7df-4843-8885-51c4d24fc61c"},
		"nango__upsert_record": {person: `{"email_addresses":["nango-test-upsert-abc123@example.com"]}`},
		"nango__delete_record": {person: `{}`, id: "d7b8dba3-02c8-495c-8ddf-025086fec2bc"},
		"rbeene__records_create_record_": {path: "people", token: "acme/full",
			body: `{"name":{"first_name":"Test","last_name":"PersonVCR","full_name":"Test PersonVCR"}}`},
		"rbeene__api_response_records_create": {path: "people", body: `{"name":{}}`},
		"amp__write_companies_record":         {path: "companies", token: "acme/full", body: `{"name":"pay"}`},
	} {
		t.Run(recorded, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(recordedWorkspace), fake.YAML(withDealsAndUsers), fake.YAML(withApp))
			c = c.as(c.server.Token("acme/app"))
			var edits []contract.Edit
			if tc.person != "" {
				id := c.saved("POST", "people/records", tc.person)
				if tc.id != "" {
					edits = append(edits, contract.Replace(tc.id, id))
				}
			}
			if tc.path != "" {
				edits = append(edits, request("POST", "/v2/objects/"+tc.path+"/records", `{"data":{"values":`+tc.body+`}}`))
			}
			if tc.token != "" {
				c.token = c.server.Token(tc.token)
			}
			sameAsRecorded(t, c, recorded, edits)
		})
	}
}

// sameAsRecorded sends a recorded request and compares the answers. Where a recording was shortened, the answer may
// have more.
func sameAsRecorded(t *testing.T, c *client, recorded string, edits []contract.Edit) {
	t.Helper()
	recording := contract.FindRecording(t, recorded)
	got := contract.Do(t, c.http, c.server.URL, c.token, recording, edits...)
	for _, difference := range contract.Compare(recording, got, everyValueFact) {
		if !recording.Shortened || difference.Want != "nothing" {
			t.Error(difference)
		}
	}
}

func TestABodyWithoutValuesIsRefusedAsRecorded(t *testing.T) {
	t.Parallel()
	sameAsRecorded(t, newCRM(t), "rbeene__api_response_errors_400_missing_required", []contract.Edit{func(r *contract.Recording) {
		r.Method, r.Path, r.Body = "POST", "/v2/objects/people/records", json.RawMessage(`{"data":{}}`)
	}})
}
