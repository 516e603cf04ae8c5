package scenario

import (
	"errors"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// task is a task.
type task struct {
	placed
	Content       string   `yaml:"content,required" doc:"What is to be done, in at most 2,000 characters."`
	DeadlineAt    *date    `yaml:"deadline_at" doc:"When it is due. By default it has no deadline."`
	IsCompleted   bool     `yaml:"is_completed" doc:"Whether it is completed. By default it is if it has completed_at."`
	CompletedAt   *moment  `yaml:"completed_at" doc:"When it was completed. For a completed task the default is when it was created."`
	LinkedRecords []string `yaml:"linked_records" doc:"The records that it is about, by object and key, like people/grace."`
	Assignees     []string `yaml:"assignees" doc:"The users it is assigned to, who are members of the workspace."`
	CreatedAt     *moment  `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	CreatedBy     author   `yaml:"created_by" doc:"Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
	identified    `yaml:"inline"`
}

// isOpen reports whether the file says is_completed: false.
func (t *task) isOpen() bool {
	f, ok := t.node.Get("is_completed")
	return ok && f.Value.Kind == yamltree.KindBool && !t.IsCompleted
}

func (c *idCollector) tasks(w *workspace) { collectAll(c, "tasks/", w.Tasks) }

// addTasks creates the tasks, by the rules of the API.
func (b *builder) addTasks() {
	for i := range b.workspace.Tasks.items {
		b.addTask(&b.workspace.Tasks.items[i])
	}
}

func (b *builder) addTask(t *item[task]) {
	created, author := at(t.value.CreatedAt, b.created), b.authorOf(t.value.CreatedBy)
	linked, linkedOK := b.linkedRecords(&t.value)
	assignees, assigneesOK := b.assignees(&t.value)
	completed, completedOK := b.completion(&t.value, created)
	if !linkedOK || !assigneesOK || !completedOK {
		return // which is reported
	}
	var deadline *time.Time
	if t.value.DeadlineAt != nil {
		deadline = &t.value.DeadlineAt.Time
	}
	b.write(created, author)
	id := b.id("tasks/" + t.key)
	b.named(id, t.key, t.at)
	_, err := b.tx.CreateTask(id, t.value.Content, world.TaskEdit{Deadline: &deadline, Linked: &linked, Assignees: &assignees})
	if err == nil && completed != nil {
		b.write(*completed, author)
		_, err = b.tx.UpdateTask(id, world.TaskEdit{Completed: new(true)})
	}
	if answer, ok := errors.AsType[*attio.Error](err); ok {
		b.refuseBody(t.value.node, answer) // only the content can be wrong
	}
}

// linkedRecords returns the records that a task is about.
func (b *builder) linkedRecords(t *task) ([]attribute.RecordReference, bool) {
	var linked []attribute.RecordReference
	right := true
	for _, n := range t.items("linked_records") {
		reference, ok := b.linkedRecord(n)
		right = right && ok
		linked = append(linked, reference)
	}
	return linked, right
}

// assignees returns the members to whom a task is assigned.
func (b *builder) assignees(t *task) ([]attio.ID, bool) {
	var members []attio.ID
	right := true
	for _, n := range t.items("assignees") {
		id := b.memberID(n.Text)
		if _, known := b.workspace.Members.get(n.Text); !known && n.Kind == yamltree.KindString {
			b.problems.AddUnknown(n.Position, "member", n.Text, b.workspace.Members.keys())
		}
		right = right && b.tx.HasMember(id)
		members = append(members, id)
	}
	return members, right
}

// completion returns when a task was completed, if it was.
func (b *builder) completion(t *task, created time.Time) (*time.Time, bool) {
	switch {
	case t.CompletedAt == nil:
		if t.IsCompleted {
			return &created, true
		}
		return nil, true
	case t.CompletedAt.IsZero():
		return nil, false // which is reported
	case t.isOpen():
		b.problems.Add(t.at("completed_at"), "an open task has no completed_at; leave out this or is_completed: false")
		return nil, false
	}
	completed := at(t.CompletedAt, created) // earlier than the creation, if the clock was set back in between
	return &completed, true
}

func (e *exporter) tasks() any {
	return attached(e, slices.Collect(e.state.Tasks()),
		func(t *world.Task) attio.ID { return t.ID },
		func(t *world.Task) string { return cleanKey(firstWords(t.Content), "task") },
		func(t *world.Task, key string) any {
			m := yamltree.MappingOf("content", yamltree.Text(t.Content))
			if t.Deadline != nil {
				m.Put("deadline_at", timestamp(*t.Deadline))
			}
			switch {
			case t.CompletedAt == nil:
			case t.CompletedAt.Equal(t.CreatedAt):
				m.Put("is_completed", boolean(true))
			default:
				m.Put("completed_at", timestamp(*t.CompletedAt))
			}
			m.PutAll("linked_records", e.recordKeys(t.Linked))
			assignees := yamltree.Sequence{}
			for _, member := range t.Assignees {
				assignees = append(assignees, yamltree.Text(e.keys[member]))
			}
			m.PutAll("assignees", assignees)
			e.putCreatedBy(m, t.CreatedAt, t.CreatedBy)
			e.putID(m, "tasks/"+key, t.ID)
			return m
		})
}
