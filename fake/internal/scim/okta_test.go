package scim_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The requests are those of Okta's SCIM 2.0 protocol reference, in the order in which an integration sends them.
func TestOktaProvisionsAWorkspace(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const userName = "test.user@navy.example.com"
	probe := filtered("/Users", `userName eq "`+userName+`"`) + "&startIndex=1&count=100"
	created := `{"schemas":["` + userURN + `"],"userName":"` + userName + `","name":{"givenName":"Test","familyName":"User"},
		"emails":[{"primary":true,"value":"` + userName + `","type":"work"}],"displayName":"Test User","locale":"en-US",
		"externalId":"00ujl29u0le5T6Aj10h7","groups":[],"password":"1mz050nq","active":true}`

	// The connection is tested, and the user looked for.
	if total, names := c.found("/Users?startIndex=1&count=2"); total != 4 || len(names) != 2 {
		t.Errorf("the test of the connection found %d, and shows %v", total, names)
	}
	c.wants(c.do("GET", probe, ""), 200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}`)

	// The user is created, once.
	got := c.do("POST", "/Users", created)
	user := c.id(got)
	c.wants(got, 201, rendered(user, userName, "Test", "User", "member"))
	if level := c.access(userName); level != "member" {
		t.Errorf("the API has the access level %q", level)
	}
	c.wants(c.do("POST", "/Users", created), 409, refusal("409", "uniqueness", `A user with the userName "test.user@navy.example.com" already exists.`))
	if total, _ := c.found(probe); total != 1 {
		t.Errorf("found %d users", total)
	}

	// The profile is replaced by the one that was read, with another name.
	c.wants(c.do("GET", "/Users/"+user, ""), 200, rendered(user, userName, "Test", "User", "member"))
	c.wants(c.do("PUT", "/Users/"+user, `{"schemas":["`+userURN+`"],"id":"`+user+`","userName":"`+userName+`","name":{"givenName":"Another","middleName":"Excited","familyName":"User"},
		"emails":[{"primary":true,"value":"`+userName+`","type":"work","display":"`+userName+`"}],"active":true,"groups":[],"meta":{"resourceType":"User"}}`),
		200, rendered(user, userName, "Another", "User", "member"))

	// A group is pushed: created, filled, renamed, replaced.
	got = c.do("POST", "/Groups", `{"schemas":["`+groupURN+`"],"displayName":"Test SCIMv2","members":[]}`)
	group := c.id(got)
	c.wants(got, 201, renderedGroup(group, "Test SCIMv2"))
	c.wants(c.do("PATCH", "/Groups/"+group, operations(`{"op":"remove","path":"members[value eq \"89bb1940-b905-4575-9e7f-6f887cfb368e\"]"},
		{"op":"add","path":"members","value":[{"value":"`+user+`","display":"`+userName+`"}]}`)), 200, renderedGroup(group, "Test SCIMv2", user))
	c.wants(c.do("PATCH", "/Groups/"+group, operations(`{"op":"replace","value":{"id":"`+group+`","displayName":"Test SCIMv20"}}`)),
		200, renderedGroup(group, "Test SCIMv20", user))
	c.wants(c.do("PATCH", "/Groups/"+group, operations(`{"op":"replace","path":"members","value":[{"value":"`+member("bob")+`","display":"bob"},{"value":"`+user+`"}]}`)),
		200, renderedGroup(group, "Test SCIMv20", member("bob"), user))
	if _, names := c.found("/Groups?startIndex=1&count=100"); !slices.Contains(names, "Test SCIMv20") {
		t.Errorf("the groups are %v", names)
	}

	// The user is deactivated, and activated again.
	c.wants(c.do("PATCH", "/Users/"+user, operations(`{"op":"replace","value":{"active":false}}`)), 200, rendered(user, userName, "Another", "User", ""))
	if level := c.access(userName); level != "suspended" {
		t.Errorf("the API has the access level %q of one who is deactivated", level)
	}
	c.wants(c.do("PATCH", "/Users/"+user, operations(`{"op":"replace","value":{"active":true}}`)), 200, rendered(user, userName, "Another", "User", "member"))

	// The group is unlinked.
	c.wants(c.do("DELETE", "/Groups/"+group, ""), 204, "")
	if _, names := c.found("/Groups"); cmp.Diff([]string{"Sailors"}, names) != "" {
		t.Errorf("the groups are %v", names)
	}
}
