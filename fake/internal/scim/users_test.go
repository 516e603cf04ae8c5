package scim_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestUsersAreMembersAndThenInvites(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.wants(c.do("GET", "/Users", ""), 200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":4,"startIndex":1,"itemsPerPage":4,"Resources":[`+strings.Join([]string{
		rendered(member("ada"), "ada@navy.example.com", "Ada", "Lovelace", "admin"),
		rendered(member("bob"), "bob@navy.example.com", "Bob", "Byte", "member"),
		rendered(member("sue"), "sue@navy.example.com", "Sue", "Spent", ""),
		rendered(invite("ivy"), "ivy@else.example.com", "Ivy", "Invited", "member"),
	}, ",")+`]}`)
	c.wants(c.do("GET", "/Users/"+strings.ToUpper(member("ada")), ""), 200, rendered(member("ada"), "ada@navy.example.com", "Ada", "Lovelace", "admin"))
	c.wants(c.do("GET", "/Users/"+invite("ivy"), ""), 200, rendered(invite("ivy"), "ivy@else.example.com", "Ivy", "Invited", "member"))
	if got := c.do("GET", "/Users", "").Header.Get("Content-Type"); got != "application/scim+json; charset=utf-8" {
		t.Errorf("the content type is %q", got)
	}
}

func TestListsComeInPages(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const ada, bob, sue, ivy = "ada@navy.example.com", "bob@navy.example.com", "sue@navy.example.com", "ivy@else.example.com"
	for query, want := range map[string][]string{
		"startIndex=1&count=2":  {ada, bob},
		"startIndex=3&count=2":  {sue, ivy},
		"startIndex=4&count=50": {ivy},
		"startIndex=5":          {},
		"startIndex=0&count=1":  {ada},
		"startIndex=-7&count=1": {ada},
		"count=0":               {},
		"count=-1":              {},
		"count=1000":            {ada, bob, sue, ivy},
		"startIndex=&count=":    {ada, bob, sue, ivy},
	} {
		if total, names := c.found("/Users?" + query); total != 4 || cmp.Diff(want, names) != "" {
			t.Errorf("%s: %d users, %v", query, total, names)
		}
	}
	if total, names := c.found("/Users?filter=active+eq+true&startIndex=2&count=1"); total != 3 || cmp.Diff([]string{bob}, names) != "" {
		t.Errorf("the second of the active users: %d, %v", total, names)
	}
	c.wants(c.do("GET", "/Users?count=ten", ""), 400, refusal("400", "invalidValue", `The parameter count has to be a whole number, not "ten".`))
	c.wants(c.do("GET", "/Groups?startIndex=1.5", ""), 400, refusal("400", "invalidValue", `The parameter startIndex has to be a whole number, not "1.5".`))
	c.wants(c.do("GET", filtered("/Groups", `members eq "x"`), ""), 400, refusal("400", "invalidFilter", `Filters cannot use the attribute "members"; use displayName.`))
	if total, names := c.found(filtered("/Groups", `displayName sw "sail"`)); total != 1 || names[0] != "Sailors" {
		t.Errorf("found %d groups, %v", total, names)
	}
}

