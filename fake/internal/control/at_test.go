package control_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const twoWorkspaces = `
version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {job_title: Ensign}}}}
  globex: {tokens: {full: {scopes: all}}}
`

// promote makes three requests, an hour apart: two that change Grace's job title, and one that reads it.
func promote(c client) (grace string) {
	c.t.Helper()
	grace = "/v2/objects/people/records/" + fake.ID("acme/people/grace")
	token := c.server.Token("acme")
	for _, title := range []string{"Captain", "Admiral"} {
		if got := c.do("PATCH", grace, `{"data":{"values":{"job_title":"`+title+`"}}}`, with(token)); got.Status != 200 {
			c.t.Fatal(got)
		}
		c.do("POST", "/_fake/clock", `{"advance":"1h"}`)
	}
	c.status(token, fake.ID("acme/people/grace"))
	return grace
}

var jobTitle = regexp.MustCompile(`"job_title":\[[^\]]*"value":"(\w+)"`)

// titleAt returns Grace's job title as it was at a moment.
func (c client) titleAt(moment, path string) string {
	c.t.Helper()
	got := c.do("GET", "/_fake/at/"+moment+path, "")
	match := jobTitle.FindStringSubmatch(got.Body)
	if got.Status != 200 || match == nil {
		c.t.Fatalf("at %s: %v", moment, got)
	}
	return match[1]
}

func TestAnythingIsReadAsItWasAroundARequest(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(twoWorkspaces))
	grace := promote(c)
	for _, tc := range []struct{ moment, side, want string }{
		{"1", "", "Captain"}, {"1", "?side=after", "Captain"}, {"1", "?side=before", "Ensign"},
		{"2", "", "Admiral"}, {"2", "?side=before", "Captain"},
		{"3", "", "Admiral"}, {"3", "?side=before", "Admiral"},
	} {
		for _, who := range []string{"ada", "system"} {
			if got := c.titleAt(tc.moment, "/as/acme/"+who+grace+tc.side); got != tc.want {
				t.Errorf("request %s%s: %s reads %s, want %s", tc.moment, tc.side, who, got, tc.want)
			}
		}
	}
	query := `{"filter":{"job_title":"Ensign"}}`
	sent := fake.ID("acme/people/grace")
	if got := c.do("POST", "/_fake/at/1/as/acme/ada/v2/objects/people/records/query?side=before", query, with("")); !strings.Contains(got.Body, sent) {
		t.Errorf("a query of the moment finds %v", got)
	}
	if got := c.do("POST", "/_fake/at/1/as/acme/ada/v2/objects/people/records/query", query, with("")); got.Status != 200 || strings.Contains(got.Body, sent) {
		t.Errorf("a query of the moment after finds %v", got)
	}
	if len(c.server.Requests()) != 3 {
		t.Error("looking back is in the journal")
	}
}

func TestAMomentIsRestoredComparedAndExported(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(twoWorkspaces))
	promote(c)
	changed := func(from, to string) answer {
		return answer{200, fmt.Sprintf(`{"workspaces":[{"workspace":"acme","action":"changed","changes":[`+
			`{"thing":"record","in":"people","id":"%s","action":"changed","attributes":[{"attribute":"job_title","before":%s,"after":%s}]}]}]}`,
			fake.ID("acme/people/grace"), from, to)}
	}
	value := func(title, from string, by string) string {
		return `[{"active_from":"2026-01-15T` + from + `:00:00.000000000Z","active_until":null,"created_by_actor":` + by + `,"value":"` + title + `","attribute_type":"text"}]`
	}
	token := `{"type":"api-token","id":"` + fake.ID("acme/tokens/full") + `"}`
	ensign, captain, admiral := value("Ensign", "09", `{"type":"workspace-member","id":"`+fake.ID("acme/members/ada")+`"}`), value("Captain", "09", token), value("Admiral", "10", token)
	same := answer{200, `{"workspaces":[]}`}
	for query, want := range map[string]answer{
		"1/diff":                              changed(captain, admiral),
		"1/diff?side=before":                  changed(ensign, admiral),
		"1/diff?to=1":                         same,
		"1/diff?side=before&to=1":             changed(ensign, captain),
		"2/diff?to=1&to_side=before":          changed(admiral, ensign),
		"1/diff?to=2&to_side=before":          same,
		"3/diff?side=before":                  same,
		"2/diff?side=before&to=3&to_side=now": {400, `{"error":"side is \"now\"; it has to be before or after"}`},
		"1/diff?to_side=before":               {400, `{"error":"to_side belongs to a request that the parameter to names"}`},
	} {
		if diff := cmp.Diff(want, c.do("GET", "/_fake/at/"+query, "")); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	before := c.do("GET", "/_fake/at/1/export?side=before", "")
	one := c.do("GET", "/_fake/at/1/export?side=before&workspace=globex", "")
	if !strings.Contains(before.Body, "Ensign") || !strings.Contains(before.Body, "globex:") || strings.Contains(one.Body, "acme:") {
		t.Errorf("the exports are %v and %v", before, one)
	}
	asJSON := c.do("GET", "/_fake/at/1/export?side=before&format=json", "")
	if again := newClient(t, fake.YAML(asJSON.Body)).do("GET", "/_fake/export", ""); cmp.Diff(before, again) != "" {
		t.Errorf("by way of JSON the export is another: %s", cmp.Diff(before, again))
	}
	for _, step := range []struct{ path, body, clock, title string }{
		{"1/restore", `{"to":"before"}`, "2026-01-15T09:00:00.000000000Z", "Ensign"},
		{"2/restore", ``, "2026-01-15T10:00:00.000000000Z", "Admiral"},
		{"1/restore", `{"to":"after"}`, "2026-01-15T09:00:00.000000000Z", "Captain"},
		{"1/restore", `{"to":"before"}`, "2026-01-15T09:00:00.000000000Z", "Ensign"},
	} {
		if got := c.do("POST", "/_fake/at/"+step.path, step.body); got.Status != 204 {
			t.Errorf("%s %s: %v", step.path, step.body, got)
		}
		if got := c.do("GET", "/_fake/clock", ""); got.Body != `{"now":"`+step.clock+`","frozen":true}` {
			t.Errorf("%s %s: the clock shows %v", step.path, step.body, got)
		}
		if got := c.server.Workspace("acme").Record("people", "grace").Text("job_title"); got != step.title {
			t.Errorf("%s %s: the job title is %q, want %q", step.path, step.body, got, step.title)
		}
	}
	if diff := cmp.Diff(before, c.do("GET", "/_fake/export", "")); diff != "" {
		t.Errorf("the restored moment exports otherwise: %s", diff)
	}
}

