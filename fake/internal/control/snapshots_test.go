package control_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

var nine = time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)

// with sends a token.
func with(token string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
	}
}

// create creates a person and returns its id.
func (c client) create(token, values string) string {
	c.t.Helper()
	got := c.do("POST", "/v2/objects/people/records", `{"data":{"values":`+values+`}}`, with(token))
	var body struct {
		Data struct {
			ID struct {
				RecordID string `json:"record_id"`
			}
		}
	}
	if err := json.Unmarshal([]byte(got.Body), &body); err != nil || got.Status != 200 {
		c.t.Fatalf("create %s: %v", values, got)
	}
	return body.Data.ID.RecordID
}

// status gets a person and returns the status of the answer.
func (c client) status(token, id string) int {
	c.t.Helper()
	return c.do("GET", "/v2/objects/people/records/"+id, "", with(token)).Status
}

func TestSnapshotsAreTakenListedRestoredAndDeleted(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(nine))
	token := c.server.Token("acme")
	kept := c.create(token, `{}`)
	taken := answer{200, `{"name":"one","taken_at":"2026-01-15T09:00:00.000000000Z"}`}
	if diff := cmp.Diff(taken, c.do("PUT", "/_fake/snapshots/one", "")); diff != "" {
		t.Error(diff)
	}
	lost := c.create(token, `{}`)
	c.do("POST", "/_fake/clock", `{"advance":"1h"}`)
	c.do("PUT", "/_fake/snapshots/two", "")
	want := answer{200, `{"snapshots":[{"name":"one","taken_at":"2026-01-15T09:00:00.000000000Z"},{"name":"two","taken_at":"2026-01-15T10:00:00.000000000Z"}]}`}
	if diff := cmp.Diff(want, c.do("GET", "/_fake/snapshots", "")); diff != "" {
		t.Error(diff)
	}
	if got := c.do("POST", "/_fake/snapshots/one/restore", ""); got != (answer{Status: 204}) {
		t.Errorf("restore: %v", got)
	}
	if c.status(token, kept) != 200 || c.status(token, lost) != 404 || !c.server.Now().Equal(nine) {
		t.Error("the state is not that of the snapshot")
	}
	if got := c.do("POST", "/_fake/snapshots/two/restore", ""); got.Status != 204 || c.status(token, lost) != 200 {
		t.Errorf("restore the later one: %v", got)
	}
	if got := c.do("DELETE", "/_fake/snapshots/one", ""); got.Status != 204 {
		t.Errorf("delete: %v", got)
	}
	gone := answer{404, `{"error":"unknown snapshot \"one\"; known: two"}`}
	for _, call := range []string{"DELETE /_fake/snapshots/one", "POST /_fake/snapshots/one/restore", "GET /_fake/snapshots/one/diff"} {
		method, path, _ := strings.Cut(call, " ")
		if diff := cmp.Diff(gone, c.do(method, path, "")); diff != "" {
			t.Errorf("%s: %s", call, diff)
		}
	}
}

