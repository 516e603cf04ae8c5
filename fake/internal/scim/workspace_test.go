package scim_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// What is refused before an operation of SCIM runs has the envelope of the API.
func TestTokensScopesAndFaultsAreThoseOfTheAPI(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	envelope := func(status, kind, code, message string) string {
		return `{"status_code":` + status + `,"type":"` + kind + `","code":"` + code + `","message":"` + message + `"}`
	}
	reader, bobs, nobody := *c, *c, *c
	reader.token, bobs.token, nobody.token = c.server.Token("navy/reader"), c.server.Token("navy/bobs"), strings.Repeat("0", 64)
	if got := reader.do("GET", "/Schemas", ""); got.Status != 200 {
		t.Errorf("a reader may not read: %d %s", got.Status, got.Body)
	}
	c.wants(reader.do("DELETE", "/Users/"+member("bob"), ""), 403, envelope("403", "auth_error", "unauthorized",
		"The API Key provided is not authorized to perform the requested action. This request requires scopes: Read-Write access to the User Management scope."))
	c.wants(bobs.do("GET", "/Users", ""), 403, envelope("403", "auth_error", "unauthorized",
		"The token provided acts for a user, and this request requires one that acts for the workspace."))
	c.wants(nobody.do("GET", "/Users", ""), 401, envelope("401", "auth_error", "unauthorized",
		"The API Key provided could not be found. This is most commonly caused by the token having been revoked."))
	c.wants(c.do("GET", "/ServiceProviderConfig", ""), 404, envelope("404", "invalid_request_error", "not_found",
		`Could not find endpoint \"GET /scim/v2/ServiceProviderConfig\".`))

	fault := c.server.Fail(fake.RateLimited.On("scim_users.list").Times(1))
	if got := c.do("GET", "/Users", ""); got.Status != 429 || fault.Hits() != 1 {
		t.Errorf("with a fault: %d %s", got.Status, got.Body)
	}
	if got := c.do("GET", "/Users?startIndex=x", ""); got.Status != 400 {
		t.Errorf("after the fault: %d %s", got.Status, got.Body)
	}
	requests := c.server.Requests(fake.RequestFilter{Operation: "scim_users.list"})
	if last := requests[len(requests)-1]; last.Code != "invalidValue" || last.Workspace != "navy" {
		t.Errorf("the journal has %+v", last)
	}
}

// What an identity provider does is seen by everybody else at once: by events, by tokens, and in the journal.
func TestWhatSCIMDoesIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	var events []string
	c.server.Workspace("navy").WebhookTo(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) {}), "workspace-member.created")
	bobs := *c
	bobs.token = c.server.Token("navy/bobs")
	if got := bobs.do("GET", "/v2/objects", ""); got.Status != 200 {
		t.Fatalf("bob's token: %d %s", got.Status, got.Body)
	}

	id := c.id(c.do("POST", "/Users", `{"schemas":["`+userURN+`"],"userName":"new@navy.example.com"}`))
	c.do("POST", "/Users", `{"schemas":["`+userURN+`"],"userName":"guest@else.example.com"}`)
	for _, delivery := range c.server.Deliveries() {
		events = append(events, string(delivery.Body))
	}
	if len(events) != 1 || !strings.Contains(events[0], id) {
		t.Errorf("the events are %v", events)
	}

	c.do("PATCH", "/Users/"+member("bob"), operations(`{"op":"replace","value":{"active":false,"name":{"givenName":"Robert"}}}`))
	if got := bobs.do("GET", "/v2/objects", ""); got.Status != 401 {
		t.Errorf("the token of one who is suspended: %d %s", got.Status, got.Body)
	}
	patches := c.server.Requests(fake.RequestFilter{Operation: "scim_users.update"})
	changes := patches[0].Changes
	if len(changes) != 1 || changes[0].Thing != "workspace-member" || changes[0].ID != member("bob") {
		t.Errorf("the journal has the changes %+v", changes)
	}
	c.do("PATCH", "/Users/"+member("bob"), operations(`{"op":"replace","path":"active","value":true}`))
	if got := bobs.do("GET", "/v2/objects", ""); got.Status != 200 {
		t.Errorf("the token of one who is back: %d %s", got.Status, got.Body)
	}
}

// A company is provisioned at once: 2,000 users and 50 groups of 100, and read back page by page.
func TestACompanyIsProvisioned(t *testing.T) {
	t.Parallel()
	const people, groups, size = 2000, 50, 100
	c := newClient(t)
	ids := make([]string, people)
	want := make([]string, people)
	for i := range people {
		want[i] = fmt.Sprintf("user%d@navy.example.com", i)
		ids[i] = c.id(c.do("POST", "/Users", fmt.Sprintf(`{"schemas":[%q],"userName":%q,"name":{"givenName":"User","familyName":"%d"}}`, userURN, want[i], i)))
	}
	for g := range groups {
		members := make([]string, size)
		for i := range size {
			members[i] = `{"value":"` + ids[(g*size+i)%people] + `"}`
		}
		group := c.id(c.do("POST", "/Groups", fmt.Sprintf(`{"schemas":[%q],"displayName":"Group %d"}`, groupURN, g)))
		got := c.do("PATCH", "/Groups/"+group, operations(`{"op":"add","path":"members","value":[`+strings.Join(members, ",")+`]}`))
		if got.Status != 200 || strings.Count(got.Body, `"$ref"`) != size {
			t.Fatalf("group %d: %d %.200s", g, got.Status, got.Body)
		}
	}
	var read []string
	for start := 1; ; start += 100 {
		total, names := c.found(fmt.Sprintf("/Users?startIndex=%d&count=100&filter=userName+sw+%%22user%%22", start))
		if total != people {
			t.Fatalf("%d users", total)
		}
		if len(names) == 0 {
			break
		}
		read = append(read, names...)
	}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if total, _ := c.found("/Groups?excludedAttributes=members&count=1"); total != groups+1 {
		t.Errorf("%d groups", total)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(ids)))) != people {
		t.Error("two users have one id")
	}
}
