package control_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// usage is the part of GET /_fake/usage that these tests check.
type usage struct {
	Operations []struct {
		Operation string
		Requests  int
		Statuses  map[string]int
	}
	Errors []struct {
		Status   int
		Code     string
		Requests int
	}
	Tokens []tokenUsage
}

type tokenUsage struct {
	Workspace, Token string
	Requests         int
}

func TestUsageAddsUpOverOperationsAndIsClearedOverTheControlAPI(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	full, none := with(c.server.Token("acme/full")), with(c.server.Token("acme/none"))
	for _, request := range []struct {
		path  string
		token func(*http.Request)
	}{
		{"/v2/objects", full}, {"/v2/objects", full}, {"/v2/objects/nothing", full}, {"/v2/lists/" + fake.ID("nothing"), full},
		{"/v2/objects", none}, {"/v2/tasks", none}, {"/v2/tasks", none},
	} {
		c.do("GET", request.path, "", request.token)
	}
	var got usage
	c.decode("/_fake/usage", &got)
	statuses := make(map[string]map[string]int)
	for _, op := range got.Operations {
		statuses[op.Operation] = op.Statuses
	}
	if diff := cmp.Diff(map[string]map[string]int{
		"objects.list": {"200": 2, "403": 1}, "objects.get": {"404": 1}, "lists.get": {"404": 1}, "tasks.list": {"403": 2},
	}, statuses); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	requests := make(map[int]int)
	for _, e := range got.Errors {
		requests[e.Status] += e.Requests
	}
	if diff := cmp.Diff(map[int]int{403: 3, 404: 2}, requests); diff != "" || len(got.Errors) != 2 {
		t.Errorf("errors %+v (-want +got):\n%s", got.Errors, diff)
	}
	for _, token := range got.Tokens {
		if want := map[string]int{"acme/full": 4, "acme/none": 3}[token.Workspace+"/"+token.Token]; token.Requests != want {
			t.Errorf("%s/%s: %d requests, want %d", token.Workspace, token.Token, token.Requests, want)
		}
	}

	if answered := c.do("DELETE", "/_fake/usage", ""); answered != (answer{204, ""}) {
		t.Errorf("clear: %v", answered)
	}
	got = usage{}
	c.decode("/_fake/usage", &got)
	if len(got.Operations) > 0 || len(got.Errors) > 0 || slices.ContainsFunc(got.Tokens, func(u tokenUsage) bool { return u.Requests > 0 }) {
		t.Errorf("after it was cleared: %+v", got)
	}
}

func TestAnExportIsOfEverythingOrOfOneWorkspace(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	all, acme := c.do("GET", "/_fake/export", ""), c.do("GET", "/_fake/export?workspace=acme", "")
	if all.Status != 200 || !strings.Contains(all.Body, "\n  acme:") || !strings.Contains(all.Body, "\n  globex:") {
		t.Errorf("all: %v", all)
	}
	if acme.Status != 200 || !strings.Contains(acme.Body, "\n  acme:") || strings.Contains(acme.Body, "globex") {
		t.Errorf("acme: %v", acme)
	}
	unknown := answer{404, `{"error":"unknown workspace \"acm\"; did you mean \"acme\"? Known: acme, globex"}`}
	if diff := cmp.Diff(unknown, c.do("GET", "/_fake/export?workspace=acm", "")); diff != "" {
		t.Error(diff)
	}
}

func TestARequestThatIsOnlyLateCountsAgainstTheLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // so that only the delays take time
		c := newClient(t)
		full := with(c.server.Token("acme"))
		c.do("PUT", "/_fake/workspaces/acme/limits", `{"limits":"attio"}`)
		c.do("POST", "/_fake/faults", `{"fault":"slow","delay":"1us"}`)
		statuses := make(map[int]int)
		for range 101 {
			statuses[c.do("GET", "/v2/self", "", full).Status]++
		}
		if diff := cmp.Diff(map[int]int{200: 100, 429: 1}, statuses); diff != "" {
			t.Error(diff)
		}
	})
}
