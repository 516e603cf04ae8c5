package console_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const scenario = `version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all, token: secret}, reader: {scopes: [record_permission:read], token: reading}}
    objects: {people: {records: {grace: {name: "Hopper, Grace", description: One}}}}
  other: {members: {ada: admin}, tokens: {full: {scopes: all, token: othersecret}}}
`

// person is the path of the record of the scenario.
var person = "/v2/objects/people/records/" + fake.ID("acme/people/grace")

// busy returns a browser of a server to which clients have made four requests.
func busy(t testing.TB) *browser {
	b := newBrowser(t, fake.YAML(scenario))
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Two"}}}`)
	b.call("POST", "/v2/objects/people/records", "reading", `{}`)
	b.call("GET", "/v2/self", "othersecret", "")
	b.call("GET", "/v3/nothing", "", "")
	return b
}

// numbers returns the numbers of the requests that a page lists.
func numbers(a answer) string {
	var all []string
	for _, row := range a.rows() {
		all = append(all, row[0])
	}
	return strings.Join(all, " ")
}

func TestTheFirstPageListsRequestsLatestFirst(t *testing.T) {
	t.Parallel()
	got := busy(t).get("/_fake/").rows()
	for _, row := range got {
		row[6] = strings.Fields(row[6])[1] // the duration differs
	}
	at := "09:00:00 2026-01-15"
	want := [][]string{
		{"4", at, "404", "no such endpoint", "GET /v3/nothing Could not find endpoint \"GET /v3/nothing\".", "", "ms", ""},
		{"3", at, "200", "self.identify", "GET /v2/self", "other/full", "ms", ""},
		{"2", at, "403", "records.create", "POST /v2/objects/people/records The API Key provided is not authorized to perform the requested action. " +
			"This request requires scopes: Read-Write access to the Records scope, Read access to the Object Configuration scope.", "acme/reader record_permission:read-write object_configuration:read lacks record_permission:read-write lacks object_configuration:read", "ms", ""},
		{"1", at, "200", "records.update", "PATCH " + person, "acme/full record_permission:read-write object_configuration:read", "ms", "1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFiltersNarrowTheRequests(t *testing.T) {
	t.Parallel()
	b := busy(t)
	for name, tc := range map[string]struct{ query, want string }{
		"an operation":                         {"operation=records.update", "1"},
		"all operations of a resource":         {"operation=records.*", "2 1"},
		"a workspace":                          {"workspace=other", "3"},
		"a status":                             {"status=404", "4"},
		"a class of statuses":                  {"status=4xx", "4 2"},
		"a text in a path":                     {"text=V3/NOTHING", "4"},
		"a text in a body":                     {"text=two", "1"},
		"a text in a message":                  {"text=not+authorized", "2"},
		"several":                              {"operation=records.*&status=2xx", "1"},
		"requests before one":                  {"before=3", "2 1"},
		"nothing":                              {"text=nowhere", ""},
		"empty filters, as an unused form has": {"operation=&status=&text=", "4 3 2 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := numbers(b.get("/_fake/?" + tc.query)); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAMistakeInAFilterIsSaid(t *testing.T) {
	t.Parallel()
	b := busy(t)
	for query, want := range map[string]string{
		"operation=records.creat": `unknown operation "records.creat"; did you mean "records.create"?`,
		"status=four":             `"four" is not a status; write one such as 404, 4xx for all from 400 to 499, or 0 for requests without an answer`,
		"status=9xx":              `"9xx" is not a status; write one such as 404, 4xx for all from 400 to 499, or 0 for requests without an answer`,
		"workspace=acm":           `unknown workspace "acm"; did you mean "acme"? Known: acme, other`,
	} {
		got := b.do(http.MethodGet, "/_fake/?"+query, nil)
		if said := got.text(".mistake"); got.status != http.StatusUnprocessableEntity || said != want {
			t.Errorf("%s: got %d %q", query, got.status, said)
		}
	}
}

func TestPagesOfRequestsLeadToOlderOnes(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(scenario))
	for range 60 {
		b.call("GET", "/v2/self", "secret", "")
	}
	first := b.get("/_fake/?status=200")
	older := ""
	for _, link := range first.find(".button") {
		older = attribute(link, "href")
	}
	if got := len(first.rows()); got != 50 || older != "/_fake/?before=11&status=200" {
		t.Fatalf("got %d requests and %q", got, older)
	}
	second := b.get(older)
	if got := numbers(second); got != "10 9 8 7 6 5 4 3 2 1" {
		t.Errorf("got %q", got)
	}
}

func TestEmptyPagesSayWhatToDoNext(t *testing.T) {
	t.Parallel()
	if got := newBrowser(t).get("/_fake/").text(".empty"); !strings.Contains(got, "No client has asked for anything yet") {
		t.Errorf("got %q", got)
	}
	if got := busy(t).get("/_fake/?text=nowhere").text(".empty"); !strings.Contains(got, "Change the filters") {
		t.Errorf("got %q", got)
	}
}

func TestARequestShowsWhatItChanged(t *testing.T) {
	t.Parallel()
	got := busy(t).get("/_fake/console/requests/1")
	if changed := got.text(".change"); changed != fmt.Sprintf("changed record in people %s Attribute Before After description One Two", fake.ID("acme/people/grace")) {
		t.Errorf("got %q", changed)
	}
	if body := got.text("#request-body"); body != `{ "data": { "values": { "description": "Two" } } }` {
		t.Errorf("got %q", body)
	}
	curl := got.find("#curl")[0]
	if text := textOf(curl); text != `curl \ -X 'PATCH' \ 'https://api.attio.com`+person+`' \ -H 'Authorization: Bearer secret' \ -H 'Content-Type: application/json' \ --data-raw '{"data":{"values":{"description":"Two"}}}'` {
		t.Errorf("got %q", text)
	}
}

func TestARequestThatIsGoneIsSaid(t *testing.T) {
	t.Parallel()
	b := busy(t)
	for path, want := range map[string]string{
		"/_fake/console/requests/5":    "there is no request 5; the journal has those from 1 to 4",
		"/_fake/console/requests/none": "there is no request none; the journal has those from 1 to 4",
		"/_fake/console/nothing":       "the console has no page /_fake/console/nothing",
	} {
		got := b.do(http.MethodGet, path, nil)
		if said := got.text(".banner"); got.status != http.StatusNotFound || said != want {
			t.Errorf("%s: got %d %q", path, got.status, said)
		}
	}
}

func TestAFaultIsInjectedForTheNextSuchRequest(t *testing.T) {
	t.Parallel()
	b := busy(t)
	to := b.post("/_fake/console/requests/1/fault", url.Values{"fault": {"rate-limited"}, "delay": {"2s"}})
	if said := b.get(to).text("#injected"); said != "The fault fault-1 (rate-limited) waits for the next records.update of the same token." {
		t.Errorf("got %q", said)
	}
	b.call("GET", "/v2/self", "secret", "") // another operation
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Three"}}}`)
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Four"}}}`)
	var statuses []string
	for _, row := range b.get("/_fake/?operation=records.update").rows() {
		statuses = append(statuses, row[2])
	}
	if diff := cmp.Diff([]string{"200", "429 fault fault-1", "200"}, statuses); diff != "" {
		t.Error(diff)
	}
	if said := b.get(to).text("#injected"); said != "The fault fault-1 has hit a request. See it" {
		t.Errorf("got %q", said)
	}
}

func TestAFaultThatCannotBeIsRefusedAtTheForm(t *testing.T) {
	t.Parallel()
	b := busy(t)
	for name, tc := range map[string]struct {
		request string
		form    url.Values
		want    string
	}{
		"an unknown fault":   {"1", url.Values{"fault": {"rate-limit"}}, `unknown fault "rate-limit"; did you mean "rate-limited"?`},
		"a delay of nothing": {"1", url.Values{"fault": {"slow"}}, `the fault "slow" needs a delay above zero`},
		"a wrong delay":      {"1", url.Values{"fault": {"slow"}, "delay": {"soon"}}, `"soon" is not a duration; write one such as 250ms or 2s`},
	} {
		got := b.do(http.MethodPost, "/_fake/console/requests/"+tc.request+"/fault", tc.form)
		if said := got.text("#fault-mistake"); got.status != http.StatusUnprocessableEntity || !strings.HasPrefix(said, tc.want) {
			t.Errorf("%s: got %d %q", name, got.status, said)
		}
	}
	if faults := b.get("/_fake/faults").body; strings.TrimSpace(faults) != `{"faults":[]}` {
		t.Errorf("got %s", faults)
	}
}

func TestTheRootStaysAttiosForBrowsers(t *testing.T) {
	t.Parallel()
	got := newBrowser(t).do(http.MethodGet, "/", nil, "Accept", "text/html")
	if got.status != http.StatusNotFound || !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
		t.Errorf("got %d %v", got.status, got.header)
	}
}
