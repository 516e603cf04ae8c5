package control_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

type entry struct {
	Number                                                int
	Time, Method, Path, Operation, Workspace, Token, Hint string
	Status                                                int
	Duration                                              float64 `json:"duration_ms"`
	Request, Response                                     any
}

func journal(c client) []entry {
	c.t.Helper()
	var got struct{ Requests []entry }
	c.decode("/_fake/requests", &got)
	return got.Requests
}

func TestTheJournalTellsWhatClientsDid(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)), fake.YAML(
		`{version: 1, workspaces: {acme: {tokens: {full: {scopes: all}}}}}`))
	full := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.server.Token("acme")) }
	c.do("GET", "/v2/workspace_members?limit=1", "", full)
	c.do("POST", "/v2/notes", `{"data": {"title": "<b>"}}`, full)
	c.do("DELETE", "/v2/nothing", "no JSON", full)
	c.do("GET", "/v2/workspace_members", "")
	c.do("GET", "/_fake/clock", "")

	want := []entry{
		{Method: "GET", Path: "/v2/workspace_members?limit=1", Operation: "workspace_members.list", Workspace: "acme", Token: "full", Status: 200,
			Response: map[string]any{"data": []any{}}},
		{Method: "POST", Path: "/v2/notes", Operation: "notes.create", Workspace: "acme", Token: "full",
			Request: map[string]any{"data": map[string]any{"title": "<b>"}}},
		{Method: "DELETE", Path: "/v2/nothing", Status: 404, Request: "no JSON"},
		{Method: "GET", Path: "/v2/workspace_members", Operation: "workspace_members.list", Status: 401},
	}
	got := journal(c)
	for i := range got {
		if got[i].Time != "2026-01-15T09:00:00.000000000Z" || got[i].Duration <= 0 {
			t.Errorf("entry %d: time %s, duration %v", i, got[i].Time, got[i].Duration)
		}
		if i != 0 { // comparing one of them in full is enough
			got[i].Response = nil
		}
		if got[i].Operation == "notes.create" {
			got[i].Status = 0
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(entry{}, "Number", "Time", "Duration", "Hint")); diff != "" {
		t.Error(diff)
	}

	if got := c.do("DELETE", "/_fake/requests", ""); got != (answer{204, ""}) {
		t.Errorf("got %v", got)
	}
	if got := c.do("GET", "/_fake/requests", ""); got.Body != `{"requests":[]}` {
		t.Errorf("got %v", got)
	}
}

func TestTheJournalKeeps64KBOfABody(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for _, size := range []int{64 << 10, 64<<10 + 1} {
		body, _ := json.Marshal(strings.Repeat("x", size-2)) // plus two quotes
		c.do("POST", "/v2/notes", string(body))
	}
	got := journal(c)
	if whole, ok := got[0].Request.(string); !ok || whole != strings.Repeat("x", 64<<10-2) {
		t.Errorf("the first body is not complete: %.40v", got[0].Request)
	}
	if start, ok := got[1].Request.(string); !ok || start != `"`+strings.Repeat("x", 64<<10-1) {
		t.Errorf("the second body was not cut: %.40v", got[1].Request)
	}
}

func TestTheJournalIsAskedForTheFirstOrTheLast(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for i := range 5 {
		c.do("GET", "/v2/self?n="+strconv.Itoa(i), "")
	}
	c.do("GET", "/v2/objects", "")
	for query, want := range map[string]string{
		"":                                  "012345",
		"?limit=2":                          "01",
		"?last=2":                           "45",
		"?last=9":                           "012345",
		"?operation=self.identify&last=2":   "34",
		"?operation=self.identify&limit=2":  "01",
		"?operation=self.identify&after=4":  "4",
		"?operation=objects.list&limit=100": "5",
		"?operation=tasks.list&last=1":      "",
	} {
		got := ""
		var answer struct{ Requests []entry }
		c.decode("/_fake/requests"+query, &answer)
		for _, e := range answer.Requests {
			got += strconv.Itoa(e.Number - 1)
		}
		if got != want {
			t.Errorf("%s answers %q, not %q", query, got, want)
		}
	}
	for query, want := range map[string]string{
		"?last=0":         `last is \"0\"; it has to be a number of requests, 1 or more`,
		"?limit=few":      `limit is \"few\"; it has to be a number of requests, 1 or more`,
		"?limit=1&last=1": `limit asks for the first requests and last for the last ones; use one of them`,
	} {
		if diff := cmp.Diff(answer{400, `{"error":"` + want + `"}`}, c.do("GET", "/_fake/requests"+query, "")); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

func TestTheJournalKeepsHeadersWithoutSecrets(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	token := c.server.Token("acme")
	c.do("GET", "/v2/self", "", func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Cookie", "session="+token)
		r.Header.Set("X-Trace", "abc")
	})
	c.do("GET", "/v2/objects", "", func(r *http.Request) { r.SetBasicAuth(token, "") })
	c.do("GET", "/v2/objects", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+strings.Repeat("0", 64)) })
	raw := c.do("GET", "/_fake/requests", "")
	if strings.Contains(raw.Body, token) {
		t.Error("the token is in the journal")
	}
	type headers struct {
		Request  http.Header `json:"request_headers"`
		Response http.Header `json:"response_headers"`
	}
	var got struct{ Requests []headers }
	c.decode("/_fake/requests", &got)
	want := http.Header{"Authorization": {"Bearer acme/full"}, "Cookie": {"session=[redacted]"}, "X-Trace": {"abc"}}
	if diff := cmp.Diff(want, got.Requests[0].Request); diff != "" {
		t.Error(diff)
	}
	if types := got.Requests[0].Response["Content-Type"]; !slices.Equal(types, []string{"application/json; charset=utf-8"}) {
		t.Errorf("the type of the answer is %q", types)
	}
	for i, want := range []string{"Basic acme/full", "Bearer [redacted]"} {
		if got := got.Requests[i+1].Request.Get("Authorization"); got != want {
			t.Errorf("kept %q, want %q", got, want)
		}
	}
}

