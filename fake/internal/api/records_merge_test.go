package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// mergeScenario has two companies with everything that can hang on records, and people who have doubles.
var mergeScenario = `
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {email: ada@acme.example.com, first_name: Ada}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects:
      companies:
        attributes:
          parent: {type: record-reference, relationship: {object: companies, api_slug: children, is_multiselect: true}}
          partner: {type: record-reference, config: {record_reference: {allowed_objects: [companies]}}}
        views:
          partners: {title: Partners, filter: {and: [{attribute: partner, field: target_record_id, op: in, value: [` + fake.ID("acme/companies/fleet") + `]}]}}
        records:
          navy:
            created_at: 2025-03-01T00:00:00Z
            name: Navy
            domains: [navy.example.com]
            changes: [{at: 2025-04-01T00:00:00Z, name: The Navy}]
          fleet:
            created_at: 2025-01-01T00:00:00Z
            created_by: system
            name: Fleet
            description: Ships
            domains: [fleet.example.com]
            partner: {record: companies/yard}
            parent: {record: companies/navy}
          yard: {name: Yard, partner: {record: companies/fleet}, parent: {record: companies/fleet}}
      people:
        records:
          grace: {name: "Hopper, Grace", email_addresses: [grace@navy.example.com], company: {record: companies/navy}}
          alan: {name: "Turing, Alan", email_addresses: [alan@fleet.example.com, alan@example.org], company: {record: companies/fleet}}
      deals: {enabled: true}
    lists:
      sales: {parent_object: companies, attributes: {stage: {type: status, statuses: [Lead, Won]}}, entries: {navy: {record: navy, stage: Lead}, fleet: {record: fleet, stage: Won}}}
    notes: {memo: {record: companies/fleet, title: Memo, markdown: Text}}
    tasks: {call: {content: Call, linked_records: [companies/navy, companies/fleet, people/grace]}}
    threads: {hm: {record: companies/fleet, content: Hm., author: ada, replies: {ah: {content: Ah., author: ada}}}, oh: {entry: sales/fleet, content: Oh., author: ada}}
    meetings: {kickoff: {title: Kick-off, start: 2026-01-16T12:00:00Z, end: 2026-01-16T13:00:00Z, participants: [alan@fleet.example.com], linked_records: [companies/fleet, companies/navy]}}
    files: {plans: {record: companies/fleet, type: folder, name: Plans}, plan: {record: companies/fleet, folder: plans, name: plan.txt, text: Sail.}}
    emails: {first: {sent_at: 2026-01-02T09:00:00Z, from: grace@navy.example.com, to: [ada@acme.example.com], subject: Hello}}
`

// slow has a merge take five seconds.
const slow = `{version: 1, workspaces: {acme: {effects: {merge_delay: 5s}}}}`

func newMerge(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	return newClient(t, append([]fake.Option{fake.YAML(mergeScenario)}, options...)...)
}

func mergeBody(primary, secondary string) string {
	return `{"data":{"primary_record_id":"` + primary + `","secondary_record_id":"` + secondary + `"}}`
}

// merge merges two records, by their keys in the scenario, and returns the id of the new one.
func (c *client) merge(object, primary, secondary string) string {
	c.t.Helper()
	got := c.send("POST", "/v2/objects/"+object+"/records/merge", mergeBody(fake.ID("acme/"+object+"/"+primary), fake.ID("acme/"+object+"/"+secondary)))
	id := idOfMerged(c.t, got)
	c.wants(got, 200, `{"data":{"new_record_id":"`+id+`"}}`)
	return id
}

func idOfMerged(t testing.TB, got answer) string {
	t.Helper()
	var body struct {
		Data struct {
			ID string `json:"new_record_id"`
		}
	}
	decode(t, got.Body, &body)
	return body.Data.ID
}

// seededText is a text of the scenario.
func seededText(from, until, text string) string {
	by := `{"type":"workspace-member","id":"` + fake.ID("acme/members/ada") + `"}`
	return strings.Replace(heldFrom(from, until, `"value":`+quote(text), "text"), token, by, 1)
}

