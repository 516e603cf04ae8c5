package scim_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// request is a request that succeeds in navy.
type request struct {
	operation, method, path, body string
	status                        int
}

func (r request) writes() bool { return r.method != "GET" }

// requests are one of each operation.
func requests() []request {
	bob, sailors := "/Users/"+member("bob"), "/Groups/"+team("sailors")
	return []request{
		{"scim_schemas.list", "GET", "/Schemas", "", 200},
		{"scim_users.list", "GET", "/Users", "", 200},
		{"scim_users.create", "POST", "/Users", `{"schemas":["` + userURN + `"],"userName":"new@navy.example.com"}`, 201},
		{"scim_users.get", "GET", bob, "", 200},
		{"scim_users.overwrite", "PUT", bob, `{"schemas":["` + userURN + `"],"userName":"bob@navy.example.com","active":false}`, 200},
		{"scim_users.update", "PATCH", bob, operations(`{"op":"replace","path":"active","value":false}`), 200},
		{"scim_users.delete", "DELETE", bob, "", 204},
		{"scim_groups.list", "GET", "/Groups", "", 200},
		{"scim_groups.create", "POST", "/Groups", `{"schemas":["` + groupURN + `"],"displayName":"Cooks"}`, 201},
		{"scim_groups.get", "GET", sailors, "", 200},
		{"scim_groups.overwrite", "PUT", sailors, `{"schemas":["` + groupURN + `"],"displayName":"Crew","members":[]}`, 200},
		{"scim_groups.update", "PATCH", sailors, operations(`{"op":"replace","path":"displayName","value":"Crew"}`), 200},
		{"scim_groups.delete", "DELETE", sailors, "", 204},
	}
}

// state is what SCIM shows of all users and groups.
func (c *client) state() string {
	c.t.Helper()
	return c.do("GET", "/Users", "").Body + c.do("GET", "/Groups", "").Body
}

const (
	tooMany = `{"status_code":429,"type":"rate_limit_error","code":"rate_limit_exceeded","message":"Rate limit exceeded, please try again later"}`
	outage  = `{"status_code":500,"type":"api_error","code":"internal_error","message":"An unexpected error occurred. Please try again later."}`
	apiType = "application/json; charset=utf-8"
)

// Attio's limits count the operations of SCIM with those of the API. A request over them does nothing.
func TestRateLimitsCountSCIMWithTheAPI(t *testing.T) {
	t.Parallel()
	const reads, writes, retry = 100, 25, "Thu, 15 Jan 2026 12:00:01 GMT" // the next second of navy's clock
	for _, r := range requests() {
		t.Run(r.operation, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(`{version: 1, workspaces: {navy: {limits: attio}}}`))
			before := c.state() // two reads
			if r.writes() {
				for range writes {
					c.do("DELETE", "/Users/"+stranger, "")
				}
			} else {
				for range reads - 2 {
					c.do("GET", "/v2/objects", "")
				}
			}
			got := c.do(r.method, r.path, r.body)
			c.wants(got, 429, tooMany)
			if diff := cmp.Diff([]string{retry, apiType}, []string{got.Header.Get("Retry-After"), got.Header.Get("Content-Type")}); diff != "" {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
			other := request{method: "GET", path: "/Schemas", status: 200}
			if !r.writes() {
				other = request{method: "DELETE", path: "/Users/" + stranger, status: 404}
			}
			if got := c.do(other.method, other.path, ""); got.Status != other.status {
				t.Errorf("%s is limited too: %d %s", other.method, got.Status, got.Body)
			}
			c.server.Advance(time.Second)
			if diff := cmp.Diff(before, c.state()); diff != "" {
				t.Errorf("the request over the limit changed (-before +after):\n%s", diff)
			}
			if got := c.do(r.method, r.path, r.body); got.Status != r.status {
				t.Errorf("a second later: %d %s", got.Status, got.Body)
			}
		})
	}
}

// A fault meets each operation of SCIM with the answer that it has in the API, and the request does nothing.
func TestFaultsMeetEachOperation(t *testing.T) {
	t.Parallel()
	for _, r := range requests() {
		t.Run(r.operation, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			before := c.state()
			for _, fault := range []struct {
				kind   fake.FaultKind
				status int
				body   string
			}{{fake.RateLimited, 429, tooMany}, {fake.InternalError, 500, outage}} {
				set := c.server.Fail(fault.kind.On(r.operation).Times(1))
				got := c.do(r.method, r.path, r.body)
				c.wants(got, fault.status, fault.body)
				if kind := got.Header.Get("Content-Type"); kind != apiType || set.Hits() != 1 {
					t.Errorf("%s: the content type is %q, and %d requests are hit", fault.kind, kind, set.Hits())
				}
			}
			if diff := cmp.Diff(before, c.state()); diff != "" {
				t.Errorf("the faults changed (-before +after):\n%s", diff)
			}
			if got := c.do(r.method, r.path, r.body); got.Status != r.status {
				t.Errorf("after the faults: %d %s", got.Status, got.Body)
			}
		})
	}
}

