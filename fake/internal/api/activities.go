package api

import (
	"iter"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// activity is an activity on the wire, as in Attio's OpenAPI document of October 2026.
type activity struct {
	ID               activityID       `json:"id"`
	APISlug          string           `json:"api_slug"`
	SingularNoun     string           `json:"singular_noun"`
	PluralNoun       string           `json:"plural_noun"`
	Extends          []extendedSchema `json:"extends"` // those that it extends directly
	IsSystemActivity bool             `json:"is_system_activity"`
	CreatedAt        attio.Time       `json:"created_at"`
}

type activityID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ActivityID  attio.ID `json:"activity_id"`
}

type extendedSchema struct {
	ID   attio.ID `json:"schema_id"`
	Slug string   `json:"schema_slug"`
}

// activityBody is the body for creating and changing an activity.
type activityBody struct {
	Data struct {
		APISlug      *string `json:"api_slug"`
		SingularNoun *string `json:"singular_noun"`
		PluralNoun   *string `json:"plural_noun"`
		Extends      string  `json:"extends"` // only for a new one
	} `json:"data"`
}

func (b activityBody) edit() world.ActivityEdit {
	return world.ActivityEdit{Slug: b.Data.APISlug, Singular: b.Data.SingularNoun, Plural: b.Data.PluralNoun}
}

// A change takes no other keys, because extends never changes. The document has no pattern for api_slug; that it must not
// be empty is assumed.
var (
	createActivityShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("api_slug", shape.String().Min(1)),
		shape.Required("singular_noun", shape.String().Min(1)),
		shape.Required("plural_noun", shape.String().Min(1)),
		shape.Required("extends", shape.Enum(schemaSlugs()...)),
	)))
	updateActivityShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("api_slug", shape.String().Min(1)),
		shape.Optional("singular_noun", shape.String().Min(1)),
		shape.Optional("plural_noun", shape.String().Min(1)),
	).Strict()))
	activitiesShape = shape.Object(
		shape.Default("limit", shape.QueryInt().Min(1).Max(1000), 100),
		shape.Optional("cursor", shape.String()),
	)
	// activityRecordsShape has no filter_view_id: activities have no views.
	activityRecordsShape = shape.Object(filterPart, sortsPart, limitPart, offsetPart)
)

func schemaSlugs() []string {
	var slugs []string
	for _, s := range standard.ActivitySchemas() {
		slugs = append(slugs, s.Slug)
	}
	return slugs
}

// listActivities answers GET /v2/activities. The order, ascending ids as for objects, is assumed.
func listActivities(c *Call) (any, error) {
	query, err := shape.Query[struct {
		Limit  int     `json:"limit"`
		Cursor *string `json:"cursor"`
	}](activitiesShape, c.query())
	if err != nil {
		return nil, err
	}
	cursors := c.cursors()
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	schema := c.Workspace.View().Schema
	key := func(a *world.Activity) position { return position{string(a.ID)} }
	render := func(a *world.Activity) any { return renderActivity(schema, a) }
	return pageOf(cursors, activitiesAfter(schema, after.id()), query.Limit, key, render), nil
}

func activitiesAfter(schema *world.Schema, id attio.ID) iter.Seq[*world.Activity] {
	i := slices.IndexFunc(schema.Activities, func(a *world.Activity) bool { return a.ID > id })
	if i < 0 {
		i = len(schema.Activities)
	}
	return slices.Values(schema.Activities[i:])
}

// getActivity answers GET /v2/activities/{activity}.
func getActivity(c *Call) (any, error) {
	schema := c.Workspace.View().Schema
	a, err := c.activity(schema)
	if err != nil {
		return nil, err
	}
	return envelope{renderActivity(schema, a)}, nil
}

// createActivity answers POST /v2/activities.
func createActivity(c *Call) (any, error) {
	body, err := shape.Body[activityBody](createActivityShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeActivity(func(tx *world.Tx) (*world.Activity, error) { return tx.CreateActivity(body.Data.Extends, body.edit()) })
}

// updateActivity answers PATCH /v2/activities/{activity}.
func updateActivity(c *Call) (any, error) {
	body, err := shape.Body[activityBody](updateActivityShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeActivity(func(tx *world.Tx) (*world.Activity, error) {
		a, err := c.activity(tx.Schema)
		if err != nil {
			return nil, err
		}
		return tx.UpdateActivity(a, body.edit())
	})
}

// deleteActivity answers DELETE /v2/activities/{activity}.
func deleteActivity(c *Call) (any, error) {
	return empty{}, c.update(func(tx *world.Tx) error {
		a, err := c.activity(tx.Schema)
		if err != nil {
			return err
		}
		return tx.DeleteActivity(a)
	})
}

// queryActivityRecords answers POST /v2/activities/{activity}/records/query.
func queryActivityRecords(c *Call) (any, error) { return c.queryRecords(activityRecordsShape) }

func (c *Call) writeActivity(write func(*world.Tx) (*world.Activity, error)) (any, error) {
	var rendered activity
	err := c.update(func(tx *world.Tx) error {
		a, err := write(tx)
		if err == nil {
			rendered = renderActivity(tx.Schema, a)
		}
		return err
	})
	return envelope{rendered}, err
}

// activity returns the activity that the path names by slug or id.
func (c *Call) activity(schema *world.Schema) (*world.Activity, error) {
	return activityNamed(schema, c.vars.get("activity"))
}

func activityNamed(schema *world.Schema, slugOrID string) (*world.Activity, error) {
	if a, ok := schema.Activity(slugOrID); ok {
		return a, nil
	}
	return nil, attio.ActivityNotFound(slugOrID)
}

func renderActivity(schema *world.Schema, a *world.Activity) activity {
	return activity{
		ID:               activityID{schema.WorkspaceID, a.ID},
		APISlug:          a.Slug,
		SingularNoun:     a.Singular,
		PluralNoun:       a.Plural,
		Extends:          []extendedSchema{{a.SchemaID, a.Extends}},
		IsSystemActivity: a.System != "",
		CreatedAt:        attio.Time{Time: a.CreatedAt},
	}
}
