package scim_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// navy has a verified domain, members of every access level, a pending invite and a team. Eve is known from another workspace.
const navy = `
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users:
  ada: {first_name: Ada, last_name: Lovelace, email: ada@navy.example.com}
  bob: {first_name: Bob, last_name: Byte, email: bob@navy.example.com}
  sue: {first_name: Sue, last_name: Spent, email: sue@navy.example.com}
  eve: {first_name: Eve, last_name: Early, email: eve@navy.example.com}
workspaces:
  navy:
    verified_domains: [navy.example.com]
    members: {ada: admin, bob: member, sue: suspended}
    invites: {ivy: {email: ivy@else.example.com, first_name: Ivy, last_name: Invited, access_level: member}}
    teams: {sailors: {name: Sailors, members: [bob, ivy]}}
    tokens:
      full: {scopes: all}
      reader: {scopes: [user_management:read]}
      bobs: {scopes: all, token_level: user, authorized_by: bob}
  army:
    members: {eve: admin}
    tokens: {full: {scopes: all}}
`

const (
	userURN  = "urn:ietf:params:scim:schemas:core:2.0:User"
	groupURN = "urn:ietf:params:scim:schemas:core:2.0:Group"
	stranger = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
)

// client is an identity provider that provisions a workspace.
type client struct {
	t      *testing.T
	server *fake.Server
	token  string
}

func newClient(t *testing.T, options ...fake.Option) *client {
	t.Helper()
	server := fake.New(t, append(options, fake.YAML(navy), fake.WithoutSocket())...)
	return &client{t, server, server.Token("navy/full")}
}

// answer is an answer of SCIM. Its body is compared without the characters that PATCH and PUT do not change.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// do sends a request below /scim/v2, or to a whole path of the API or of the control API; "" is no body.
func (c *client) do(method, path, body string, edits ...func(*http.Request)) answer {
	c.t.Helper()
	if !strings.HasPrefix(path, "/v2/") && !strings.HasPrefix(path, "/_fake/") {
		path = "/scim/v2" + path
	}
	request, err := http.NewRequest(method, c.server.URL+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	if body != "" {
		request.Header.Set("Content-Type", "application/scim+json")
	}
	for _, edit := range edits {
		edit(request)
	}
	response, err := (&http.Client{Transport: c.server.Transport()}).Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// jsonBody is an edit for requests to the API, which do not have SCIM's content type.
func jsonBody(r *http.Request) { r.Header.Set("Content-Type", "application/json") }

// wants compares a status and a whole body.
func (c *client) wants(got answer, status int, body string) {
	c.t.Helper()
	if diff := cmp.Diff(body, got.Body); got.Status != status || diff != "" {
		c.t.Errorf("status %d, want %d; the body (-want +got):\n%s", got.Status, status, diff)
	}
}

// id returns the id in an answer.
func (c *client) id(got answer) string {
	c.t.Helper()
	var resource struct{ ID string }
	if err := json.Unmarshal([]byte(got.Body), &resource); err != nil || resource.ID == "" {
		c.t.Fatalf("%d %s has no id: %v", got.Status, got.Body, err)
	}
	return resource.ID
}

// found returns the totalResults and the userNames or displayNames of a listing.
func (c *client) found(path string) (int, []string) {
	c.t.Helper()
	got := c.do("GET", path, "")
	var list struct {
		TotalResults int
		Resources    []struct{ UserName, DisplayName string }
	}
	if err := json.Unmarshal([]byte(got.Body), &list); err != nil || got.Status != http.StatusOK {
		c.t.Fatalf("%d %s: %v", got.Status, got.Body, err)
	}
	names := []string{}
	for _, resource := range list.Resources {
		names = append(names, resource.UserName+resource.DisplayName)
	}
	return list.TotalResults, names
}

// access returns the access level that the API has of a member, by e-mail address; "" if nobody has it.
func (c *client) access(email string) string {
	c.t.Helper()
	var list struct {
		Data []struct {
			EmailAddress string `json:"email_address"`
			AccessLevel  string `json:"access_level"`
		}
	}
	if err := json.Unmarshal([]byte(c.do("GET", "/v2/workspace_members", "").Body), &list); err != nil {
		c.t.Fatal(err)
	}
	for _, member := range list.Data {
		if member.EmailAddress == email {
			return member.AccessLevel
		}
	}
	return ""
}

// member, invite and team return the id of what the scenario has.
func member(key string) string { return fake.ID("navy/members/" + key) }
func invite(key string) string { return fake.ID("navy/invites/" + key) }
func team(key string) string   { return fake.ID("navy/teams/" + key) }

// rendered returns a user as SCIM shows it; role is "" for a suspended one.
func rendered(id, userName, given, family, role string) string {
	active, appRole := "false", ""
	if role != "" {
		active, appRole = "true", `,"appRole":"`+role+`"`
	}
	return `{"schemas":["` + userURN + `"],"id":"` + id + `","userName":"` + userName + `","name":{"givenName":"` + given + `","familyName":"` + family + `"},` +
		`"emails":[{"value":"` + userName + `","primary":true}],"active":` + active + appRole +
		`,"meta":{"resourceType":"User","created":"2026-01-15T12:00:00.000Z","lastModified":"2026-01-15T12:00:00.000Z"}}`
}

// renderedGroup returns a group as SCIM shows it.
func renderedGroup(id, displayName string, members ...string) string {
	all := make([]string, len(members))
	for i, m := range members {
		all[i] = `{"value":"` + m + `","$ref":"/scim/v2/Users/` + m + `"}`
	}
	return `{"schemas":["` + groupURN + `"],"id":"` + id + `","displayName":"` + displayName + `","members":[` + strings.Join(all, ",") +
		`],"meta":{"resourceType":"Group","created":"2026-01-15T12:00:00.000Z","lastModified":"2026-01-15T12:00:00.000Z"}}`
}

// refusal returns an error of SCIM; kind is "" where it has none.
func refusal(status, kind, detail string) string {
	if kind != "" {
		kind = `"scimType":"` + kind + `",`
	}
	quoted, _ := json.Marshal(detail) // a string always encodes
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],` + kind + `"detail":` + string(quoted) + `,"status":"` + status + `"}`
}

// operations returns the body of a PATCH.
func operations(list string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + list + `]}`
}

func filtered(path, filter string) string { return path + "?filter=" + url.QueryEscape(filter) }
