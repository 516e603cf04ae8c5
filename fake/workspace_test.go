package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAWorkspaceKnowsItsMembers(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(`
version: 1
users:
  ada: {email: ada@example.com, first_name: Ada, last_name: Lovelace, avatar_url: "https://example.com/ada.png"}
  bob: {email: bob@example.com}
workspaces: {acme: {name: Acme, members: {ada: admin, bob: suspended}}}
`))
	acme := srv.Workspace("acme")
	ada := fake.Member{ID: fake.ID("acme/members/ada"), User: "ada", FirstName: "Ada", LastName: "Lovelace",
		Email: "ada@example.com", AvatarURL: "https://example.com/ada.png", Access: fake.AccessAdmin}
	bob := fake.Member{ID: fake.ID("acme/members/bob"), User: "bob", Email: "bob@example.com", Access: fake.AccessSuspended}
	if diff := cmp.Diff([]fake.Member{ada, bob}, acme.Members()); diff != "" {
		t.Error(diff)
	}
	for _, key := range []string{"ada", "ADA@example.com", ada.ID} {
		if diff := cmp.Diff(ada, acme.Member(key)); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	if acme.ID() != fake.ID("acme") || acme.Slug() != "acme" || acme.Name() != "Acme" {
		t.Errorf("got %s %s %s", acme.ID(), acme.Slug(), acme.Name())
	}
}

func TestAMemberIsAddedAndSuspended(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))
	acme, globex := srv.Workspace("acme"), srv.Workspace("globex")
	eve := acme.AddMember(fake.Member{Email: "eve@example.com", FirstName: "Eve", LastName: "Moneypenny", AvatarURL: "https://example.com/eve.png"})
	want := fake.Member{ID: eve.ID, User: "eve", FirstName: "Eve", LastName: "Moneypenny", Email: "eve@example.com",
		AvatarURL: "https://example.com/eve.png", Access: fake.AccessMember}
	if diff := cmp.Diff(want, eve); diff != "" {
		t.Error(diff)
	}
	if got := fetch(t, srv.Client(), srv.URL+"/v2/workspace_members/"+eve.ID, srv.Token("acme")); !strings.Contains(got, `"created_at":"2026-01-15T12:00:00.000000000Z"`) {
		t.Error(got)
	}
	there := globex.AddMember(fake.Member{Email: "EVE@example.com", Access: fake.AccessAdmin})
	if there.FirstName != "Eve" || there.ID == eve.ID {
		t.Errorf("in the other workspace she is %+v", there)
	}
	acme.Suspend("eve")
	if got := acme.Member(eve.ID).Access; got != fake.AccessSuspended {
		t.Errorf("she is %s", got)
	}
	if got := globex.Member("eve").Access; got != fake.AccessAdmin {
		t.Errorf("in the other workspace she is %s", got)
	}
}

func TestTokenTakesTheFirstWithAllScopesOrTheNamedOne(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(`
version: 1
workspaces:
  both: {tokens: {reader: {token: r, scopes: [note:read]}, full: {token: f, scopes: all}}}
  none: {tokens: {reader: {token: r2, scopes: [note:read]}, other: {token: o2, scopes: []}}}
`))
	for path, want := range map[string]string{"both": "f", "both/reader": "r", "none": "r2", "none/other": "o2"} {
		if got := srv.Token(path); got != want {
			t.Errorf("%s: got %s", path, got)
		}
	}
	if got := srv.Workspace("both").Token(); got != "f" {
		t.Errorf("the workspace says %s", got)
	}
}

func TestATokenThatIsDeletedIsRefusedUntilASnapshotBringsItBack(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	acme := srv.Workspace("acme")
	reader := acme.AddToken(fake.Token{Name: "own", AllScopes: true})
	if got := acme.Token("own"); got != reader.Value {
		t.Errorf("the token by its name is %q, want %q", got, reader.Value)
	}
	kept := srv.Snapshot()
	acme.DeleteToken("own")
	if status, body := sendWith(t, srv, reader.Value, "GET", "/v2/objects", ""); status != 401 {
		t.Errorf("with a deleted token: %d %s", status, body)
	}
	if changes := srv.Diff(kept, srv.Snapshot()); len(changes) != 1 || changes[0].Changes[0].String() != "token "+changes[0].Changes[0].ID+" deleted" {
		t.Errorf("the difference is %v", changes)
	}
	srv.Restore(kept)
	if status, body := sendWith(t, srv, reader.Value, "GET", "/v2/objects", ""); status != 200 {
		t.Errorf("after Restore: %d %s", status, body)
	}
}

func TestATokenIsMadeToOrder(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	acme := srv.Workspace("acme")
	for name, tc := range map[string]struct {
		token fake.Token
		want  []string
	}{
		"some scopes":         {fake.Token{Scopes: []string{"note:read", "task:read-write"}}, []string{`"scope":"note:read task:read-write"`}},
		"all scopes":          {fake.Token{AllScopes: true}, []string{`webhook:read-write"`}},
		"no scopes":           {fake.Token{}, []string{`"scope":""`, `"authorized_by_workspace_member_id":"` + fake.ID("acme/members/ada") + `"`}},
		"somebody's":          {fake.Token{AuthorizedBy: "bob"}, []string{`"authorized_by_workspace_member_id":"` + fake.ID("acme/members/bob") + `"`}},
		"a user's":            {fake.Token{Level: fake.TokenLevelUser, AuthorizedBy: "bob"}, []string{`"token_level":"user","authorized_by_workspace_member_id":"` + fake.ID("acme/members/bob") + `"`}},
		"an app's for nobody": {fake.Token{App: true}, []string{`"token_level":"workspace","workspace_id"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token := acme.AddToken(tc.token).Value
			if len(token) != 64 {
				t.Errorf("the token is %q", token)
			}
			got := fetch(t, srv.Client(), srv.URL+"/v2/self", token)
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s lacks %s", got, want)
				}
			}
		})
	}
}
