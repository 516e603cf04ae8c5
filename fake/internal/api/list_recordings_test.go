package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// everyListFact lists what must be equal in two lists, beside their form.
var everyListFact = contract.Exact("api_slug", "name", "workspace_access", "level", "parent_object",
	"code", "type", "message", "validation_errors", "title", "next_cursor")

// newRecordedLists starts a server like the workspace of the recorded lists, with an app's token.
func newRecordedLists(t *testing.T) *client {
	t.Helper()
	c := newClient(t, fake.YAML(recordedWorkspace), fake.YAML(withDeals), fake.YAML(withApp))
	return c.as(c.server.Token("acme/app"))
}

// makeRecordedLists makes the lists of a recorded answer. The members who had access are other ones here.
func (c *client) makeRecordedLists(recording contract.Recording) {
	c.t.Helper()
	type recorded struct {
		Slug         string   `json:"api_slug"`
		Name         string   `json:"name"`
		Access       *string  `json:"workspace_access"`
		MemberAccess []J      `json:"workspace_member_access"`
		Parent       []string `json:"parent_object"`
	}
	var one struct{ Data recorded }
	var all struct{ Data []recorded }
	if json.Unmarshal(recording.Answer.Body, &one) == nil {
		all.Data = []recorded{one.Data}
	} else {
		decode(c.t, string(recording.Answer.Body), &all)
	}
	for _, l := range all.Data {
		for _, grant := range l.MemberAccess {
			grant["workspace_member_id"] = fake.ID("acme/members/test")
		}
		c.make("/v2/lists", J{"name": l.Name, "api_slug": l.Slug, "parent_object": l.Parent[0],
			"workspace_access": l.Access, "workspace_member_access": l.MemberAccess})
	}
}

func TestListsAreAsRecorded(t *testing.T) {
	t.Parallel()
	request := func(method, path, body string) contract.Edit {
		return func(r *contract.Recording) { r.Method, r.Path, r.Body = method, path, json.RawMessage(body) }
	}
	byAMember := contract.Ignore("created_by_actor")
	of := func(slug string) string {
		return `{"data":{"name":"` + slug + `","api_slug":"` + slug + `","parent_object":"people","workspace_access":"full-access","workspace_member_access":[]}}`
	}
	for name, tc := range map[string]struct {
		there   bool // the lists of the answer exist before the request
		edits   []contract.Edit
		options []contract.Option
	}{
		"nango__create_list":  {},
		"nango__list_entries": {there: true},
		"nango__get_list":     {there: true, edits: []contract.Edit{contract.Replace("39723680-f534-4fe7-ab80-c5278e20e37b", "seed_list_1")}},
		"nango__update_list":  {there: true, edits: []contract.Edit{contract.Replace("39723680-f534-4fe7-ab80-c5278e20e37b", "seed_list_1")}},
		"kyle__lists_get_1":   {there: true, options: []contract.Option{byAMember}},
		"kyle__entries_get_0": {there: true, options: []contract.Option{byAMember}},
		"rbeene__api_response_lists_list": {there: true, edits: []contract.Edit{request("GET", "/v2/lists", "")},
			options: []contract.Option{contract.Ignore("created_by_actor")}},
		"rbeene__lists_list_lists_": {there: true, edits: []contract.Edit{request("GET", "/v2/lists", "")},
			options: []contract.Option{contract.Ignore("created_by_actor")}},
		"rbeene__lists_create_list_": {edits: []contract.Edit{request("POST", "/v2/lists",
			strings.Replace(of("vcr_test_list_test_20250727072457_dfbc38fb"), `"vcr_test_list_test_20250727072457_dfbc38fb"`, `"VCR Test List test_20250727072457_dfbc38fb"`, 1))}},
		"rbeene__api_response_lists_create": {edits: []contract.Edit{request("POST", "/v2/lists", `{"data":{"name":"x","parent_object":"people"}}`)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newRecordedLists(t)
			recording := contract.FindRecording(t, name)
			if tc.there {
				c.makeRecordedLists(recording)
			}
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, tc.edits...)
			options := append([]contract.Option{everyListFact}, tc.options...)
			if !strings.HasPrefix(name, "rbeene__lists_create") { // it was made by an API key
				options = append(options, contract.StrictNull())
			} else {
				options = append(options, contract.Ignore("created_by_actor"))
			}
			for _, difference := range contract.Compare(recording, got, options...) {
				if !recording.Shortened || difference.Want != "nothing" {
					t.Error(difference)
				}
			}
		})
	}
}

