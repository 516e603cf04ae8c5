package api

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// tasksQuery says which tasks are listed, and how.
type tasksQuery struct {
	linkedQuery
	Limit       int     `json:"limit"`
	Offset      int     `json:"offset"`
	Sort        string  `json:"sort"`
	Assignee    *string `json:"assignee"`
	IsCompleted *bool   `json:"is_completed"`
}

// The orders in which tasks are listed.
const (
	createdAscending    = "created_at:asc"
	createdDescending   = "created_at:desc"
	completedAscending  = "completed_at:asc"
	completedDescending = "completed_at:desc"
)

// listTasksShape has the maximum that a client met in 2026; the rest is from Attio's OpenAPI document.
var listTasksShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(1).Max(1000), 500),
	shape.Default("offset", shape.QueryInt().Min(0), 0),
	shape.Default("sort", shape.Enum(createdAscending, createdDescending, completedAscending, completedDescending), createdAscending),
	shape.Optional("linked_object", shape.String()),
	shape.Optional("linked_record_id", shape.UUID()),
	shape.Optional("assignee", shape.String()),
	shape.Optional("is_completed", shape.QueryBool()),
)

// listTasks answers GET /v2/tasks.
func listTasks(c *Call) (any, error) {
	query, err := shape.Query[tasksQuery](listTasksShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	filter, err := query.filter(state)
	if err != nil {
		return nil, err
	}
	var found []*world.Task
	for t := range state.Tasks() {
		if filter.matches(t) {
			found = append(found, t)
		}
	}
	sortTasks(found, query.Sort)
	return envelope{renderEach(state, window(found, query.Limit, query.Offset), renderTask)}, nil
}

// sortTasks sorts tasks that stand as they were made. Tasks that are not completed come before all that are, says
// Attio's OpenAPI document, and after them where the order descends. That tasks of one moment stay as
// they were made, and that a descending order is an ascending one backwards, is assumed.
func sortTasks(tasks []*world.Task, order string) {
	at := func(t *world.Task) time.Time { return t.CreatedAt }
	if order == completedAscending || order == completedDescending {
		at = func(t *world.Task) time.Time {
			if t.CompletedAt == nil {
				return time.Time{}
			}
			return *t.CompletedAt
		}
	}
	slices.SortStableFunc(tasks, func(a, b *world.Task) int { return at(a).Compare(at(b)) })
	if order == createdDescending || order == completedDescending {
		slices.Reverse(tasks)
	}
}

// taskFilter says which tasks are listed; nil asks for nothing.
type taskFilter struct {
	Linked    *attribute.RecordReference
	Assignee  *attio.ID // empty for nobody
	Completed *bool
}

// filter understands a query. Attio's answer to a member that there is not was never seen; this is its answer
// to the same in the body of a task.
func (q *tasksQuery) filter(state *world.State) (taskFilter, error) {
	linked, err := q.linkedQuery.read(state.Schema)
	filter := taskFilter{Linked: linked, Completed: q.IsCompleted}
	if err != nil {
		return filter, err
	}
	if q.Assignee != nil {
		member, err := assigneeNamed(state, *q.Assignee)
		if err != nil {
			return filter, err
		}
		filter.Assignee = &member
	}
	return filter, nil
}

// assigneeNamed returns the member whose tasks a query wants, by id or e-mail address. Nothing, and the
// word null, mean those of nobody.
func assigneeNamed(state *world.State, idOrEmail string) (attio.ID, error) {
	if idOrEmail == "" || idOrEmail == "null" {
		return "", nil
	}
	if id, ok := attio.ParseID(idOrEmail); ok {
		if !state.HasMember(id) {
			return "", attio.TargetMemberNotFound(id)
		}
		return id, nil
	}
	return memberByEmail(state, idOrEmail)
}

func (f *taskFilter) matches(t *world.Task) bool {
	return (f.Linked == nil || slices.Contains(t.Linked, *f.Linked)) &&
		(f.Assignee == nil || f.assigned(t)) &&
		(f.Completed == nil || *f.Completed == (t.CompletedAt != nil))
}

func (f *taskFilter) assigned(t *world.Task) bool {
	if *f.Assignee == "" {
		return len(t.Assignees) == 0
	}
	return slices.Contains(t.Assignees, *f.Assignee)
}
