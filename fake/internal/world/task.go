package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Task is something to be done.
type Task struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Tasks yields the tasks, in the order in which they were made.
func (s *State) Tasks() iter.Seq[*Task] { return s.tasks.All() }

// Task returns the task with an id.
func (s *State) Task(id attio.ID) (*Task, bool) { return s.tasks.Get(id) }

func (t *Task) identity() (Thing, attio.ID)    { return ThingTask, t.ID }
func (t *Task) attachedTo() []attio.ID         { return nil }
func (t *Task) without(attio.ID) (*Task, bool) { return nil, false }