func TestAMergedRecordHasTheValuesOfBoth(t *testing.T) {
	t.Parallel()
	c := newMerge(t)
	id := c.merge("companies", "navy", "fleet")
	if id == fake.ID("acme/companies/navy") || id == fake.ID("acme/companies/fleet") || id[14] != '4' {
		t.Errorf("the new id is %s", id)
	}
	got := recordOf(t, c.get("/v2/objects/"+company(id)).Body)
	short := func(slug string) string {
		var values []map[string]any
		if err := json.Unmarshal(got.Values[slug], &values); err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, v := range values {
			for _, key := range []string{"value", "domain", "target_record_id", "referenced_actor_type"} {
				if text, ok := v[key].(string); ok {
					texts = append(texts, strings.ReplaceAll(text, id, "itself"))
				}
			}
		}
		return strings.Join(texts, ", ")
	}
	want := map[string]string{
		"record_id": "itself", "name": "The Navy", "description": "Ships", "domains": "navy.example.com", "partner": fake.ID("acme/companies/yard"),
		"team": fake.ID("acme/people/grace") + ", " + fake.ID("acme/people/alan"), "parent": "", "children": fake.ID("acme/companies/yard"),
		"created_at": "2025-03-01T00:00:00.000000000Z", "created_by": "workspace-member",
	}
	shown := map[string]string{}
	for slug := range want {
		shown[slug] = short(slug)
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c.history(company(id), "name", seededText("2025-03-01T00:00:00"+nano, "2025-04-01T00:00:00"+nano, "Navy"), seededText("2025-04-01T00:00:00"+nano, "", "The Navy"))
	for from, to := range map[string]string{"yard": "partner", "people/alan": "company", "people/grace": "company"} {
		path := company(fake.ID("acme/companies/" + from))
		if key, ok := strings.CutPrefix(from, "people/"); ok {
			path = person(fake.ID("acme/people/" + key))
		}
		if values := string(recordOf(t, c.get("/v2/objects/"+path).Body).Values[to]); !strings.Contains(values, id) || strings.Contains(values, fake.ID("acme/companies/fleet")) {
			t.Errorf("%s of %s is %s", to, from, values)
		}
	}
}

func TestWhatHangsOnMergedRecordsFollows(t *testing.T) {
	t.Parallel()
	c := newMerge(t)
	id := c.merge("companies", "navy", "fleet")
	one := func(path, key, value string) {
		t.Helper()
		var body struct{ Data json.RawMessage }
		decode(t, c.get(path).Body, &body)
		if got := string(body.Data); strings.Count(got, `"`+key+`":"`+value+`"`) != 1 {
			t.Errorf("%s does not have %s %s once: %s", path, key, value, got)
		}
	}
	one("/v2/notes/"+fake.ID("acme/notes/memo"), "parent_record_id", id)
	one("/v2/tasks/"+fake.ID("acme/tasks/call"), "target_record_id", id) // and grace
	one("/v2/threads?object=companies&record_id="+id, "comment_id", fake.ID("acme/threads/hm"))
	one("/v2/comments/"+fake.ID("acme/threads/oh"), "record_id", id)
	one("/v2/comments/"+fake.ID("acme/threads/hm/replies/ah"), "record_id", id)
	one("/v2/meetings/"+fake.ID("acme/meetings/kickoff"), "record_id", id) // and alan
	one("/v2/files/"+fake.ID("acme/files/plan"), "record_id", id)
	one("/v2/files?object=companies&record_id="+id, "file_id", fake.ID("acme/files/plans"))
	one("/v2/emails?linked_object=companies&linked_record_ids="+id, "email_id", fake.ID("acme/emails/first"))
	one("/v2/notes?parent_object=companies&parent_record_id="+id, "note_id", fake.ID("acme/notes/memo"))
	one("/v2/objects/companies/records/"+id+"/entries", "entry_id", fake.ID("acme/lists/sales/entries/navy"))
	one("/v2/objects/companies/records/"+id+"/entries", "entry_id", fake.ID("acme/lists/sales/entries/fleet"))
	one("/v2/lists/sales/entries/"+fake.ID("acme/lists/sales/entries/fleet"), "parent_record_id", id)
	var found struct{ Data []json.RawMessage }
	decode(t, c.must("POST", "/v2/lists/sales/entries/query", `{"filter":{"parent_record":{"target_record_id":"`+id+`"}}}`), &found)
	if len(found.Data) != 2 {
		t.Errorf("a filter of the parent finds %d entries, want 2", len(found.Data))
	}
	decode(t, c.must("POST", "/v2/objects/companies/records/query", `{"filter_view_id":"`+fake.ID("acme/objects/companies/views/partners")+`"}`), &found)
	if len(found.Data) != 1 {
		t.Errorf("a view of the partners of one of them finds %d records, want 1", len(found.Data))
	}
	if diff := cmp.Diff([]string{"The Navy"}, c.labels("navy.example.com", "companies")); diff != "" {
		t.Errorf("the search (-want +got):\n%s", diff)
	}
	if got := c.labels("fleet", "companies"); len(got) > 0 {
		t.Errorf("the search still finds %v", got)
	}
	if upserted := c.saved("PUT", "companies/records?matching_attribute=domains", `{"domains":["navy.example.com"]}`); upserted != id {
		t.Errorf("the upsert found %s", upserted)
	}
	if upserted := c.saved("PUT", "companies/records?matching_attribute=domains", `{"domains":["fleet.example.com"]}`); upserted == id {
		t.Error("the upsert by a value that the merged record does not have found it")
	}
	exported, err := c.server.Export()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"navy", "fleet"} {
		if strings.Contains(string(exported), fake.ID("acme/companies/"+key)) {
			t.Errorf("the export still names %s:\n%s", key, exported)
		}
	}
	again, err := fake.New(t, fake.YAML(string(exported))).Export()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(exported), string(again)); diff != "" {
		t.Errorf("the export of the export (-first +second):\n%s", diff)
	}
}

