package world

import (
	"iter"
	"time"
	"unicode/utf16"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Task is something to do.
type Task struct {
	ID          attio.ID
	Content     string
	Deadline    *time.Time                  // nil for none
	CompletedAt *time.Time                  // nil until it is completed
	Linked      []attribute.RecordReference // without duplicates, in the order in which they were linked
	Assignees   []attio.ID                  // workspace members, without duplicates, suspended ones too
	CreatedAt   time.Time
	CreatedBy   attio.Actor
}

// MaxTaskContent is the maximum number of characters in the content of a task, counted as JavaScript does. From Attio's
// OpenAPI document.
const MaxTaskContent = 2000

// TaskEdit is a client's change to a task; nil leaves a part as it is.
type TaskEdit struct {
	Content   *string     // the API cannot change it
	Deadline  **time.Time // a pointer to nil removes it
	Completed *bool
	Linked    *[]attribute.RecordReference
	Assignees *[]attio.ID
}

// Tasks yields the tasks, in the order in which they were made.
func (s *State) Tasks() iter.Seq[*Task] { return s.tasks.All() }

// Task returns the task with an id.
func (s *State) Task(id attio.ID) (*Task, bool) { return s.tasks.Get(id) }

// CreateTask makes a task. Every error is an answer of the API.
func (tx *Tx) CreateTask(id attio.ID, content string, edit TaskEdit) (*Task, error) {
	edit.Content = &content
	return tx.editTask(Task{ID: id, CreatedAt: tx.Now, CreatedBy: tx.Author.Actor}, edit)
}

// UpdateTask changes a task. Every error is an answer of the API.
func (tx *Tx) UpdateTask(id attio.ID, edit TaskEdit) (*Task, error) {
	task, ok := tx.Task(id)
	if !ok {
		return nil, attio.TaskNotFound(string(id))
	}
	return tx.editTask(*task, edit)
}

// DeleteTask removes a task.
func (tx *Tx) DeleteTask(id attio.ID) error {
	task, ok := tx.Task(id)
	if !ok {
		return attio.TaskNotFound(string(id))
	}
	drop(tx, task)
	return nil
}

func (tx *Tx) editTask(task Task, edit TaskEdit) (*Task, error) {
	change(&task.Content, edit.Content)
	if len(utf16.Encode([]rune(task.Content))) > MaxTaskContent {
		return nil, attio.TaskContentTooLong(MaxTaskContent)
	}
	if edit.Deadline != nil {
		task.Deadline = toMilliseconds(*edit.Deadline)
	}
	if edit.Completed != nil {
		task.complete(*edit.Completed, tx.Now)
	}
	if edit.Linked != nil {
		task.Linked = tx.existing(*edit.Linked)
	}
	if edit.Assignees != nil {
		task.Assignees = unrepeated(*edit.Assignees)
		for _, member := range task.Assignees {
			if !tx.HasMember(member) {
				return nil, attio.TargetMemberNotFound(member)
			}
		}
	}
	put(tx, &task)
	return &task, nil
}

// toMilliseconds rounds a moment down to milliseconds, the precision of Attio's times.
func toMilliseconds(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	return new(t.UTC().Truncate(time.Millisecond))
}

// complete sets when a task was completed, if the edit says so. Completing a task again does not change the time, as
// recorded in May 2026.
func (t *Task) complete(completed bool, now time.Time) {
	switch {
	case !completed:
		t.CompletedAt = nil
	case t.CompletedAt == nil:
		t.CompletedAt = &now
	}
}

// existing returns the references to records that exist. A task that was linked to a record which did not exist was
// made without the link, as recorded in May 2026.
func (s *State) existing(references []attribute.RecordReference) []attribute.RecordReference {
	return kept(unrepeated(references), func(r attribute.RecordReference) bool { return s.HasRecord(r.Object, r.Record) })
}

func (t *Task) identity() (Thing, attio.ID) { return ThingTask, t.ID }

func (t *Task) attachedTo() []attio.ID {
	return linkedIDs(t.Linked)
}

// without returns the task without the link to a record: a task outlives its records.
func (t *Task) without(record attio.ID) (*Task, bool) {
	left := *t
	left.Linked = withoutRecord(t.Linked, record)
	return &left, true
}

func (t *Task) followed(m *merger) *Task {
	next := *t
	next.Linked = m.movedReferences(t.Linked)
	return &next
}
