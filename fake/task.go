package fake

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Task is a task, as of when it was read or made.
type Task struct {
	ID          string    // AddTask makes one
	Content     string    // at most 2,000 characters
	Deadline    time.Time // zero for none
	Completed   bool
	CompletedAt time.Time // AddTask and CompleteTask say when; zero as long as it is not completed
	Linked      []Record  // the records that it is about; a task that was found has them as they are now
	Assignees   []Member  // whose it is, suspended members too
	CreatedAt   time.Time // AddTask says when
}

// AddTask makes a task, as POST /v2/tasks does. A mistake fails the test with Attio's message.
func (w *Workspace) AddTask(t Task) Task {
	w.server.helper()
	edit, ok := w.taskEdit(t)
	if !ok {
		return Task{}
	}
	id := w.server.world.NewID()
	return w.writeTask(func(tx *world.Tx) (*world.Task, error) { return tx.CreateTask(id, t.Content, edit) })
}

// UpdateTask changes a task, named by its key in the scenario or its id, as PATCH /v2/tasks/{task_id} does, and also its
// content, which only people can change in Attio.
func (w *Workspace) UpdateTask(keyOrID string, edit func(*Task)) Task {
	w.server.helper()
	found := w.Task(keyOrID)
	edited := found
	edited.Linked, edited.Assignees = slices.Clone(found.Linked), slices.Clone(found.Assignees)
	edit(&edited)
	if found.ID == "" || !w.keeps("task", keyOrID, fixed{"ID", edited.ID != found.ID},
		fixed{"CompletedAt (use Completed)", !edited.CompletedAt.Equal(found.CompletedAt)}, fixed{"CreatedAt", !edited.CreatedAt.Equal(found.CreatedAt)}) {
		return Task{}
	}
	change, ok := w.taskEdit(edited)
	if !ok {
		return Task{}
	}
	change.Content = &edited.Content
	return w.writeTask(func(tx *world.Tx) (*world.Task, error) { return tx.UpdateTask(attio.ID(found.ID), change) })
}

// taskEdit says everything of a task but its content, or fails the test.
func (w *Workspace) taskEdit(t Task) (world.TaskEdit, bool) {
	w.server.helper()
	var deadline *time.Time
	if !world.Writable(t.Deadline.UTC()) {
		w.server.fatalf("fake: task %q: a Deadline is in a year of four digits, not %d", t.Content, t.Deadline.UTC().Year())
		return world.TaskEdit{}, false
	}
	if !t.Deadline.IsZero() {
		deadline = &t.Deadline
	}
	linked := []attribute.RecordReference{}
	for _, r := range t.Linked {
		if r.inner == nil || !w.state().HasRecord(r.kind.Common().ID, r.inner.ID) { // the API says nothing of it
			w.server.fatalf("fake: task %q is linked to a record that workspace %q does not have", t.Content, w.Slug())
			return world.TaskEdit{}, false
		}
		linked = append(linked, attribute.RecordReference{Object: r.kind.Common().ID, Record: r.inner.ID})
	}
	assignees := []attio.ID{}
	for _, m := range t.Assignees {
		assignees = append(assignees, attio.ID(m.ID))
	}
	return world.TaskEdit{Deadline: &deadline, Completed: &t.Completed, Linked: &linked, Assignees: &assignees}, true
}

// CompleteTask completes a task, named by its key in the scenario or its id. One that is completed
// already stays as it is.
func (w *Workspace) CompleteTask(keyOrID string) Task {
	w.server.helper()
	return w.UpdateTask(keyOrID, func(t *Task) { t.Completed = true })
}

// DeleteTask removes a task, named by its key in the scenario or its id.
func (w *Workspace) DeleteTask(keyOrID string) {
	w.server.helper()
	if found := w.Task(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteTask(attio.ID(found.ID)) })
	}
}

// Task returns a task by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Task(keyOrID string) Task {
	w.server.helper()
	state := w.state()
	found, ok := state.Task(w.keyed("tasks", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no task %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return Task{}
	}
	return newTask(w, state, found)
}

// Tasks returns all tasks, oldest first.
func (w *Workspace) Tasks() []Task {
	var tasks []Task
	state := w.state()
	for t := range state.Tasks() {
		tasks = append(tasks, newTask(w, state, t))
	}
	slices.SortStableFunc(tasks, func(a, b Task) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return tasks
}

func (w *Workspace) writeTask(write func(*world.Tx) (*world.Task, error)) Task {
	w.server.helper()
	var written Task
	w.update(func(tx *world.Tx) error {
		t, err := write(tx)
		if err == nil {
			written = newTask(w, tx.State, t)
		}
		return err
	})
	return written
}

func newTask(w *Workspace, state *world.State, t *world.Task) Task {
	task := Task{ID: string(t.ID), Content: t.Content, CreatedAt: t.CreatedAt}
	if t.Deadline != nil {
		task.Deadline = *t.Deadline
	}
	if t.CompletedAt != nil {
		task.Completed, task.CompletedAt = true, *t.CompletedAt
	}
	for _, linked := range t.Linked {
		kind, _ := state.Schema.Kind(linked.Object)
		record, _ := state.Record(linked.Object, linked.Record)
		task.Linked = append(task.Linked, Record{reading{w, state.Schema, kind, record}})
	}
	for _, id := range t.Assignees {
		if member, ok := state.Member(id); ok {
			task.Assignees = append(task.Assignees, newMember(member))
		}
	}
	return task
}