func TestAMomentThatCannotBeSeenIsRefused(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(twoWorkspaces))
	if diff := cmp.Diff(answer{404, `{"error":"the journal is empty, so it has no request 1"}`}, c.do("GET", "/_fake/at/1/export", "")); diff != "" {
		t.Error(diff)
	}
	promote(c)
	known := `{"error":"the journal has no request 17; it has those from 1 to 3"}`
	for _, call := range []struct {
		request string
		want    answer
	}{
		{"GET /_fake/at/17/as/acme/ada/v2/objects", answer{404, known}},
		{"GET /_fake/at/17/export", answer{404, known}},
		{"POST /_fake/at/17/restore", answer{404, known}},
		{"GET /_fake/at/1/diff?to=17", answer{404, known}},
		{"GET /_fake/at/one/export", answer{400, `{"error":"request is \"one\"; it has to be the number of a request, such as 17"}`}},
		{"GET /_fake/at/1/export?side=left", answer{400, `{"error":"side is \"left\"; it has to be before or after"}`}},
		{"GET /_fake/at/1/export?workspace=acm", answer{404, `{"error":"unknown workspace \"acm\"; did you mean \"acme\"? Known: acme, globex"}`}},
		{"GET /_fake/at/1/as/acm/ada/v2/objects", answer{404, `{"error":"unknown workspace \"acm\"; did you mean \"acme\"? Known: acme, globex"}`}},
		{"GET /_fake/at/1/as/acme/bob/v2/objects", answer{404, `{"error":"unknown member \"bob\"; known: system, ada"}`}},
		{"GET /_fake/at/1/as/acme", answer{400, `{"error":"write /_fake/at/{request}/as/{workspace}/{member or system}/v2/…"}`}},
		{"POST /_fake/at/1/as/acme/ada/v2/objects/people/records", answer{409, `{"error":"records.create writes, and a moment of the past can only be read; to go on from that moment, restore it first"}`}},
		{"POST /_fake/at/1/as/acme/ada/v2/nothing", answer{404, `{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"Could not find endpoint \"POST /v2/nothing\"."}`}},
	} {
		method, path, _ := strings.Cut(call.request, " ")
		if diff := cmp.Diff(call.want, c.do(method, path, "")); diff != "" {
			t.Errorf("%s: %s", call.request, diff)
		}
	}
	if got := c.do("POST", "/_fake/at/1/restore", `{"to":"now"}`); got != (answer{400, `{"error":"to is \"now\"; it has to be before or after"}`}) {
		t.Error(got)
	}
	c.do("DELETE", "/_fake/requests", "")
	c.status(c.server.Token("acme"), fake.ID("acme/people/grace"))
	if got := c.do("GET", "/_fake/at/1/export", ""); got != (answer{404, `{"error":"the journal has no request 1; it has those from 4 to 4"}`}) {
		t.Error(got)
	}
}

func TestAFileOfAMomentIsDownloadedAsItWas(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(strings.Replace(twoWorkspaces, "  globex:", `    files: {plan: {record: people/grace, name: plan.txt, text: Sail.}}
  globex:`, 1)))
	file := "/v2/files/" + fake.ID("acme/files/plan")
	if got := c.do("DELETE", file, "", with(c.server.Token("acme"))); got.Status != 200 {
		t.Fatal(got)
	}
	for _, tc := range []struct {
		side string
		want answer
	}{
		{"before", answer{200, "Sail."}},
		{"after", answer{404, `{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"File with ID \"` + fake.ID("acme/files/plan") + `\" was not found."}`}},
	} {
		if diff := cmp.Diff(tc.want, c.do("GET", "/_fake/at/1/as/acme/ada"+file+"/download?side="+tc.side, "")); diff != "" {
			t.Errorf("%s: %s", tc.side, diff)
		}
	}
}
