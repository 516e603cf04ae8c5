package fake

import (
	"errors"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Activity is a kind of event: "phone_calls", which every workspace has, or one of your own. Workspace.Activity and AddActivity
// return it. Its methods read and write the activity as it is when they are called.
type Activity struct {
	ID       string // AddActivity generates it
	Slug     string // "site_visits"
	Singular string // "Site visit"
	Plural   string // "Site visits"
	Extends  string // the schema that gives it its first attributes: "activities", "interactions", "calls" or "emails"
	System   bool   // whether it is one of Attio's own

	workspace *Workspace
}

// Activities returns all activities, in the order in which Attio lists them.
func (w *Workspace) Activities() []Activity {
	var activities []Activity
	for _, a := range w.state().Schema.Activities {
		activities = append(activities, newActivity(w, a))
	}
	return activities
}

// Activity returns an activity by slug or id. It fails the test if there is none.
func (w *Workspace) Activity(slugOrID string) Activity {
	w.server.helper()
	if a := w.activity(w.state().Schema, slugOrID); a != nil {
		return newActivity(w, a)
	}
	return Activity{workspace: w}
}

// AddActivity creates a custom activity with the attributes of the schema that it extends.
func (w *Workspace) AddActivity(a Activity) Activity {
	w.server.helper()
	if a.Slug == "" || a.Singular == "" || a.Plural == "" {
		w.server.fatalf("fake: an activity needs a slug, a singular and a plural; got %q, %q and %q", a.Slug, a.Singular, a.Plural)
		return Activity{workspace: w}
	}
	return w.writeActivity(func(tx *world.Tx) (*world.Activity, error) {
		if _, ok := standard.ActivitySchemaNamed(a.Extends); !ok {
			return nil, errors.New(suggest.Unknown("schema of activities", a.Extends, schemaSlugs()))
		}
		return tx.CreateActivity(a.Extends, world.ActivityEdit{Slug: &a.Slug, Singular: &a.Singular, Plural: &a.Plural})
	})
}

// UpdateActivity changes the slug and the names of an activity, as PATCH /v2/activities/{activity} does.
func (w *Workspace) UpdateActivity(slugOrID string, edit func(*Activity)) Activity {
	w.server.helper()
	found := w.Activity(slugOrID)
	edited := found
	edit(&edited)
	if found.ID == "" || !w.keeps("activity", found.Slug, fixed{"ID", edited.ID != found.ID},
		fixed{"Extends", edited.Extends != found.Extends}, fixed{"System", edited.System != found.System}) {
		return Activity{workspace: w}
	}
	return w.writeActivity(func(tx *world.Tx) (*world.Activity, error) {
		a, ok := tx.Schema.Activity(found.ID)
		if !ok {
			return nil, attio.ActivityNotFound(found.Slug)
		}
		return tx.UpdateActivity(a, world.ActivityEdit{Slug: &edited.Slug, Singular: &edited.Singular, Plural: &edited.Plural})
	})
}

// DeleteActivity removes a custom activity and its records.
func (w *Workspace) DeleteActivity(slugOrID string) {
	w.server.helper()
	if found := w.Activity(slugOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error {
			a, ok := tx.Schema.Activity(found.ID)
			if !ok {
				return attio.ActivityNotFound(found.Slug)
			}
			return tx.DeleteActivity(a)
		})
	}
}

func (w *Workspace) writeActivity(write func(*world.Tx) (*world.Activity, error)) Activity {
	w.server.helper()
	written := Activity{workspace: w}
	w.update(func(tx *world.Tx) error {
		a, err := write(tx)
		if err == nil {
			written = newActivity(w, a)
		}
		return err
	})
	return written
}

// activity returns an activity by slug or id, or fails the test.
func (w *Workspace) activity(schema *world.Schema, slugOrID string) *world.Activity {
	w.server.helper()
	if a, ok := schema.Activity(slugOrID); ok {
		return a
	}
	w.server.fatalf("fake: workspace %q: %s", w.Slug(), suggest.Unknown("activity", slugOrID, sortedSlugs(schema.Activities)))
	return nil
}

// find returns the activity as it is now, or fails the test. It does not report again an activity that was not found.
func (a Activity) find(schema *world.Schema) *world.Activity {
	a.workspace.server.helper()
	if a.ID == "" {
		return nil
	}
	return a.workspace.activity(schema, a.ID)
}

func newActivity(w *Workspace, a *world.Activity) Activity {
	return Activity{
		ID: string(a.ID), Slug: a.Slug, Singular: a.Singular, Plural: a.Plural, Extends: a.Extends, System: a.System != "", workspace: w,
	}
}

func schemaSlugs() []string {
	var slugs []string
	for _, s := range standard.ActivitySchemas() {
		slugs = append(slugs, s.Slug)
	}
	return slugs
}

// Attributes returns all attributes of the activity, in order, except archived ones.
func (a Activity) Attributes() []Attribute {
	a.workspace.server.helper()
	if found := a.find(a.workspace.state().Schema); found != nil {
		return attributesOf(a.workspace, found)
	}
	return nil
}

// Attribute returns an attribute of the activity by slug or id, even if it is archived. It fails the test if there is none.
func (a Activity) Attribute(slugOrID string) Attribute {
	a.workspace.server.helper()
	if found := a.find(a.workspace.state().Schema); found != nil {
		return attributeOf(a.workspace, found, slugOrID)
	}
	return Attribute{workspace: a.workspace}
}

// AddAttribute adds an attribute to the activity, after the existing ones. It cannot have a relationship.
func (a Activity) AddAttribute(d Attribute) Attribute {
	a.workspace.server.helper()
	if found := a.find(a.workspace.state().Schema); found != nil {
		return addAttribute(a.workspace, found, d)
	}
	return Attribute{workspace: a.workspace}
}