// What a request for a user writes, or why it is refused. The user is bob, unless the path says another.
func TestPatchesOfUsers(t *testing.T) {
	t.Parallel()
	const bob = "bob@navy.example.com"
	allowed := "those are name.givenName, name.familyName, active and appRole."
	for name, tc := range map[string]struct {
		operations string
		want       string // the user, or the detail of the error after its scimType
	}{
		"the last operation wins": {`{"op":"replace","path":"name.givenName","value":"A"},{"op":"add","path":"name.givenName","value":"B"}`,
			rendered(member("bob"), bob, "B", "Byte", "member")},
		"names are removed":                     {`{"op":"remove","path":"name.givenName"}`, rendered(member("bob"), bob, "", "Byte", "member")},
		"attributes are found in any case":      {`{"op":"REPLACE","path":"NAME.GIVENNAME","value":"B"}`, rendered(member("bob"), bob, "B", "Byte", "member")},
		"a path may begin with its schema":      {`{"op":"replace","path":"` + userURN + `:active","value":true}`, rendered(member("bob"), bob, "Bob", "Byte", "member")},
		"objects may be nested":                 {`{"op":"add","value":{"name":{"givenName":"B","familyName":null}}}`, rendered(member("bob"), bob, "B", "Byte", "member")},
		"an object may have what is unknown":    {`{"op":"replace","value":{"id":"x","title":"Sir","name":{"middleName":"C"}}}`, rendered(member("bob"), bob, "Bob", "Byte", "member")},
		"the same userName is no change":        {`{"op":"replace","path":"userName","value":"BOB@navy.example.com"}`, rendered(member("bob"), bob, "Bob", "Byte", "member")},
		"a role alone":                          {`{"op":"replace","path":"appRole","value":"admin"}`, rendered(member("bob"), bob, "Bob", "Byte", "admin")},
		"suspended and back is no suspension":   {`{"op":"replace","path":"active","value":false},{"op":"replace","path":"active","value":true}`, rendered(member("bob"), bob, "Bob", "Byte", "member")},
		"another userName":                      {`{"op":"replace","path":"userName","value":"rob@navy.example.com"}`, "mutability The attribute userName cannot be changed."},
		"another userName without a path":       {`{"op":"replace","value":{"userName":"rob@navy.example.com"}}`, "mutability The attribute userName cannot be changed."},
		"no userName":                           {`{"op":"remove","path":"userName"}`, "mutability The attribute userName cannot be written."},
		"an e-mail address":                     {`{"op":"replace","path":"emails[type eq \"work\"].value","value":"a@b.example.com"}`, `invalidPath The path "emails[type eq \"work\"].value" does not name an attribute that can be written.`},
		"the e-mail addresses":                  {`{"op":"add","path":"emails","value":[]}`, "mutability The attribute emails cannot be written."},
		"an attribute that Attio does not have": {`{"op":"add","path":"displayName","value":"B"}`, `invalidPath The path "displayName" does not name an attribute that can be written: ` + allowed},
		"a whole name":                          {`{"op":"add","path":"name","value":{"givenName":"B"}}`, `invalidPath The path "name" does not name an attribute that can be written: ` + allowed},
		"an attribute of another schema":        {`{"op":"add","path":"` + groupURN + `:active","value":true}`, `invalidPath The path "` + groupURN + `:active" does not name an attribute that can be written: ` + allowed},
		"a condition":                           {`{"op":"add","path":"active[value eq true]","value":true}`, `invalidPath The path "active[value eq true]" does not name an attribute that can be written: ` + allowed},
		"no path at all":                        {`{"op":"add","path":"","value":true}`, "invalidPath The path of an operation has to be the name of an attribute."},
		"nonsense for a path":                   {`{"op":"add","path":"[[","value":true}`, `invalidPath The path "[[" does not name an attribute that can be written.`},
		"removing active":                       {`{"op":"remove","path":"active"}`, "mutability The attribute active cannot be removed; only name.givenName and name.familyName can."},
		"removing nothing":                      {`{"op":"remove"}`, "noTarget The operation remove needs a path."},
		"removing by an object":                 {`{"op":"remove","value":{"active":true}}`, "noTarget The operation remove needs a path."},
		"an unknown operation":                  {`{"op":"move","path":"active"}`, `invalidSyntax The op of an operation has to be add, replace or remove, not "move".`},
		"text as an operation":                  {`"replace"`, "invalidSyntax An operation has to be a JSON object."},
		"a value without a path":                {`{"op":"replace","value":false}`, "invalidValue The value of an operation without a path has to be a JSON object of attributes."},
		"active that is neither":                {`{"op":"replace","path":"active","value":"no"}`, "invalidValue The attribute active has to be true or false."},
		"active that is nothing":                {`{"op":"replace","path":"active"}`, "invalidValue The attribute active has to be true or false."},
		"a name that is a number":               {`{"op":"replace","path":"name.givenName","value":5}`, "invalidValue The attribute name.givenName has to be a string."},
		"text as a name":                        {`{"op":"replace","value":{"name":"B"}}`, "invalidValue The attribute name has to be a JSON object."},
		"a role that Attio does not have":       {`{"op":"replace","path":"appRole","value":"owner"}`, "invalidValue The attribute appRole has to be admin or member."},
		"no operation":                          {"", "invalidValue The attribute Operations has to be an array of at least one operation."},
		"a mistake after a good operation":      {`{"op":"replace","path":"name.givenName","value":"B"},{"op":"replace","path":"active","value":5}`, "invalidValue The attribute active has to be true or false."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			got := c.do("PATCH", "/Users/"+member("bob"), operations(tc.operations))
			if strings.HasPrefix(tc.want, "{") {
				c.wants(got, 200, tc.want)
				return
			}
			kind, detail, _ := strings.Cut(tc.want, " ")
			c.wants(got, 400, refusal("400", kind, detail))
			c.wants(c.do("GET", "/Users/"+member("bob"), ""), 200, rendered(member("bob"), bob, "Bob", "Byte", "member"))
		})
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, tc := range map[string]struct {
		method, path, body string
		kind, detail       string
	}{
		"no JSON":                      {"POST", "/Users", `{`, "invalidSyntax", "The body has to be a JSON object."},
		"no object":                    {"POST", "/Users", `null`, "invalidSyntax", "The body has to be a JSON object."},
		"no schemas":                   {"POST", "/Users", `{"userName":"a@navy.example.com"}`, "invalidValue", `The attribute schemas has to be an array with "` + userURN + `".`},
		"the schema of something else": {"POST", "/Users", `{"schemas":["` + groupURN + `"],"userName":"a@navy.example.com"}`, "invalidValue", `The attribute schemas has to be an array with "` + userURN + `".`},
		"no userName":                  {"POST", "/Users", `{"schemas":["` + userURN + `"]}`, "invalidValue", "The attribute userName has to be an e-mail address."},
		"a bare word as userName":      {"POST", "/Users", `{"schemas":["` + userURN + `"],"userName":"test"}`, "invalidValue", "The attribute userName has to be an e-mail address."},
		"active that is neither":       {"POST", "/Users", `{"schemas":["` + userURN + `"],"userName":"a@navy.example.com","active":1}`, "invalidValue", "The attribute active has to be true or false."},
		"a PUT without a userName":     {"PUT", "/Users/" + member("bob"), `{"schemas":["` + userURN + `"],"active":false}`, "invalidValue", "The attribute userName has to be an e-mail address."},
		"a PUT of another userName":    {"PUT", "/Users/" + member("bob"), `{"schemas":["` + userURN + `"],"userName":"a@navy.example.com"}`, "mutability", "The attribute userName cannot be changed."},
		"a PATCH with another schema":  {"PATCH", "/Users/" + member("bob"), `{"schemas":["` + userURN + `"],"Operations":[]}`, "invalidValue", `The attribute schemas has to be an array with "urn:ietf:params:scim:api:messages:2.0:PatchOp".`},
		"operations that are none":     {"PATCH", "/Groups/" + team("sailors"), `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":{}}`, "invalidValue", "The attribute Operations has to be an array of at least one operation."},
	} {
		t.Run(name, func(t *testing.T) {
			c.wants(c.do(tc.method, tc.path, tc.body), 400, refusal("400", tc.kind, tc.detail))
		})
	}
	body := `{"schemas":["` + userURN + `"],"userName":"a@navy.example.com"}`
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded"} {
		got := c.do("POST", "/Users", body, func(r *http.Request) { r.Header.Set("Content-Type", kind) })
		c.wants(got, 400, refusal("400", "invalidSyntax", "The content type has to be application/scim+json or application/json."))
	}
	if got := c.do("POST", "/Users", body, func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }); got.Status != 201 {
		t.Errorf("application/json: %d %s", got.Status, got.Body)
	}
}

