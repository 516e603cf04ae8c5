package scenario

import (
	"errors"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// definition is an attribute of an object or a list.
type definition struct {
	placed
	Type          attributeType `yaml:"type,short" doc:"The type. Required, except for an attribute that Attio makes."`
	Title         *string       `yaml:"title" doc:"The title that people see. By default it is made from the slug."`
	Description   *string       `yaml:"description" doc:"What it is for."`
	Options       []choice      `yaml:"options" doc:"All options of a select attribute, in order."`
	Statuses      []step        `yaml:"statuses" doc:"All statuses of a status attribute, in order."`
	Config        settings      `yaml:"config" doc:"Settings specific to the type."`
	IsRequired    bool          `yaml:"is_required" doc:"Whether every record needs a value."`
	IsUnique      bool          `yaml:"is_unique" doc:"Whether no two records have the same value."`
	IsMultiselect bool          `yaml:"is_multiselect" doc:"Whether a record can have several values."`
	IsArchived    bool          `yaml:"is_archived" doc:"Whether it is archived. Its values are kept."`
	DefaultValue  written       `yaml:"default_value" doc:"The value of a new record that is given none: current-user, an ISO 8601 duration from now, or values as the API takes them."`
	Relationship  *otherSide    `yaml:"relationship" doc:"The attribute on the other side of a two-sided record reference. It need not be listed itself."`
	Position      rank          `yaml:"position" doc:"Its position among all attributes of its object or list, from 1. By default those that Attio makes come first, then the others in the order of the file."`
	APISlug       *string       `yaml:"api_slug" doc:"The slug that the API shows, if it was changed. The scenario refers to it by its key."`
	CreatedAt     *moment       `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	identified    `yaml:"inline"`
}

// settings are specific to some types of attributes.
type settings struct {
	placed
	Currency        *currency      `yaml:"currency" doc:"The currency of a currency attribute, and how it is shown."`
	RecordReference *referenceable `yaml:"record_reference" doc:"What a record reference may refer to."`
}

// currency is the currency of a currency attribute.
type currency struct {
	placed
	DefaultCurrencyCode currencyCode `yaml:"default_currency_code,required" doc:"The currency of all values."`
	DisplayType         displayType  `yaml:"display_type" doc:"How the currency is shown. Defaults to its symbol."`
}

// referenceable is what a record reference may refer to.
type referenceable struct {
	placed
	AllowedObjects []string `yaml:"allowed_objects" doc:"Slugs of the objects whose records it may refer to. Without them it may refer to any record."`
}

type attributeType string

func (attributeType) words() (string, []string) {
	return "type of attribute", asStrings(attribute.Creatable())
}

type currencyCode string

func (currencyCode) words() (string, []string) { return "currency code", attribute.CurrencyCodes() }

type displayType string

func (displayType) words() (string, []string) {
	return "display type", attribute.CurrencyDisplayTypes()
}

// addAttributes adds the attributes of all objects and lists.
func (b *builder) addAttributes() {
	for _, s := range b.kindSpecs() {
		for i := range s.attributes {
			kind, ok := s.kind()
			if !ok {
				break
			}
			a := &s.attributes[i]
			right := false
			if known, ok := kind.Common().Attribute(a.key); ok && known.System {
				right = b.arrange(kind, known, a)
			} else {
				right = b.addAttribute(kind, a)
			}
			b.broken[pathOfAttribute(kind, a.key)] = !right
		}
	}
}

// arrange sets the choices of an attribute that Attio made, as an admin does in Attio.
func (b *builder) arrange(kind world.Kind, known *attribute.Definition, a *item[definition]) bool {
	changed := *known
	if a.value.node == nil && a.value.Type != "" { // the type alone
		b.refuse(a.at, attio.SystemAttributeNotEditable(), "")
		return false
	}
	for _, f := range a.value.fields() {
		if f.Name != "options" && f.Name != "statuses" && f.Name != "config" && f.Name != positionKey && f.Name != idKey {
			b.refuse(f.At, attio.SystemAttributeNotEditable(), "; only its options, statuses, currency and position can be set here")
			return false
		}
	}
	if !b.typed(&a.value, &changed) {
		return false
	}
	b.tx.ArrangeAttribute(kind, changed)
	return true
}

func (b *builder) addAttribute(kind world.Kind, a *item[definition]) bool {
	spec := &a.value
	if isReserved(kind, a.key) && spec.ID == "" {
		b.refuseReserved(a.at, a.key)
		return false
	}
	if spec.Type == "" {
		if spec.node != nil && !spec.has("type") {
			b.problems.Add(a.at, "the required key \"type\" is missing. %s has no attribute %s yet", suggest.Quote(kind.Common().Slug), suggest.Quote(a.key))
		}
		return false
	}
	d := attribute.Definition{
		Slug: a.key, Title: titleOf(spec.Title, a.key), Description: spec.Description, Type: attribute.Type(spec.Type),
		Required: spec.IsRequired, Unique: spec.IsUnique, Multiselect: spec.IsMultiselect,
	}
	if !b.typed(spec, &d) {
		return false
	}
	if spec.DefaultValue.Node != nil && d.Type != attribute.TypeRecordReference { // a reference has to wait for the records
		d.Default = defaultOf(&d, spec.DefaultValue.Plain())
	}
	pair, ok := b.pair(kind, a, &d)
	if !ok {
		return false
	}
	b.write(at(spec.CreatedAt, b.created), b.tx.Author)
	created, err := b.tx.CreateAttribute(kind, d, pair)
	if err != nil {
		b.refuseAttribute(a, &d, err)
		return false
	}
	b.named(created.ID, a.key, a.at)
	if pair != nil {
		other, _ := b.tx.Schema.ObjectByID(created.Relationship.Object)
		inverse, _ := other.Attribute(string(created.Relationship.Attribute))
		b.named(inverse.ID, inverse.Slug, spec.Relationship.at("api_slug"))
	}
	b.later = append(b.later, later{kind: kind.Common().ID, attribute: created.ID, spec: spec})
	return true
}

// refuseReserved reports a slug that is also a key of records or entries.
func (b *builder) refuseReserved(at yamltree.Position, slug string) {
	b.problems.Add(at, "%s is a key of its own in records and entries of a scenario; choose another slug", suggest.Quote(slug))
}

// typed reads what belongs to the type of an attribute.
func (b *builder) typed(spec *definition, d *attribute.Definition) bool {
	optionsOK, statusesOK, configOK := b.options(spec, d), b.statuses(spec, d), b.configured(&spec.Config, d)
	return optionsOK && statusesOK && configOK
}

// configured reads the settings of an attribute.
func (b *builder) configured(config *settings, d *attribute.Definition) bool {
	right := true
	if c := config.Currency; c != nil {
		d.Currency = attribute.Currency{Code: string(c.DefaultCurrencyCode), Display: string(c.DisplayType)}
		if d.Currency.Display == "" {
			d.Currency.Display = "symbol"
		}
		if d.Type != attribute.TypeCurrency {
			b.problems.Add(config.at("currency"), "only attributes of type \"currency\" have a currency")
			right = false
		}
	}
	if r := config.RecordReference; r != nil {
		if d.Type != attribute.TypeRecordReference || d.System {
			b.problems.Add(config.at("record_reference"), "only custom attributes of type \"record-reference\" have allowed objects to choose")
			return false
		}
		for i, slug := range r.AllowedObjects {
			if id, ok := attio.ParseID(slug); ok { // an object that is gone
				d.Objects = append(d.Objects, id)
				continue
			}
			object, ok := b.object(r.items("allowed_objects")[i].Position, slug)
			if !ok {
				right = false
				continue
			}
			d.Objects = append(d.Objects, object.ID)
		}
	}
	return right
}

// refuseAttribute reports the API's refusal of an attribute at the key that it is about.
func (b *builder) refuseAttribute(a *item[definition], d *attribute.Definition, err error) {
	spec := &a.value
	says := func(known *attio.Error) bool { return err.Error() == known.Error() }
	place := a.at
	switch {
	case says(attio.AttributeNotUniquable()):
		place = spec.at("is_unique")
	case says(attio.AttributeNotMultiselectable(string(d.Type))):
		place = spec.at("is_multiselect")
	case says(attio.RelationshipNotSupported(string(d.Type))), says(attio.RelationshipObjectsMismatch()), says(attio.RelationshipOfList()), says(attio.RelationshipOfActivity()):
		place = spec.at("relationship")
	case says(attio.AttributeConflict()) && spec.Relationship != nil:
		place = spec.Relationship.at("api_slug")
	case says(attio.AttributeConflict()), says(attio.ListAttributeConflict()), says(attio.ActivityAttributeConflict()):
	case spec.DefaultValue.Node != nil:
		if answer, ok := errors.AsType[*attio.Error](err); ok {
			b.refuseIn(spec.DefaultValue.Node, spec.DefaultValue.Plain(), answer, d)
			return
		}
	}
	b.refuse(place, err, "")
}

// later is an attribute that finishKinds has to finish.
type later struct {
	kind, attribute attio.ID
	spec            *definition
}

func (b *builder) finishAttribute(l later) {
	kind, _ := b.tx.Schema.Kind(l.kind)
	d, _ := kind.Common().Attribute(string(l.attribute))
	changed := *d
	if n := l.spec.DefaultValue.Node; n != nil && d.Type == attribute.TypeRecordReference {
		values, ok := b.defaultReferences(d, n)
		if !ok {
			return // which is reported
		}
		changed.Default = &attribute.Default{Values: values}
		if _, err := b.tx.UpdateAttribute(kind, changed); err != nil {
			b.refuse(n.Position, err, "")
			return
		}
		kind, _ = b.tx.Schema.Kind(l.kind)
	}
	changed.Archived = l.spec.IsArchived
	if l.spec.APISlug != nil {
		changed.Slug = *l.spec.APISlug
	}
	if changed.Archived || changed.Slug != d.Slug {
		b.tx.ArrangeAttribute(kind, changed)
	}
}

func (e *exporter) nameAttributes(target *world.Target) {
	taken := make(map[string]bool)
	var custom []attio.ID
	for _, d := range target.Attributes {
		if d.System {
			e.keys[d.ID], taken[d.Slug] = d.Slug, true
		} else {
			custom = append(custom, d.ID)
		}
	}
	e.nameAll(custom, taken, func(n int) string {
		d, _ := target.Attribute(string(custom[n]))
		return keyOfSlug(d.Slug, "attribute")
	})
}

// shortenedType returns the type alone if nothing else is written of an attribute.
func shortenedType(m *yamltree.Mapping) any {
	if len(m.Entries) == 1 && m.Entries[0].Key == "type" {
		return m.Entries[0].Value
	}
	return m
}

// attribute writes a custom attribute.
func (e *exporter) attribute(_ world.Kind, d *attribute.Definition, path string) *yamltree.Mapping {
	key := e.keys[d.ID]
	m := yamltree.MappingOf("type", yamltree.Text(d.Type))
	m.PutIf(d.Title != titleOf[string](nil, key), "title", yamltree.Text(d.Title))
	m.PutText("description", d.Description)
	m.PutIf(d.Required, "is_required", boolean(true))
	m.PutIf(d.Unique, "is_unique", boolean(true))
	m.PutIf(d.Multiselect, "is_multiselect", boolean(true))
	e.putChoices(m, d, path)
	switch {
	case d.Type == attribute.TypeCurrency && d.Currency != usualCurrency:
		m.Put("config", yamltree.MappingOf("currency", currencyOf(d)))
	case d.Relationship == nil && len(d.Objects) > 0:
		m.Put("config", yamltree.MappingOf("record_reference", yamltree.MappingOf("allowed_objects", e.objectKeys(d.Objects))))
	}
	if d.Relationship != nil {
		m.Put("relationship", yamltree.MappingOf("object", yamltree.Text(e.keys[d.Relationship.Object]), "api_slug", yamltree.Text(e.keys[d.Relationship.Attribute])))
	}
	if d.Default != nil {
		m.Put("default_value", e.byDefault(d))
	}
	m.PutIf(d.Archived, "is_archived", boolean(true))
	m.PutIf(d.Slug != key, "api_slug", yamltree.Text(d.Slug))
	e.putCreated(m, d.CreatedAt)
	e.putID(m, path, d.ID)
	return m
}

// arranged writes what was changed in an attribute that Attio made.
func (e *exporter) arranged(made []standard.Attribute, d *attribute.Definition, path string) *yamltree.Mapping {
	m := new(yamltree.Mapping)
	original := originalOf(made, d)
	titles := func() []string { return titlesOf(original.Options, original.Statuses) }
	if !slices.Equal(titles(), titlesOf(d.Options, d.Statuses)) || e.hasOwnChoices(d, path) {
		e.putChoices(m, d, path)
	}
	m.PutIf(d.Currency != original.Currency, "config", yamltree.MappingOf("currency", currencyOf(d)))
	e.putID(m, path, d.ID)
	return m
}

// originalOf returns an attribute as it is among those that Attio makes.
func originalOf(made []standard.Attribute, d *attribute.Definition) attribute.Definition {
	for _, a := range made {
		if a.Slug == d.Slug {
			return a.Definition
		}
	}
	return attribute.Definition{}
}

// usualCurrency is the default of a currency attribute.
var usualCurrency = attribute.Currency{Code: "USD", Display: "symbol"}

func currencyOf(d *attribute.Definition) *yamltree.Mapping {
	m := yamltree.MappingOf("default_currency_code", yamltree.Text(d.Currency.Code))
	m.PutIf(d.Currency.Display != usualCurrency.Display, "display_type", yamltree.Text(d.Currency.Display))
	return m
}
