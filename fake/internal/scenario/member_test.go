package scenario_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestMembersAreUsersWithAccess(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members:
      bob: {access_level: suspended, created_at: 2025-01-01T00:00:00.1239Z, updated_at: 2025-02-01T00:00:00Z, id: 11111111-1111-4111-8111-111111111111}
      ada: admin
`)
	want := []*world.Member{
		{ID: "11111111-1111-4111-8111-111111111111", User: seed.Users[1], Access: world.Suspended, CreatedAt: time.Date(2025, time.January, 1, 0, 0, 0, 123e6, time.UTC), UpdatedAt: time.Date(2025, time.February, 1, 0, 0, 0, 0, time.UTC)},
		{ID: attio.PathID("acme/members/ada"), User: seed.Users[0], Access: world.Admin, CreatedAt: time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC), UpdatedAt: time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)},
	}
	if diff := cmp.Diff(want, slices.Collect(seed.Workspaces[0].Members()), cmpopts.IgnoreUnexported(world.Member{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The two addresses differ for YAML and are one for the world, which folds their case: the long s is a small s.
func TestAMemberWhoIsThereAlreadyIsReportedAtTheKey(t *testing.T) {
	t.Parallel()
	checkProblem(t, "{version: 1, users: {a: {email: s@example.com}, b: {email: \u017f@example.com}}, workspaces: {acme: {members: {a: admin, b: member}}}}", "team.yaml:1:117: \u017f@example.com is a member of the workspace already")
}
