package api

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// statusBody is the body of a request that creates or changes a status.
type statusBody struct {
	Data struct {
		Title              *string             `json:"title"`
		CelebrationEnabled *bool               `json:"celebration_enabled"`
		TargetTimeInStatus shape.Sent[*string] `json:"target_time_in_status"`
		IsArchived         *bool               `json:"is_archived"`
	} `json:"data"`
}

var (
	createStatusShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String().Min(1)),
		shape.Default("celebration_enabled", shape.Boolean(), false),
		shape.Optional("target_time_in_status", durationShape),
	)))
	updateStatusShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("title", shape.String().Min(1)),
		// The document has a default here too, with which every change would turn off celebrations.
		shape.Optional("celebration_enabled", shape.Boolean()),
		shape.Optional("target_time_in_status", durationShape),
		shape.Optional("is_archived", shape.Boolean()),
	)))
	durationShape = shape.Nullable(shape.String().Pattern(attribute.DurationPattern))
)

// listStatuses answers GET …/attributes/{attribute}/statuses in the order of the pipeline. As with options, an
// attribute of another type has an empty list.
func listStatuses(c *Call) (any, error) {
	return listChoices(c,
		func(d *attribute.Definition) []attribute.Status { return d.Statuses },
		func(s attribute.Status) bool { return s.Archived })
}

// createStatus answers POST …/attributes/{attribute}/statuses. A new status comes last.
func createStatus(c *Call) (any, error) {
	body, err := shape.Body[statusBody](createStatusShape, c.json())
	if err != nil {
		return nil, err
	}
	return writeChoice(c, func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (attribute.Status, error) {
		return tx.PutStatus(kind, d, body.apply(attribute.Status{}))
	})
}

// updateStatus answers PATCH …/attributes/{attribute}/statuses/{status}, by id or title.
func updateStatus(c *Call) (any, error) {
	body, err := shape.Body[statusBody](updateStatusShape, c.json())
	if err != nil {
		return nil, err
	}
	return writeChoice(c, func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (attribute.Status, error) {
		key := c.vars.get("status")
		id, _ := attio.ParseID(key)
		i := slices.IndexFunc(d.Statuses, func(s attribute.Status) bool { return s.ID == id || s.Title == key })
		if i < 0 {
			return attribute.Status{}, attio.StatusInPathNotFound(key)
		}
		return tx.PutStatus(kind, d, body.apply(d.Statuses[i]))
	})
}

// apply returns a status with the changes of the body.
func (b *statusBody) apply(s attribute.Status) attribute.Status {
	set(&s.Title, b.Data.Title)
	set(&s.Celebration, b.Data.CelebrationEnabled)
	set(&s.Archived, b.Data.IsArchived)
	if b.Data.TargetTimeInStatus.Given {
		s.TargetTime = b.Data.TargetTimeInStatus.Value
	}
	return s
}
