package api_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// The recorded workspaces had other standard objects enabled.
const (
	withDeals         = `{version: 1, workspaces: {acme: {objects: {deals: {enabled: true}}}}}`
	withDealsAndUsers = `{version: 1, workspaces: {acme: {objects: {deals: {enabled: true}, users: {enabled: true}}}}}`
)

// everyAttributeFact lists what must be equal in two attributes, beside their form.
var everyAttributeFact = contract.Exact("title", "description", "api_slug", "type", "is_system_attribute", "is_writable", "is_required",
	"is_unique", "is_multiselect", "is_default_value_enabled", "is_archived", "default_value", "object_slug", "currency")

func TestObjectsAndAttributesAreAsRecorded(t *testing.T) {
	t.Parallel()
	people, companies := fake.ID("acme/objects/people"), fake.ID("acme/objects/companies")
	names := contract.Exact("api_slug", "singular_noun", "plural_noun")
	objects := func(slugs ...string) func(*client) {
		return func(c *client) {
			for _, slug := range slugs {
				c.must("POST", "/v2/objects", `{"data":{"api_slug":"`+slug+`","singular_noun":"`+slug+`","plural_noun":"`+slug+`"}}`)
			}
		}
	}
	request := func(method, path, body string) contract.Edit {
		return func(r *contract.Recording) {
			r.Method, r.Path, r.Body = method, path, json.RawMessage(body)
		}
	}
	for name, tc := range map[string]struct {
		scenario string
		prepare  func(*client)
		edits    []contract.Edit
		options  []contract.Option
	}{
		"kyle__objects_list_0":              {scenario: withDeals, prepare: objects("projects", "workspace_members", "activities")},
		"kyle__objects_get_people_0":        {options: []contract.Option{names}},
		"kyle__objects_get_companies_0":     {options: []contract.Option{names}},
		"nango__get_object":                 {options: []contract.Option{names}},
		"nango__list_objects":               {prepare: objects("a", "b", "c", "d", "e", "f", "g")},
		"nango__create_object":              {options: []contract.Option{names}},
		"amp__objects_list":                 {scenario: `{version: 1, workspaces: {acme: {objects: {users: {enabled: true}}}}}`},
		"rbeene__api_response_objects_list": {scenario: withDealsAndUsers},
		"nango__update_object": {
			prepare: func(c *client) {
				c.must("POST", "/v2/objects", `{"data":{"api_slug":"seed_object_1","singular_noun":"Seed Object One","plural_noun":"Seed Objects"}}`)
			},
			edits:   []contract.Edit{contract.Replace("c546cfe1-54eb-4934-810c-def25cc6b305", "seed_object_1")},
			options: []contract.Option{names},
		},
		"rbeene__api_response_objects_retrieve": {
			scenario: withDealsAndUsers,
			edits:    []contract.Edit{request("GET", "/v2/objects/"+fake.ID("acme/objects/users"), "")},
			options:  []contract.Option{names},
		},

		"kyle__attributes_get_people_name_0": {options: []contract.Option{everyAttributeFact, contract.StrictNull()}},
		"kyle__attributes_list_people_0": {
			scenario: withDeals,
			prepare:  func(c *client) { c.custom("people", "kyle__attributes_list_people_0") },
			options:  []contract.Option{everyAttributeFact, contract.StrictNull()},
		},
		"kyle__attributes_list_companies_0": {
			scenario: withDeals,
			prepare:  func(c *client) { c.custom("companies", "kyle__attributes_list_companies_0") },
			options:  []contract.Option{everyAttributeFact, contract.StrictNull()},
		},
		"rbeene__api_response_attributes_list": {
			scenario: withDealsAndUsers,
			prepare:  func(c *client) { c.custom("people", "rbeene__api_response_attributes_list") },
			edits:    []contract.Edit{request("GET", "/v2/objects/people/attributes", "")},
			options:  []contract.Option{everyAttributeFact, contract.Ignore("relationship")}, // in July 2025 it had only its id
		},
		"rbeene__attributes_list_attributes_": {
			edits:   []contract.Edit{request("GET", "/v2/objects/"+people+"/attributes?limit=2", "")},
			options: []contract.Option{everyAttributeFact},
		},
		"rbeene__api_response_attributes_create": {
			edits: []contract.Edit{request("POST", "/v2/objects/"+companies+"/attributes", `{"data":{"title":"Test Attribute 1753625180",
				"description":"Test attribute for documentation","api_slug":"test_attribute_1753625180","type":"text",
				"is_required":false,"is_unique":false,"is_multiselect":false,"config":{}}}`)},
			options: []contract.Option{everyAttributeFact, contract.StrictNull()},
		},
		"rbeene__api_response_attributes_update": {
			prepare: func(c *client) {
				c.attribute("companies", "test_attribute_1753625180", "text", `"title":"Test Attribute 1753625180"`)
			},
			edits: []contract.Edit{request("PATCH", "/v2/objects/companies/attributes/test_attribute_1753625180",
				`{"data":{"description":"Updated description at 2025-07-27 10:06:21 -0400"}}`)},
			options: []contract.Option{everyAttributeFact, contract.StrictNull()},
		},
		"rbeene__api_response_errors_422_invalid_type": {
			edits:   []contract.Edit{request("POST", "/v2/objects/people/attributes", `{"data":{"title":"Test","type":"invalid_type"}}`)},
			options: []contract.Option{contract.Exact("code", "type", "message", "validation_errors")},
		},
		"rbeene__api_response_attributes_archive": {
			edits:   []contract.Edit{request("POST", "/v2/attributes/10ea9ef1-6857-4af1-834e-a5c8864afc12/archive", "")},
			options: []contract.Option{contract.Exact("code", "type", "message")},
		},
		"rbeene__api_response_attributes_unarchive": {
			edits:   []contract.Edit{request("POST", "/v2/attributes/10ea9ef1-6857-4af1-834e-a5c8864afc12/unarchive", "")},
			options: []contract.Option{contract.Exact("code", "type", "message")},
		},
		"rbeene__attributes_archive_attribute_error_response_": {
			edits:   []contract.Edit{request("POST", "/v2/attributes/10ea9ef1-6857-4af1-834e-a5c8864afc12/archive", "")},
			options: []contract.Option{contract.Exact("code", "type", "message")},
		},

		"kyle__select_options_list_companies_categories_0": {options: []contract.Option{contract.Exact("title", "is_archived")}},
		"kyle__statuses_list_deals_stage_0": {
			scenario: withDeals,
			prepare: func(c *client) {
				statuses := "/v2/objects/deals/attributes/stage/statuses"
				c.must("PATCH", statuses+"/Lead", `{"data":{"title":"Discovery"}}`)
				c.must("PATCH", statuses+"/In%20Progress", `{"data":{"title":"Solution Definition"}}`)
				c.must("PATCH", statuses+"/Won%20🎉", `{"data":{"title":"Proposal"}}`)
				c.must("PATCH", statuses+"/Lost", `{"data":{"title":"Negotiation"}}`)
				c.must("POST", statuses, `{"data":{"title":"Closed Won"}}`)
				c.must("POST", statuses, `{"data":{"title":"Closed Lost"}}`)
			},
			options: []contract.Option{contract.Exact("title", "is_archived", "celebration_enabled"), contract.StrictNull()},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenarios := []fake.Option{fake.YAML(schemaScenario)}
			if tc.scenario != "" {
				scenarios = append(scenarios, fake.YAML(tc.scenario))
			}
			c := newClient(t, scenarios...)
			if tc.prepare != nil {
				tc.prepare(c)
			}
			recording := contract.FindRecording(t, name)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, tc.edits...)
			for _, difference := range contract.Compare(recording, got, tc.options...) {
				t.Error(difference)
			}
		})
	}
}

