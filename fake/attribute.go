package fake

import (
	"errors"
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Attribute is an attribute of an object, a list or an activity, as of when it was read or added.
type Attribute struct {
	ID          string // AddAttribute makes one
	Slug        string
	Type        string // by Attio's name: "text", "select", "record-reference" and so on
	Title       string // to AddAttribute empty means that of the slug, "Job title" of "job_title"
	Description string // empty for none
	Required    bool
	Unique      bool
	Multiselect bool
	Archived    bool

	Options         []string      // titles of a select attribute, in their order
	Statuses        []string      // titles of a status attribute, in pipeline order
	Currency        string        // code of a currency attribute, "EUR"
	CurrencyDisplay string        // how it is shown: "code", "name", "narrowSymbol" or "symbol"
	Objects         []string      // slugs of what a record reference may point to; none means any
	Relationship    *Relationship // the other side of a record reference that has two
	// Default is a value in a write form, several for a multiselect attribute, or a DynamicDefault; nil
	// for none. Of an attribute that was not just added only a DynamicDefault is shown.
	Default any

	workspace *Workspace
	kind      world.Kind // the object, the list or the activity
}

// Relationship is the other side of a record reference: an attribute of another object, or of the
// same, that AddAttribute makes too.
type Relationship struct {
	Object      string
	Slug        string
	Title       string // to AddAttribute empty means that of the slug
	Multiselect bool
}

// DynamicDefault is a default that depends on when and by whom a record is made: CurrentUser, or for
// dates and timestamps an ISO 8601 duration from then, "P7D".
type DynamicDefault string

// CurrentUser is the workspace member who makes the record.
const CurrentUser DynamicDefault = "current-user"

// Attributes returns all attributes of the object that are not archived, in their order.
func (o Object) Attributes() []Attribute {
	o.workspace.server.helper()
	if found := o.find(o.workspace.state().Schema); found != nil {
		return attributesOf(o.workspace, found)
	}
	return nil
}

// Attribute returns an attribute of the object by slug or id, an archived one too. It fails the test if there is
// none.
func (o Object) Attribute(slugOrID string) Attribute {
	o.workspace.server.helper()
	if found := o.find(o.workspace.state().Schema); found != nil {
		return attributeOf(o.workspace, found, slugOrID)
	}
	return Attribute{workspace: o.workspace}
}

// AddAttribute adds an attribute to the object, after those that it has.
func (o Object) AddAttribute(a Attribute) Attribute {
	o.workspace.server.helper()
	if found := o.find(o.workspace.state().Schema); found != nil {
		return addAttribute(o.workspace, found, a)
	}
	return Attribute{workspace: o.workspace}
}

// Attributes returns all attributes of the list that are not archived, in their order.
func (l List) Attributes() []Attribute {
	l.workspace.server.helper()
	if found := l.find(l.workspace.state().Schema); found != nil {
		return attributesOf(l.workspace, found)
	}
	return nil
}

// Attribute returns an attribute of the list by slug or id, an archived one too. It fails the test if there is
// none.
func (l List) Attribute(slugOrID string) Attribute {
	l.workspace.server.helper()
	if found := l.find(l.workspace.state().Schema); found != nil {
		return attributeOf(l.workspace, found, slugOrID)
	}
	return Attribute{workspace: l.workspace}
}

// AddAttribute adds an attribute to the list, after those that it has. It has no relationship.
func (l List) AddAttribute(a Attribute) Attribute {
	l.workspace.server.helper()
	if found := l.find(l.workspace.state().Schema); found != nil {
		return addAttribute(l.workspace, found, a)
	}
	return Attribute{workspace: l.workspace}
}

// Attributes is Object.Attributes of an object, named by slug or id.
func (w *Workspace) Attributes(object string) []Attribute {
	w.server.helper()
	return w.Object(object).Attributes()
}

// Attribute is Object.Attribute of an object, named by slug or id.
func (w *Workspace) Attribute(object, slugOrID string) Attribute {
	w.server.helper()
	return w.Object(object).Attribute(slugOrID)
}

// AddAttribute is Object.AddAttribute of an object, named by slug or id.
func (w *Workspace) AddAttribute(object string, a Attribute) Attribute {
	w.server.helper()
	return w.Object(object).AddAttribute(a)
}

func attributesOf(w *Workspace, kind world.Kind) []Attribute {
	schema := w.state().Schema
	var attributes []Attribute
	for _, d := range kind.Common().Attributes {
		if schema.Shows(d) {
			attributes = append(attributes, newAttribute(w, schema, kind, d))
		}
	}
	return attributes
}

// attributeOf returns an attribute of an object or a list, or fails the test.
func attributeOf(w *Workspace, kind world.Kind, slugOrID string) Attribute {
	w.server.helper()
	schema, target := w.state().Schema, kind.Common()
	d, ok := target.Attribute(slugOrID)
	if !ok || !d.Archived && !schema.Shows(d) {
		w.server.fatalf("fake: workspace %q: %s %q: %s", w.Slug(), nounOf(kind), target.Slug, suggest.Unknown("attribute", slugOrID, slugsOf(target.Attributes)))
		return Attribute{workspace: w}
	}
	return newAttribute(w, schema, kind, d)
}

// nounOf says what has attributes.
func nounOf(kind world.Kind) string {
	switch kind.(type) {
	case *world.List:
		return "list"
	case *world.Activity:
		return "activity"
	}
	return "object"
}

func addAttribute[K world.Kind](w *Workspace, to K, a Attribute) Attribute {
	w.server.helper()
	d, err := a.definition()
	var added Attribute
	if err == nil {
		err = w.inner.Update(w.author(), func(tx *world.Tx) error {
			to, err := latest(tx, to)
			if err != nil {
				return err
			}
			if d.Objects, err = a.targets(tx.Schema); err != nil {
				return err
			}
			pair, err := a.pair(tx.Schema)
			if err != nil {
				return err
			}
			made, err := tx.CreateAttribute(to, d, pair)
			if err == nil {
				added = newAttribute(w, tx.Schema, to, made)
				added.Default = a.Default
			}
			return err
		})
	}
	if err != nil {
		w.server.fatalf("fake: workspace %q: add attribute %q to %q: %s", w.Slug(), a.Slug, to.Common().Slug, explain(err))
	}
	return added
}

// definition checks what can be checked without a workspace.
func (a Attribute) definition() (attribute.Definition, error) {
	if err := a.check(); err != nil {
		return attribute.Definition{}, err
	}
	d := attribute.Definition{
		Slug: a.Slug, Title: a.Title, Type: attribute.Type(a.Type),
		Required: a.Required, Unique: a.Unique, Multiselect: a.Multiselect,
		Currency: attribute.Currency{Code: a.Currency, Display: a.CurrencyDisplay},
	}
	if d.Title == "" {
		d.Title = scenario.Title(a.Slug)
	}
	if a.Description != "" {
		d.Description = &a.Description
	}
	for _, title := range a.Options {
		d.Options = append(d.Options, attribute.Option{Title: title})
	}
	for _, title := range a.Statuses {
		d.Statuses = append(d.Statuses, attribute.Status{Title: title})
	}
	var err error
	d.Default, err = a.defaultValue()
	return d, err
}

// check refuses fields that are wrong in themselves or do not go with the type.
func (a Attribute) check() error {
	isType := func(t attribute.Type) bool { return a.Type == string(t) }
	switch {
	case a.Slug == "":
		return errors.New("an attribute needs a slug")
	case a.Archived:
		return errors.New("a new attribute cannot be archived")
	case !slices.Contains(attribute.Creatable(), attribute.Type(a.Type)):
		return errors.New(suggest.Unknown("type", a.Type, texts(attribute.Creatable())))
	case a.Options != nil && !isType(attribute.TypeSelect):
		return attio.NotASelectAttribute()
	case a.Statuses != nil && !isType(attribute.TypeStatus):
		return attio.NotAStatusAttribute()
	}
	if err := a.checkConfig(); err != nil {
		return err
	}
	if title, ok := twice(a.Options); ok {
		return attio.OptionConflict(title)
	}
	if title, ok := twice(a.Statuses); ok {
		return attio.StatusConflict(title)
	}
	return nil
}

// checkConfig refuses settings that no attribute has, or not one of this type.
func (a Attribute) checkConfig() error {
	isType := func(t attribute.Type) bool { return a.Type == string(t) }
	switch {
	case (a.Currency != "" || a.CurrencyDisplay != "") && !isType(attribute.TypeCurrency):
		return fmt.Errorf("an attribute of type %s has no currency", a.Type)
	case a.Objects != nil && !isType(attribute.TypeRecordReference):
		return fmt.Errorf("an attribute of type %s refers to no objects", a.Type)
	case a.Currency != "" && !slices.Contains(attribute.CurrencyCodes(), a.Currency):
		return errors.New(suggest.Unknown("currency", a.Currency, attribute.CurrencyCodes()))
	case a.CurrencyDisplay != "" && !slices.Contains(attribute.CurrencyDisplayTypes(), a.CurrencyDisplay):
		return errors.New(suggest.Unknown("way to show a currency", a.CurrencyDisplay, attribute.CurrencyDisplayTypes()))
	}
	return nil
}

// defaultValue reads the default of the attribute.
func (a Attribute) defaultValue() (*attribute.Default, error) {
	switch given := a.Default.(type) {
	case nil:
		return nil, nil
	case DynamicDefault:
		return &attribute.Default{Dynamic: string(given)}, nil
	}
	value, err := encodeValue(a.Default)
	if err != nil {
		return nil, fmt.Errorf("default: %w", err)
	}
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	if len(list) == 0 {
		return nil, errors.New("a default needs a value; leave it nil for none")
	}
	return &attribute.Default{Static: list}, nil
}

// targets returns the ids of the objects that a record reference may point to.
func (a Attribute) targets(schema *world.Schema) ([]attio.ID, error) {
	var ids []attio.ID
	for _, slug := range a.Objects {
		o, err := schema.ObjectNamed(slug, attio.AllowedObjectNotFound)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, o.ID) {
			ids = append(ids, o.ID)
		}
	}
	return ids, nil
}

