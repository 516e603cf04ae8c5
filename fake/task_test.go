package fake_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// withTasks is a workspace with two tasks, of which the first is the younger.
func withTasks() fake.Option {
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
      companies: {records: {navy: {name: Navy}}}
    tasks:
      call: {content: Call, deadline_at: 2026-02-01T12:00:00Z, linked_records: [people/grace, companies/navy], assignees: [bob]}
      done: {content: Done, created_at: 2026-01-01T00:00:00Z, completed_at: 2026-01-02T00:00:00Z}
    unsubscribed: [grace@navy.example.com]
`)
}

// linkedTo lists what a task is linked to.
func linkedTo(task fake.Task) []string {
	var all []string
	for _, record := range task.Linked {
		all = append(all, record.String())
	}
	return all
}

func TestTasksOfAScenarioAreThereForGoAndForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withTasks())
	acme := srv.Workspace("acme")
	call := acme.Task("call")
	if diff := cmp.Diff([]string{"people/" + fake.ID("acme/people/grace"), "companies/" + fake.ID("acme/companies/navy")}, linkedTo(call)); diff != "" {
		t.Error(diff)
	}
	call.Linked = nil
	want := fake.Task{
		ID: fake.ID("acme/tasks/call"), Content: "Call", Deadline: time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC),
		Assignees: []fake.Member{acme.Member("bob")}, CreatedAt: noon,
	}
	if diff := cmp.Diff(want, call); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var contents []string
	for _, task := range acme.Tasks() {
		contents = append(contents, task.Content)
	}
	if diff := cmp.Diff([]string{"Done", "Call"}, contents); diff != "" {
		t.Error(diff)
	}
	status, body := send(t, srv, http.MethodGet, "/v2/tasks/"+call.ID, "")
	if status != 200 || !strings.Contains(body, `"content_plaintext":"Call"`) {
		t.Errorf("got %d %s", status, body)
	}
}

func TestATaskIsMadeAndCompletedFromGo(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withTasks(), fake.FixedClock(noon))
	acme := srv.Workspace("acme").As("bob")
	grace := acme.Record("people", "grace")
	made := acme.AddTask(fake.Task{
		Content: "Write", Deadline: noon.Add(time.Hour), Linked: []fake.Record{grace, grace}, Assignees: []fake.Member{acme.Member("ada"), acme.Member("ada")},
	})
	status, body := send(t, srv, http.MethodGet, "/v2/tasks/"+made.ID, "")
	want := `{"data":{"id":{"workspace_id":"` + acme.ID() + `","task_id":"` + made.ID + `"},"content_plaintext":"Write","is_completed":false,"completed_at":null,` +
		`"deadline_at":"2026-01-15T13:00:00.000000000Z","linked_records":[{"target_object_id":"people","target_record_id":"` + grace.ID() + `"}],` +
		`"assignees":[{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + acme.Member("ada").ID + `"}],` +
		`"created_by_actor":{"type":"workspace-member","id":"` + acme.Member("bob").ID + `"},"created_at":"2026-01-15T12:00:00.000000000Z"}}`
	if status != 200 || body != want {
		t.Errorf("got %d %s\nwant %s", status, body, want)
	}

	srv.Advance(time.Minute)
	completed := acme.CompleteTask(made.ID)
	if !completed.Completed || !completed.CompletedAt.Equal(noon.Add(time.Minute)) {
		t.Errorf("got %+v", completed)
	}
	srv.Advance(time.Minute)
	if again := acme.CompleteTask(made.ID); !again.CompletedAt.Equal(completed.CompletedAt) {
		t.Errorf("got %+v", again)
	}
	if done := acme.AddTask(fake.Task{Completed: true}); !done.CompletedAt.Equal(srv.Now()) || !acme.Task(done.ID).Completed {
		t.Errorf("got %+v", done)
	}

	acme.Delete("people", "grace")
	if left := linkedTo(acme.Task(made.ID)); left != nil {
		t.Errorf("still linked to %v", left)
	}
	acme.DeleteTask(made.ID)
	if status, _ := send(t, srv, http.MethodGet, "/v2/tasks/"+made.ID, ""); status != 404 {
		t.Errorf("got %d", status)
	}
}

func TestMistakesWithTasksEndTheTest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		mistake func(acme *fake.Workspace)
		want    string
	}{
		"an unknown key":  {func(w *fake.Workspace) { w.Task("cal") }, `fake: workspace "acme" has no task "cal"; name one by its key in the scenario or its id`},
		"to be completed": {func(w *fake.Workspace) { w.CompleteTask("cal") }, `fake: workspace "acme" has no task "cal"; name one by its key in the scenario or its id`},
		"to be deleted":   {func(w *fake.Workspace) { w.DeleteTask("cal") }, `fake: workspace "acme" has no task "cal"; name one by its key in the scenario or its id`},
		"no record": {func(w *fake.Workspace) { w.AddTask(fake.Task{Content: "x", Linked: []fake.Record{{}}}) },
			`fake: task "x" is linked to a record that workspace "acme" does not have`},
		"a record that is gone": {func(w *fake.Workspace) {
			grace := w.Record("people", "grace")
			w.Delete("people", "grace")
			w.AddTask(fake.Task{Content: "x", Linked: []fake.Record{grace}})
		}, `fake: task "x" is linked to a record that workspace "acme" does not have`},
		"nobody": {func(w *fake.Workspace) { w.AddTask(fake.Task{Assignees: []fake.Member{{}}}) },
			`fake: workspace "acme": Workspace member with ID "" not found.`},
		"too much to do": {func(w *fake.Workspace) { w.AddTask(fake.Task{Content: strings.Repeat("x", 2001)}) },
			"fake: workspace \"acme\": Body payload validation error.\n  data: content: String must contain at most 2000 character(s)"},
		"an address that is none": {func(w *fake.Workspace) { w.Unsubscribe("ada@example.com", "ada") },
			"fake: workspace \"acme\": Body payload validation error.\n  data: email_addresses: 1: Invalid email address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withTasks(), fake.WithoutSocket())
			defer srv.Close()
			tc.mistake(srv.Workspace("acme"))
			if diff := cmp.Diff([]string{tc.want}, test.fatal); diff != "" {
				t.Error(diff)
			}
		})
	}
}
