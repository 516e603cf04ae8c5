package scenario_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestThreadsAreSeeded(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {sync: {scopes: all, kind: app}}
    objects:
      companies: {records: {navy: {}}}
    generate: {people: 1}
    lists:
      sales: {parent_object: companies, entries: {navy: {record: navy}}}
    threads:
      renewal:
        record: companies/navy
        content: |-
          Will they stay?
          Ask bob@example.com.
        author: bob
        created_at: 2026-01-02T08:00:00.1239Z
        resolved_at: 2026-01-05T10:00:00Z
        resolved_by: {token: sync}
        replies:
          asked: {content: Yes, author: ada, created_at: 2026-01-03T08:00:00Z}
          again: For sure.
      stage: {entry: sales/navy, content: "", resolved_by: bob}
      later: {record: people/generated-000001, content: Hm, created_at: 2026-02-01T00:00:00Z, replies: {then: Hm.}, resolved_at: null, resolved_by: system}
`)
	state := seed.Workspaces[0]
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
	}
	ada := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/ada")}
	bob := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/bob")}
	navy := world.CommentPlace{Object: attio.PathID("acme/objects/companies"), Record: attio.PathID("acme/companies/navy")}
	entry := navy
	entry.List, entry.Entry = attio.PathID("acme/lists/sales"), attio.PathID("acme/lists/sales/entries/navy")
	person := world.CommentPlace{Object: attio.PathID("acme/objects/people"), Record: attio.PathID("acme/people/generated-000001")}
	renewal, stage, later := attio.PathID("acme/threads/renewal"), attio.PathID("acme/threads/stage"), attio.PathID("acme/threads/later")
	want := []world.Comment{
		{
			ID: renewal, Thread: renewal, On: navy, Author: bob, Content: "Will they stay?\nAsk bob@example.com.",
			CreatedAt: at(time.January, 2, 8).Add(123 * time.Millisecond), Sequence: 1,
			Resolved: &world.Resolution{At: at(time.January, 5, 10), By: attio.Actor{Type: attio.ActorApp, ID: attio.PathID("acme/tokens/sync")}},
		},
		{ID: attio.PathID("acme/threads/renewal/replies/asked"), Thread: renewal, On: navy, Author: ada, Content: "Yes", CreatedAt: at(time.January, 3, 8), Sequence: 2},
		{ID: attio.PathID("acme/threads/renewal/replies/again"), Thread: renewal, On: navy, Author: ada, Content: "For sure.", CreatedAt: at(time.January, 15, 9), Sequence: 3},
		{ID: stage, Thread: stage, On: entry, Author: ada, CreatedAt: at(time.January, 15, 9), Sequence: 4, Resolved: &world.Resolution{At: at(time.January, 15, 9), By: bob}},
		{
			ID: later, Thread: later, On: person, Author: ada, Content: "Hm", CreatedAt: at(time.February, 1, 0), Sequence: 5,
			Resolved: &world.Resolution{At: at(time.February, 1, 0), By: attio.Actor{Type: attio.ActorSystem}},
		},
		{ID: attio.PathID("acme/threads/later/replies/then"), Thread: later, On: person, Author: ada, Content: "Hm.", CreatedAt: at(time.February, 1, 0), Sequence: 6},
	}
	var got []world.Comment
	for c := range state.Comments() {
		got = append(got, *c)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCRMHasThreadsOfEveryKind(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("crm")).Workspaces[0]
	kinds := map[string]int{}
	for thread := range state.Threads() {
		on := "record"
		if thread.Head.On.Entry != "" {
			on = "entry"
		}
		kinds[on]++
		if thread.Head.Resolved != nil {
			kinds["resolved"]++
		}
		kinds["replies"] += len(thread.Comments) - 1
	}
	if diff := cmp.Diff(map[string]int{"record": 2, "entry": 2, "resolved": 1, "replies": 3}, kinds); diff != "" {
		t.Error(diff)
	}
}
