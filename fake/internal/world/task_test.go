package world

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// company is a reference to a record of companies.
func company(id attio.ID) attribute.RecordReference {
	return attribute.RecordReference{Object: attio.PathID("acme/objects/companies"), Record: id}
}

// taskWorld has a workspace with the companies a and b and a member.
func taskWorld(t testing.TB) (*World, *Workspace) {
	t.Helper()
	state := build(t, func(tx *Tx) {
		seedCompany(t, tx, "a")
		seedCompany(t, tx, "b")
		if err := tx.AddMember("ada", ada, Admin); err != nil {
			t.Fatal(err)
		}
	})
	w := New(&Seed{Clock: Start{At: noon, Frozen: true}, Users: []*User{ada}, Workspaces: []*State{state}})
	return w, acme(t, w)
}

// wrote runs a write of a task that must succeed, and returns the changes.
func wrote(t testing.TB, workspace *Workspace, write func(*Tx) error) []Change {
	t.Helper()
	commits, err := workspace.Write(Author{Actor: attio.Actor{Type: attio.ActorWorkspaceMember, ID: "ada"}}, write)
	if err != nil {
		t.Fatal(err)
	}
	return commits[0].Changes
}

func createTask(id attio.ID, content string, edit TaskEdit) func(*Tx) error {
	return func(tx *Tx) error {
		_, err := tx.CreateTask(id, content, edit)
		return err
	}
}

func updateTask(id attio.ID, edit TaskEdit) func(*Tx) error {
	return func(tx *Tx) error {
		_, err := tx.UpdateTask(id, edit)
		return err
	}
}

func TestATaskIsMadeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	w, workspace := taskWorld(t)
	deadline := new(time.Date(2026, 2, 1, 12, 0, 0, 123_456_789, time.FixedZone("", 3600)))
	created := &Task{
		ID: "1", Content: "Call", Deadline: new(time.Date(2026, 2, 1, 11, 0, 0, 123_000_000, time.UTC)),
		Linked: []attribute.RecordReference{company("b"), company("a")}, Assignees: []attio.ID{"ada"},
		CreatedAt: noon, CreatedBy: attio.Actor{Type: attio.ActorWorkspaceMember, ID: "ada"},
	}
	completed := *created
	completed.Deadline, completed.CompletedAt, completed.Linked, completed.Assignees = nil, new(noon.Add(time.Hour)), nil, nil
	reopened := completed
	reopened.CompletedAt = nil
	var none *time.Time
	for i, step := range []struct {
		write         func(*Tx) error
		before, after *Task
	}{
		{createTask("1", "Call", TaskEdit{Deadline: &deadline, Completed: new(false),
			Linked: &[]attribute.RecordReference{company("b"), company("a"), company("b"), company("gone")}, Assignees: &[]attio.ID{"ada", "ada"}}), nil, created},
		{updateTask("1", TaskEdit{Completed: new(false), Assignees: &[]attio.ID{"ada"}}), nil, nil},
		{updateTask("1", TaskEdit{Deadline: &none, Completed: new(true), Linked: &[]attribute.RecordReference{}, Assignees: &[]attio.ID{}}), created, &completed},
		{updateTask("1", TaskEdit{Deadline: &none, Completed: new(true)}), nil, nil}, // it keeps its time of completion
		{updateTask("1", TaskEdit{Completed: new(false)}), &completed, &reopened},
		{updateTask("1", TaskEdit{Linked: &[]attribute.RecordReference{company("gone")}, Assignees: &[]attio.ID{}}), nil, nil},
		{func(tx *Tx) error { return tx.DeleteTask("1") }, &reopened, nil},
	} {
		got := wrote(t, workspace, step.write)
		var want []Change
		if step.before != step.after {
			want = []Change{{ThingTask, "", "1", orNil(step.before), orNil(step.after)}}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("step %d (-want +got):\n%s", i, diff)
		}
		w.Clock.Advance(time.Hour / 2)
	}
	if _, ok := workspace.View().Task("1"); ok {
		t.Error("it is still there")
	}
}

