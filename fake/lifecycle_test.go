package fake_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// returns are the ways to return to an earlier state, in the order of the table in docs/control-api.md, and what each does to every part of a server.
var returns = []struct {
	name string
	do   func(t testing.TB, l *lifecycle)
	does map[string]string
}{
	{"`Reset`", func(_ testing.TB, l *lifecycle) { l.srv.Reset() }, map[string]string{
		"state": "the scenario's", "clock": "the scenario's", "faults": "the scenario's", "limits": "start again",
		"journal": "cleared", "usage": "cleared", "deliveries": "cleared", "chaos": "ends", "snapshots": "stay", "clones": "are removed",
	}},
	{"`Reset` keeping requests", func(t testing.TB, l *lifecycle) { control(t, l.srv, "POST", "/_fake/reset?keep=requests", "") }, map[string]string{
		"state": "the scenario's", "clock": "the scenario's", "faults": "the scenario's", "limits": "start again",
		"journal": "stays", "usage": "stays", "deliveries": "cleared", "chaos": "ends", "snapshots": "stay", "clones": "are removed",
	}},
	{"`Reload`", func(t testing.TB, l *lifecycle) {
		if err := l.srv.Reload(); err != nil {
			t.Fatal(err)
		}
	}, map[string]string{
		"state": "the scenario's", "clock": "the scenario's", "faults": "the scenario's", "limits": "start again",
		"journal": "cleared", "usage": "cleared", "deliveries": "cleared", "chaos": "ends", "snapshots": "stay", "clones": "are removed",
	}},
	{"`Restore`", func(_ testing.TB, l *lifecycle) { l.srv.Restore(l.snapshot) }, map[string]string{
		"state": "the snapshot's", "clock": "the snapshot's", "faults": "stay", "limits": "start again",
		"journal": "stays", "usage": "stays", "deliveries": "cleared", "chaos": "stays", "snapshots": "stay", "clones": "the snapshot's",
	}},
	{"the removal of a workspace", func(t testing.TB, l *lifecycle) { control(t, l.srv, "DELETE", "/_fake/workspaces/globex", "") }, map[string]string{
		"state": "stays", "clock": "stays", "faults": "stay", "limits": "stay",
		"journal": "stays", "usage": "stays", "deliveries": "stay", "chaos": "stays", "snapshots": "stay", "clones": "stay",
	}},
}

// lifecycle is a server in which everything differs from its scenario, and from its snapshot.
type lifecycle struct {
	srv      *fake.Server
	snapshot fake.Snapshot
	then     *fake.Workspace // a clone made before the snapshot
	later    *fake.Workspace // a clone made after it
	cleanups *recorder       // of the clones, never run
}

// things are the parts of a server, each with a function that says in a word what became of it.
var things = []struct {
	name string
	now  func(t testing.TB, l *lifecycle) string
}{
	{"state", func(_ testing.TB, l *lifecycle) string {
		return pick(l.srv.Workspace("acme").Name(), map[string]string{"Acme": "the scenario's", "Then": "the snapshot's", "Now": "stays"})
	}},
	{"clock", func(_ testing.TB, l *lifecycle) string {
		return pick(l.srv.Now().Sub(nine), map[time.Duration]string{0: "the scenario's", time.Hour: "the snapshot's", 2 * time.Hour: "stays"})
	}},
	{"faults", func(t testing.TB, l *lifecycle) string {
		has := func(id string) bool {
			return strings.Contains(control(t, l.srv, "GET", "/_fake/faults", ""), `"id":"`+id+`"`)
		}
		return pick([2]bool{has("acme/faults/seeded"), has("fault-1")}, map[[2]bool]string{{true, false}: "the scenario's", {false, true}: "stay"})
	}},
	{"limits", func(t testing.TB, l *lifecycle) string {
		l.srv.Workspace("acme").SetLimits(true)
		l.srv.SetTime(nine.Add(2 * time.Hour))
		return pick(statusOf(t, l.srv), map[int]string{200: "start again", 429: "stay"})
	}},
	{"journal", func(_ testing.TB, l *lifecycle) string {
		return pick(len(l.srv.Requests(fake.RequestFilter{Operation: "self.identify", Status: 429})), map[int]string{0: "cleared", 1: "stays"})
	}},
	{"usage", func(_ testing.TB, l *lifecycle) string {
		return pick(l.srv.Usage().Saw(429), map[bool]string{false: "cleared", true: "stays"})
	}},
	{"deliveries", func(_ testing.TB, l *lifecycle) string {
		return pick(len(l.srv.Deliveries()) > 0, map[bool]string{false: "cleared", true: "stay"})
	}},
	{"chaos", func(t testing.TB, l *lifecycle) string {
		return pick(strings.Contains(control(t, l.srv, "GET", "/_fake/webhooks/chaos", ""), `"batch":3`), map[bool]string{false: "ends", true: "stays"})
	}},
	{"snapshots", func(_ testing.TB, l *lifecycle) string {
		return pick(slices.Contains(l.srv.Snapshots(), "kept"), map[bool]string{false: "are removed", true: "stay"})
	}},
	{"clones", func(t testing.TB, l *lifecycle) string {
		there := func(w *fake.Workspace) bool {
			return strings.Contains(control(t, l.srv, "GET", "/_fake/workspaces", ""), `"slug":"`+w.Slug()+`"`)
		}
		return pick([2]bool{there(l.then), there(l.later)}, map[[2]bool]string{{false, false}: "are removed", {true, false}: "the snapshot's", {true, true}: "stay"})
	}},
}