func TestTheJournalHintsAtWhatHadNoEffect(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ method, path, contentType, body, want string }{
		"a body of another type": {"POST", "/v2/objects/people/records/query", "text/plain", `{"filter":{}}`,
			`the body was not read: its Content-Type is "text/plain"; send Content-Type: application/json`},
		"a body of no type":  {"POST", "/v2/tasks", "", `{}`, "the body was not read: it has no Content-Type; send Content-Type: application/json"},
		"a file that is not": {"POST", "/v2/files/upload", "application/json", `{}`, `the body was not read: its Content-Type is "application/json"; send Content-Type: multipart/form-data`},
		"a query in data": {"POST", "/v2/objects/people/records/query", "application/json", `{"data":{"filter":{}}}`,
			`the key "data" is ignored here; move its contents to the top level of the body`},
		"misspelt keys": {"POST", "/v2/objects/people/records/query", "application/json; charset=utf-8", `{"filters":{},"limit":1,"sort":[]}`,
			`unknown key "filters"; did you mean "filter"? Known: filter, filter_view_id, sorts, limit, offset; Attio ignores it; ` +
				`unknown key "sort"; did you mean "sorts"? Known: filter, filter_view_id, sorts, limit, offset; Attio ignores it`},
		"many keys": {"POST", "/v2/objects/people/records/query", "application/json", `{"data":1,"filters":1,"sort":1,"data2":1,"offsets":1,"a":1,"b":1}`,
			`the key "data" is ignored here; move its contents to the top level of the body; ` +
				`unknown key "filters"; did you mean "filter"? Known: filter, filter_view_id, sorts, limit, offset; Attio ignores it; ` +
				`unknown key "sort"; did you mean "sorts"? Known: filter, filter_view_id, sorts, limit, offset; Attio ignores it; ` +
				`unknown key "data2"; known: filter, filter_view_id, sorts, limit, offset; Attio ignores it; ` +
				`unknown key "offsets"; did you mean "offset"? Known: filter, filter_view_id, sorts, limit, offset; Attio ignores it; 2 more keys are ignored`},
		"a query":                 {"POST", "/v2/objects/people/records/query", "application/json", `{"filter":{},"sorts":[],"limit":1,"offset":0}`, ""},
		"a query without a body":  {"POST", "/v2/objects/people/records/query", "", "", ""},
		"a query that is no JSON": {"POST", "/v2/objects/people/records/query", "application/json", "{", ""},
		"no object":               {"POST", "/v2/objects/people/records/query", "application/json", "[1]", ""},
		"another operation":       {"POST", "/v2/tasks", "application/json", `{"filters":1}`, ""},
		"a body of a GET":         {"GET", "/v2/tasks", "text/plain", "x", ""},
		"no endpoint":             {"POST", "/v2/nothing", "text/plain", "x", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			c.do(tc.method, tc.path, tc.body, func(r *http.Request) {
				r.Header.Set("Authorization", "Bearer "+c.server.Token("acme"))
				r.Header.Set("Content-Type", tc.contentType)
				if tc.contentType == "" {
					r.Header.Del("Content-Type")
				}
			})
			if got := journal(c)[0].Hint; got != tc.want {
				t.Errorf("got %s\nnot %s", got, tc.want)
			}
		})
	}
}
