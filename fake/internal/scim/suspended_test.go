package scim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// bobsThings are what bob has in navy: a list that only he may see, one that he shares with ada, a task and a company.
const bobsThings = `
version: 1
workspaces:
  navy:
    tokens: {adas: {scopes: all, token_level: user, authorized_by: ada}}
    objects: {companies: {attributes: {owner: {type: actor-reference}}, records: {ship: {name: Ship, owner: bob@navy.example.com}}}}
    lists:
      bobs: {name: Bobs, parent_object: companies, workspace_access: null, member_access: {bob: full-access}, entries: {ship: {record: ship}}}
      both: {name: Both, parent_object: companies, workspace_access: null, member_access: {ada: full-access, bob: full-access}}
    tasks: {paint: {content: Paint, created_by: bob, assignees: [bob]}}
`

// What the API shows of a member whom SCIM suspends, and lets others do with what is the member's: only the tokens of the
// member and the access level change, and both come back.
func TestASuspendedMemberKeepsEverythingButAccess(t *testing.T) {
	t.Parallel()
	const noon = `"2026-01-15T12:00:00.000000000Z"`
	workspace, bob, ada, at := fake.ID("navy"), member("bob"), member("ada"), `"created_at":`+noon
	grant := func(id string) string { return `{"level":"full-access","workspace_member_id":"` + id + `"}` }
	listed := func(slug, name string, grants ...string) string {
		return `{"id":{"workspace_id":"` + workspace + `","list_id":"` + fake.ID("navy/lists/"+slug) + `"},"api_slug":"` + slug + `",` + at + `,"name":"` + name +
			`","workspace_access":null,"workspace_member_access":[` + strings.Join(grants, ",") + `],"parent_object":["companies"],"created_by_actor":{"type":"workspace-member","id":"` + ada + `"}}`
	}
	data := func(all ...string) string { return `{"data":[` + strings.Join(all, ",") + `]}` }
	one := func(data string) string { return `{"data":` + data + `}` }
	referenced := `"referenced_actor_type":"workspace-member","referenced_actor_id":"` + bob + `"`
	task := `{"id":{"workspace_id":"` + workspace + `","task_id":"` + fake.ID("navy/tasks/paint") + `"},"content_plaintext":"Paint","is_completed":false,"completed_at":null,"deadline_at":null,` +
		`"linked_records":[],"assignees":[{` + referenced + `}],"created_by_actor":{"type":"workspace-member","id":"` + bob + `"},` + at + `}`
	owner := `{"active_from":` + noon + `,"active_until":null,"created_by_actor":{"type":"workspace-member","id":"` + ada + `"},` + referenced + `,"attribute_type":"actor-reference"}`
	shown := func(level string) string {
		return one(`{"id":{"workspace_id":"` + workspace + `","workspace_member_id":"` + bob + `"},"first_name":"Bob","last_name":"Byte","avatar_url":null,"email_address":"bob@navy.example.com","access_level":"` + level + `",` + at + `}`)
	}
	const unknownToken = `{"status_code":401,"type":"auth_error","code":"unauthorized","message":"The API Key provided could not be found. This is most commonly caused by the token having been revoked."}`
	const hidden = `{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"List with slug/ID \"bobs\" not found."}`
	sue := rendered(member("sue"), "sue@navy.example.com", "Sue", "Spent", "")
	listing := func(users ...string) string {
		return fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":%d,"startIndex":1,"itemsPerPage":%[1]d,"Resources":[%s]}`, len(users), strings.Join(users, ","))
	}
	ship := "/v2/objects/companies/records/" + fake.ID("navy/companies/ship")

	for name, tc := range map[string]struct {
		token, method, path, body string
		status                    int
		want                      string
		suspended                 int    // its status while bob is suspended; 0 if nothing differs
		instead                   string // its body
	}{
		"the lists, for bob":                          {"bobs", "GET", "/v2/lists", "", 200, data(listed("bobs", "Bobs", grant(bob)), listed("both", "Both", grant(ada), grant(bob))), 401, unknownToken},
		"the list that only bob may see, for bob":     {"bobs", "GET", "/v2/lists/bobs", "", 200, one(listed("bobs", "Bobs", grant(bob))), 401, unknownToken},
		"the lists, for ada":                          {"adas", "GET", "/v2/lists", "", 200, data(listed("both", "Both", grant(ada), grant(bob))), 0, ""},
		"the list that only bob may see, for ada":     {"adas", "GET", "/v2/lists/bobs", "", 404, hidden, 0, ""},
		"the list that only bob may see, for anybody": {"full", "GET", "/v2/lists/bobs", "", 404, hidden, 0, ""},
		"the entries that only bob may see, for ada":  {"adas", "POST", "/v2/lists/bobs/entries/query", "{}", 404, hidden, 0, ""},
		"a list that is left to bob":                  {"adas", "PATCH", "/v2/lists/both", `{"data":{"workspace_member_access":[` + grant(bob) + `]}}`, 200, one(listed("both", "Both", grant(bob))), 0, ""},
		"the member":                                  {"full", "GET", "/v2/workspace_members/" + bob, "", 200, shown("member"), 200, shown("suspended")},
		"the tasks, for bob":                          {"bobs", "GET", "/v2/tasks", "", 200, data(task), 401, unknownToken},
		"the tasks":                                   {"full", "GET", "/v2/tasks", "", 200, data(task), 0, ""},
		"the tasks of bob, by id":                     {"full", "GET", "/v2/tasks?assignee=" + bob, "", 200, data(task), 0, ""},
		"the tasks of bob, by e-mail address":         {"full", "GET", "/v2/tasks?assignee=bob@navy.example.com", "", 200, data(task), 0, ""},
		"the tasks of nobody":                         {"full", "GET", "/v2/tasks?assignee=null", "", 200, data(), 0, ""},
		"a task that is assigned to bob":              {"full", "PATCH", "/v2/tasks/" + fake.ID("navy/tasks/paint"), `{"data":{"assignees":[{"workspace_member_email_address":"bob@navy.example.com"}]}}`, 200, one(task), 0, ""},
		"the value of an actor attribute":             {"full", "GET", ship + "/attributes/owner/values", "", 200, data(owner), 0, ""},
		"the history of an actor attribute":           {"full", "GET", ship + "/attributes/owner/values?show_historic=true", "", 200, data(owner), 0, ""},
		"the companies of others, by the actor's id":  {"full", "POST", "/v2/objects/companies/records/query", `{"filter":{"$not":{"owner":{` + referenced + `}}}}`, 200, data(), 0, ""},
		"the companies of ada, by the actor's id":     {"full", "POST", "/v2/objects/companies/records/query", `{"filter":{"owner":{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + ada + `"}}}`, 200, data(), 0, ""},
		"the inactive users":                          {"full", "GET", filtered("/Users", "active eq false"), "", 200, listing(sue), 200, listing(rendered(bob, "bob@navy.example.com", "Bob", "Byte", ""), sue)},
		"the group, which bob does not leave":         {"full", "GET", "/Groups/" + team("sailors"), "", 200, renderedGroup(team("sailors"), "Sailors", bob, invite("ivy")), 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(bobsThings))
			by := *c
			by.token = c.server.Token("navy/" + tc.token)
			send := func() answer {
				if strings.HasPrefix(tc.path, "/v2/") {
					return by.do(tc.method, tc.path, tc.body, jsonBody)
				}
				return by.do(tc.method, tc.path, tc.body)
			}
			reads := tc.method != "PATCH" // a write comes only once, while bob is suspended
			if reads {
				c.wants(send(), tc.status, tc.want)
			}
			c.do("PATCH", "/Users/"+bob, operations(`{"op":"replace","path":"active","value":false}`))
			if tc.suspended == 0 {
				c.wants(send(), tc.status, tc.want)
			} else {
				c.wants(send(), tc.suspended, tc.instead)
			}
			c.do("PATCH", "/Users/"+bob, operations(`{"op":"replace","path":"active","value":true}`))
			if reads {
				c.wants(send(), tc.status, tc.want)
			}
		})
	}
}

