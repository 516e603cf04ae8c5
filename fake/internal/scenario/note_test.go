package scenario_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestNotesAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: suspended}
    tokens: {sync: {scopes: all, kind: app}}
    objects: {companies: {records: {navy: {}}}, people: {records: {grace: {}}}}
    generate: {companies: 1}
    meetings: {call: {title: Call, start: 2026-02-02T09:00:00Z, end: 2026-02-02T09:30:00Z, participants: [grace@example.com]}}
    notes:
      empty: {record: people/grace}
      plain: {record: companies/generated-000001, title: "", plaintext: "*As it is*\n\n"}
      whole:
        record: companies/navy
        title: The call
        markdown: |
          # First

          - *one*
          - two
        meeting: call
        tags: [bob, {record: people/grace}, ada, {record: companies/generated-000001}]
        created_at: 2025-01-01T00:00:00.1239Z
        created_by: {token: sync}
`)
	state := seed.Workspaces[0]
	start := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)
	ada := attio.PathID("acme/members/ada")
	byAda := attio.Actor{Type: attio.ActorWorkspaceMember, ID: ada}
	record := func(object, key string) attribute.RecordReference {
		return attribute.RecordReference{Object: attio.PathID("acme/objects/" + object), Record: attio.PathID("acme/" + object + "/" + key)}
	}
	generated := record("companies", "generated-000001")
	want := []*world.Note{
		{ID: attio.PathID("acme/notes/empty"), Parent: record("people", "grace"), CreatedAt: start, CreatedBy: byAda},
		{
			ID: attio.PathID("acme/notes/plain"), Parent: generated, Content: markdown.Content{Plaintext: "*As it is*\n\n", Markdown: `\*As it is\*&#10;&#10;`},
			CreatedAt: start, CreatedBy: byAda,
		},
		{
			ID: attio.PathID("acme/notes/whole"), Parent: record("companies", "navy"), Title: "The call",
			Content: markdown.Content{Plaintext: "First\none\ntwo", Markdown: "# First\n- *one*\n- two"}, Meeting: attio.PathID("acme/meetings/call"),
			Tags:      []world.NoteTag{{Member: attio.PathID("acme/members/bob")}, {Record: record("people", "grace")}, {Member: ada}, {Record: generated}},
			CreatedAt: time.Date(2025, time.January, 1, 0, 0, 0, 123e6, time.UTC), CreatedBy: attio.Actor{Type: attio.ActorApp, ID: attio.PathID("acme/tokens/sync")},
		},
	}
	if diff := cmp.Diff(want, slices.Collect(state.Notes())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAScenarioHasNoNoteThatIsTooLarge(t *testing.T) {
	t.Parallel()
	_, err := scenario.Load(scenario.Text("team", `
version: 1
workspaces:
  acme:
    objects: {people: {records: {grace: {}}}}
    notes: {long: {record: people/grace, plaintext: `+strings.Repeat("a", 1<<20+1)+`}}`))
	if want := "team:6:53: The content of a note can have at most 1048576 bytes."; err == nil || err.Error() != want {
		t.Errorf("got %.200v\nwant %s", err, want)
	}
}