func TestAUserOfAnotherDomainIsInvited(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const guest = "guest@else.example.com"
	body := `{"schemas":["` + userURN + `"],"userName":"` + guest + `","name":{"givenName":"Guest"},"appRole":"admin"}`
	for _, gone := range []struct {
		method, body string
	}{
		{"PATCH", operations(`{"op":"replace","path":"active","value":"False"}`)},
		{"PUT", `{"schemas":["` + userURN + `"],"userName":"` + guest + `","active":false}`},
		{"DELETE", ""},
	} {
		got := c.do("POST", "/Users", body)
		id := c.id(got)
		c.wants(got, 201, rendered(id, guest, "Guest", "", "member"))
		if level := c.access(guest); level != "" {
			t.Errorf("the API has the access level %q of one who is invited", level)
		}
		c.wants(c.do("POST", "/Users", strings.ToUpper(body[:0])+strings.Replace(body, "guest@", "GUEST@", 1)), 409, refusal("409", "uniqueness", `A user with the userName "GUEST@else.example.com" already exists.`))
		c.wants(c.do("PATCH", "/Users/"+id, operations(`{"op":"add","path":"name.familyName","value":"Star"},{"op":"add","path":"appRole","value":"admin"}`)), 200, rendered(id, guest, "Guest", "Star", "admin"))
		c.do("PATCH", "/Groups/"+team("sailors"), operations(`{"op":"add","path":"members","value":{"value":"`+id+`"}}`))

		c.wants(c.do(gone.method, "/Users/"+id, gone.body), 204, "")
		c.wants(c.do("GET", "/Users/"+id, ""), 404, refusal("404", "", `User "`+id+`" not found.`))
		c.wants(c.do("DELETE", "/Users/"+id, ""), 404, refusal("404", "", `User "`+id+`" not found.`))
		c.wants(c.do("GET", "/Groups/"+team("sailors"), ""), 200, renderedGroup(team("sailors"), "Sailors", member("bob"), invite("ivy")))
	}
}

