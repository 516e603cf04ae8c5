package scenario_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const provisioned = `version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    verified_domains: [Example.com, example.org]
    invites:
      ivy: ivy@guest.example.net
      gus: {email: gus@guest.example.net, first_name: Gus, last_name: Grey, access_level: admin, created_at: 2026-01-02T00:00:00Z, updated_at: 2026-01-03T00:00:00Z}
    teams:
      sales: {members: [ivy, ada]}
      crew: {name: The Crew, created_at: 2026-01-02T00:00:00Z, updated_at: 2026-01-03T00:00:00Z, id: 11111111-1111-4111-8111-111111111111}
`

func TestAWorkspaceHasInvitesTeamsAndVerifiedDomains(t *testing.T) {
	t.Parallel()
	seed := loadText(t, provisioned)
	state := seed.Workspaces[0]
	clock, second, third := time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC), time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)
	ada, ivy := attio.PathID("acme/members/ada"), attio.PathID("acme/invites/ivy")
	if diff := cmp.Diff([]*world.Invite{
		{ID: ivy, Email: "ivy@guest.example.net", Access: world.Regular, CreatedAt: clock, UpdatedAt: clock},
		{ID: attio.PathID("acme/invites/gus"), Email: "gus@guest.example.net", FirstName: "Gus", LastName: "Grey", Access: world.Admin, CreatedAt: second, UpdatedAt: third},
	}, slices.Collect(state.Invites())); diff != "" {
		t.Errorf("the invites (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]*world.Team{
		{ID: attio.PathID("acme/teams/sales"), Name: "Sales", Members: []attio.ID{ivy, ada}, CreatedAt: clock, UpdatedAt: clock},
		{ID: "11111111-1111-4111-8111-111111111111", Name: "The Crew", CreatedAt: second, UpdatedAt: third},
	}, slices.Collect(state.Teams())); diff != "" {
		t.Errorf("the teams (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"example.com", "example.org"}, state.VerifiedDomains); diff != "" {
		t.Errorf("the domains (-want +got):\n%s", diff)
	}
	file := checkExport(t, seed)
	for _, want := range []string{"ivy: ivy@guest.example.net", "members: [ivy, ada]", "name: The Crew", "verified_domains: [example.com, example.org]"} {
		if !strings.Contains(file, want) {
			t.Errorf("the export lacks %s:\n%s", want, file)
		}
	}
}

func TestMistakesInInvitesAndTeams(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ section, want string }{
		"an address of a member":      {"invites: {eve: ADA@example.com}", "ADA@example.com is a member of the workspace already"},
		"an address twice":            {"invites: {eve: e@example.com, eva: E@example.com}", "E@example.com is invited to the workspace already"},
		"a domain as an address":      {"invites: {eve: example.com}", `"example.com" is not a valid e-mail address; write one like ada@example.com`},
		"no address":                  {"invites: {eve: {first_name: Eve}}", `the required key "email" is missing`},
		"the key of a member":         {"invites: {ada: e@example.com}", `"ada" is a member of the workspace; choose another key for the invite`},
		"an invite that suspends":     {"invites: {eve: {email: e@example.com, access_level: suspended}}", `unknown access level of an invite "suspended"; known: admin, member`},
		"a domain that is an address": {"verified_domains: [ada@example.com]", `"ada@example.com" is not a valid domain; write one like example.com`},
		"a team of nobody":            {"teams: {sales: {members: [adda]}}", `unknown member or invite "adda"; did you mean "ada"?`},
		"a team without a name":       {`teams: {sales: {name: " "}}`, "a team needs a name that is not empty"},
		"two teams with a name":       {"teams: {sales: {}, others: {name: SALES}}", `"SALES" is the name of another team`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkProblem(t, "{version: 1, users: {ada: {email: ada@example.com}}, workspaces: {acme: {members: {ada: admin}, "+tc.section+"}}}", tc.want)
		})
	}
}
