package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const memberScenario = `
version: 1
users:
  ada: {email: ada@example.com, first_name: Ada, last_name: Lovelace, avatar_url: https://example.com/ada.png}
  bob: {email: bob@example.com, first_name: Bob, last_name: Byte}
  eve: {email: eve@example.com, first_name: Eve}
workspaces:
  acme:
    members: {ada: admin, bob: {access_level: suspended, created_at: 2025-06-01T08:30:00.5Z}}
    tokens: {full: {scopes: all}}
  globex:
    members: {eve: admin, ada: member}
    tokens: {full: {scopes: all}}
  empty:
    tokens: {full: {scopes: all}}
`

func memberJSON(workspace, key, rest string) string {
	return `{"id":{"workspace_id":"` + fake.ID(workspace) + `","workspace_member_id":"` + fake.ID(workspace+"/members/"+key) + `"},` + rest + `}`
}

var (
	adaInAcme   = memberJSON("acme", "ada", `"first_name":"Ada","last_name":"Lovelace","avatar_url":"https://example.com/ada.png","email_address":"ada@example.com","access_level":"admin","created_at":"2026-01-01T09:00:00.000000000Z"`)
	bobInAcme   = memberJSON("acme", "bob", `"first_name":"Bob","last_name":"Byte","avatar_url":null,"email_address":"bob@example.com","access_level":"suspended","created_at":"2025-06-01T08:30:00.500000000Z"`)
	eveInGlobex = memberJSON("globex", "eve", `"first_name":"Eve","last_name":"","avatar_url":null,"email_address":"eve@example.com","access_level":"admin","created_at":"2026-01-01T09:00:00.000000000Z"`)
	adaInGlobex = memberJSON("globex", "ada", `"first_name":"Ada","last_name":"Lovelace","avatar_url":"https://example.com/ada.png","email_address":"ada@example.com","access_level":"member","created_at":"2026-01-01T09:00:00.000000000Z"`)
)

func TestMembersOfAWorkspaceAreListed(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(memberScenario))
	for workspace, want := range map[string]string{
		"acme":   `{"data":[` + adaInAcme + `,` + bobInAcme + `]}`,
		"globex": `{"data":[` + eveInGlobex + `,` + adaInGlobex + `]}`,
		"empty":  `{"data":[]}`,
	} {
		t.Run(workspace, func(t *testing.T) {
			t.Parallel()
			c := c.as(c.server.Token(workspace)).in(t)
			for _, path := range []string{"/v2/workspace_members", "/v2/workspace_members?limit=1&zzz=x"} {
				got := c.get(path)
				if diff := cmp.Diff(want, got.Body); got.Status != 200 || diff != "" {
					t.Errorf("%s: %d %s", path, got.Status, diff)
				}
			}
		})
	}
}

func TestOneMemberIsFoundByID(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(memberScenario))
	const unknown = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	foreign := fake.ID("globex/members/ada")
	for name, tc := range map[string]struct {
		id, body string
		status   int
	}{
		"a member":                      {fake.ID("acme/members/ada"), `{"data":` + adaInAcme + `}`, 200},
		"a suspended member":            {fake.ID("acme/members/bob"), `{"data":` + bobInAcme + `}`, 200},
		"an unknown id":                 {unknown, notFound(`Workspace member with ID "` + unknown + `" not found.`), 404},
		"a member of another workspace": {foreign, notFound(`Workspace member with ID "` + foreign + `" not found.`), 404},
		"what is no UUID": {"non-existent-id", `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",` +
			`"validation_errors":[{"code":"invalid_string","path":["workspace_member_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`, 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			got := c.get("/v2/workspace_members/" + tc.id)
			if diff := cmp.Diff(tc.body, got.Body); got.Status != tc.status || diff != "" {
				t.Errorf("%d %s", got.Status, diff)
			}
		})
	}
}
