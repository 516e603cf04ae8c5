package scenario

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addAttributes makes the attributes of all objects and lists, which can refer to each other.
func (b *builder) addAttributes() {
	defer b.write(b.created, b.tx.Author)
	for _, s := range b.sections() {
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

// arrange gives an attribute that Attio made the choices of the file. In Attio an admin arranges them.
func (b *builder) arrange(kind world.Kind, known *attribute.Definition, a *item[definition]) bool {
	changed := *known
	if a.value.node == nil && a.value.Type != "" { // the type alone
		b.refuse(a.at, attio.SystemAttributeNotEditable(), "")
		return false
	}
	for _, f := range a.value.fields() {
		if f.Name != "options" && f.Name != "statuses" && f.Name != "config" && f.Name != positionKey && f.Name != idKey {
			b.refuse(f.At, attio.SystemAttributeNotEditable(), "; only its options, statuses, currency and position can be arranged here")
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
	if spec.DefaultValue.Node != nil && d.Type != attribute.TypeRecordReference { // else when all records are there
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

// refuseReserved reports an attribute that records and entries of a scenario have no key for.
func (b *builder) refuseReserved(at yamltree.Position, slug string) {
	if slug == changesKey {
		b.problems.Add(at, "%s is what the history of a record or an entry goes by here; choose another slug", suggest.Quote(slug))
		return
	}
	b.problems.Add(at, "%s is a key of its own of records and entries here; choose another slug", suggest.Quote(slug))
}

// typed reads what goes with the type of an attribute.
func (b *builder) typed(spec *definition, d *attribute.Definition) bool {
	right := true
	wrong := func(key string, err error) {
		b.refuse(spec.at(key), err, "")
		right = false
	}
	if spec.has("options") {
		d.Options = make([]attribute.Option, len(spec.Options))
		for i, o := range spec.Options {
			d.Options[i] = attribute.Option{Title: string(o.Title), Archived: o.IsArchived}
			if slices.ContainsFunc(spec.Options[:i], func(earlier choice) bool { return earlier.Title == o.Title }) {
				b.refuse(o.at("title"), attio.OptionConflict(string(o.Title)), "")
				right = false
			}
		}
		if d.Type != attribute.TypeSelect {
			wrong("options", attio.NotASelectAttribute())
		}
	}
	if spec.has("statuses") {
		d.Statuses = make([]attribute.Status, len(spec.Statuses))
		for i, s := range spec.Statuses {
			d.Statuses[i] = attribute.Status{Title: string(s.Title), Archived: s.IsArchived, Celebration: s.CelebrationEnabled, TargetTime: (*string)(s.TargetTimeInStatus)}
			if slices.ContainsFunc(spec.Statuses[:i], func(earlier step) bool { return earlier.Title == s.Title }) {
				b.refuse(s.at("title"), attio.StatusConflict(string(s.Title)), "")
				right = false
			}
		}
		if d.Type != attribute.TypeStatus {
			wrong("statuses", attio.NotAStatusAttribute())
		}
	}
	return b.configured(&spec.Config, d) && right
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
			if id, ok := attio.ParseID(slug); ok { // of one that is gone
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

// defaultOf reads a default value: the words for a dynamic one where the type has such, else values.
func defaultOf(d *attribute.Definition, written any) *attribute.Default {
	if text, ok := written.(string); ok {
		_, isDuration := attribute.ParseDuration(text)
		isMoment := d.Type == attribute.TypeDate || d.Type == attribute.TypeTimestamp
		if isDuration && isMoment || text == attribute.CurrentUser && d.Type == attribute.TypeActorReference {
			return &attribute.Default{Dynamic: text}
		}
	}
	if list, ok := written.([]any); ok {
		return &attribute.Default{Static: list}
	}
	return &attribute.Default{Static: []any{written}}
}

// refuseAttribute reports the API's answer to the making of an attribute, at what it is about.
func (b *builder) refuseAttribute(a *item[definition], d *attribute.Definition, err error) {
	spec := &a.value
	says := func(known *attio.Error) bool { return err.Error() == known.Error() }
	place := a.at
	switch {
	case says(attio.AttributeNotUniquable()):
		place = spec.at("is_unique")
	case says(attio.AttributeNotMultiselectable(string(d.Type))):
		place = spec.at("is_multiselect")
	case says(attio.RelationshipNotSupported(string(d.Type))), says(attio.RelationshipObjectsMismatch()), says(attio.RelationshipOfList()):
		place = spec.at("relationship")
	case says(attio.AttributeConflict()) && spec.Relationship != nil:
		place = spec.Relationship.at("api_slug")
	case says(attio.AttributeConflict()), says(attio.ListAttributeConflict()):
	case spec.DefaultValue.Node != nil:
		if answer, ok := errors.AsType[*attio.Error](err); ok {
			b.refuseIn(spec.DefaultValue.Node, spec.DefaultValue.Plain(), answer, d)
			return
		}
	}
	b.refuse(place, err, "")
}

// Title makes a title of a slug: "Annual revenue" of "annual_revenue".
func Title(slug string) string { return titleOf[string](nil, slug) }

// titleOf makes a title of a slug where there is none: "Annual revenue" of "annual_revenue".
func titleOf[S ~string](title *S, slug string) string {
	if title != nil {
		return string(*title)
	}
	words := strings.NewReplacer("_", " ", "-", " ").Replace(slug)
	_, first := utf8.DecodeRuneInString(words)
	return strings.ToUpper(words[:first]) + words[first:]
}
