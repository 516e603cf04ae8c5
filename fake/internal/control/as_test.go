package control_test

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestSelfOfAMemberIsThatOfATokenOfTheirs(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces: {acme: {members: {ada: admin, bob: {access_level: member, created_at: 2025-06-01T00:00:00Z}}}}
`))
	type self struct {
		Active       bool
		ClientID     string `json:"client_id"`
		Audience     string `json:"aud"`
		IssuedAt     int64  `json:"iat"`
		Subject      string `json:"sub"`
		AuthorizedBy string `json:"authorized_by_workspace_member_id"`
	}
	ids := map[string]string{}
	for who, want := range map[string]self{
		"bob":    {Active: true, IssuedAt: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC).Unix(), Subject: fake.ID("acme"), AuthorizedBy: fake.ID("acme/members/bob")},
		"ada":    {Active: true, IssuedAt: noon.Unix(), Subject: fake.ID("acme"), AuthorizedBy: fake.ID("acme/members/ada")},
		"system": {Active: true, IssuedAt: noon.Unix(), Subject: fake.ID("acme")},
	} {
		var got self
		answered := c.do("GET", "/_fake/as/acme/"+who+"/v2/self", "")
		if err := json.Unmarshal([]byte(answered.Body), &got); err != nil {
			t.Fatalf("%s: %v", who, answered)
		}
		if !regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(got.ClientID) || got.Audience != got.ClientID || ids[got.ClientID] != "" {
			t.Errorf("%s has the client_id %q, like %q, and the aud %q", who, got.ClientID, ids[got.ClientID], got.Audience)
		}
		ids[got.ClientID] = who
		got.ClientID, got.Audience = "", ""
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", who, diff)
		}
		if again := c.do("GET", "/_fake/as/acme/"+who+"/v2/self", ""); again != answered {
			t.Errorf("%s: first %v, then %v", who, answered, again)
		}
	}
}
