package world

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

// ObjectEdit is a client's change to an object; nil leaves a field as it is.
type ObjectEdit struct {
	Slug, Singular, Plural *string
}

// AddStandardObjects gives a new workspace the standard objects. Those that an admin has to turn on are disabled.
func (tx *Tx) AddStandardObjects() {
	templates := standard.Objects()
	objects := make(map[string]*Object, len(templates))
	for _, template := range templates {
		object := &Object{
			Target:   Target{ID: tx.newID("objects/" + template.Slug), Slug: template.Slug, CreatedAt: tx.Now},
			Singular: template.Singular, Plural: template.Plural,
			Standard: template.Slug, WebPath: template.WebPath, Enabled: template.AlwaysOn,
		}
		for _, a := range template.Attributes {
			d := a.Definition
			tx.identify(object, &d)
			object.Attributes = append(object.Attributes, &d)
		}
		objects[template.Slug] = object
	}
	for _, template := range templates {
		object := objects[template.Slug]
		for i, a := range template.Attributes {
			if a.Inverse == nil {
				continue
			}
			other := objects[a.Inverse.Object]
			inverse, _ := other.Attribute(a.Inverse.Attribute)
			object.Attributes[i].Objects = []attio.ID{other.ID}
			object.Attributes[i].Relationship = &attribute.Relationship{Object: other.ID, Attribute: inverse.ID}
		}
		tx.putObject(object)
	}
}

// EnableObject enables a standard object. The API cannot: admins do it in the app.
func (tx *Tx) EnableObject(slug string) (*Object, bool) {
	i := slices.IndexFunc(tx.Schema.Objects, func(o *Object) bool { return o.Standard == slug })
	if i < 0 {
		return nil, false
	}
	enabled := *tx.Schema.Objects[i]
	enabled.Enabled = true
	tx.putObject(&enabled)
	return &enabled, true
}

// CreateObject makes a custom object with the attributes that Attio gives it.
func (tx *Tx) CreateObject(edit ObjectEdit) (*Object, error) {
	return tx.createObject(edit, func(o *Object) bool {
		return o.Slug == *edit.Slug || strings.EqualFold(o.Singular, *edit.Singular) || strings.EqualFold(o.Plural, *edit.Plural)
	})
}

func (tx *Tx) createObject(edit ObjectEdit, conflicts func(*Object) bool) (*Object, error) {
	object := &Object{
		Target:   Target{ID: tx.newID("objects/" + *edit.Slug), Slug: *edit.Slug, CreatedAt: tx.Now},
		Singular: *edit.Singular, Plural: *edit.Plural, WebPath: *edit.Slug + "/record", Enabled: true,
	}
	if tx.hasObject(conflicts) {
		return nil, attio.ObjectConflictOnCreate()
	}
	if limit, ok := tx.Plan.maxObjects(); ok && tx.enabledObjects() >= limit {
		return nil, attio.ObjectQuotaExceeded()
	}
	for _, a := range standard.CustomObject() {
		d := a.Definition
		tx.identify(object, &d)
		object.Attributes = append(object.Attributes, &d)
	}
	tx.putObject(object)
	return object, nil
}

// UpdateObject changes the names of an object.
func (tx *Tx) UpdateObject(object *Object, edit ObjectEdit) (*Object, error) {
	if edit == (ObjectEdit{}) {
		return nil, attio.EmptyPayload()
	}
	updated := *object
	if edit.Slug != nil && *edit.Slug != object.Slug {
		if object.Standard != "" {
			return nil, attio.StandardObjectSlugFixed()
		}
		updated.Slug = *edit.Slug
		updated.WebPath = updated.Slug + "/record"
	}
	if edit.Singular != nil {
		updated.Singular = *edit.Singular
	}
	if edit.Plural != nil {
		updated.Plural = *edit.Plural
	}
	if tx.hasObject(func(o *Object) bool { return o.Slug == updated.Slug && o.ID != updated.ID }) {
		return nil, attio.ObjectConflictOnUpdate()
	}
	tx.putObject(&updated)
	return &updated, nil
}

// DeleteObject removes a custom object, its records and views, the lists of its records, and the other sides of its
// relationships.
func (tx *Tx) DeleteObject(object *Object) error {
	if object.Standard != "" {
		return attio.StandardObjectNotDeletable()
	}
	for _, record := range slices.Collect(tx.Records(object.ID)) { // the loop changes the table
		if err := tx.DeleteRecord(object, record.ID); err != nil {
			return err
		}
	}
	for _, list := range tx.Schema.Lists {
		if list.Parent == object.ID {
			tx.deleteList(list)
		}
	}
	for _, other := range tx.Schema.Objects {
		left := slices.DeleteFunc(slices.Clone(other.Attributes), func(d *attribute.Definition) bool {
			return d.Relationship != nil && d.Relationship.Object == object.ID
		})
		if len(left) != len(other.Attributes) && other.ID != object.ID {
			changed := *other
			changed.Attributes = left
			tx.putObject(&changed)
		}
	}
	tx.stores.delete(object.ID)
	tx.deleteViews(object.ID)
	tx.Schema = tx.Schema.without(object.ID)
	return nil
}

// hasObject reports whether an object exists, enabled or not.
func (tx *Tx) hasObject(such func(*Object) bool) bool {
	return slices.ContainsFunc(tx.Schema.Objects, such)
}

func (tx *Tx) enabledObjects() int { return tx.Schema.enabled() }

func (tx *Tx) putObject(object *Object) { tx.Schema = tx.Schema.with(object) }
