package control_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

type entry struct {
	Time, Method, Path, Operation, Workspace, Token string
	Status                                          int
	Duration                                        float64 `json:"duration_ms"`
	Request, Response                               any
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
		if i != 0 { // compared whole once is enough
			got[i].Response = nil
		}
		if got[i].Operation == "notes.create" {
			got[i].Status = 0
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(entry{}, "Time", "Duration")); diff != "" {
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
		body, _ := json.Marshal(strings.Repeat("x", size-2)) // the quotes count
		c.do("POST", "/v2/notes", string(body))
	}
	got := journal(c)
	if whole, ok := got[0].Request.(string); !ok || whole != strings.Repeat("x", 64<<10-2) {
		t.Errorf("the first is not whole: %.40v", got[0].Request)
	}
	if start, ok := got[1].Request.(string); !ok || start != `"`+strings.Repeat("x", 64<<10-1) {
		t.Errorf("the second is not cut: %.40v", got[1].Request)
	}
}
