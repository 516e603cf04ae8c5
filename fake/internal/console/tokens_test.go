package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const tokens = "/_fake/console/tokens"

const tokenScenario = `
version: 1
users: {ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens:
      reading: {token: secret, scopes: [object_configuration:read, "note:read"]}
`

func TestTokensShowWhatWasUsedAndNeverNeeded(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(tokenScenario))
	b.call("GET", "/v2/objects", "secret", "")
	want := []string{"secret Copy", "1", "object_configuration:read", "note:read", "Revoke"}
	if got := b.get(tokens).rows()[0]; !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestATokenIsAddedAndRevoked(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(tokenScenario))
	b.post(tokens+"/add?workspace=acme", url.Values{"in": {"acme"}, "name": {"a/b"}, "token_level": {"workspace"}, "scopes": {"note:read", "task:read"}})
	if got := b.get(tokens).rows()[1][3]; got != "note:read task:read" {
		t.Errorf("got %s", got)
	}
	b.post(tokens+"/revoke", url.Values{"in": {"acme"}, "name": {"a/b"}})
	if got := len(find(b.get(tokens).find(".tokens")[0], "tr")); got != 2 {
		t.Errorf("%d rows", got)
	}
	for name, m := range map[string]mistakeAt{
		"a name that is taken": {tokens + "/add", url.Values{"in": {"acme"}, "name": {"reading"}}, "token-acme-name", "name"},
		"an unknown member":    {tokens + "/add", url.Values{"in": {"acme"}, "authorized_by": {"eve"}}, "token-acme-authorized_by", "eve"},
		"no such token":        {tokens + "/revoke", url.Values{"in": {"acme"}, "name": {"other"}}, "", `unknown token "other"`},
		"no such workspace":    {tokens + "/members", url.Values{"in": {"acme"}, "member": {"eve"}, "access_level": {"admin"}}, "", `unknown member "eve"`},
		"no such access level": {tokens + "/members", url.Values{"in": {"acme"}, "member": {"ada"}, "access_level": {"king"}}, "", `unknown access level "king"`},
		"both kinds of scopes": {tokens + "/add", url.Values{"in": {"acme"}, "all_scopes": {"true"}, "scopes": {"note:read"}}, "", "a token has scopes or all_scopes, not both"},
	} {
		got := b.do(http.MethodPost, m.path, m.form)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".mistake"), m.want) || m.field != "" && got.text("#"+m.field+"-mistake") == "" {
			t.Errorf("%s: %d %s", name, got.status, got.text(".mistake"))
		}
	}
}

func TestAMemberIsSuspended(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(tokenScenario))
	b.post(tokens+"/members", url.Values{"in": {"acme"}, "member": {"ada"}, "access_level": {"suspended"}})
	var chosen []string
	for _, option := range find(b.get(tokens).find(".members")[0], "option") {
		for _, a := range option.Attr {
			if a.Key == "selected" {
				chosen = append(chosen, textOf(option))
			}
		}
	}
	if want := []string{"suspended"}; !cmp.Equal(chosen, want) {
		t.Errorf("got %q", chosen)
	}
}