func TestListsReadAsInMay2025(t *testing.T) {
	t.Parallel()
	for i := range 9 {
		recording := contract.FindRecording(t, fmt.Sprintf("kessdoc__list_get_%d", i))
		t.Run(recording.Name, func(t *testing.T) {
			t.Parallel()
			c := newRecordedLists(t)
			c.makeRecordedLists(recording)
			var list struct {
				Data struct {
					Slug string `json:"api_slug"`
				}
			}
			decode(t, string(recording.Answer.Body), &list)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, func(r *contract.Recording) { r.Path = "/v2/lists/" + list.Data.Slug })
			for _, difference := range contract.Compare(recording, got, everyListFact, contract.Ignore("created_by_actor"), contract.StrictNull()) {
				t.Error(difference)
			}
		})
	}
}

func TestABodyWithoutTheFieldsOfAListIsRefusedAsRecordedToTheByte(t *testing.T) {
	t.Parallel()
	recording := contract.FindRecording(t, "rbeene__api_response_lists_create")
	var want bytes.Buffer
	if err := json.Compact(&want, recording.Answer.Body); err != nil {
		t.Fatal(err)
	}
	c := newRecordedLists(t)
	c.wants(c.send("POST", "/v2/lists", `{"data":{"name":"x","parent_object":"people"}}`), 400, want.String())
}

// seedList is the list whose entries were recorded.
const seedList = "39723680-f534-4fe7-ab80-c5278e20e37b"

func TestEntriesAreAsRecorded(t *testing.T) {
	t.Parallel()
	facts := contract.Exact("parent_object", "attribute_type", "active_until", "type", "code", "message", "referenced_actor_type")
	for name, tc := range map[string]struct {
		entries int               // before the request
		ids     map[string]string // what a recorded id stands for: "entry" or "person"
		values  string            // of the first entry
	}{
		"nango__create_list_entry": {ids: map[string]string{"163be4a4-f4a1-40ea-8b46-e0316ade2f62": "person"}},
		"nango__upsert_list_entry": {ids: map[string]string{"1f2f5b15-c7df-4843-8885-51c4d24fc61c": "person"}},
		"nango__get_list_entry":    {entries: 1, ids: map[string]string{"9e578106-8f64-509c-81f7-c7fc85f327bd": "entry"}},
		"nango__update_list_entry": {entries: 1, values: `{"test_text_attribute":"Updated value"}`,
			ids: map[string]string{"c4dbecb3-f737-445b-99d5-375fa76ce7bd": "entry"}},
		"nango__delete_list_entry": {entries: 1, ids: map[string]string{
			"431da600-1113-4d28-af21-cc1f8d20aad4": "entry", "1b3457c1-f722-41d6-9efb-206b2a6eca99": "list"}},
		"nango__list_list_entries": {entries: 5},
		"nango__list_entries_1":    {entries: 5},
		"nango__list_entries_2":    {ids: map[string]string{"1b3457c1-f722-41d6-9efb-206b2a6eca99": "list"}},
		"nango__list_entries_3":    {ids: map[string]string{"8172d146-a76c-4882-aec1-60cae9911979": "list"}},
		"nango__list_entries_4":    {ids: map[string]string{"d4187d1d-7eac-43c5-9882-21eb779b78c2": "list"}},
		"kyle__entries_query_1":    {ids: map[string]string{"target_logos_6": "list"}},
		"kyle__entries_get_1":      {ids: map[string]string{"target_logos_6": "list"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newRecordedLists(t)
			list := c.list("seed_list_1", "people", noGrants)
			c.listAttribute("seed_list_1", "test_text_attribute", "text")
			is := map[string]string{"list": list, "person": c.saved("POST", "people/records", `{}`)}
			for i := range tc.entries {
				values := `{}`
				if i == 0 && tc.values != "" {
					values = tc.values
				}
				is["entry"] = c.entry("POST", "seed_list_1", "people", is["person"], values)
			}
			replaced := []string{seedList, list}
			for id, what := range tc.ids {
				replaced = append(replaced, id, is[what])
			}
			recording := contract.FindRecording(t, name)
			if tc.entries > 1 {
				c.fillRecorded(recording)
			}
			c.server.Advance(time.Minute)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, contract.Replace(replaced...))
			for _, difference := range contract.Compare(recording, got, facts, contract.StrictNull()) {
				t.Error(difference)
			}
			want := recording.Answer.Header.Get("X-Attio-Record-Query-Score")
			if score := got.Header.Get("X-Attio-Record-Query-Score"); want != "" && score != want {
				t.Errorf("the score is %s, was %s", score, want)
			}
		})
	}
}