// Each operation needs the scope of its kind; one to write includes that to read, and no other scope helps.
func TestScopesThatEachOperationNeeds(t *testing.T) {
	t.Parallel()
	const tokens = `{version: 1, workspaces: {navy: {tokens: {none: {scopes: []}, others: {scopes: [object_configuration:read-write, record_permission:read-write, list_configuration:read-write]}, writer: {scopes: [user_management:read-write]}}}}}`
	for _, r := range requests() {
		t.Run(r.operation, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(tokens))
			before := c.state()
			verb, refused := "Read", []string{"none", "others"}
			if r.writes() {
				verb, refused = "Read-Write", append(refused, "reader")
			}
			missing := `{"status_code":403,"type":"auth_error","code":"unauthorized","message":"The API Key provided is not authorized to perform the requested action. This request requires scopes: ` +
				verb + ` access to the User Management scope."}`
			for _, token := range refused {
				by := *c
				by.token = c.server.Token("navy/" + token)
				got := by.do(r.method, r.path, r.body)
				c.wants(got, 403, missing)
				if kind := got.Header.Get("Content-Type"); kind != apiType {
					t.Errorf("the content type is %q", kind)
				}
			}
			if diff := cmp.Diff(before, c.state()); diff != "" {
				t.Errorf("the refused requests changed (-before +after):\n%s", diff)
			}
			writer := *c
			writer.token = c.server.Token("navy/writer")
			if got := writer.do(r.method, r.path, r.body); got.Status != r.status {
				t.Errorf("with user_management:read-write: %d %s", got.Status, got.Body)
			}
		})
	}
}

// usage is what the control API says about the use of SCIM.
type usage struct {
	Operations []struct {
		Operation string         `json:"operation"`
		Requests  int            `json:"requests"`
		Statuses  map[string]int `json:"statuses"`
	} `json:"operations"`
	Unused []string `json:"unused"`
	Errors []struct {
		Status   int    `json:"status"`
		Code     string `json:"code"`
		Requests int    `json:"requests"`
	} `json:"errors"`
	Tokens []struct {
		Token    string   `json:"token"`
		Requests int      `json:"requests"`
		Used     []string `json:"used"`
		Unneeded []string `json:"unneeded"`
	} `json:"tokens"`
}

func TestUsageCountsSCIM(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`{version: 1, workspaces: {navy: {tokens: {idp: {scopes: [user_management:read-write, task:read]}}}}}`))
	reader, idp := *c, *c
	reader.token, idp.token = c.server.Token("navy/reader"), c.server.Token("navy/idp")
	read := func() (got usage) {
		t.Helper()
		if err := json.Unmarshal([]byte(c.do("GET", "/_fake/usage", "").Body), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	unused := func(u usage) (names []string) {
		for _, name := range u.Unused {
			if strings.HasPrefix(name, "scim_") {
				names = append(names, name)
			}
		}
		return names
	}
	var all []string
	for _, r := range requests() {
		all = append(all, r.operation)
	}
	if diff := cmp.Diff(all, unused(read())); diff != "" {
		t.Errorf("not used at first (-want +got):\n%s", diff)
	}

	reader.do("GET", "/Users", "")
	reader.do("DELETE", "/Users/"+member("bob"), "")
	idp.do("GET", "/Users?count=x", "")
	idp.do("GET", "/Users/"+stranger, "")
	c.server.Fail(fake.RateLimited.On("scim_users.list").Times(1))
	idp.do("GET", "/Users", "")
	idp.do("DELETE", "/Users/"+member("bob"), "")
	got := read()
	if diff := cmp.Diff([]string{
		"scim_users.list 3 map[200:1 400:1 429:1]", "scim_users.get 1 map[404:1]", "scim_users.delete 2 map[204:1 403:1]",
	}, lines(got.Operations)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"400 invalidValue 1", "403 unauthorized 1", "404  1", "429 rate_limit_exceeded 1"}, lines(got.Errors)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	tokens := lines(got.Tokens)
	if want := []string{"reader 2 [user_management:read] []", "idp 4 [user_management:read-write] [task:read]"}; !slices.Contains(tokens, want[0]) || !slices.Contains(tokens, want[1]) {
		t.Errorf("tokens %q, want %q among them", tokens, want)
	}
	if n := len(unused(got)); n != len(all)-3 {
		t.Errorf("%d operations are not used", n)
	}
}

// lines writes each of the structs on a line, without braces.
func lines[T any](all []T) []string {
	lines := make([]string, len(all))
	for i, one := range all {
		lines[i] = strings.Trim(fmt.Sprint(one), "{}")
	}
	return lines
}