func TestADiffNamesWhatChangedAttributeByAttribute(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(nine), fake.YAML(`
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme: {members: {ada: admin}, tokens: {full: {scopes: all}}}
  globex: {tokens: {full: {scopes: all}}}`))
	token := c.server.Token("acme")
	changed, deleted := c.create(token, `{"job_title":"Clerk"}`), c.create(token, `{}`)
	c.do("PUT", "/_fake/snapshots/before", "")
	c.do("PATCH", "/v2/objects/people/records/"+changed, `{"data":{"values":{"job_title":"Countess"}}}`, with(token))
	c.do("DELETE", "/v2/objects/people/records/"+deleted, "", with(token))
	c.do("PUT", "/_fake/snapshots/after", "")
	created := c.create(token, `{"job_title":"Poet"}`)

	type change struct {
		Thing, In, ID, Action string
		Attributes            []string
	}
	diff := func(path string) []change {
		var body struct {
			Workspaces []struct {
				Workspace, Action string
				Changes           []struct {
					Thing, In, ID, Action string
					Attributes            []struct {
						Attribute     string
						Before, After []struct{ Value string }
					}
				}
			}
		}
		c.decode(path, &body)
		if len(body.Workspaces) != 1 || body.Workspaces[0].Workspace != "acme" || body.Workspaces[0].Action != "changed" {
			t.Fatalf("workspaces: %+v", body.Workspaces)
		}
		var all []change
		for _, got := range body.Workspaces[0].Changes {
			one := change{got.Thing, got.In, got.ID, got.Action, nil}
			for _, a := range got.Attributes {
				one.Attributes = append(one.Attributes, fmt.Sprintf("%s: %v to %v", a.Attribute, a.Before, a.After))
			}
			all = append(all, one)
		}
		return all
	}
	byAction := cmpopts.SortSlices(func(a, b change) bool { return a.Action < b.Action })
	want := []change{
		{"record", "people", changed, "changed", []string{"job_title: [{Clerk}] to [{Countess}]"}},
		{"record", "people", deleted, "deleted", nil},
	}
	if d := cmp.Diff(want, diff("/_fake/snapshots/before/diff?to=after"), byAction); d != "" {
		t.Errorf("between the two (-want +got):\n%s", d)
	}
	got := diff("/_fake/snapshots/before/diff")
	want = append(want, change{"record", "people", created, "created", []string{"job_title: [] to [{Poet}]"}})
	if d := cmp.Diff(want, got, byAction); d != "" {
		t.Errorf("until now (-want +got):\n%s", d)
	}
	if same := c.do("GET", "/_fake/snapshots/after/diff?to=after", ""); same != (answer{200, `{"workspaces":[]}`}) {
		t.Errorf("of a snapshot and itself: %v", same)
	}
}

func TestACloneIsAWorkspaceOfItsOwn(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	var clone struct {
		Slug   string
		ID     string
		Tokens []struct{ Name, Token string }
	}
	if err := json.Unmarshal([]byte(c.do("POST", "/_fake/workspaces/acme/clone", "").Body), &clone); err != nil {
		t.Fatal(err)
	}
	if clone.Slug != "acme-2" || len(clone.Tokens) == 0 {
		t.Errorf("%+v", clone)
	}
	token := c.server.Token("acme-2")
	id := c.create(token, `{}`)
	if c.status(c.server.Token("acme"), id) != 404 || c.status(token, id) != 200 {
		t.Error("the new record has to be in the clone and not in the original")
	}
	named := answer{409, `{"error":"\"globex\" is the slug of another workspace"}`}
	if diff := cmp.Diff(named, c.do("POST", "/_fake/workspaces/acme/clone", `{"slug":"globex"}`)); diff != "" {
		t.Error(diff)
	}
	gone := answer{409, `{"error":"\"acme-2\" was the slug of a workspace that is gone, and no slug is given twice; choose another"}`}
	bad := answer{400, `{"error":"a slug consists of lower-case letters, digits and hyphens, and does not start with a hyphen"}`}
	if diff := cmp.Diff(bad, c.do("POST", "/_fake/workspaces/acme/clone", `{"slug":"A"}`)); diff != "" {
		t.Error(diff)
	}
	if got := c.do("DELETE", "/_fake/workspaces/acme-2", ""); got.Status != 204 || c.status(token, id) != 401 {
		t.Errorf("delete: %v", got)
	}
	if diff := cmp.Diff(gone, c.do("POST", "/_fake/workspaces/acme/clone", `{"slug":"acme-2"}`)); diff != "" {
		t.Error(diff)
	}
	unknown := answer{404, `{"error":"unknown workspace \"acme-2\"; known: acme, globex"}`}
	if diff := cmp.Diff(unknown, c.do("DELETE", "/_fake/workspaces/acme-2", "")); diff != "" {
		t.Error(diff)
	}
}