func TestTasksThatAreRefused(t *testing.T) {
	t.Parallel()
	_, workspace := taskWorld(t)
	wrote(t, workspace, createTask("1", "", TaskEdit{}))
	before := workspace.View()
	for name, tc := range map[string]struct {
		write func(*Tx) error
		want  *attio.Error
	}{
		"an unknown assignee of a new one":       {createTask("2", "x", TaskEdit{Assignees: &[]attio.ID{"ada", "eve"}}), attio.TargetMemberNotFound("eve")},
		"an unknown assignee":                    {updateTask("1", TaskEdit{Assignees: &[]attio.ID{"eve"}}), attio.TargetMemberNotFound("eve")},
		"an unknown task":                        {updateTask("2", TaskEdit{}), attio.TaskNotFound("2")},
		"an unknown task that is to be deleted":  {func(tx *Tx) error { return tx.DeleteTask("2") }, attio.TaskNotFound("2")},
		"too many characters":                    {createTask("2", strings.Repeat("é", 2001), TaskEdit{}), attio.TaskContentTooLong(2000)},
		"too many halves of characters":          {createTask("2", strings.Repeat("😀", 1000)+"x", TaskEdit{}), attio.TaskContentTooLong(2000)},
		"a mistake after what would be a change": {updateTask("1", TaskEdit{Completed: new(true), Assignees: &[]attio.ID{"eve"}}), attio.TargetMemberNotFound("eve")},
	} {
		err := workspace.Update(Author{}, tc.write)
		got, _ := errors.AsType[*attio.Error](err)
		if diff := cmp.Diff(tc.want, got); diff != "" || workspace.View() != before {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, content := range []string{strings.Repeat("é", 2000), strings.Repeat("😀", 1000)} {
		wrote(t, workspace, createTask("3", content, TaskEdit{}))
	}
}

func TestATaskOutlivesWhatItIsLinkedTo(t *testing.T) {
	t.Parallel()
	_, workspace := taskWorld(t)
	wrote(t, workspace, createTask("1", "Call", TaskEdit{Linked: &[]attribute.RecordReference{company("a"), company("b")}}))
	before := workspace.View()
	changes := wrote(t, workspace, func(tx *Tx) error {
		companies, _ := tx.Schema.Object("companies")
		return tx.DeleteRecord(companies, "a")
	})
	var things []Thing
	for _, c := range changes {
		things = append(things, c.Thing)
	}
	if diff := cmp.Diff([]Thing{ThingRecord, ThingTask}, things); diff != "" {
		t.Error(diff)
	}
	left, _ := workspace.View().Task("1")
	if diff := cmp.Diff([]attribute.RecordReference{company("b")}, left.Linked); diff != "" {
		t.Error(diff)
	}
	old, _ := before.Task("1")
	if diff := cmp.Diff([]attribute.RecordReference{company("a"), company("b")}, old.Linked); diff != "" {
		t.Errorf("an older state changed: %s", diff)
	}
}

func TestATaskOutlivesACustomObject(t *testing.T) {
	t.Parallel()
	_, workspace := taskWorld(t)
	wrote(t, workspace, func(tx *Tx) error {
		ships, err := tx.CreateObject(object("ships", "Ship", "Ships"))
		if err != nil {
			return err
		}
		if _, err := tx.CreateRecord(ships, "s", nil); err != nil {
			return err
		}
		linked := []attribute.RecordReference{{Object: ships.ID, Record: "s"}, company("a")}
		_, err = tx.CreateTask("1", "Sail", TaskEdit{Linked: &linked})
		return err
	})
	wrote(t, workspace, func(tx *Tx) error {
		ships, _ := tx.Schema.Object("ships")
		return tx.DeleteObject(ships)
	})
	left, _ := workspace.View().Task("1")
	if diff := cmp.Diff([]attribute.RecordReference{company("a")}, left.Linked); diff != "" {
		t.Error(diff)
	}
}

func TestAnAssigneeWhoIsSuspendedStays(t *testing.T) {
	t.Parallel()
	_, workspace := taskWorld(t)
	wrote(t, workspace, createTask("1", "Call", TaskEdit{Assignees: &[]attio.ID{"ada"}}))
	wrote(t, workspace, func(tx *Tx) error { return tx.SetAccess("ada", Suspended) })
	wrote(t, workspace, updateTask("1", TaskEdit{Assignees: &[]attio.ID{"ada"}}))
	if task, _ := workspace.View().Task("1"); !slices.Equal(task.Assignees, []attio.ID{"ada"}) {
		t.Errorf("got %v", task.Assignees)
	}
}

// TestWhatIsKnownOfARecordsTasksHolds writes tasks at random, deletes tasks and records, and checks after each step
// which tasks are attached to which record.
func TestWhatIsKnownOfARecordsTasksHolds(t *testing.T) {
	t.Parallel()
	records := []attio.ID{"a", "b", "c"}
	rapid.Check(t, func(rt *rapid.T) {
		state := build(t, func(tx *Tx) {
			for _, id := range records {
				seedCompany(t, tx, id)
			}
		})
		workspace := acme(t, New(&Seed{Clock: Start{At: noon, Frozen: true}, Workspaces: []*State{state}}))
		model := map[attio.ID][]attio.ID{} // the records of each task
		gone := map[attio.ID]bool{}
		drawn := rapid.SliceOfNDistinct(rapid.SampledFrom(records), 0, 3, rapid.ID[attio.ID])
		for range 20 {
			id := attio.ID(fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "task")))
			record := rapid.SampledFrom(records).Draw(rt, "record")
			linked := []attribute.RecordReference{}
			var left []attio.ID
			for _, to := range drawn.Draw(rt, "linked") {
				linked = append(linked, company(to))
				if !gone[to] {
					left = append(left, to)
				}
			}
			_, there := model[id]
			switch action := rapid.IntRange(0, 5).Draw(rt, "action"); {
			case action == 0 && there:
				wrote(t, workspace, func(tx *Tx) error { return tx.DeleteTask(id) })
				delete(model, id)
			case action == 1 && !gone[record]:
				wrote(t, workspace, func(tx *Tx) error {
					companies, _ := tx.Schema.Object("companies")
					return tx.DeleteRecord(companies, record)
				})
				gone[record] = true
				for task, of := range model {
					model[task] = slices.DeleteFunc(of, func(r attio.ID) bool { return r == record })
				}
			case there:
				wrote(t, workspace, updateTask(id, TaskEdit{Linked: &linked}))
				model[id] = left
			default:
				wrote(t, workspace, createTask(id, "x", TaskEdit{Linked: &linked}))
				model[id] = left
			}
			for _, record := range records {
				var want []attio.ID
				for task, of := range model {
					if slices.Contains(of, record) {
						want = append(want, task)
					}
				}
				slices.Sort(want)
				if diff := cmp.Diff(want, slices.Collect(workspace.View().attachedTo(record, ThingTask))); diff != "" {
					rt.Fatalf("tasks of %s (-want +got):\n%s", record, diff)
				}
			}
		}
	})
}