func TestOriginalsOfAMergeAreGone(t *testing.T) {
	t.Parallel()
	c := newMerge(t)
	c.merge("companies", "navy", "fleet")
	for _, key := range []string{"navy", "fleet"} {
		id := fake.ID("acme/companies/" + key)
		gone := notFound(`Record with ID "` + id + `" not found.`)
		path := "/v2/objects/" + company(id)
		c.wants(c.get(path), 404, gone)
		c.wants(c.get(path+"/entries"), 404, gone)
		c.wants(c.get(path+"/attributes/name/values"), 404, gone)
		c.wants(c.send("PATCH", path, `{"data":{"values":{}}}`), 404, gone)
		c.wants(c.send("PUT", path, `{"data":{"values":{}}}`), 404, gone)
		c.wants(c.send("DELETE", path, ""), 404, gone)
		c.wants(c.send("POST", "/v2/objects/companies/records/merge", mergeBody(id, fake.ID("acme/companies/yard"))), 404,
			refusal("404", "invalid_request_error", "value_not_found", `Record with ID "`+id+`" not found.`))
	}
	c.wants(c.send("POST", "/v2/lists/sales/entries", entryBody("companies", fake.ID("acme/companies/navy"), "{}")), 400,
		unknownValue("Parent record with slug/ID \"%s\" not found.", fake.ID("acme/companies/navy")))
}