// A client of the API has the listing of about March 2025 in its tests, with the keys that it reads.
func TestAStaticDefaultOfASelectHasItsOptionsIdsAsRecorded(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(schemaScenario), fake.YAML(`
version: 1
workspaces:
  acme:
    objects:
      users:
        enabled: true
        attributes:
          education:
            type: select
            is_multiselect: true
            options:
              - {title: School, id: 4ee3b77e-ef94-46b1-b76f-357482703388}
              - {title: College, id: 2e41af64-8786-4ccf-9331-a5f8bfd17025}
              - {title: University, id: 049df4b9-adf7-4f38-ae5c-9abf2abfadb8}
            default_value: [School, College, University]
`))
	recording := contract.FindRecording(t, "amp__users_attributes")
	got := contract.Do(t, c.http, c.server.URL, c.token, recording)
	var listing struct{ Data []json.RawMessage }
	decode(t, string(got.Body), &listing)
	var kept []json.RawMessage
	for _, d := range listing.Data {
		for _, slug := range []string{"record_id", "user_id", "education"} {
			if bytes.Contains(d, []byte(`"api_slug":"`+slug+`"`)) {
				kept = append(kept, d)
			}
		}
	}
	got.Body = encoded(t, J{"data": kept})
	for _, difference := range contract.Compare(recording, got, contract.Exact("title", "api_slug", "type", "is_writable", "is_multiselect",
		"is_default_value_enabled", "default_value")) {
		if difference.Want != "nothing" {
			t.Error(difference)
		}
	}
}

// custom makes the attributes of a recorded listing that are not Attio's own.
func (c *client) custom(object, recording string) {
	c.t.Helper()
	var listing struct {
		Data []struct {
			Title, Description json.RawMessage
			Slug               string `json:"api_slug"`
			Type               string
			System             bool            `json:"is_system_attribute"`
			Multiselect        json.RawMessage `json:"is_multiselect"`
			Relationship       *struct {
				Object      string `json:"object_slug"`
				Slug        string `json:"api_slug"`
				Title       string
				Multiselect json.RawMessage `json:"is_multiselect"`
			}
			Config struct{ Currency json.RawMessage }
		}
	}
	if err := json.Unmarshal(contract.FindRecording(c.t, recording).Answer.Body, &listing); err != nil {
		c.t.Fatal(err)
	}
	for _, d := range listing.Data {
		if d.System {
			continue
		}
		members := []string{`"title":` + string(d.Title), `"description":` + string(d.Description), `"is_multiselect":` + string(d.Multiselect)}
		if d.Type == "currency" {
			members = append(members, `"config":{"currency":`+string(d.Config.Currency)+`}`)
		}
		if r := d.Relationship; r != nil {
			c.must("POST", "/v2/objects", `{"data":{"api_slug":"`+r.Object+`","singular_noun":"`+r.Object+`","plural_noun":"`+r.Object+`"}}`)
			members = append(members, `"relationship":{"object":"`+r.Object+`","api_slug":"`+r.Slug+`","title":"`+r.Title+`","is_multiselect":`+string(r.Multiselect)+`}`)
		}
		c.attribute(object, d.Slug, d.Type, members...)
	}
}
