package scenario_test

import (
	"strings"
	"testing"
)

func TestATokenOfAUserIsExportedAsItWas(t *testing.T) {
	t.Parallel()
	got := export(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens:
      adas: {scopes: all, token_level: user, authorized_by: ada}
      bobs: {scopes: [note:read], token_level: user, kind: app, authorized_by: bob}
      sync: {scopes: all, token_level: workspace, kind: app, authorized_by: ada}
`)
	want := `
    tokens:
      adas: {scopes: all, token_level: user, authorized_by: ada}
      bobs: {scopes: [note:read], token_level: user, authorized_by: bob}
      sync: {scopes: all, kind: app, authorized_by: ada}
`
	if !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
