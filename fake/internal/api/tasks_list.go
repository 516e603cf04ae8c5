package api

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// tasksQuery has the parameters of a listing of tasks.
type tasksQuery struct {
	linkedQuery
	Limit       int     `json:"limit"`
	Offset      int     `json:"offset"`
	Sort        string  `json:"sort"`
	Assignee    *string `json:"assignee"`
	IsCompleted *bool   `json:"is_completed"`
}

// The sort orders of tasks.
const (
	createdAscending    = "created_at:asc"
	createdDescending   = "created_at:desc"
	completedAscending  = "completed_at:asc"
	completedDescending = "completed_at:desc"
)

// listTasksShape has the maximum that a client ran into in 2026; the rest is from Attio's OpenAPI document.
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

// sortTasks sorts tasks that are in the order in which they were made. By Attio's OpenAPI document, tasks that are not
// completed come before completed ones, and after them in descending order. That tasks of the same moment stay in the
// order in which they were made, and that descending is ascending reversed, is assumed.
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

// taskFilter says which tasks are listed; nil is no condition.
type taskFilter struct {
	Linked    *attribute.RecordReference
	Assignee  *attio.ID // empty for unassigned
	Completed *bool
}

// filter reads a query. Attio's answer to an unknown member was never seen; this is its answer to one in the body of a
// task.
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

// assigneeNamed returns the member whose tasks a query selects, by id or e-mail address. An empty string, and the word
// null, select unassigned tasks.
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
