package scenario

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// addObjects turns standard objects on and makes the custom ones.
func (b *builder) addObjects() {
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		if standard, ok := b.standard(o.key); ok {
			b.turnOn(o, standard)
		} else {
			b.addObject(o)
		}
	}
}

// standard returns a standard object, which may be off.
func (b *builder) standard(slug string) (*world.Object, bool) {
	i := slices.IndexFunc(b.tx.Schema.Objects, func(o *world.Object) bool { return o.Standard == slug })
	if i < 0 {
		return nil, false
	}
	return b.tx.Schema.Objects[i], true
}

func (b *builder) isStandard(slug string) bool {
	_, ok := b.standard(slug)
	return ok
}

func (b *builder) turnOn(o *item[object], standard *world.Object) {
	for _, key := range []string{"singular_noun", "plural_noun", "created_at"} {
		if o.value.has(key) {
			b.problems.add(o.value.at(key), "%s is a standard object, which has its %s already", quote(o.key), key)
		}
	}
	switch asked := o.value.has("enabled"); {
	case standard.Enabled && asked && !o.value.Enabled:
		b.problems.add(o.value.at("enabled"), "%s cannot be turned off", quote(o.key))
	case standard.Enabled:
	case o.value.Enabled:
		if _, err := b.tx.EnableWithinPlan(o.key); err != nil {
			b.refuse(o.at, err, "")
			b.broken[o.key] = true
		}
	case o.value.has("attributes") || o.value.has("records"):
		b.problems.add(o.at, "%s is off in a new workspace; turn it on with enabled: true", quote(o.key))
		b.broken[o.key] = true
	}
}

func (b *builder) addObject(o *item[object]) {
	if o.value.has("enabled") {
		b.problems.add(o.value.at("enabled"), "%s is a custom object, which is always on", quote(o.key))
	}
	b.broken[o.key] = true
	missing := false
	for _, key := range []string{"singular_noun", "plural_noun"} {
		if !o.value.has(key) {
			b.problems.add(o.at, "the required key %s is missing. %s is no standard object, and a custom one needs its nouns", quote(key), quote(o.key))
			missing = true
		}
	}
	if missing {
		return
	}
	defer b.write(b.created, b.tx.Author)
	b.write(at(o.value.CreatedAt, b.created), b.tx.Author)
	singular, plural := string(o.value.SingularNoun), string(o.value.PluralNoun)
	if _, err := b.tx.CreateObject(world.ObjectEdit{Slug: &o.key, Singular: &singular, Plural: &plural}); err != nil {
		b.refuse(o.at, err, "")
		return
	}
	delete(b.broken, o.key)
}

// object returns an object that is on. One that is not there is reported, but only once.
func (b *builder) object(at position, slug string) (*world.Object, bool) {
	object, ok := b.tx.Schema.Object(slug)
	switch {
	case ok || b.broken[slug]:
	case b.isStandard(slug):
		b.problems.add(at, "the object %s is off in a new workspace; turn it on below objects with enabled: true", quote(slug))
	default:
		var known []string
		for _, o := range b.tx.Schema.Objects {
			if o.Enabled {
				known = append(known, o.Slug)
			}
		}
		slices.Sort(known)
		b.problems.addUnknown(at, "object", slug, known)
	}
	return object, ok
}

// addAttributes makes the attributes of all objects, which can refer to each other.
func (b *builder) addAttributes() {
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		for j := range o.value.Attributes.items {
			object, ok := b.object(o.at, o.key)
			if !ok {
				break
			}
			a := &o.value.Attributes.items[j]
			right := false
			if known, ok := object.Attribute(a.key); ok && known.System {
				right = b.arrange(object, known, a)
			} else {
				right = b.addAttribute(object, a)
			}
			b.broken[o.key+"/"+a.key] = !right
		}
	}
}

// arrange gives an attribute that Attio made the choices of the file. In Attio an admin arranges them.
func (b *builder) arrange(object *world.Object, known *attribute.Definition, a *item[definition]) bool {
	changed := *known
	for _, f := range a.value.fields() {
		if f.name != "options" && f.name != "statuses" && f.name != "config" {
			b.refuse(f.at, attio.SystemAttributeNotEditable(), "; only its options, statuses and currency can be arranged here")
			return false
		}
	}
	if !b.typed(&a.value, &changed) {
		return false
	}
	b.tx.ArrangeAttribute(object, changed)
	return true
}

func (b *builder) addAttribute(object *world.Object, a *item[definition]) bool {
	spec := &a.value
	if spec.Type == "" {
		if spec.node != nil && !spec.has("type") {
			b.problems.add(a.at, "the required key \"type\" is missing. %s has no attribute %s yet", quote(object.Slug), quote(a.key))
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
	if spec.DefaultValue.node != nil {
		d.Default = defaultOf(&d, spec.DefaultValue.plain())
	}
	var pair *world.Pair
	if r := spec.Relationship; r != nil {
		other, ok := b.object(r.at("object"), r.Object)
		if !ok || r.APISlug == "" {
			return false
		}
		pair = &world.Pair{Object: other, Slug: string(r.APISlug), Title: titleOf(r.Title, string(r.APISlug)), Multiselect: r.IsMultiselect}
	}
	created, err := b.tx.CreateAttribute(object, d, pair)
	if err != nil {
		b.refuseAttribute(a, &d, err)
		return false
	}
	if spec.IsArchived {
		b.archived = append(b.archived, archived{object.ID, created.ID})
	}
	return true
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
			b.problems.add(config.at("currency"), "only attributes of type \"currency\" have a currency")
			right = false
		}
	}
	if r := config.RecordReference; r != nil {
		if d.Type != attribute.TypeRecordReference || d.System {
			b.problems.add(config.at("record_reference"), "only custom attributes of type \"record-reference\" have allowed objects to choose")
			return false
		}
		for i, slug := range r.AllowedObjects {
			object, ok := b.object(r.items("allowed_objects")[i].position, slug)
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
	case says(attio.RelationshipNotSupported(string(d.Type))), says(attio.RelationshipObjectsMismatch()):
		place = spec.at("relationship")
	case says(attio.AttributeConflict()) && spec.Relationship != nil:
		place = spec.Relationship.at("api_slug")
	case says(attio.AttributeConflict()):
	case spec.DefaultValue.node != nil:
		if answer, ok := errors.AsType[*attio.Error](err); ok {
			b.refuseIn(spec.DefaultValue.node, spec.DefaultValue.plain(), answer, d)
			return
		}
	}
	b.refuse(place, err, "")
}

// titleOf makes a title of a slug where there is none: "Annual revenue" of "annual_revenue".
func titleOf(title *noun, slug string) string {
	if title != nil {
		return string(*title)
	}
	words := strings.NewReplacer("_", " ", "-", " ").Replace(slug)
	_, first := utf8.DecodeRuneInString(words)
	return strings.ToUpper(words[:first]) + words[first:]
}

// archived is an attribute to archive once the records have their values.
type archived struct{ object, attribute attio.ID }

func (b *builder) archive() {
	for _, a := range b.archived {
		object, _ := b.tx.Schema.ObjectByID(a.object)
		d, _ := object.Attribute(string(a.attribute))
		changed := *d
		changed.Archived = true
		b.tx.ArrangeAttribute(object, changed)
	}
}
