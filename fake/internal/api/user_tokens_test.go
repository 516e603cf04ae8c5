package api_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

const userTokensScenario = `
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens:
      full: {scopes: all}
      adas: {scopes: all, token_level: user, authorized_by: ada}
      bobs: {scopes: all, token_level: user, authorized_by: bob}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}}}}
    lists:
      secret: {name: Secret, parent_object: people, workspace_access: null, member_access: {ada: full-access}}
    threads:
      talk:
        record: people/grace
        author: ada
        content: Hers
        replies: {bobs: {author: bob, content: His}, too: {author: bob, content: His too}}
`

func TestATokenOfAUserActsForTheMember(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(userTokensScenario))
	adas, bobs := c.as(c.server.Token("acme/adas")), c.as(c.server.Token("acme/bobs"))
	ada, bob := fake.ID("acme/members/ada"), fake.ID("acme/members/bob")

	self := bobs.get("/v2/self").Body
	want := `"client_id":"` + fake.ID("acme/tokens/bobs") + `","token_type":"Bearer","exp":null,"iat":1768478400,"sub":"` + fake.ID("acme") + `","aud":"` +
		fake.ID("acme/tokens/bobs") + `","iss":"attio.com","token_level":"user","authorized_by_workspace_member_id":"` + bob + `","workspace_id":"` + fake.ID("acme") + `"`
	if !strings.Contains(self, want) {
		t.Errorf("/v2/self: %s\nlacks %s", self, want)
	}
	if got := adas.get("/v2/lists/secret"); got.Status != 200 {
		t.Errorf("a list that ada may see: %d %s", got.Status, got.Body)
	}
	if got := bobs.get("/v2/lists/secret"); got.Status != 404 {
		t.Errorf("a list that bob may not see: %d %s", got.Status, got.Body)
	}
	made := adas.send("POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Ford, Henry"}}}`)
	if author := `"created_by_actor":{"type":"workspace-member","id":"` + ada + `"}`; made.Status != 200 || !strings.Contains(made.Body, author) {
		t.Errorf("a record was made by another than ada: %d %s", made.Status, made.Body)
	}
}

func TestATokenOfAUserDeletesTheCommentsOfTheUser(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(userTokensScenario))
	bobs := c.as(c.server.Token("acme/bobs"))
	comment := func(key string) string { return "/v2/comments/" + fake.ID("acme/threads/"+key) }
	if got := bobs.send("DELETE", comment("talk"), ""); got.Body != refusal("403", "auth_error", "unauthorized", "You are not authorized to delete this comment.") {
		t.Errorf("a comment of ada: %d %s", got.Status, got.Body)
	}
	if got := bobs.send("DELETE", comment("talk/replies/bobs"), ""); got.Status != 200 {
		t.Errorf("a comment of bob: %d %s", got.Status, got.Body)
	}
	if got := c.send("DELETE", comment("talk/replies/too"), ""); got.Status != 200 {
		t.Errorf("a comment of bob, with a workspace's token: %d %s", got.Status, got.Body)
	}
}

func TestATokenOfAUserIsRefusedWhereOnlyAWorkspacesWillDo(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(userTokensScenario))
	bobs := c.as(c.server.Token("acme/bobs"))
	want := refusal("403", "auth_error", "unauthorized", "The token provided acts for a user, and this request requires one that acts for the workspace.")
	refused := 0
	for _, op := range attio.Operations() {
		path := regexp.MustCompile(`\{[a-z_]+\}`).ReplaceAllString(strings.ReplaceAll(op.Path, "{target}", "objects"), stranger)
		got := bobs.send(op.Method, path, "")
		if op.WorkspaceOnly {
			refused++
		}
		if (got.Body == want) != op.WorkspaceOnly {
			t.Errorf("%s: %d %s", op.Name, got.Status, got.Body)
		}
	}
	if refused != 8 {
		t.Errorf("%d operations take workspace tokens alone, not 8", refused)
	}
}

func TestTheTokenOfASuspendedUserIsUnknown(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(userTokensScenario))
	bobs := c.as(c.server.Token("acme/bobs"))
	c.server.Workspace("acme").SetAccess("bob", fake.AccessSuspended)
	want := refusal("401", "auth_error", "unauthorized", "The API Key provided could not be found. This is most commonly caused by the token having been revoked.")
	if got := bobs.get("/v2/objects"); got.Body != want {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	if got := bobs.get("/v2/self"); got.Body != `{"active":false}` {
		t.Errorf("/v2/self: %d %s", got.Status, got.Body)
	}
	c.server.Workspace("acme").SetAccess("bob", fake.AccessMember)
	if got := bobs.get("/v2/objects"); got.Status != 200 {
		t.Errorf("once bob is back: %d %s", got.Status, got.Body)
	}
}