// pair returns the other side that is to be made with the attribute, or nil.
func (a Attribute) pair(schema *world.Schema) (*world.Pair, error) {
	if a.Relationship == nil {
		return nil, nil
	}
	other := *a.Relationship
	o, err := schema.ObjectNamed(other.Object, attio.RelationshipObjectNotFound)
	switch {
	case err != nil:
		return nil, err
	case other.Slug == "":
		return nil, errors.New("the other side of a relationship needs a slug")
	case other.Title == "":
		other.Title = scenario.Title(other.Slug)
	}
	return &world.Pair{Object: o, Slug: other.Slug, Title: other.Title, Multiselect: other.Multiselect}, nil
}

func newAttribute(w *Workspace, schema *world.Schema, kind world.Kind, d *attribute.Definition) Attribute {
	a := Attribute{
		workspace: w, kind: kind,
		ID: string(d.ID), Slug: d.Slug, Type: string(d.Type), Title: d.Title,
		Required: d.Required, Unique: d.Unique, Multiselect: d.Multiselect, Archived: d.Archived,
		Currency: d.Currency.Code, CurrencyDisplay: d.Currency.Display,
	}
	if d.Description != nil {
		a.Description = *d.Description
	}
	for _, option := range d.Options {
		if !option.Archived {
			a.Options = append(a.Options, option.Title)
		}
	}
	for _, status := range d.Statuses {
		if !status.Archived {
			a.Statuses = append(a.Statuses, status.Title)
		}
	}
	for _, id := range d.Objects {
		if o, ok := schema.ObjectByID(id); ok {
			a.Objects = append(a.Objects, o.Slug)
		}
	}
	if d.Default != nil && d.Default.Dynamic != "" {
		a.Default = DynamicDefault(d.Default.Dynamic)
	}
	if d.Relationship == nil {
		return a
	}
	if o, ok := schema.ObjectByID(d.Relationship.Object); ok {
		if other, ok := o.Attribute(string(d.Relationship.Attribute)); ok {
			a.Relationship = &Relationship{Object: o.Slug, Slug: other.Slug, Title: other.Title, Multiselect: other.Multiselect}
		}
	}
	return a
}

// twice returns a title that is in a list twice.
func twice(titles []string) (string, bool) {
	for i, title := range titles {
		if slices.Contains(titles[:i], title) {
			return title, true
		}
	}
	return "", false
}

// texts returns words as strings.
func texts[T ~string](words []T) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = string(word)
	}
	return all
}
