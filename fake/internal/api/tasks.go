package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// task is a task on the wire. The keys are in the order recorded in May 2026.
type task struct {
	ID               taskID         `json:"id"`
	ContentPlaintext string         `json:"content_plaintext"`
	IsCompleted      bool           `json:"is_completed"`
	CompletedAt      *attio.Time    `json:"completed_at"`
	DeadlineAt       *attio.Time    `json:"deadline_at"`
	LinkedRecords    []taskRecord   `json:"linked_records"`
	Assignees        []taskAssignee `json:"assignees"`
	CreatedByActor   attio.Actor    `json:"created_by_actor"`
	CreatedAt        attio.Time     `json:"created_at"`
}

type taskID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	TaskID      attio.ID `json:"task_id"`
}

// taskRecord is a record that a task is linked to. In spite of its key, target_object_id holds the object's slug.
type taskRecord struct {
	TargetObjectID string   `json:"target_object_id"`
	TargetRecordID attio.ID `json:"target_record_id"`
}

type taskAssignee struct {
	ReferencedActorType attio.ActorType `json:"referenced_actor_type"`
	ReferencedActorID   attio.ID        `json:"referenced_actor_id"`
}

// getTask answers GET /v2/tasks/{task_id}.
func getTask(c *Call) (any, error) {
	id, err := c.id("task_id")
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	t, ok := state.Task(id)
	if !ok {
		return nil, attio.TaskNotFound(string(id))
	}
	return envelope{renderTask(state, t)}, nil
}

// deleteTask answers DELETE /v2/tasks/{task_id}.
func deleteTask(c *Call) (any, error) {
	id, err := c.id("task_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error { return tx.DeleteTask(id) })
}

func renderTask(state *world.State, t *world.Task) task {
	rendered := task{
		ID:               taskID{state.ID, t.ID},
		ContentPlaintext: t.Content,
		IsCompleted:      t.CompletedAt != nil,
		CompletedAt:      timeOrNull(t.CompletedAt),
		DeadlineAt:       timeOrNull(t.Deadline),
		LinkedRecords:    make([]taskRecord, len(t.Linked)),
		Assignees:        make([]taskAssignee, len(t.Assignees)),
		CreatedByActor:   t.CreatedBy,
		CreatedAt:        attio.Time{Time: t.CreatedAt},
	}
	for i, linked := range t.Linked {
		rendered.LinkedRecords[i] = taskRecord{state.Schema.SlugOf(linked.Object), linked.Record}
	}
	for i, member := range t.Assignees {
		rendered.Assignees[i] = taskAssignee{attio.ActorWorkspaceMember, member}
	}
	return rendered
}
