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

// withLists is merged over crm: members with their own tokens and different access to lists, and plans.
const withLists = `
version: 1
users: {bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {bob: member}
    tokens: {bobs: {scopes: all, authorized_by: bob}, nobodys: {scopes: all, kind: app}}
  free: {plan: free, members: {ada: admin}, tokens: {full: {scopes: all}}}
  pro: {plan: pro, members: {ada: admin}, tokens: {full: {scopes: all}}}
`

// newListClient is newCRM with lists.
func newListClient(t testing.TB) *client {
	t.Helper()
	return newCRM(t, fake.YAML(withLists))
}

const noGrants = `"workspace_access":"full-access","workspace_member_access":[]`

// grant is a member's access to a list, with its keys in wire order.
func grant(member, level string) string {
	return fmt.Sprintf(`{"level":"%s","workspace_member_id":"%s"}`, level, fake.ID("acme/members/"+member))
}

// list makes a list whose name is its slug, one second after the previous write, and returns its id.
func (c *client) list(slug, parent, access string) string {
	c.t.Helper()
	c.server.Advance(time.Second)
	got := c.do("POST", "/v2/lists", raw(`{"data":{"name":"%s","api_slug":"%s","parent_object":"%s",%s}}`, slug, slug, parent, access))
	if got.Status != 200 {
		c.t.Fatalf("%d %s", got.Status, got.Body)
	}
	return idIn(c.t, got.Body, "list_id")
}

// listJSON is a list that the token made.
func listJSON(id, slug string, second int, access, parent string) string {
	return fmt.Sprintf(`{"id":{"workspace_id":"%s","list_id":"%s"},"api_slug":"%s","created_at":"%s","name":"%s",%s,"parent_object":["%s"],"created_by_actor":%s}`,
		fake.ID("acme"), id, slug, stamp(second), slug, access, parent, token)
}