func TestMergesThatAreRefused(t *testing.T) {
	t.Parallel()
	navy, fleet := fake.ID("acme/companies/navy"), fake.ID("acme/companies/fleet")
	absent := func(id string) string {
		return refusal("404", "invalid_request_error", "value_not_found", `Record with ID "`+id+`" not found.`)
	}
	for name, tc := range map[string]struct{ object, body, want string }{
		"with itself":                  {"companies", mergeBody(navy, strings.ToUpper(navy)), badRequest("self_merge", "A record cannot be merged into itself.")},
		"with itself, which is not":    {"companies", mergeBody(stranger, stranger), badRequest("self_merge", "A record cannot be merged into itself.")},
		"an unknown primary record":    {"companies", mergeBody(stranger, navy), absent(stranger)},
		"an unknown secondary record":  {"companies", mergeBody(navy, stranger), absent(stranger)},
		"a record of another object":   {"companies", mergeBody(navy, fake.ID("acme/people/grace")), absent(fake.ID("acme/people/grace"))},
		"records of an unknown object": {"none", mergeBody(navy, fleet), notFound(`Object with slug/ID "none" not found.`)},
		"records of an object off":     {"users", mergeBody(navy, fleet), isOff("users")},
		"nothing":                      {"companies", `{"data":{}}`, badShape(required("primary_record_id", "string"), required("secondary_record_id", "string"))},
		"text that is not an id": {"companies", mergeBody("navy", fleet),
			badShape(`{"code":"invalid_string","path":["data","primary_record_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newMerge(t)
			before, _ := c.server.Export()
			if diff := cmp.Diff(tc.want, c.send("POST", "/v2/objects/"+tc.object+"/records/merge", tc.body).Body); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if after, _ := c.server.Export(); string(before) != string(after) {
				t.Error("the refused merge changed something")
			}
		})
	}
	reader := fake.YAML(`{version: 1, workspaces: {acme: {tokens: {reader: {scopes: ["record_permission:read", "object_configuration:read"]}}}}}`)
	c := newMerge(t, reader)
	if got := c.as(c.server.Token("acme/reader")).send("POST", "/v2/objects/companies/records/merge", mergeBody(navy, fleet)); got.Status != 403 {
		t.Errorf("a token without the scope is answered %d %s", got.Status, got.Body)
	}
}

func TestAMergeInProgress(t *testing.T) {
	t.Parallel()
	c := newMerge(t, fake.YAML(slow))
	got := c.send("POST", "/v2/objects/companies/records/merge", mergeBody(fake.ID("acme/companies/navy"), fake.ID("acme/companies/fleet")))
	id := idOfMerged(t, got)
	c.wants(got, 202, `{"data":{"new_record_id":"`+id+`"}}`)
	message := `A merge into record with ID "` + id + `" is still in progress. Please try again later.`
	unread, unwritten := refusal("404", "invalid_request_error", "merge_in_progress", message), badRequest("merge_in_progress", message)
	path, entry := "/v2/objects/"+company(id), "/v2/lists/sales/entries/"+fake.ID("acme/lists/sales/entries/navy")
	values, entryValues := `{"data":{"values":{"name":"X"}}}`, `{"data":{"entry_values":{"stage":"Won"}}}`
	history := `{"data":{"values":[` + span(`"X"`, "2024-01-01T00:00:00Z", "") + `],"replace_history":true}}`
	requests := []struct{ method, path, body, want string }{
		{"GET", path, "", unread},
		{"GET", path + "/attributes/name/values", "", unread},
		{"GET", path + "/entries", "", unread},
		{"PATCH", path, values, unwritten},
		{"PUT", path, values, unwritten},
		{"PUT", path + "/attributes/name/values", history, unwritten},
		{"PUT", "/v2/objects/companies/records?matching_attribute=domains", `{"data":{"values":{"domains":["navy.example.com"]}}}`, unwritten},
		{"POST", "/v2/lists/sales/entries", entryBody("companies", id, "{}"), unwritten},
		{"PATCH", entry, entryValues, unwritten},
		{"PUT", entry, entryValues, unwritten},
		{"PUT", entry + "/attributes/stage/values", strings.Replace(history, `"X"`, `"Won"`, 1), unwritten},
		{"DELETE", entry, "", unwritten},
		{"PUT", "/v2/lists/sales/entries", entryBody("companies", id, "{}"), unwritten},
		{"POST", "/v2/objects/companies/records/merge", mergeBody(id, fake.ID("acme/companies/yard")), unwritten},
		{"POST", "/v2/objects/companies/records/merge", mergeBody(fake.ID("acme/companies/yard"), id), unwritten},
		{"DELETE", path, "", unwritten},
		{"GET", "/v2/objects/" + company(fake.ID("acme/companies/navy")), "", notFound(`Record with ID "` + fake.ID("acme/companies/navy") + `" not found.`)},
	}
	found := func() string {
		var body struct{ Data []json.RawMessage }
		decode(t, c.must("POST", "/v2/objects/companies/records/query", `{}`), &body)
		all := len(body.Data)
		decode(t, c.must("POST", "/v2/objects/companies/records/query", `{"filter":{"domains":"navy.example.com"}}`), &body)
		return fmt.Sprint(all, " ", len(body.Data), " ", c.labels("Navy", "companies"))
	}
	for range 2 {
		for _, r := range requests {
			if diff := cmp.Diff(r.want, c.send(r.method, r.path, r.body).Body); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", r.method, r.path, diff)
			}
		}
		if got := found(); got != "1 0 []" {
			t.Errorf("while it is in progress queries find %s", got)
		}
		if got := c.get(entry); got.Status != 200 { // Attio's document has no such answer to reading an entry
			t.Errorf("an entry reads %d %s", got.Status, got.Body)
		}
		c.server.Advance(2 * time.Second)
	}
	c.server.Advance(time.Second)
	if got := found(); got != "2 1 [The Navy]" {
		t.Errorf("when it is over queries find %s", got)
	}
	for _, r := range requests[:12] {
		if got := c.send(r.method, r.path, r.body); got.Status != 200 {
			t.Errorf("after the merge %s %s answers %d %s", r.method, r.path, got.Status, got.Body)
		}
	}
}

func TestAMergeIsToldOfWhenItIsOver(t *testing.T) {
	t.Parallel()
	for name, overlay := range map[string]string{"at once": `{version: 1}`, "in progress": slow} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newMerge(t, fake.YAML(overlay))
			acme := c.server.Workspace("acme")
			acme.AddWebhook(fake.Webhook{TargetURL: "https://receiver.example.com", Subscriptions: fake.Subscribe("record.merged", "record.created", "record.updated", "record.deleted",
				"list-entry.updated", "note.updated", "task.updated", "comment.deleted")})
			before := c.server.Snapshot()
			got := c.send("POST", "/v2/objects/companies/records/merge", mergeBody(fake.ID("acme/companies/navy"), fake.ID("acme/companies/fleet")))
			id := idOfMerged(t, got)
			if got.Status == 202 {
				if told := c.server.Deliveries(); len(told) > 0 {
					t.Errorf("the webhook gets %v before the merge is over", told[0].Events)
				}
				running := c.server.Snapshot()
				c.server.Restore(before) // what was in progress has not been
				c.server.Advance(time.Minute)
				if told := c.server.Deliveries(); len(told) > 0 {
					t.Errorf("the webhook gets %v that was undone", told[0].Events)
				}
				c.server.Restore(running)
				c.server.Advance(5 * time.Second)
			}
			var events []string
			for _, d := range c.server.Deliveries() {
				var body struct{ Events []json.RawMessage }
				decode(t, string(d.Body), &body)
				for _, event := range body.Events {
					events = append(events, string(event))
				}
			}
			event := func(original string) string {
				object := fake.ID("acme/objects/companies")
				return `{"event_type":"record.merged","id":{"workspace_id":"` + acme.ID() + `","object_id":"` + object + `","record_id":"` + id + `"},` +
					`"duplicate_object_id":"` + object + `","duplicate_record_id":"` + fake.ID("acme/companies/"+original) + `","actor":` + token + `}`
			}
			if diff := cmp.Diff([]string{event("navy"), event("fleet")}, events); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFiveMergesASecond(t *testing.T) {
	t.Parallel()
	c := newMerge(t, fake.YAML(`{version: 1, workspaces: {acme: {limits: attio}}}`))
	body := mergeBody(fake.ID("acme/companies/navy"), fake.ID("acme/companies/navy"))
	var statuses []int
	for range 6 {
		statuses = append(statuses, c.send("POST", "/v2/objects/companies/records/merge", body).Status)
	}
	c.server.Advance(time.Second)
	statuses = append(statuses, c.send("POST", "/v2/objects/companies/records/merge", body).Status)
	if diff := cmp.Diff([]int{400, 400, 400, 400, 400, 429, 400}, statuses); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