// fillRecorded restores the recorded texts of the entries that a recorded query found.
func (c *client) fillRecorded(recording contract.Recording) {
	c.t.Helper()
	type entries struct {
		Data []struct {
			ID struct {
				EntryID string `json:"entry_id"`
			}
			Values struct {
				Text []struct{ Value string } `json:"test_text_attribute"`
			} `json:"entry_values"`
		}
	}
	var recorded, made entries
	decode(c.t, string(recording.Answer.Body), &recorded)
	decode(c.t, c.must("POST", "/v2/lists/seed_list_1/entries/query", string(recording.Body)), &made)
	for i, entry := range recorded.Data {
		for _, text := range entry.Values.Text {
			c.must("PATCH", "/v2/lists/seed_list_1/entries/"+made.Data[i].ID.EntryID, `{"data":{"entry_values":{"test_text_attribute":`+quote(text.Value)+`}}}`)
		}
	}
}

// The recorded PATCH wrote the same value, which kept its time.
func TestTheSameValueAgainLeavesAnEntryAsItWas(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	id := c.entry("POST", "sales", "people", c.saved("POST", "people/records", `{}`), `{"code":"Updated value"}`)
	before := c.get("/v2/lists/sales/entries/" + id).Body
	c.changed("PATCH", id, `{"code":"Updated value"}`)
	c.wants(c.get("/v2/lists/sales/entries/"+id), 200, before)
}

func TestViewsOfAListAreAsRecorded(t *testing.T) {
	t.Parallel()
	c := newRecordedLists(t)
	recording := contract.FindRecording(t, "kyle__views_list_for_list_1")
	c.list("target_logos_6", "companies", noGrants)
	for range 2 {
		c.make("/v2/lists/target_logos_6/views", tableView("All"))
	}
	got := contract.Do(t, c.http, c.server.URL, c.token, recording)
	for _, difference := range contract.Compare(recording, got, contract.Exact("next_cursor"), contract.StrictNull()) {
		t.Error(difference)
	}
}

func TestAViewOfAListShowsAndFiltersItsEntries(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	ada := c.saved("POST", "people/records", `{"name":"Lovelace, Ada"}`)
	grace := c.saved("POST", "people/records", `{"name":"Hopper, Grace"}`)
	c.entry("POST", "sales", "people", grace, `{"stage":"Won"}`)
	want := c.entry("POST", "sales", "people", ada, `{"stage":"Won"}`)
	c.entry("POST", "sales", "people", ada, `{"stage":"Lead"}`)
	c.listAttribute("sales", "deal_value", "currency")
	name := []any{"parent_record", J{"object": "people", "attribute": "name"}}
	view := idIn(t, c.must("POST", "/v2/lists/sales/views", string(encoded(t, J{"data": J{
		"title": "Adas", "type": "kanban", "attributes": []J{{"attribute": name, "field": "first_name"}, {"attribute": "code"}},
		"filter": J{"and": []J{{"attribute": name, "field": "first_name", "op": "eq", "value": "Ada"}, {"attribute": "stage", "op": "eq", "value": "Won"}}},
		"kanban": J{"status_attribute": "stage", "show_no_status_column": true, "aggregation": J{"attribute": "deal_value", "type": "sum"}},
	}}))), "view_id")
	if got := c.ids(fmt.Sprintf(`{"filter_view_id":"%s"}`, view)); len(got) != 1 || got[0] != want {
		t.Errorf("found %v, want %s", got, want)
	}
	body := c.get("/v2/lists/sales/views/" + view).Body
	for _, part := range []string{`"title":"Parent record","api_slug":"parent_record"`, `"list_id":"` + idIn(t, c.get("/v2/lists/sales").Body, "list_id")} {
		if !strings.Contains(body, part) {
			t.Errorf("no %s in %s", part, body)
		}
	}
	c.must("DELETE", "/v2/lists/sales/views/"+view, "")
}

func encoded(t testing.TB, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
