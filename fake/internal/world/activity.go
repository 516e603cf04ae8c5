package world

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

// Activity is a kind of event, such as a phone call. Its records are the events that took place.
type Activity struct {
	Target
	Singular string
	Plural   string
	Extends  string   // the slug of the schema that it extends, which never changes
	SchemaID attio.ID // of that schema; that each workspace has its own ids for the schemas is assumed
	System   string   // its slug among Attio's own activities; empty for a custom one
}

// ActivityEdit is what a client sends to create or change an activity; nil leaves a field as it is.
type ActivityEdit struct {
	Slug, Singular, Plural *string
}

// Activity returns an activity by slug or id.
func (s *Schema) Activity(slugOrID string) (*Activity, bool) {
	for _, a := range s.Activities {
		if a.Slug == slugOrID || string(a.ID) == slugOrID {
			return a, true
		}
	}
	return nil, false
}

// AddSystemActivities gives a new workspace the activities that every workspace has.
func (tx *Tx) AddSystemActivities() {
	for _, template := range standard.Activities() {
		tx.addActivity(&Activity{
			Target:   Target{ID: tx.newID("activities/" + template.Slug), Slug: template.Slug, CreatedAt: tx.Now},
			Singular: template.Singular, Plural: template.Plural, Extends: template.Extends, System: template.Slug,
		})
	}
}

// CreateActivity creates a custom activity with the attributes of a schema, which must exist. Every error is an answer of
// the API.
func (tx *Tx) CreateActivity(extends string, edit ActivityEdit) (*Activity, error) {
	return tx.createActivity(extends, edit, func(a *Activity) bool {
		return a.Slug == *edit.Slug || strings.EqualFold(a.Singular, *edit.Singular) || strings.EqualFold(a.Plural, *edit.Plural)
	})
}

func (tx *Tx) createActivity(extends string, edit ActivityEdit, conflicts func(*Activity) bool) (*Activity, error) {
	switch {
	case !tx.Plan.hasCustomActivities():
		return nil, attio.ActivitiesNotOnPlan()
	case slices.ContainsFunc(tx.Schema.Activities, conflicts):
		return nil, attio.ActivityConflictOnCreate()
	}
	return tx.addActivity(&Activity{
		Target:   Target{ID: tx.newID("activities/" + *edit.Slug), Slug: *edit.Slug, CreatedAt: tx.Now},
		Singular: *edit.Singular, Plural: *edit.Plural, Extends: extends,
	}), nil
}

// addActivity stores a new activity with the attributes of its schema.
func (tx *Tx) addActivity(activity *Activity) *Activity {
	schema, _ := standard.ActivitySchemaNamed(activity.Extends)
	activity.SchemaID = tx.SeededID("schemas/" + activity.Extends)
	for _, a := range schema.Attributes {
		d := a.Definition
		if a.Inverse != nil {
			d.Objects = []attio.ID{tx.standard(a.Inverse.Object).ID}
		}
		tx.identify(activity, &d)
		activity.Attributes = append(activity.Attributes, &d)
	}
	tx.Schema = tx.Schema.withActivity(activity)
	return activity
}

// UpdateActivity changes the names of an activity. Those of Attio's own activities can change too: Attio's OpenAPI
// document has no error that forbids it. Every error is an answer of the API.
func (tx *Tx) UpdateActivity(activity *Activity, edit ActivityEdit) (*Activity, error) {
	if edit == (ActivityEdit{}) {
		return nil, attio.EmptyPayload()
	}
	updated := *activity
	change(&updated.Slug, edit.Slug)
	change(&updated.Singular, edit.Singular)
	change(&updated.Plural, edit.Plural)
	if other, ok := tx.Schema.Activity(updated.Slug); ok && other.ID != updated.ID {
		return nil, attio.ActivityConflictOnUpdate()
	}
	tx.Schema = tx.Schema.withActivity(&updated)
	return &updated, nil
}

// DeleteActivity removes a custom activity with its records. Every error is an answer of the API.
func (tx *Tx) DeleteActivity(activity *Activity) error {
	if activity.System != "" {
		return attio.SystemActivityNotDeletable()
	}
	for _, record := range slices.Collect(tx.Records(activity.ID)) { // the loop changes the table
		if err := tx.DeleteRecord(activity, record.ID); err != nil {
			return err
		}
	}
	tx.stores.delete(activity.ID)
	tx.Schema = tx.Schema.without(activity.ID)
	return nil
}

// withActivity returns a schema with an activity, which replaces the one with its id, if there is one.
func (s *Schema) withActivity(activity *Activity) *Schema {
	next := *s
	next.Activities = placed(s.Activities, activity)
	return &next
}

func eachActivity(s *State) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, a := range s.Schema.Activities {
			if !yield(Change{ID: a.ID, After: a}) {
				return
			}
		}
	}
}

func (a *Activity) thing() Thing               { return ThingActivity }
func (a *Activity) holds() Thing               { return ThingActivityRecord }
func (a *Activity) path() string               { return "activities/" + a.Slug }
func (a *Activity) standard() string           { return "" }
func (a *Activity) slugConflict() *attio.Error { return attio.ActivityAttributeConflict() }

// Unpaired returns the error for a relationship.
func (a *Activity) Unpaired() *attio.Error { return attio.RelationshipOfActivity() }

// NotFound returns the error for an unknown record.
func (a *Activity) NotFound(record attio.ID) *attio.Error {
	return attio.ActivityRecordNotFound(string(record))
}

// bare returns the activity without its attributes.
func (a *Activity) bare() any {
	bare := *a
	bare.Attributes = nil
	return bare
}

func (a *Activity) withAttributes(s *Schema, attributes []*attribute.Definition) *Schema {
	changed := *a
	changed.Attributes = attributes
	return s.withActivity(&changed)
}
