package world

import (
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Pair is what a client asks for when it makes both sides of a relationship at once: where the other
// side is and how it is called.
type Pair struct {
	Object      *Object
	Slug, Title string
	Multiselect bool
}

// CreateAttribute adds an attribute to an object. The definition lacks its ids and times; allowed
// objects and defaults are checked already where they name something.
func (tx *Tx) CreateAttribute(object *Object, d attribute.Definition, pair *Pair) (*attribute.Definition, error) {
	if err := checkAttribute(object, &d); err != nil {
		return nil, err
	}
	if _, taken := object.Attribute(d.Slug); taken {
		return nil, attio.AttributeConflict()
	}
	d.Writable = true
	tx.identify(object, &d)
	if pair != nil {
		if err := tx.createInverse(object, &d, pair); err != nil {
			return nil, err
		}
		object, _ = tx.Schema.ObjectByID(object.ID) // the other side may be on the same object
	}
	if err := tx.checkDefault(&d); err != nil {
		return nil, err
	}
	changed := *object
	changed.Attributes = append(slices.Clip(object.Attributes), &d)
	tx.putObject(&changed)
	return &d, nil
}

// createInverse makes the other side of a relationship.
func (tx *Tx) createInverse(object *Object, d *attribute.Definition, pair *Pair) error {
	inverse := attribute.Definition{
		Slug: pair.Slug, Title: pair.Title, Type: attribute.TypeRecordReference, Writable: true,
		Multiselect: pair.Multiselect, Objects: []attio.ID{object.ID},
		Relationship: &attribute.Relationship{Object: object.ID, Attribute: d.ID},
	}
	if _, taken := pair.Object.Attribute(pair.Slug); taken || pair.Object.ID == object.ID && pair.Slug == d.Slug {
		return attio.AttributeConflict()
	}
	tx.identify(pair.Object, &inverse)
	d.Objects = []attio.ID{pair.Object.ID}
	d.Relationship = &attribute.Relationship{Object: pair.Object.ID, Attribute: inverse.ID}
	changed := *pair.Object
	changed.Attributes = append(slices.Clip(pair.Object.Attributes), &inverse)
	tx.putObject(&changed)
	return nil
}

// UpdateAttribute puts a changed definition in the place of the one with its id.
func (tx *Tx) UpdateAttribute(object *Object, d attribute.Definition) (*attribute.Definition, error) {
	i := slices.IndexFunc(object.Attributes, func(a *attribute.Definition) bool { return a.ID == d.ID })
	if i < 0 {
		return nil, fmt.Errorf("object %s has no attribute %s", object.Slug, d.ID)
	}
	old := object.Attributes[i]
	if old.System {
		return nil, attio.SystemAttributeNotEditable()
	}
	if err := checkAttribute(object, &d); err != nil {
		return nil, err
	}
	if other, taken := object.Attribute(d.Slug); taken && other.ID != d.ID {
		return nil, attio.AttributeConflict()
	}
	if err := tx.checkDefault(&d); err != nil {
		return nil, err
	}
	tx.replaceAttribute(object, &d)
	if d.Unique && !old.Unique {
		tx.indexAll(object, &d)
	}
	return &d, nil
}

// replaceAttribute stores a definition without asking whether it may.
func (tx *Tx) replaceAttribute(object *Object, d *attribute.Definition) {
	changed := *object
	changed.Attributes = slices.Clone(object.Attributes)
	for i, a := range changed.Attributes {
		if a.ID == d.ID {
			changed.Attributes[i] = d
		}
	}
	tx.putObject(&changed)
}

// indexAll indexes the values of an attribute that became unique. Only new values have to be: of
// several records with one value the last keeps it.
func (tx *Tx) indexAll(object *Object, d *attribute.Definition) {
	records := tx.store(object.ID)
	delete(records.unique, d.ID)
	for record := range tx.Records(object.ID) {
		records.index(d, record.ID, nil, record.Active(d))
	}
}

// checkAttribute refuses flags that do not go with the object or the type.
func checkAttribute(object *Object, d *attribute.Definition) error {
	onBuiltIn := object.Standard == "people" || object.Standard == "companies"
	switch {
	case d.Unique && (onBuiltIn || !attribute.CanBeUnique(d.Type)):
		return attio.AttributeNotUniquable()
	case d.Multiselect && !attribute.CanBeMultiselect(d.Type):
		return attio.AttributeNotMultiselectable(string(d.Type))
	case d.Default != nil && onBuiltIn:
		return attio.DefaultNotSupported()
	}
	return nil
}

// checkDefault refuses a default that no record could be given.
func (tx *Tx) checkDefault(d *attribute.Definition) error {
	if d.Default == nil {
		return nil
	}
	_, err := tx.defaultValues(d)
	return err
}

// PutOption adds a choice to a select attribute, or puts it in the place of the one with its id.
// One without an id is new.
func (tx *Tx) PutOption(object *Object, d *attribute.Definition, option attribute.Option) (attribute.Option, error) {
	if option.ID == "" {
		option.ID = tx.newID(attributePath(object, d) + "/options/" + option.Title)
	}
	changed := *d
	var ok bool
	changed.Options, ok = putChoice(d.Options, option, func(o attribute.Option) (attio.ID, string) { return o.ID, o.Title })
	if !ok {
		return option, attio.OptionConflict(option.Title)
	}
	tx.replaceAttribute(object, &changed)
	return option, nil
}

// PutStatus adds a step to a status attribute, or puts it in the place of the one with its id. One
// without an id is new.
func (tx *Tx) PutStatus(object *Object, d *attribute.Definition, status attribute.Status) (attribute.Status, error) {
	if status.ID == "" {
		status.ID = tx.newID(attributePath(object, d) + "/statuses/" + status.Title)
	}
	changed := *d
	var ok bool
	changed.Statuses, ok = putChoice(d.Statuses, status, func(s attribute.Status) (attio.ID, string) { return s.ID, s.Title })
	if !ok {
		return status, attio.StatusConflict(status.Title)
	}
	tx.replaceAttribute(object, &changed)
	return status, nil
}

// putChoice returns the choices with one more or one replaced, unless another has its title.
func putChoice[T any](choices []T, choice T, naming func(T) (attio.ID, string)) ([]T, bool) {
	id, title := naming(choice)
	next := append(slices.Clip(choices), choice)
	for i, c := range choices {
		switch otherID, otherTitle := naming(c); {
		case otherID == id:
			next = slices.Clone(choices)
			next[i] = choice
		case otherTitle == title:
			return nil, false
		}
	}
	return next, true
}

// attributePath is where an attribute is in the scenario, below the workspace.
func attributePath(object *Object, d *attribute.Definition) string {
	return "objects/" + object.Slug + "/attributes/" + d.Slug
}
