package shadow_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// compared returns the report of requests that a client makes to a fake, with another one as the real side.
func compared(t *testing.T, own, real fake.Option, requests ...[3]string) fake.ShadowReport {
	t.Helper()
	other := fake.New(t, real, fake.WithoutSocket())
	srv := fake.New(t, own, fake.WithoutSocket(), fake.Shadow("https://api.attio.com", fake.ShadowTransport(other.Transport())))
	for _, asked := range requests {
		request, err := http.NewRequest(asked[0], srv.URL+asked[1], strings.NewReader(asked[2]))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		request.Header.Set("Content-Type", "application/json")
		response, err := srv.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		srv.ShadowReport() // so that one after the other is compared
	}
	return srv.ShadowReport()
}

// people is a workspace with people, and with the client's token if it is the real side.
func people(slug, records, more string) fake.Option {
	return fake.YAML(`version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  ` + slug + `:
    members: {ada: admin}
    tokens: {full: {scopes: all` + more + `}}
    objects: {people: {records: {` + records + `}}}
`)
}

var realToken = ", token: " + token

func TestOtherDataIsNoDifference(t *testing.T) {
	t.Parallel()
	real := people("other", `x: {name: "A, B"}, y: {name: "C, D", description: X}`, realToken)
	report := compared(t, fake.Scenario("crm"), real,
		[3]string{"GET", "/v2/self"}, [3]string{"GET", "/v2/objects"}, [3]string{"GET", "/v2/objects/people"}, [3]string{"GET", "/v2/objects/people/attributes"},
		[3]string{"GET", "/v2/lists"}, [3]string{"GET", "/v2/workspace_members"}, [3]string{"GET", "/v2/notes"}, [3]string{"GET", "/v2/tasks"}, [3]string{"GET", "/v2/webhooks"},
		[3]string{"POST", "/v2/objects/people/records/query", `{}`}, [3]string{"POST", "/v2/objects/companies/records/query", `{"limit": 3}`},
		[3]string{"POST", "/v2/objects/people/records/query", `{"filter": {"none": 1}}`},
		[3]string{"GET", "/v2/objects/people/records/" + fake.ID("other/people/x")}, [3]string{"GET", "/v2/objects/people/records/" + fake.ID("fernhill/people/grace")})
	if report.Different+report.Failed > 0 || report.Incomparable != 2 || report.Same != 12 || report.Values == 0 {
		t.Errorf("%d places differ by data; %s", report.Values, report)
	}
}

func TestAnOrderIsCompared(t *testing.T) {
	t.Parallel()
	order := func(severity string) []fake.ShadowDifference {
		return []fake.ShadowDifference{{Path: "data", Kind: "order", Severity: severity, Fake: "the elements", Other: "the same elements in another order"}}
	}
	made := func(day, more string) fake.Option {
		return people("acme", `x: {name: "A, B", created_at: 2026-01-0`+day+`T00:00:00Z}, y: {name: "C, D", description: X, created_at: 2026-01-05T00:00:00Z}`, more)
	}
	members := func(order, more string) fake.Option {
		return fake.YAML(`version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces: {acme: {members: {` + order + `}, tokens: {full: {scopes: all` + more + `}}}}
`)
	}
	for name, tc := range map[string]struct {
		own, real fake.Option
		request   [3]string
		want      []fake.ShadowDifference
	}{
		"that the client asked for": {made("1", ""), made("9", realToken),
			[3]string{"POST", "/v2/objects/people/records/query", `{"sorts": [{"attribute": "created_at", "direction": "asc"}]}`}, order("notable")},
		"that the client has not named": {members("ada: admin, bob: member", ""), members("bob: member, ada: admin", realToken),
			[3]string{"GET", "/v2/workspace_members", ""}, order("harmless")},
	} {
		report := compared(t, tc.own, tc.real, tc.request)
		var found []fake.ShadowDifference
		for _, d := range report.Requests[0].Differences {
			if d.Kind != "value" {
				found = append(found, d)
			}
		}
		if diff := cmp.Diff(tc.want, found); diff != "" {
			t.Errorf("an order %s (-want +got):\n%s", name, diff)
		}
	}
}

// A real side that has things in common with the fake lacks what it does not show; another one has other data.
func TestFewerElementsAreADifferenceAmongTheSameData(t *testing.T) {
	t.Parallel()
	requests := [][3]string{{"GET", "/v2/self"}, {"POST", "/v2/objects/people/records/query", `{"filter": {"description": "X"}}`}}
	for slug, want := range map[string][]string{"acme": {"notable length"}, "other": nil} {
		report := compared(t, people("acme", `x: {name: "A, B", description: X}`, ""), people(slug, "", realToken), requests...)
		var found []string
		for _, d := range report.Requests[1].Differences {
			found = append(found, d.Severity+" "+d.Kind)
		}
		if !slices.Equal(found, want) {
			t.Errorf("%s: %q, want %q\n%s", slug, found, want, report)
		}
	}
}

// A scenario that was pulled has the ids of the real workspace, except that of the workspace itself.
func TestTheIDOfTheWorkspaceIsOfNoAccount(t *testing.T) {
	t.Parallel()
	const grace, ada = "5f0c1f4d-9a3e-4c1b-8d52-0e4b7a1c9f60", "6f0c1f4d-9a3e-4c1b-8d52-0e4b7a1c9f60"
	workspace := func(slug, description, more string) fake.Option {
		return fake.YAML(`version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  ` + slug + `:
    members: {ada: {access_level: admin, id: ` + ada + `}}
    tokens: {full: {scopes: all, id: ` + strings.Replace(ada, "6f", "7f", 1) + more + `}}
    objects:
      notes_of: {id: ` + strings.Replace(ada, "6f", "8f", 1) + `, singular_noun: Note, plural_noun: Notes, attributes: {text: {type: text, id: ` + strings.Replace(ada, "6f", "9f", 1) + `}},
        records: {grace: {id: ` + grace + `, text: ` + description + `}}}
`)
	}
	report := compared(t, workspace("acme", "One", ""), workspace("other", "[]", realToken), [3]string{"GET", "/v2/objects/notes_of/records/" + grace})
	if len(report.Requests) != 1 || len(report.Requests[0].Differences) != 2 {
		t.Fatalf("got %+v", report)
	}
	want := []fake.ShadowDifference{
		{Path: "data.web_url", Kind: "value", Severity: "harmless"},
		{Path: "data.values.text", Kind: "length", Severity: "notable", Fake: "1", Other: "0 elements"},
	}
	got := report.Requests[0].Differences
	got[0].Fake, got[0].Other = "", "" // the addresses
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
