package drift

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Scenario is the workspace that the traffic is about. Its token is full.
const Scenario = `
version: 1
clock: 2026-11-20T09:00:00Z
users:
  ada: {first_name: Ada, last_name: Lindqvist, email: ada@fernhill.example}
  bob: {first_name: Bob, last_name: Marsh, email: bob@fernhill.example}
workspaces:
  fernhill:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects:
      deals: {enabled: true, attributes: {stage: {statuses: [Lead, Won]}}}
      companies:
        attributes: {tier: {type: select, options: [Gold, Silver]}, founded: date, reviewed: timestamp}
        records:
          navy: {name: Navy, domains: [navy.example.com], tier: Gold, founded: 1994-05-01, reviewed: 2026-10-01T08:00:00Z}
          army: {name: Army, domains: [army.example.com]}
      people:
        records: {grace: {name: "Hopper, Grace", email_addresses: [grace@navy.example.com], company: {record: companies/navy}}}
    lists:
      sales: {name: Sales, parent_object: companies, attributes: {stage: {type: status, statuses: [Lead, Won]}}, entries: {navy: {record: navy, stage: Lead}}}
`

// step is a request of the traffic. What it keeps of the answer later steps name in angle brackets.
type step struct{ method, path, body, keep string }

const nowhere = "5f0c1f4d-9a3e-4c1b-8d52-0e4b7a1c9f60" // the id of nothing

var traffic = []step{
	{method: "GET", path: "/v2/self"},
	{method: "GET", path: "/v2/objects"},
	{method: "GET", path: "/v2/objects/companies"},
	{method: "GET", path: "/v2/objects/companies/attributes"},
	{method: "GET", path: "/v2/objects/companies/attributes/tier/options"},
	{method: "GET", path: "/v2/workspace_members", keep: "member=data[0].id.workspace_member_id"},
	{method: "GET", path: "/v2/workspace_members/<member>"},
	{method: "POST", path: "/v2/objects/companies/records/query", body: `{"filter":{"tier":"Gold"}}`},
	{method: "POST", path: "/v2/lists/sales/entries/query", body: `{}`, keep: "navy=data[0].parent_record_id"},
	{method: "GET", path: "/v2/objects/companies/records/<navy>"},
	{method: "POST", path: "/v2/objects/companies/records", keep: "record=data.id.record_id",
		body: `{"data":{"values":{"name":"Harbour","domains":["harbour.example.com"],"tier":"Silver","founded":"2001-02-03"}}}`},
	{method: "GET", path: "/v2/objects/companies/records/<record>"},
	{method: "PATCH", path: "/v2/objects/companies/records/<record>", body: `{"data":{"values":{"name":"Harbour Ltd","reviewed":"2026-11-01T08:00:00Z"}}}`},
	{method: "GET", path: "/v2/objects/companies/records/" + nowhere},
	{method: "POST", path: "/v2/objects/people/records", body: `{"data":{"values":{"email_addresses":["grace@navy.example.com"]}}}`},
	{method: "PUT", path: "/v2/objects/people/records?matching_attribute=email_addresses",
		body: `{"data":{"values":{"email_addresses":["alan@navy.example.com"],"name":"Turing, Alan","company":[{"target_object":"companies","target_record_id":"<record>"}]}}}`},
	{method: "POST", path: "/v2/objects/deals/records", body: `{"data":{"values":{"name":"Cranes","stage":"Lead","value":1200.5,"owner":"ada@fernhill.example"}}}`},
	{method: "POST", path: "/v2/objects/records/search", body: `{"query":"harbour","objects":["companies"],"request_as":{"type":"workspace"}}`},
	{method: "GET", path: "/v2/lists"},
	{method: "POST", path: "/v2/lists/sales/entries", keep: "entry=data.id.entry_id",
		body: `{"data":{"parent_object":"companies","parent_record_id":"<record>","entry_values":{"stage":"Lead"}}}`},
	{method: "PATCH", path: "/v2/lists/sales/entries/<entry>", body: `{"data":{"entry_values":{"stage":"Won"}}}`},
	{method: "POST", path: "/v2/lists/sales/entries/query", body: `{"filter":{"stage":"Won"}}`},
	{method: "POST", path: "/v2/notes", keep: "note=data.id.note_id",
		body: `{"data":{"parent_object":"companies","parent_record_id":"<record>","title":"Call","format":"plaintext","content":"They wait for us."}}`},
	{method: "GET", path: "/v2/notes/<note>"},
	{method: "POST", path: "/v2/notes", body: `{"data":{"parent_object":"companies","parent_record_id":"<record>","title":7,"format":"plaintext","content":"x"}}`},
	{method: "POST", path: "/v2/tasks", body: `{"data":{"content":"Call them","format":"plaintext","deadline_at":null,"is_completed":false,` +
		`"linked_records":[{"target_object":"companies","target_record_id":"<record>"}],"assignees":[]}}`},
	{method: "POST", path: "/v2/comments", keep: "thread=data.thread_id",
		body: `{"data":{"format":"plaintext","content":"Nice.","author":{"type":"workspace-member","id":"<member>"},"record":{"object":"companies","record_id":"<record>"}}}`},
	{method: "GET", path: "/v2/threads/<thread>"},
	{method: "POST", path: "/v2/webhooks", body: `{"data":{"target_url":"https://hooks.example.com/a","subscriptions":[{"event_type":"note.created","filter":null}]}}`},
	{method: "DELETE", path: "/v2/notes/<note>"},
	{method: "GET", path: "/v2/notes/<note>"},
}

// Play sends the traffic, in which every drift shows itself.
func Play(send func(method, path, body string) (compare.Answer, error)) error {
	var pairs []string
	for _, s := range traffic {
		kept := strings.NewReplacer(pairs...)
		answer, err := send(s.method, kept.Replace(s.path), kept.Replace(s.body))
		if err != nil {
			return fmt.Errorf("%s %s: %w", s.method, s.path, err)
		}
		if s.keep == "" {
			continue
		}
		name, path, _ := strings.Cut(s.keep, "=")
		body, err := compare.Parse(answer.Body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", s.method, s.path, err)
		}
		value := ""
		visit(body, strings.ReplaceAll(path, "[0]", "[]"), func(parent *compare.Node, i int) {
			if value == "" {
				value = parent.Items[i].Text
			}
		})
		if value == "" {
			return fmt.Errorf("%s %s has no %s: %s", s.method, s.path, path, answer.Body)
		}
		pairs = append(pairs, "<"+name+">", value)
	}
	return nil
}

// Send sends a request to a handler. The answer has status 0 if the connection was dropped.
func Send(handler http.Handler, token, method, path, body string) (r *http.Request, answer compare.Answer) {
	defer func() { _ = recover() }()
	r = httptest.NewRequest(method, "https://api.attio.com"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return r, compare.Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}
