package fake_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// withNotes is a workspace with notes that a scenario has filled.
func withNotes() fake.Option {
	return fake.YAML(`
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects:
      people: {records: {grace: {name: "Hopper, Grace"}}}
      projects: {singular_noun: Project, plural_noun: Projects, records: {bridge: {}}}
    meetings: {kick-off: {title: Kick-off, start: 2026-01-14T09:00:00Z, end: 2026-01-14T10:00:00Z, participants: [grace@example.com]}}
    notes:
      later: {record: people/grace, title: Later, plaintext: "*a*", created_at: 2026-01-14T10:00:00Z}
      earlier: {record: people/grace, title: Earlier, markdown: "__b__", meeting: kick-off, created_at: 2026-01-13T10:00:00Z}
`)
}

// outline says what a note is.
func outline(n fake.Note) string {
	return fmt.Sprintf("%s about %s at %s: %q, %q, meeting %q", n.Title, n.Record.Text("name"), n.CreatedAt.Format(time.RFC3339), n.Markdown, n.Plaintext, n.Meeting)
}

func TestNotesOfAScenarioAreThereForGo(t *testing.T) {
	t.Parallel()
	acme := fake.New(t, withNotes()).Workspace("acme")
	meeting := fake.ID("acme/meetings/kick-off")
	want := []string{
		`Earlier about Grace Hopper at 2026-01-13T10:00:00Z: "**b**", "b", meeting "` + meeting + `"`,
		`Later about Grace Hopper at 2026-01-14T10:00:00Z: "\\*a\\*", "*a*", meeting ""`,
	}
	var got []string
	for _, n := range acme.Notes() {
		got = append(got, outline(n))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	earlier := acme.Note("earlier")
	if byID := acme.Note(fake.ID("acme/notes/earlier")); outline(byID) != want[0] || byID.ID != earlier.ID {
		t.Errorf("got %s", outline(byID))
	}
}

func TestANoteIsWrittenFromGoByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withNotes())
	acme := srv.Workspace("acme")
	grace := acme.Record("people", "grace")
	added := acme.As("bob").AddNote(fake.Note{Record: grace, Title: "Call", Markdown: "# *Hi*", Meeting: "kick-off", CreatedAt: time.Date(2025, 1, 2, 3, 4, 5, 6e6, time.UTC)})
	shows := func(id, title, markdown, plaintext, meeting, created string) {
		t.Helper()
		want := `{"data":{"id":{"workspace_id":"` + acme.ID() + `","note_id":"` + id + `"},"parent_object":"people","parent_record_id":"` + grace.ID() +
			`","title":"` + title + `","meeting_id":` + meeting + `,"content_plaintext":"` + plaintext + `","content_markdown":"` + markdown + `","tags":[],` +
			`"created_by_actor":{"type":"workspace-member","id":"` + fake.ID("acme/members/bob") + `"},"created_at":"` + created + `"}}`
		status, body := send(t, srv, http.MethodGet, "/v2/notes/"+id, "")
		if diff := cmp.Diff(want, body); status != 200 || diff != "" {
			t.Errorf("%d (-want +got):\n%s", status, diff)
		}
	}
	meeting := `"` + fake.ID("acme/meetings/kick-off") + `"`
	shows(added.ID, "Call", "# *Hi*", "Hi", meeting, "2025-01-02T03:04:05.006000000Z")
	if got := acme.UpdateNote(added.ID, func(n *fake.Note) { n.Title = "Talk" }); got.Title != "Talk" || got.Plaintext != "Hi" {
		t.Errorf("got %+v", got)
	}
	acme.UpdateNote(added.ID, func(n *fake.Note) { n.Plaintext = "= a =" })
	shows(added.ID, "Talk", "= a =", "= a =", meeting, "2025-01-02T03:04:05.006000000Z")
	acme.DeleteNote(added.ID)
	if status, _ := send(t, srv, http.MethodGet, "/v2/notes/"+added.ID, ""); status != 404 {
		t.Errorf("the note is still there: %d", status)
	}
	if empty := acme.AddNote(fake.Note{Record: grace}); outline(empty) != outline(acme.Note(empty.ID)) || empty.Markdown != "" {
		t.Errorf("got %s", outline(empty))
	}
	acme.Delete("people", "grace")
	if left := acme.Notes(); left != nil {
		t.Errorf("notes outlive their record: %v", left)
	}
}

func TestAMistakeWithANoteEndsTheTest(t *testing.T) {
	t.Parallel()
	note := func(w *fake.Workspace, change func(*fake.Note)) {
		n := fake.Note{Record: w.Record("people", "grace"), Title: "Call"}
		change(&n)
		w.AddNote(n)
	}
	for name, tc := range map[string]struct {
		do   func(*fake.Workspace)
		want string
	}{
		"an unknown note": {func(w *fake.Workspace) { w.Note("x") }, `fake: workspace "acme" has no note "x"; name one by its key in the scenario or its id`},
		"an unknown note, changed": {func(w *fake.Workspace) { w.UpdateNote("x", func(n *fake.Note) { n.Title = "y" }) },
			`fake: workspace "acme" has no note "x"; name one by its key in the scenario or its id`},
		"an unknown note, deleted": {func(w *fake.Workspace) { w.DeleteNote("x") }, `fake: workspace "acme" has no note "x"; name one by its key in the scenario or its id`},
		"no record":                {func(w *fake.Workspace) { w.AddNote(fake.Note{Title: "Call"}) }, `fake: note "Call" needs a Record that it is about`},
		"a record that is gone": {func(w *fake.Workspace) {
			grace := w.Record("people", "grace")
			w.Delete("people", "grace")
			w.AddNote(fake.Note{Record: grace})
		}, `fake: workspace "acme": Record with ID "` + fake.ID("acme/people/grace") + `" not found.`},
		"an unknown meeting": {func(w *fake.Workspace) { note(w, func(n *fake.Note) { n.Meeting = "x" }) },
			`fake: workspace "acme" has no meeting "x"; name one by its key in the scenario or its id`},
		"two formats": {func(w *fake.Workspace) { note(w, func(n *fake.Note) { n.Markdown, n.Plaintext = "a", "b" }) }, `fake: note "Call" is written in one format; give it Markdown or Plaintext`},
		"a change in two formats": {func(w *fake.Workspace) {
			w.UpdateNote("later", func(n *fake.Note) { n.Markdown, n.Plaintext = "a", "b" })
		}, `fake: note "later" is written in one format; give it Markdown or Plaintext`},
		"too much": {func(w *fake.Workspace) { note(w, func(n *fake.Note) { n.Plaintext = strings.Repeat("a", 1<<20+1) }) }, `fake: note "Call": The content of a note can have at most 1048576 bytes.`},
		"the future": {func(w *fake.Workspace) {
			note(w, func(n *fake.Note) { n.CreatedAt = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) })
		},
			"fake: workspace \"acme\": Body payload validation error.\n  data: created_at: Date must be in 1970 or later, and not in the future"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withNotes(), fake.WithoutSocket())
			defer srv.Close()
			tc.do(srv.Workspace("acme"))
			if diff := cmp.Diff([]string{tc.want}, test.fatal); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