func TestListsAreMadeListedAndRead(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	private := `"workspace_access":null,"workspace_member_access":` + list(grant("ada", "full-access"), grant("bob", "read-only"))
	zoo := c.list("zoo", "people", noGrants)
	sales := c.list("sales", fake.ID("acme/objects/companies"), private)
	ant := c.list("ant", "projects", `"workspace_access":"read-only","workspace_member_access":`+list(grant("ada", "full-access")))
	bodies := []string{
		listJSON(zoo, "zoo", 1, noGrants, "people"),
		listJSON(sales, "sales", 2, private, "companies"),
		listJSON(ant, "ant", 3, `"workspace_access":"read-only","workspace_member_access":`+list(grant("ada", "full-access")), "projects"),
	}
	if diff := cmp.Diff(`{"data":`+list(bodies...)+`}`, c.get("/v2/lists").Body); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	for path, want := range map[string]string{"zoo": bodies[0], sales: bodies[1], "ant": bodies[2]} {
		if diff := cmp.Diff(`{"data":`+want+`}`, c.get("/v2/lists/"+path).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestAWorkspaceBeginsWithoutLists(t *testing.T) {
	t.Parallel()
	if got := newListClient(t).get("/v2/lists"); got.Body != `{"data":[]}` {
		t.Error(got.Body)
	}
}

func TestChangesOfAList(t *testing.T) {
	t.Parallel()
	ada, bob := grant("ada", "full-access"), grant("bob", "read-only")
	for name, tc := range map[string]struct{ sent, want string }{
		"its name":                         {`{"name":"New"}`, `"sales","created_at":"` + stamp(1) + `","name":"New",` + noGrants},
		"its slug":                         {`{"api_slug":"won"}`, `"won","created_at":"` + stamp(1) + `","name":"sales",` + noGrants},
		"its slug to what it is":           {`{"api_slug":"sales"}`, `"sales","created_at":"` + stamp(1) + `","name":"sales",` + noGrants},
		"who has access":                   {`{"workspace_access":null,"workspace_member_access":` + list(ada, bob) + `}`, `"sales","created_at":"` + stamp(1) + `","name":"sales","workspace_access":null,"workspace_member_access":` + list(ada, bob)},
		"a member more":                    {`{"workspace_member_access":` + list(bob) + `}`, `"sales","created_at":"` + stamp(1) + `","name":"sales","workspace_access":"full-access","workspace_member_access":` + list(bob)},
		"what it cannot, beside a name":    {`{"name":"New","parent_object":"companies"}`, `"sales","created_at":"` + stamp(1) + `","name":"New",` + noGrants},
		"a member's id in capital letters": {`{"workspace_member_access":[{"level":"read-only","workspace_member_id":"` + strings.ToUpper(fake.ID("acme/members/bob")) + `"}]}`, `"sales","created_at":"` + stamp(1) + `","name":"sales","workspace_access":"full-access","workspace_member_access":` + list(bob)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newListClient(t)
			id := c.list("sales", "people", noGrants)
			c.server.Advance(time.Second)
			got := c.do("PATCH", "/v2/lists/sales", raw(`{"data":%s}`, tc.sent))
			want := `{"data":{"id":{"workspace_id":"` + fake.ID("acme") + `","list_id":"` + id + `"},"api_slug":` + tc.want +
				`,"parent_object":["people"],"created_by_actor":` + token + `}}`
			if diff := cmp.Diff(want, got.Body); diff != "" {
				t.Errorf("answered (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, c.get("/v2/lists/"+id).Body); diff != "" {
				t.Errorf("read again (-want +got):\n%s", diff)
			}
		})
	}
}

func TestListsThatAreRefused(t *testing.T) {
	t.Parallel()
	const stranger = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	of := func(edits ...string) string {
		body := `{"name":"Sales","api_slug":"sales","parent_object":"people",` + noGrants + `}`
		return strings.NewReplacer(edits...).Replace(body)
	}
	unknownMember := unknownValue("Workspace member with ID \"%s\" not found.", stranger)
	noFullAccess := badRequest("validation_type", `Lists must have workspace_access set to "full-access" or at least one workspace_member_access with level "full-access".`)
	taken := refusal("409", "invalid_request_error", "slug_conflict", `A list with api_slug "taken" already exists.`)
	for name, tc := range map[string]struct{ method, path, data, want string }{
		"of an unknown object":                     {"POST", "", of("people", "robots"), notFound(`Parent object with slug/ID "robots" not found.`)},
		"of an object that is off":                 {"POST", "", of("people", "deals"), isOff("deals")},
		"with an empty slug":                       {"POST", "", of(`"api_slug":"sales"`, `"api_slug":""`), emptySlug},
		"with its slug taken away":                 {"PATCH", "/taken", `{"api_slug":""}`, emptySlug},
		"with the slug of another":                 {"POST", "", of("sales", "taken"), taken},
		"for an unknown member":                    {"POST", "", of("[]", `[{"workspace_member_id":"`+stranger+`","level":"read-only"}]`), unknownMember},
		"that nobody has full access":              {"POST", "", of("full-access", "read-only"), noFullAccess},
		"that nobody has access":                   {"POST", "", of(`"full-access"`, "null"), noFullAccess},
		"that nobody has full access, with grants": {"POST", "", of(`"full-access"`, "null", "[]", list(grant("bob", "read-and-write"))), noFullAccess},
		"changed to the slug of another":           {"PATCH", "/mine", `{"api_slug":"taken"}`, taken},
		"changed for an unknown member":            {"PATCH", "/mine", `{"workspace_member_access":[{"workspace_member_id":"` + stranger + `","level":"read-only"}]}`, unknownMember},
		"changed to nobody's":                      {"PATCH", "/mine", `{"workspace_access":null}`, noFullAccess},
		"unknown, changed":                         {"PATCH", "/zzz", `{"name":"x"}`, notFound(`List with slug/ID "zzz" not found.`)},
		"unknown":                                  {"GET", "/zzz", "", notFound(`List with slug/ID "zzz" not found.`)},
		"of no right level":                        {"POST", "", of("full-access", "all"), badShape(`{"code":"invalid_option","path":["data","workspace_access"],"message":"Invalid enum value. Expected 'full-access' | 'read-and-write' | 'read-only', received 'all'","options":["full-access","read-and-write","read-only"]}`)},
		"for what is no member": {"POST", "", of("[]", `[{"workspace_member_id":"ada"}]`), badShape(`{"code":"invalid_string","path":["data","workspace_member_access",0,"workspace_member_id"],"message":"Invalid uuid","string_validation":"uuid"},` +
			`{"code":"invalid_type","path":["data","workspace_member_access",0,"level"],"message":"Required","expected":"'full-access' | 'read-and-write' | 'read-only'","received":"undefined"}`)},
		"deleted": {"DELETE", "/mine", "", notFound(`Could not find endpoint "DELETE /v2/lists/mine".`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newListClient(t)
			c.list("taken", "people", noGrants)
			c.list("mine", "people", noGrants)
			before := c.get("/v2/lists").Body
			var body any
			if tc.data != "" {
				body = raw(`{"data":%s}`, tc.data)
			}
			if diff := cmp.Diff(tc.want, c.do(tc.method, "/v2/lists"+tc.path, body).Body); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(before, c.get("/v2/lists").Body); diff != "" {
				t.Errorf("the lists changed:\n%s", diff)
			}
		})
	}
}

func TestASmallPlanHasNoPermissionsOfLists(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	refused := refusal("403", "auth_error", "billing_error", "You attempted to create a List using permissions features that are not currently "+
		"supported on your plan. Please upgrade, contact sales, or try a different access configuration for your list.")
	for workspace, refuses := range map[string]bool{"free": true, "pro": false} {
		c := c.as(c.server.Token(workspace))
		ada := fmt.Sprintf(`[{"level":"full-access","workspace_member_id":"%s"}]`, fake.ID(workspace+"/members/ada"))
		for name, tc := range map[string]struct {
			access string
			plain  bool
		}{
			"everybody":           {noGrants, true},
			"one more than all":   {`"workspace_access":"full-access","workspace_member_access":` + ada, false},
			"others only to read": {`"workspace_access":"read-only","workspace_member_access":` + ada, false},
			"one":                 {`"workspace_access":null,"workspace_member_access":` + ada, false},
		} {
			slug := strings.ReplaceAll(name, " ", "_")
			got := c.do("POST", "/v2/lists", raw(`{"data":{"name":"x","api_slug":"%s","parent_object":"people",%s}}`, slug, tc.access))
			if want := refuses && !tc.plain; want != (got.Body == refused) || !want && got.Status != 200 {
				t.Errorf("%s for %s: %d %s", workspace, name, got.Status, got.Body)
			}
		}
	}
}

func TestListsThatTheMemberBehindATokenMayNotSeeAreAbsent(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	c.list("open", "people", noGrants)
	c.list("adas", "people", `"workspace_access":null,"workspace_member_access":`+list(grant("ada", "full-access")))
	c.list("both", "people", `"workspace_access":null,"workspace_member_access":`+list(grant("ada", "full-access"), grant("bob", "read-only")))
	person := c.saved("POST", "people/records", `{}`)
	for _, slug := range []string{"open", "adas", "both"} {
		c.entry("POST", slug, "people", person, `{}`)
	}
	for holder, sees := range map[string][]string{"acme/full": {"open", "adas", "both"}, "acme/bobs": {"open", "both"}, "acme/nobodys": {"open"}} {
		c := c.as(c.server.Token(holder))
		var listed, entries struct {
			Data []struct {
				Slug string `json:"api_slug"`
				Of   string `json:"list_api_slug"`
			}
		}
		decode(t, c.get("/v2/lists").Body, &listed)
		decode(t, c.get("/v2/objects/people/records/"+person+"/entries").Body, &entries)
		var got, on []string
		for i := range listed.Data {
			got = append(got, listed.Data[i].Slug)
		}
		for i := range entries.Data {
			on = append(on, entries.Data[i].Of)
		}
		if diff := cmp.Diff(sees, got); diff != "" {
			t.Errorf("the lists of %s (-want +got):\n%s", holder, diff)
		}
		if diff := cmp.Diff(sees, on); diff != "" {
			t.Errorf("the entries for %s (-want +got):\n%s", holder, diff)
		}
		if status := c.get("/v2/lists/adas").Status; (status == 200) != (holder == "acme/full") {
			t.Errorf("%s: %d", holder, status)
		}
	}
}

func TestWritesNeedTheAccessOfTheirMember(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	person := c.saved("POST", "people/records", `{}`)
	for _, level := range []string{"read-only", "read-and-write", "full-access"} {
		c.list(level, "people", `"workspace_access":null,"workspace_member_access":`+list(grant("ada", "full-access"), grant("bob", level)))
	}
	refused := func(what string) string {
		return refusal("403", "auth_error", "unauthorized", "You do not have the necessary permissions to "+what+".")
	}
	bob := c.as(c.server.Token("acme/bobs"))
	for level, want := range map[string]struct{ entry, attribute string }{
		"read-only":      {refused("create entries in this list"), refused("create this attribute")},
		"read-and-write": {"", refused("create this attribute")},
		"full-access":    {},
	} {
		entry := bob.do("POST", "/v2/lists/"+level+"/entries", raw(`{"data":{"parent_object":"people","parent_record_id":"%s","entry_values":{}}}`, person))
		attribute := bob.send("POST", "/v2/lists/"+level+"/attributes", newAttribute("stage", "text"))
		query := bob.do("POST", "/v2/lists/"+level+"/entries/query", J{})
		if want.entry != "" && entry.Body != want.entry || want.entry == "" && entry.Status != 200 {
			t.Errorf("%s: an entry answered %s", level, entry.Body)
		}
		if want.attribute != "" && attribute.Body != want.attribute || want.attribute == "" && attribute.Status != 200 {
			t.Errorf("%s: an attribute answered %s", level, attribute.Body)
		}
		if query.Status != 200 {
			t.Errorf("%s: a query answered %s", level, query.Body)
		}
	}
}

func TestListsOfOneWorkspaceAreNotInAnother(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	id := c.list("sales", "people", noGrants)
	other := c.as(c.server.Token("other"))
	for _, path := range []string{"sales", id} {
		if got := other.get("/v2/lists/" + path); got.Body != notFound(`List with slug/ID "`+path+`" not found.`) {
			t.Error(got.Body)
		}
	}
}

func TestAListGoesWithItsObject(t *testing.T) {
	t.Parallel()
	c := newListClient(t)
	c.list("sales", "projects", noGrants)
	c.list("stays", "people", noGrants)
	if got := c.do("DELETE", "/v2/objects/projects", nil); got.Status != 200 {
		t.Fatal(got.Body)
	}
	if got := c.get("/v2/lists/sales"); got.Body != notFound(`List with slug/ID "sales" not found.`) {
		t.Error(got.Body)
	}
	if got := c.get("/v2/lists/stays"); got.Status != 200 {
		t.Error(got.Body)
	}
}

func decode(t testing.TB, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
}
