package scenario_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestAWorkspaceHasTheSettingsOfTheFile(t *testing.T) {
	t.Parallel()
	const file = `
version: 1
workspaces:
  acme:
    origin: template
    created_at: 2025-01-01T00:00:00.1239Z
    name: The Acme Company
    logo_url: https://example.com/logo.png
    plan: pro
    limits: attio
    effects: {link_companies: true, shuffle_unordered: true}
`
	type settings struct {
		Slug, Origin, Name, LogoURL string
		Plan                        world.Plan
		Limited                     bool
		Effects                     world.Effects
		CreatedAt                   time.Time
	}
	state := loadText(t, file).Workspaces[0]
	people, _ := state.Schema.Object("people")
	want := settings{
		Slug: "acme", Origin: "template", Name: "The Acme Company", LogoURL: "https://example.com/logo.png", Plan: "pro", Limited: true,
		Effects: world.Effects{LinkCompanies: true, ShuffleUnordered: true}, CreatedAt: time.Date(2025, time.January, 1, 0, 0, 0, 123e6, time.UTC),
	}
	got := settings{state.Slug, state.Origin, state.Name, *state.LogoURL, state.Plan, state.Limited, state.Effects, people.CreatedAt}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	exported := export(t, file)
	for _, line := range []string{"origin: template", "created_at: 2025-01-01T00:00:00.123Z", "name: The Acme Company", "plan: pro", "limits: attio", "effects: {link_companies: true, shuffle_unordered: true}"} {
		if !strings.Contains(exported, "    "+line+"\n") {
			t.Errorf("no %s in\n%s", line, exported)
		}
	}
}

func TestAWorkspaceWithoutSettingsGoesByItsSlug(t *testing.T) {
	t.Parallel()
	state := loadText(t, "{version: 1, workspaces: {acme: {}}}").Workspaces[0]
	if state.Name != "acme" || state.Origin != "acme" || state.LogoURL != nil || state.Plan != "" || state.Limited || state.Effects != (world.Effects{}) {
		t.Errorf("got %q %q %v %q %t %v", state.Name, state.Origin, state.LogoURL, state.Plan, state.Limited, state.Effects)
	}
}