func TestAUserOfAnotherWorkspaceIsTheSameUser(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	got := c.do("POST", "/Users", `{"schemas":["`+userURN+`"],"userName":"Eve@navy.example.com","name":{"givenName":"Other","familyName":"Name"}}`)
	id := c.id(got)
	c.wants(got, 201, rendered(id, "eve@navy.example.com", "Eve", "Early", "member"))
	c.wants(c.do("PATCH", "/Users/"+id, operations(`{"op":"replace","path":"name.familyName","value":"Late"}`)), 200, rendered(id, "eve@navy.example.com", "Eve", "Late", "member"))
	if eve := c.server.Workspace("army").Member("eve"); eve.LastName != "Late" {
		t.Errorf("the other workspace calls her %s", eve.LastName)
	}
	c.wants(c.do("GET", "/Users/"+fake.ID("army/members/eve"), ""), 404, refusal("404", "", `User "`+fake.ID("army/members/eve")+`" not found.`))
}

func TestAnInactiveUserIsCreatedSuspended(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	got := c.do("POST", "/Users", `{"schemas":["`+userURN+`"],"userName":"new@navy.example.com","active":false}`)
	id := c.id(got)
	c.wants(got, 201, rendered(id, "new@navy.example.com", "", "", ""))
	c.wants(c.do("PATCH", "/Users/"+id, operations(`{"op":"replace","path":"appRole","value":"admin"}`)), 200, rendered(id, "new@navy.example.com", "", "", ""))
	c.wants(c.do("PATCH", "/Users/"+id, operations(`{"op":"replace","value":{"active":true,"appRole":"admin"}}`)), 200, rendered(id, "new@navy.example.com", "", "", "admin"))
}

func TestTheLastActiveAdminStays(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	last := refusal("400", "mutability", "The last active admin of the workspace can be neither suspended nor made a member.")
	ada := "/Users/" + member("ada")
	suspend := operations(`{"op":"replace","path":"active","value":false}`)
	c.wants(c.do("PATCH", ada, suspend), 400, last)
	c.wants(c.do("PATCH", ada, operations(`{"op":"replace","value":{"name":{"givenName":"Augusta"},"appRole":"member"}}`)), 400, last)
	c.wants(c.do("PUT", ada, `{"schemas":["`+userURN+`"],"userName":"ada@navy.example.com","active":false}`), 400, last)
	c.wants(c.do("DELETE", ada, ""), 400, last)
	c.wants(c.do("GET", ada, ""), 200, rendered(member("ada"), "ada@navy.example.com", "Ada", "Lovelace", "admin"))

	c.do("PATCH", "/Users/"+member("bob"), operations(`{"op":"replace","path":"appRole","value":"admin"}`))
	c.wants(c.do("PATCH", ada, suspend), 200, rendered(member("ada"), "ada@navy.example.com", "Ada", "Lovelace", ""))
}
