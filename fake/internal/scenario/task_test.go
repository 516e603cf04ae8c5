package scenario_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestTasksAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: suspended}
    tokens: {sync: {scopes: all, kind: app}}
    objects:
      companies: {records: {navy: {}}}
      people: {records: {grace: {}}}
    generate: {companies: 1}
    tasks:
      plain: {content: "", deadline_at: null, is_completed: false, completed_at: null, linked_records: [], assignees: []}
      whole:
        content: Call
        deadline_at: 2026-02-01T12:00:00+01:00
        is_completed: true
        completed_at: 2025-01-02T00:00:00.5Z
        linked_records: [people/grace, companies/generated-000001, people/grace]
        assignees: [bob, ada]
        created_at: 2025-01-01T00:00:00.1239Z
        created_by: {token: sync}
      done: {content: Done, is_completed: true, created_at: 2025-01-01T00:00:00Z, created_by: bob}
      then: {content: Done then, completed_at: 2026-01-15T09:00:00Z}
`)
	state := seed.Workspaces[0]
	start := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)
	newYear := time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)
	ada, bob := attio.PathID("acme/members/ada"), attio.PathID("acme/members/bob")
	member := func(id attio.ID) attio.Actor { return attio.Actor{Type: attio.ActorWorkspaceMember, ID: id} }
	want := []*world.Task{
		{ID: attio.PathID("acme/tasks/plain"), CreatedAt: start, CreatedBy: member(ada)},
		{
			ID: attio.PathID("acme/tasks/whole"), Content: "Call", Deadline: new(time.Date(2026, time.February, 1, 11, 0, 0, 0, time.UTC)),
			CompletedAt: new(newYear.AddDate(0, 0, 1).Add(500 * time.Millisecond)),
			Linked: []attribute.RecordReference{
				{Object: attio.PathID("acme/objects/people"), Record: attio.PathID("acme/people/grace")},
				{Object: attio.PathID("acme/objects/companies"), Record: attio.PathID("acme/companies/generated-000001")},
			},
			Assignees: []attio.ID{bob, ada}, CreatedAt: newYear.Add(123 * time.Millisecond),
			CreatedBy: attio.Actor{Type: attio.ActorApp, ID: attio.PathID("acme/tokens/sync")},
		},
		{
			ID: attio.PathID("acme/tasks/done"), Content: "Done", CompletedAt: &newYear,
			CreatedAt: newYear, CreatedBy: member(bob),
		},
		{
			ID: attio.PathID("acme/tasks/then"), Content: "Done then", CompletedAt: &start,
			CreatedAt: start, CreatedBy: member(ada),
		},
	}
	if diff := cmp.Diff(want, slices.Collect(state.Tasks())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCRMHasTasksOfEveryKind(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("crm")).Workspaces[0]
	kinds := map[string]int{}
	for task := range state.Tasks() {
		for kind, is := range map[string]bool{
			"completed": task.CompletedAt != nil, "open": task.CompletedAt == nil, "due": task.Deadline != nil, "nobody's": len(task.Assignees) == 0,
			"of several": len(task.Assignees) > 1, "linked": len(task.Linked) > 0, "an app's": task.CreatedBy.Type == attio.ActorApp,
		} {
			if is {
				kinds[kind]++
			}
		}
		for _, id := range task.Assignees {
			if member, _ := state.Member(id); member.Access == world.Suspended {
				kinds["of somebody suspended"]++
			}
		}
	}
	want := map[string]int{"completed": 1, "open": 3, "due": 2, "nobody's": 1, "of several": 1, "linked": 4, "an app's": 1, "of somebody suspended": 1}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}