// pick returns the word for what was found.
func pick[K comparable](found K, words map[K]string) string {
	if word, ok := words[found]; ok {
		return word
	}
	return fmt.Sprint(found)
}

// control calls the control API and returns the answer.
func control(t testing.TB, srv *fake.Server, method, path, body string) string {
	t.Helper()
	_, text := sendWith(t, srv, "", method, path, body)
	return text
}

// statusOf returns the status of an answer to a client of acme.
func statusOf(t testing.TB, srv *fake.Server) int {
	t.Helper()
	status, _ := sendWith(t, srv, srv.Token("acme"), "GET", "/v2/self", "")
	return status
}

// nine is when the clock of a lifecycle begins.
var nine = time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)

func newLifecycle(t testing.TB) *lifecycle {
	t.Helper()
	l := &lifecycle{cleanups: &recorder{}}
	l.srv = fake.New(t, fake.WithoutSocket(), fake.FixedClock(nine), fake.YAML(`
version: 1
extends: [acme]
workspaces: {acme: {faults: {seeded: {fault: internal, operation: notes.list}}}}`))
	acme := l.srv.Workspace("acme")
	acme.Rename("Then")
	l.srv.Advance(time.Hour)
	l.then = acme.Clone(l.cleanups)
	l.snapshot = l.srv.Snapshot("kept")

	acme.Rename("Now")
	l.srv.Advance(time.Hour)
	l.later = acme.Clone(l.cleanups)
	l.srv.ClearFaults()
	l.srv.Fail(fake.InternalError.On("tasks.list"))
	acme.WebhookTo(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "record.created")
	l.srv.SetWebhookChaos(fake.WebhookChaos{Batch: 3})
	acme.Create("people", fake.Values{"job_title": "Clerk"})
	acme.SetLimits(true)
	for statusOf(t, l.srv) == 200 { // until the second is used up
	}
	return l
}

func TestEachWayBackDoesWithEverythingWhatItsTableSays(t *testing.T) {
	t.Parallel()
	for _, back := range returns {
		for _, thing := range things {
			t.Run(back.name+" and "+thing.name, func(t *testing.T) {
				t.Parallel()
				l := newLifecycle(t)
				if before := thing.now(t, l); !strings.HasPrefix(before, "stay") {
					t.Fatalf("before it: %s", before)
				}
				if thing.name == "limits" {
					l = newLifecycle(t) // looking used it up
				}
				back.do(t, l)
				if diff := cmp.Diff(back.does[thing.name], thing.now(t, l)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

// lifecycleTable is Markdown made of what the ways back do.
func lifecycleTable(*testing.T) string {
	var rows strings.Builder
	rows.WriteString("| |")
	for _, back := range returns {
		rows.WriteString(" " + back.name + " |")
	}
	rows.WriteString("\n|---" + strings.Repeat("|---", len(returns)) + "|\n")
	for _, thing := range things {
		rows.WriteString("| " + thing.name + " |")
		for _, back := range returns {
			rows.WriteString(" " + back.does[thing.name] + " |")
		}
		rows.WriteString("\n")
	}
	return rows.String()
}

func TestWhatIsAWorkspacesGoesWithIt(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(srv *fake.Server, own *fake.Workspace, cleanup func()){
		"removed":  func(_ *fake.Server, _ *fake.Workspace, cleanup func()) { cleanup() },
		"restored": func(srv *fake.Server, _ *fake.Workspace, _ func()) { srv.Restore(srv.NamedSnapshot("before")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, fake.WithoutSocket())
			srv.Snapshot("before")
			test := &recorder{}
			own := srv.Workspace("acme").Clone(test)
			token := own.Token()
			srv.Fail(fake.InternalError.OnAny().In(own.Slug()))
			srv.Fail(fake.InternalError.OnAny().With(own.Slug() + "/full").Times(7))
			srv.Fail(fake.InternalError.On("tasks.list").In("acme"))
			sendWith(t, srv, token, "GET", "/v2/objects", "")
			end(srv, own, test.cleanups[0])

			if faults := control(t, srv, "GET", "/_fake/faults", ""); strings.Count(faults, `"id"`) != 1 || !strings.Contains(faults, "tasks.list") {
				t.Errorf("the faults are %s", faults)
			}
			_, late := sendWith(t, srv, token, "POST", "/v2/objects/people/records", `{"data":{"values":{}}}`)
			if !strings.Contains(late, "The API Key provided could not be found.") {
				t.Errorf("a late request is answered with %s", late)
			}
			next := srv.Workspace("acme").Clone(t)
			if next.Slug() == own.Slug() || next.ID() == own.ID() || next.Token() == token {
				t.Errorf("the next clone is %s with %s", next.Slug(), next.Token())
			}
			if got := next.Requests(); len(got) != 0 {
				t.Errorf("the next clone has the requests %v", got)
			}
			if got := own.For(t).Requests(); len(got) != 1 {
				t.Errorf("the one that is gone has the requests %v", got)
			}
		})
	}
}
