package world

import (
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Pair is the other side of a relationship that a client creates together with an attribute: where it
// is and what it is called.
type Pair struct {
	Object      *Object
	Slug, Title string
	Multiselect bool
}

// CreateAttribute adds an attribute to an object, list or activity and, with a pair, the other side of the relationship to the
// pair's object. The definition has what a client may choose, without ids and times; the objects that it refers to
// exist. Every error is an answer of the API.
func (tx *Tx) CreateAttribute(kind Kind, d attribute.Definition, pair *Pair) (*attribute.Definition, error) {
	if !slices.Contains(attribute.Creatable(), d.Type) {
		return nil, attio.AttributeNotCreatable(string(d.Type))
	}
	if taken(kind, &d) {
		return nil, kind.slugConflict()
	}
	d.Writable = true
	if d.Type == attribute.TypeCurrency && d.Currency == (attribute.Currency{}) {
		d.Currency = usualCurrency
	}
	tx.identify(kind, &d)
	if pair != nil {
		inverse, err := tx.pair(kind, &d, pair)
		if err != nil {
			return nil, err
		}
		tx.addAttribute(pair.Object, inverse)
		kind, _ = tx.Schema.Kind(kind.Common().ID) // it may be the pair's object too
	}
	if err := tx.settle(kind, &d); err != nil {
		return nil, err
	}
	tx.addAttribute(kind, &d)
	return &d, nil
}

// usualCurrency is the currency of an attribute that does not specify one. Attio's default is not known; all recorded
// attributes have this one.
var usualCurrency = attribute.Currency{Code: "USD", Display: "symbol"}

// pair makes a definition one side of a relationship and returns the other.
func (tx *Tx) pair(kind Kind, d *attribute.Definition, pair *Pair) (*attribute.Definition, error) {
	if d.Type != attribute.TypeRecordReference {
		return nil, attio.RelationshipNotSupported(string(d.Type))
	}
	if refusal := kind.Unpaired(); refusal != nil {
		return nil, refusal
	}
	object := kind.Common()
	inverse := &attribute.Definition{
		Slug: pair.Slug, Title: pair.Title, Type: attribute.TypeRecordReference, Writable: true,
		Multiselect: pair.Multiselect, Objects: []attio.ID{object.ID},
		Relationship: &attribute.Relationship{Object: object.ID, Attribute: d.ID},
	}
	if taken(pair.Object, inverse) || pair.Object.ID == object.ID && inverse.Slug == d.Slug {
		return nil, attio.AttributeConflict()
	}
	tx.identify(pair.Object, inverse)
	if d.Objects == nil {
		d.Objects = []attio.ID{pair.Object.ID}
	}
	d.Relationship = &attribute.Relationship{Object: pair.Object.ID, Attribute: inverse.ID}
	return inverse, nil
}

// identify gives a new attribute and its choices their ids and creation times.
func (tx *Tx) identify(kind Kind, d *attribute.Definition) {
	path := attributePath(kind, d)
	d.ID = tx.newID(path)
	d.CreatedAt = tx.Now
	d.Options = slices.Clone(d.Options)
	for i := range d.Options {
		d.Options[i].ID = tx.newID(path + "/options/" + d.Options[i].Title)
	}
	d.Statuses = slices.Clone(d.Statuses)
	for i := range d.Statuses {
		d.Statuses[i].ID = tx.newID(path + "/statuses/" + d.Statuses[i].Title)
	}
}

// attributePath is the path of an attribute in the scenario, below the workspace.
func attributePath(kind Kind, d *attribute.Definition) string {
	return kind.path() + "/attributes/" + d.Slug
}

// UpdateAttribute replaces the definition with the same id. Every error is an answer of the API, unless there is no
// such attribute.
func (tx *Tx) UpdateAttribute(kind Kind, d attribute.Definition) (*attribute.Definition, error) {
	old, ok := kind.Common().Attribute(string(d.ID))
	switch {
	case !ok:
		return nil, fmt.Errorf("%s has no attribute %s", kind.path(), d.ID)
	case old.System:
		return nil, attio.SystemAttributeNotEditable()
	case taken(kind, &d):
		return nil, kind.slugConflict()
	}
	if err := tx.settle(kind, &d); err != nil {
		return nil, err
	}
	tx.replaceAttribute(kind, &d)
	if d.Unique && !old.Unique {
		tx.indexAll(kind.Common().ID, &d)
	}
	return &d, nil
}

// taken reports whether another attribute of the object or list has or had the slug: archived attributes keep theirs.
func taken(kind Kind, d *attribute.Definition) bool {
	return slices.ContainsFunc(kind.Common().Attributes, func(a *attribute.Definition) bool { return a.Slug == d.Slug && a.ID != d.ID })
}

// settle refuses what the object, the list or the type does not allow, and resolves a static
// default.
func (tx *Tx) settle(kind Kind, d *attribute.Definition) error {
	onBuiltIn := kind.standard() == "people" || kind.standard() == "companies"
	switch {
	case d.Unique && (onBuiltIn || !attribute.CanBeUnique(d.Type)):
		return attio.AttributeNotUniquable()
	case d.Multiselect && !attribute.CanBeMultiselect(d.Type):
		return attio.AttributeNotMultiselectable(string(d.Type))
	case d.Relationship != nil && !slices.Equal(d.Objects, []attio.ID{d.Relationship.Object}):
		return attio.RelationshipObjectsMismatch()
	case d.Default == nil:
		return nil
	case onBuiltIn:
		return attio.DefaultNotSupported()
	case d.Default.Static != nil:
		return tx.settleStatic(d)
	case d.Default.Values == nil && !fits(d.Default.Dynamic, d.Type):
		return attio.DynamicDefaultNotSupported(d.Default.Dynamic, string(d.Type))
	}
	return nil
}

// settleStatic resolves a static default: it turns the written values into stored ones.
func (tx *Tx) settleStatic(d *attribute.Definition) error {
	for _, written := range d.Default.Static {
		reference, _ := written.(map[string]any)
		if slug, ok := reference["target_object"].(string); ok {
			if _, err := tx.Schema.ObjectNamed(slug, attio.DefaultObjectNotFound); err != nil {
				return err
			}
		}
	}
	values, err := tx.parse(d, d.Default.Static)
	d.Default = &attribute.Default{Values: values}
	return err
}

// fits reports whether a dynamic default can produce a value of a type. From Attio's guide on default values.
func fits(template string, t attribute.Type) bool {
	if template == attribute.CurrentUser {
		return t == attribute.TypeActorReference
	}
	_, ok := attribute.ParseDuration(template)
	return ok && (t == attribute.TypeDate || t == attribute.TypeTimestamp)
}

// stillThere returns the values of a default without references to records that are gone.
func (tx *Tx) stillThere(values []attribute.Value) []attribute.Value {
	return slices.DeleteFunc(slices.Clone(values), func(value attribute.Value) bool {
		reference, ok := value.(attribute.RecordReference)
		return ok && !tx.HasRecord(reference.Object, reference.Record)
	})
}

func (tx *Tx) addAttribute(kind Kind, d *attribute.Definition) {
	tx.Schema = kind.withAttributes(tx.Schema, append(slices.Clip(kind.Common().Attributes), d))
}

// replaceAttribute stores a definition without checking it.
func (tx *Tx) replaceAttribute(kind Kind, d *attribute.Definition) {
	attributes := slices.Clone(kind.Common().Attributes)
	for i, a := range attributes {
		if a.ID == d.ID {
			attributes[i] = d
		}
	}
	tx.Schema = kind.withAttributes(tx.Schema, attributes)
}

// indexAll indexes the values of an attribute that became unique. Records that have one value already
// keep it.
func (tx *Tx) indexAll(of attio.ID, d *attribute.Definition) {
	records := tx.store(of)
	records.unique = slices.DeleteFunc(records.unique, func(u uniqueIndex) bool { return u.attribute == d.ID })
	delete(records.gathered, d.ID)
	for record := range tx.Records(of) {
		records.index(d, record.ID, nil, record.Active(d))
	}
}

// PutOption adds an option to a select attribute, or replaces the one with the same id. An option without an id is new.
func (tx *Tx) PutOption(kind Kind, d *attribute.Definition, option attribute.Option) (attribute.Option, error) {
	switch {
	case d.Type != attribute.TypeSelect:
		return option, attio.NotASelectAttribute()
	case d.Enriched: // its options are Attio's own; that Attio refuses others is assumed
		return option, attio.SystemAttributeNotEditable()
	}
	if option.ID == "" {
		option.ID = tx.newID(attributePath(kind, d) + "/options/" + option.Title)
	}
	changed := *d
	var ok bool
	changed.Options, ok = putChoice(d.Options, option, func(o attribute.Option) (attio.ID, string) { return o.ID, o.Title })
	if !ok {
		return option, attio.OptionConflict(option.Title)
	}
	tx.replaceAttribute(kind, &changed)
	return option, nil
}

// PutStatus adds a status to a status attribute, or replaces the one with the same id. A status without an id is new.
func (tx *Tx) PutStatus(kind Kind, d *attribute.Definition, status attribute.Status) (attribute.Status, error) {
	if d.Type != attribute.TypeStatus {
		return status, attio.NotAStatusAttribute()
	}
	if status.ID == "" {
		status.ID = tx.newID(attributePath(kind, d) + "/statuses/" + status.Title)
	}
	changed := *d
	var ok bool
	changed.Statuses, ok = putChoice(d.Statuses, status, func(s attribute.Status) (attio.ID, string) { return s.ID, s.Title })
	if !ok {
		return status, attio.StatusConflict(status.Title)
	}
	tx.replaceAttribute(kind, &changed)
	return status, nil
}

// putChoice returns the choices with one added or replaced. It refuses a title that another choice has; archived
// choices keep their titles.
func putChoice[T any](choices []T, choice T, naming func(T) (attio.ID, string)) ([]T, bool) {
	id, title := naming(choice)
	next := slices.Clone(choices)
	place := -1
	for i, c := range choices {
		switch otherID, otherTitle := naming(c); {
		case otherID == id:
			place = i
		case otherTitle == title:
			return nil, false
		}
	}
	if place < 0 {
		return append(next, choice), true
	}
	next[place] = choice
	return next, true
}
