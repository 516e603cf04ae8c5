package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// view is a saved view in a listing. Recorded in May 2026.
type view struct {
	ID        viewID     `json:"id"`
	Title     string     `json:"title"`
	CreatedAt attio.Time `json:"created_at"`
}

type viewID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ObjectID    attio.ID `json:"object_id,omitempty"` // of an object's view
	ListID      attio.ID `json:"list_id,omitempty"`   // of a list's
	ViewID      attio.ID `json:"view_id"`
}

// wholeView is one view with what it shows. By Attio's documentation of October 2026 its filter, sorts, attributes and
// kanban settings have ids instead of slugs and titles, and metadata has the names. That their keys are those of the
// write form, and the inner form of metadata, are assumed.
type wholeView struct {
	view
	Type       world.ViewType   `json:"type"`
	IsArchived bool             `json:"is_archived"`
	Filter     *world.Condition `json:"filter"`
	Sorts      []world.Sort     `json:"sorts"`
	Attributes []world.Column   `json:"attributes"`
	Kanban     *world.Kanban    `json:"kanban"`
	Metadata   viewMetadata     `json:"metadata"`
}

// viewsQuery has the parameters of a listing of views.
type viewsQuery struct {
	ShowArchived bool    `json:"show_archived"`
	Limit        int     `json:"limit"`
	Cursor       *string `json:"cursor"`
}

var listViewsShape = shape.Object(
	shape.Default("show_archived", shape.QueryBool(), false),
	shape.Default("limit", shape.QueryInt().Min(1).Max(1000), 500),
	shape.Optional("cursor", shape.String()),
)

// listViews answers GET …/views in ascending order of the ids.
func listViews(c *Call) (any, error) {
	query, err := shape.Query[viewsQuery](listViewsShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	target, err := c.viewTarget(state.Schema)
	if err != nil {
		return nil, err
	}
	cursors := c.cursors(target.ID, query.ShowArchived)
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	shown := func(yield func(*world.View) bool) {
		for v := range state.Views(target.ID, after.id()) {
			if (query.ShowArchived || !v.Archived) && !yield(v) {
				return
			}
		}
	}
	return pageOf(cursors, shown, query.Limit,
		func(v *world.View) position { return position{string(v.ID)} },
		func(v *world.View) any { return renderView(state.Schema, v) }), nil
}

// getView answers GET …/views/{view_id}.
func getView(c *Call) (any, error) {
	state := c.Workspace.View()
	target, id, err := c.viewPath(state.Schema)
	if err != nil {
		return nil, err
	}
	v, ok := state.View(target.ID, id)
	if !ok {
		return nil, attio.ViewNotFound(string(id))
	}
	return envelope{renderWholeView(state.Schema, target, v)}, nil
}

// createView answers POST …/views.
func createView(c *Call) (any, error) {
	return c.writeView(views.ReadNew, func(tx *world.Tx, target *world.Target, edit world.ViewEdit) (*world.View, error) {
		return tx.CreateView(target, c.newID(), edit)
	})
}

// updateView answers PATCH …/views/{view_id}. A part that is sent replaces the whole old part.
func updateView(c *Call) (any, error) {
	id, err := c.id("view_id")
	if err != nil {
		return nil, err
	}
	return c.writeView(views.ReadChange, func(tx *world.Tx, target *world.Target, edit world.ViewEdit) (*world.View, error) {
		return tx.UpdateView(target, id, edit)
	})
}

// deleteView answers DELETE …/views/{view_id}.
func deleteView(c *Call) (any, error) {
	return empty{}, c.update(func(tx *world.Tx) error {
		target, id, err := c.viewPath(tx.Schema)
		if err != nil {
			return err
		}
		return tx.DeleteView(target, id)
	})
}

// writeView reads the body of a write and runs it in a transaction.
func (c *Call) writeView(read func([]byte) (world.ViewEdit, error), write func(*world.Tx, *world.Target, world.ViewEdit) (*world.View, error)) (any, error) {
	edit, err := read(c.json())
	if err != nil {
		return nil, err
	}
	var rendered wholeView
	err = c.update(func(tx *world.Tx) error {
		target, err := c.viewTarget(tx.Schema)
		if err != nil {
			return err
		}
		v, err := write(tx, target, edit)
		if err != nil {
			return err
		}
		rendered = renderWholeView(tx.Schema, target, v)
		return views.Check(viewSource(tx.State, target), v, edit)
	})
	return envelope{rendered}, err
}

// viewTarget returns the object or list in the path, which has the views.
func (c *Call) viewTarget(schema *world.Schema) (*world.Target, error) {
	kind, err := c.kind(schema)
	if err != nil {
		return nil, err
	}
	return kind.Common(), nil
}

// viewSource returns the items that a view shows.
func viewSource(state *world.State, target *world.Target) filter.Source {
	kind, _ := state.Schema.Kind(target.ID)
	return filter.Records(state, kind)
}

// viewPath returns the object or list that has the view, and the view's id. The form of the id is checked first, like
// that of every parameter.
func (c *Call) viewPath(schema *world.Schema) (*world.Target, attio.ID, error) {
	id, err := c.id("view_id")
	if err != nil {
		return nil, "", err
	}
	target, err := c.viewTarget(schema)
	return target, id, err
}

func renderView(schema *world.Schema, v *world.View) view {
	id := viewID{WorkspaceID: schema.WorkspaceID, ObjectID: v.Target, ViewID: v.ID}
	if _, ok := schema.List(string(v.Target)); ok {
		id.ObjectID, id.ListID = "", v.Target
	}
	return view{id, v.Title, attio.Time{Time: v.CreatedAt}}
}

func renderWholeView(schema *world.Schema, target *world.Target, v *world.View) wholeView {
	return wholeView{
		renderView(schema, v), v.Type, v.Archived, v.Filter, v.Sorts, v.Attributes, v.Kanban, metadataOf(schema, target, v),
	}
}