// The other ways to suspend a member do the same as a PATCH.
func TestEachWayToSuspendTakesTheTokenAway(t *testing.T) {
	t.Parallel()
	bob := "/Users/" + member("bob")
	put := func(active string) string {
		return `{"schemas":["` + userURN + `"],"userName":"bob@navy.example.com","active":` + active + `}`
	}
	for name, tc := range map[string]struct {
		method, body, back string
	}{
		"a PUT":                      {"PUT", put("false"), put("true")},
		"a DELETE":                   {"DELETE", "", put("true")},
		"a PATCH as of Entra ID":     {"PATCH", operations(`{"op":"Replace","path":"active","value":"False"}`), put(`"True"`)},
		"a PATCH that renames, too":  {"PATCH", operations(`{"op":"replace","value":{"active":false,"name.givenName":"Robert"}}`), put("true")},
		"a DELETE, back as an admin": {"DELETE", "", `{"schemas":["` + userURN + `"],"userName":"bob@navy.example.com","active":true,"appRole":"admin"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			bobs := *c
			bobs.token = c.server.Token("navy/bobs")
			for _, step := range []struct {
				method, body string
				status       int
			}{{"GET", "", 200}, {tc.method, tc.body, 401}, {"PUT", tc.back, 200}} {
				if got := c.do(step.method, bob, step.body); got.Status >= 300 {
					t.Errorf("%s: %d %s", step.method, got.Status, got.Body)
				}
				if got := bobs.do("GET", "/v2/lists", ""); got.Status != step.status {
					t.Errorf("bob's token after the %s: %d %s", step.method, got.Status, got.Body)
				}
			}
		})
	}
}
