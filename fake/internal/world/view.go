package world

import (
	"iter"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// View is a saved view of an object or a list. It never changes; an edit makes a new version.
type View struct {
	ID         attio.ID
	Target     attio.ID // the object or the list
	Title      string
	Type       ViewType
	Filter     *Condition // nil for everything
	Sorts      []Sort
	Attributes []Column // in the order in which they are shown
	Kanban     *Kanban  // nil in a table
	Archived   bool
	CreatedAt  time.Time
}

// ViewType is how a view shows things.
type ViewType string

// The types in the examples of Attio's documentation.
const (
	TableView  ViewType = "table"
	KanbanView ViewType = "kanban"
)

// ViewEdit is a client's change to a view; nil leaves a part as it is. Attributes, objects, select options and statuses
// may be named by slug, title or id.
type ViewEdit struct {
	Title      *string
	Type       *ViewType
	Archived   *bool
	Filter     **Condition // a pointer to nil removes the filter
	Sorts      *[]Sort
	Attributes *[]Column
	Kanban     **Kanban // a pointer to nil removes the settings
}

// Sort is one criterion of a view's sort order.
type Sort struct {
	Attribute Path   `json:"attribute"`
	Field     string `json:"field,omitempty"`
	Direction string `json:"direction"` // "asc" or "desc"
}

// Column is an attribute that a view shows, or one field of it.
type Column struct {
	Attribute Path   `json:"attribute"`
	Field     string `json:"field,omitempty"`
}

// Kanban says how a board shows things.
type Kanban struct {
	StatusAttribute    Path         `json:"status_attribute"` // the columns of the board
	ShowNoStatusColumn bool         `json:"show_no_status_column"`
	Aggregation        *Aggregation `json:"aggregation"` // nil for none
}

// Aggregation is what a board computes for each column.
type Aggregation struct {
	Attribute Path   `json:"attribute"`
	Type      string `json:"type"` // "sum"
}

// View returns a view of an object or list, also an archived one.
func (s *State) View(target, id attio.ID) (*View, bool) { return s.views.Get(viewKey(target, id)) }

// Views yields the views of an object or list in ascending order of their ids, archived ones too: all of them, or those
// after an id, which need not exist.
func (s *State) Views(target, after attio.ID) iter.Seq[*View] {
	return func(yield func(*View) bool) {
		for _, view := range s.views.from(viewKey(target, after)) {
			if view.Target != target || view.ID != after && !yield(view) {
				return
			}
		}
	}
}

// viewKey is the key of a view in the table: the views of one object or list are together, in the order of their ids.
func viewKey(target, id attio.ID) string { return string(target) + "/" + string(id) }

// CreateView makes a view. The edit must have a title and a type.
func (tx *Tx) CreateView(target *Target, id attio.ID, edit ViewEdit) (*View, error) {
	return tx.putView(target, tx.newView(target, id), edit)
}

func (tx *Tx) newView(target *Target, id attio.ID) View {
	return View{ID: id, Target: target.ID, Sorts: []Sort{}, Attributes: []Column{}, CreatedAt: tx.Now}
}

// UpdateView changes a view.
func (tx *Tx) UpdateView(target *Target, id attio.ID, edit ViewEdit) (*View, error) {
	view, ok := tx.View(target.ID, id)
	if !ok {
		return nil, attio.ViewNotFound(string(id))
	}
	return tx.putView(target, *view, edit)
}

// DeleteView removes a view, also an archived one.
func (tx *Tx) DeleteView(target *Target, id attio.ID) error {
	view, ok := tx.View(target.ID, id)
	if !ok {
		return attio.ViewNotFound(string(id))
	}
	tx.dropView(view)
	return nil
}

// deleteViews removes all views of an object or a list.
func (tx *Tx) deleteViews(target attio.ID) {
	for _, view := range slices.Collect(tx.Views(target, "")) { // the loop changes the table
		tx.dropView(view)
	}
}

func (tx *Tx) dropView(view *View) {
	tx.ownThings().views.delete(viewKey(view.Target, view.ID))
	tx.note(ThingView, view.Target, view.ID, view, nil)
}

// putView applies an edit to a view and stores it.
func (tx *Tx) putView(target *Target, view View, edit ViewEdit) (*View, error) {
	resolved, err := tx.Schema.resolveView(target, edit, nil)
	if err != nil {
		return nil, err
	}
	return tx.storeView(view, resolved)
}

// storeView applies an edit that has ids only, and stores the view. A board that becomes a table loses its kanban
// settings.
func (tx *Tx) storeView(view View, resolved ViewEdit) (*View, error) {
	change(&view.Title, resolved.Title)
	change(&view.Type, resolved.Type)
	change(&view.Archived, resolved.Archived)
	change(&view.Filter, resolved.Filter)
	change(&view.Sorts, resolved.Sorts)
	change(&view.Attributes, resolved.Attributes)
	change(&view.Kanban, resolved.Kanban)
	switch {
	case view.Type == KanbanView && view.Kanban == nil:
		return nil, attio.KanbanSettingsMissing()
	case view.Type == TableView && resolved.Kanban != nil && *resolved.Kanban != nil:
		return nil, attio.KanbanSettingsOfTable()
	case view.Type == TableView:
		view.Kanban = nil
	}
	before, _ := tx.View(view.Target, view.ID)
	tx.ownThings().views.set(viewKey(view.Target, view.ID), &view)
	tx.note(ThingView, view.Target, view.ID, orNil(before), &view)
	return &view, nil
}

// change sets a part if the edit contains it.
func change[T any](part *T, edited *T) {
	if edited != nil {
		*part = *edited
	}
}
