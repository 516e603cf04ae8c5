package api_test

import (
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

const selfScenario = `
version: 1
clock: 2026-01-15T12:00:00Z
users:
  ada: {email: ada@example.com}
  bob: {email: bob@example.com}
workspaces:
  acme:
    name: Acme
    members: {bob: member, ada: admin}
    tokens:
      key: {scopes: [note:read, webhook:read-write, note:read-write, comment:read]}
      bobs: {scopes: [], authorized_by: bob}
      app: {scopes: [task:read], kind: app}
  globex:
    logo_url: https://example.com/globex.png
    tokens: {full: {scopes: [email:read]}}
`

func TestSelfIdentifiesTheToken(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(selfScenario))
	for name, tc := range map[string]struct{ token, want string }{
		"an API key, whose author is the first admin": {"acme/key", `{"active":true,` +
			`"scope":"comment:read note:read-write webhook:read-write","client_id":"` + fake.ID("acme/tokens/key") + `","token_type":"Bearer",` +
			`"exp":null,"iat":1768478400,"sub":"` + fake.ID("acme") + `","aud":"` + fake.ID("acme/tokens/key") + `","iss":"attio.com",` +
			`"token_level":"workspace","authorized_by_workspace_member_id":"` + fake.ID("acme/members/ada") + `",` +
			`"workspace_id":"` + fake.ID("acme") + `","workspace_name":"Acme","workspace_slug":"acme","workspace_logo_url":null}`},
		"no scopes are an empty string": {"acme/bobs", `{"active":true,` +
			`"scope":"","client_id":"` + fake.ID("acme/tokens/bobs") + `","token_type":"Bearer",` +
			`"exp":null,"iat":1768478400,"sub":"` + fake.ID("acme") + `","aud":"` + fake.ID("acme/tokens/bobs") + `","iss":"attio.com",` +
			`"token_level":"workspace","authorized_by_workspace_member_id":"` + fake.ID("acme/members/bob") + `",` +
			`"workspace_id":"` + fake.ID("acme") + `","workspace_name":"Acme","workspace_slug":"acme","workspace_logo_url":null}`},
		"an app's token may have no author": {"acme/app", `{"active":true,` +
			`"scope":"task:read","client_id":"` + fake.ID("acme/tokens/app") + `","token_type":"Bearer",` +
			`"exp":null,"iat":1768478400,"sub":"` + fake.ID("acme") + `","aud":"` + fake.ID("acme/tokens/app") + `","iss":"attio.com",` +
			`"token_level":"workspace",` +
			`"workspace_id":"` + fake.ID("acme") + `","workspace_name":"Acme","workspace_slug":"acme","workspace_logo_url":null}`},
		"another workspace": {"globex", `{"active":true,` +
			`"scope":"email:read","client_id":"` + fake.ID("globex/tokens/full") + `","token_type":"Bearer",` +
			`"exp":null,"iat":1768478400,"sub":"` + fake.ID("globex") + `","aud":"` + fake.ID("globex/tokens/full") + `","iss":"attio.com",` +
			`"token_level":"workspace",` +
			`"workspace_id":"` + fake.ID("globex") + `","workspace_name":"globex","workspace_slug":"globex","workspace_logo_url":"https://example.com/globex.png"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.as(c.server.Token(tc.token)).in(t)
			if got := c.get("/v2/self"); got.Status != 200 || got.Body != tc.want {
				t.Errorf("got  %d %s\nwant %s", got.Status, got.Body, tc.want)
			}
		})
	}
}

func TestSelfNeverSays401(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	unrecognised := refusal("400", "invalid_request_error", "missing_value",
		"Token was not recognised, please pass a valid access token in the Authorization header.")
	for name, tc := range map[string]struct {
		token  string
		status int
		body   string
	}{
		"a token that could be one but is not known": {strings.Repeat("0", 64), 200, `{"active":false}`},
		"what cannot be a token":                     {"junk", 400, unrecognised},
		"no token at all":                            {"", 400, unrecognised},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.as(tc.token).in(t)
			c.wants(c.get("/v2/self"), tc.status, tc.body)
		})
	}
}

func TestARenamedWorkspaceTellsItsNewName(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.server.Workspace("acme").Rename("Acme & Sons <Ltd>")
	if got := c.get("/v2/self"); !strings.Contains(got.Body, `"workspace_name":"Acme & Sons <Ltd>"`) {
		t.Errorf("got %s", got.Body)
	}
}
