package scenario_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestTheUnsubscribedAreSeededOnceEach(t *testing.T) {
	t.Parallel()
	state := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
workspaces:
  acme:
    unsubscribed:
      - Grace@Navy.example.com
      - {address: bob@example.com, created_at: 2025-01-01T00:00:00.1239Z}
      - grace@navy.example.com
`).Workspaces[0]
	want := []*world.Unsubscribed{
		{Address: "grace@navy.example.com", CreatedAt: time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)},
		{Address: "bob@example.com", CreatedAt: time.Date(2025, time.January, 1, 0, 0, 0, 123e6, time.UTC)},
	}
	if diff := cmp.Diff(want, slices.Collect(state.Unsubscribed())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOnlyAddressesCanBeUnsubscribed(t *testing.T) {
	t.Parallel()
	checkProblem(t, "{version: 1, workspaces: {acme: {unsubscribed: [nobody]}}}", `"nobody" is not an e-mail address that Attio accepts; write one like ada@example.com`)
}

func TestCRMHasTwoWhoAreUnsubscribed(t *testing.T) {
	t.Parallel()
	if n := len(slices.Collect(load(t, scenario.BuiltIn("crm")).Workspaces[0].Unsubscribed())); n != 2 {
		t.Errorf("%d addresses are unsubscribed", n)
	}
}