func TestATestWritesAsAMemberOrAsAttioItself(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	acme := c.server.Workspace("acme")
	for name, want := range map[string]string{
		"bob":                  `{"type":"workspace-member","id":"` + acme.Member("bob").ID + `"}`,
		"bob@acme.example.com": `{"type":"workspace-member","id":"` + acme.Member("bob").ID + `"}`,
		"system":               `{"type":"system","id":null}`,
		acme.Member("ada").ID:  `{"type":"workspace-member","id":"` + acme.Member("ada").ID + `"}`,
	} {
		got := c.do("POST", "/_fake/as/acme/"+name+"/v2/objects/people/records", `{"data":{"values":{"job_title":"Clerk"}}}`,
			func(r *http.Request) { r.Header.Set("Content-Type", "application/json") })
		if got.Status != 200 || !strings.Contains(got.Body, `"created_by_actor":`+want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	for path, want := range map[string]answer{
		"/_fake/as/acme/nobody/v2/self":        {404, `{"error":"unknown member \"nobody\"; known: system, ada, bob, sven"}`},
		"/_fake/as/acme/sven/v2/objects":       {400, `{"error":"member \"sven\" is suspended, so that nothing can be done in their name; choose another or give them access again"}`},
		"/_fake/as/acm/ada/v2/objects":         {404, `{"error":"unknown workspace \"acm\"; did you mean \"acme\"? Known: acme, globex"}`},
		"/_fake/as/acme":                       {400, `{"error":"write /_fake/as/{workspace}/{member or system}/v2/…"}`},
		"/_fake/as/acme/ada/v2/objects/people": {200, ""},
	} {
		got := c.do("GET", path, "")
		if want.Body == "" {
			got.Body = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	if requests := journal(c); len(requests) != 0 {
		t.Errorf("the journal has %v", requests)
	}
}

func TestFaultsAndLimitsAreSetOverTheControlAPI(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(nine))
	full := with(c.server.Token("acme"))
	want := answer{200, `{"id":"fault-1","fault":"rate-limited","operation":"self.identify","times":1,"seen":0,"hits":0}`}
	if diff := cmp.Diff(want, c.do("POST", "/_fake/faults", `{"fault":"rate-limited","operation":"self.identify","times":1}`)); diff != "" {
		t.Error(diff)
	}
	for _, status := range []int{429, 200} {
		if got := c.do("GET", "/v2/self", "", full); got.Status != status {
			t.Errorf("%v, not %d", got, status)
		}
	}
	want = answer{200, `{"faults":[{"id":"fault-1","fault":"rate-limited","operation":"self.identify","times":1,"seen":1,"hits":1}]}`}
	if diff := cmp.Diff(want, c.do("GET", "/_fake/faults", "")); diff != "" {
		t.Error(diff)
	}
	refused := answer{400, `{"error":"unknown operation \"self\"; did you mean \"self.*\"?"}`}
	if diff := cmp.Diff(refused, c.do("POST", "/_fake/faults", `{"fault":"hang","operation":"self"}`)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(answer{409, `{"error":"\"fault-1\": there is already a rule with this id"}`}, c.do("POST", "/_fake/faults", `{"id":"fault-1","fault":"hang"}`)); diff != "" {
		t.Error(diff)
	}
	for _, status := range []int{204, 404} {
		if got := c.do("DELETE", "/_fake/faults/fault-1", ""); got.Status != status {
			t.Errorf("%v, not %d", got, status)
		}
	}
	c.do("POST", "/_fake/faults", `{"fault":"internal"}`)
	if got := c.do("DELETE", "/_fake/faults", ""); got.Status != 204 || c.do("GET", "/v2/self", "", full).Status != 200 {
		t.Errorf("clear: %v", got)
	}

	for limits, last := range map[string]int{`"attio"`: 429, `null`: 200} {
		if got := c.do("PUT", "/_fake/workspaces/acme/limits", `{"limits":`+limits+`}`); got.Status != 204 {
			t.Errorf("limits %s: %v", limits, got)
		}
		var got answer
		for range 101 {
			got = c.do("GET", "/v2/self", "", full)
		}
		if got.Status != last {
			t.Errorf("limits %s: %v, not %d", limits, got, last)
		}
	}
	if diff := cmp.Diff(answer{400, `{"error":"unknown limits \"none\"; known: attio"}`}, c.do("PUT", "/_fake/workspaces/acme/limits", `{"limits":"none"}`)); diff != "" {
		t.Error(diff)
	}
}

func TestAScenarioBringsItsFaultsBackOnReset(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`
version: 1
extends: [acme]
workspaces: {acme: {faults: {first: {fault: internal, operation: self.identify, times: 1}}}}`))
	full := with(c.server.Token("acme"))
	for range 2 {
		for _, status := range []int{500, 200} {
			if got := c.do("GET", "/v2/self", "", full); got.Status != status {
				t.Errorf("%v, not %d", got, status)
			}
		}
		c.do("POST", "/_fake/faults", `{"fault":"hang"}`)
		c.do("POST", "/_fake/reset", "")
	}
}

func TestAThousandSnapshotsHaveANameAndNoMore(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for i := range 1000 {
		c.server.Snapshot(fmt.Sprint(i))
	}
	got := c.do("PUT", "/_fake/snapshots/more", "")
	want := answer{409, `{"error":"there are already 1000 named snapshots, the most that a server keeps; ` +
		`delete some, the oldest is \"0\": DELETE /_fake/snapshots/{name}, or DeleteSnapshot in Go"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := c.do("PUT", "/_fake/snapshots/7", ""); got.Status != 200 {
		t.Errorf("one is not replaced: %v", got)
	}
	c.do("DELETE", "/_fake/snapshots/3", "")
	if got := c.do("PUT", "/_fake/snapshots/more", ""); got.Status != 200 {
		t.Errorf("after one was deleted: %v", got)
	}
}

func TestADiffShowsRecordsOfAnObjectThatIsNewGoneOrHasANewAttribute(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`
version: 1
extends: [acme]
workspaces:
  acme:
    objects:
      ships: {singular_noun: Ship, plural_noun: Ships, attributes: {code: text}, records: {hms: {code: H}}}
      boats: {singular_noun: Boat, plural_noun: Boats, attributes: {code: text}, records: {ark: {code: A}}}
`))
	do := func(method, path, body string) {
		t.Helper()
		if got := c.do(method, path, body, with(c.server.Token("acme"))); got.Status != 200 {
			t.Fatalf("%s %s: %v", method, path, got)
		}
	}
	type shown struct {
		Thing, In, Action string
		Attributes        []struct{ Attribute string }
	}
	// changes describes each record that differs: its object, action and attributes.
	changes := func(path string) (all []string) {
		var diff struct{ Workspaces []struct{ Changes []shown } }
		c.decode(path, &diff)
		for _, change := range diff.Workspaces[0].Changes {
			if change.Thing == "record" {
				text := change.In + " " + change.Action
				for _, attribute := range change.Attributes {
					text += " " + attribute.Attribute
				}
				all = append(all, text)
			}
		}
		slices.Sort(all)
		return all
	}
	c.do("PUT", "/_fake/snapshots/before", "")
	do("DELETE", "/v2/objects/boats", "")
	do("POST", "/v2/objects/ships/attributes", `{"data":{"title":"Crew","api_slug":"crew","type":"number","description":null,`+
		`"is_required":false,"is_unique":false,"is_multiselect":false,"config":{}}}`)
	do("PATCH", "/v2/objects/ships/records/"+fake.ID("acme/ships/hms"), `{"data":{"values":{"crew":4}}}`)
	do("POST", "/v2/objects", `{"data":{"api_slug":"planes","singular_noun":"Plane","plural_noun":"Planes"}}`)
	do("POST", "/v2/objects/planes/records", `{"data":{"values":{}}}`)
	c.do("PUT", "/_fake/snapshots/after", "")

	want := []string{"boats deleted code", "planes created", "ships changed crew"}
	if diff := cmp.Diff(want, changes("/_fake/snapshots/before/diff?to=after")); diff != "" {
		t.Errorf("forwards (-want +got):\n%s", diff)
	}
	want = []string{"boats created code", "planes deleted"} // an attribute's values are deleted with it
	if diff := cmp.Diff(want, changes("/_fake/snapshots/after/diff?to=before")); diff != "" {
		t.Errorf("backwards (-want +got):\n%s", diff)
	}
}
