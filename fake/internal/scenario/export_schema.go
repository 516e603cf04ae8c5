package scenario

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// nameKinds gives objects, lists and attributes their keys: the slugs that they had in the scenario, or have.
func (e *exporter) nameKinds() {
	taken := make(map[string]bool)
	for _, o := range e.state.Schema.Objects {
		if o.Standard != "" {
			e.keys[o.ID], taken[o.Standard] = o.Standard, true
		}
	}
	objects := e.customObjects()
	e.nameAll(objects, taken, func(n int) string { return e.slugKey(objects[n], "object") })
	var lists []attio.ID
	for _, l := range e.state.Schema.Lists {
		lists = append(lists, l.ID)
	}
	e.nameAll(lists, make(map[string]bool), func(n int) string { return e.slugKey(lists[n], "list") })
	for _, o := range e.state.Schema.Objects {
		e.nameAttributes(&o.Target)
	}
	for _, l := range e.state.Schema.Lists {
		e.nameAttributes(&l.Target)
	}
}

// slugKey makes a key of the slug of an object or a list.
func (e *exporter) slugKey(id attio.ID, otherwise string) string {
	kind, _ := e.state.Schema.Kind(id)
	return keyOfSlug(kind.Common().Slug, otherwise)
}

func keyOfSlug(slug, otherwise string) string {
	if slugForm.MatchString(slug) {
		return slug
	}
	return cleanKey(slug, otherwise)
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

// customObjects lists the objects that Attio did not make, as the scenario has them.
func (e *exporter) customObjects() []attio.ID {
	var custom []attio.ID
	for _, o := range e.state.Schema.Objects {
		if o.Standard == "" {
			custom = append(custom, o.ID)
		}
	}
	e.inOrder(custom, func(id attio.ID) time.Time {
		o, _ := e.state.Schema.ObjectByID(id)
		return o.CreatedAt
	})
	return custom
}

// allObjects lists the objects in the order of the file.
func (e *exporter) allObjects() []*world.Object {
	var all []*world.Object
	for _, slug := range []string{"companies", "people", "deals", "users", "workspaces"} {
		o, _ := e.state.Schema.ObjectByID(standardID(e.state, slug))
		all = append(all, o)
	}
	for _, id := range e.customObjects() {
		o, _ := e.state.Schema.ObjectByID(id)
		all = append(all, o)
	}
	return all
}

func (e *exporter) objects() *mapping {
	section := &mapping{block: true}
	templates := standard.Objects()
	nouns := newNouns(templates)
	for _, o := range e.allObjects() {
		m, key := &mapping{block: true}, e.keys[o.ID]
		if i := slices.IndexFunc(templates, func(t standard.Object) bool { return t.Slug == o.Standard }); i >= 0 {
			m.putIf(o.Enabled && !templates[i].AlwaysOn, "enabled", boolean(true))
			m.putIf(o.Singular != templates[i].Singular, "singular_noun", text(o.Singular))
			m.putIf(o.Plural != templates[i].Plural, "plural_noun", text(o.Plural))
		} else {
			m.put("singular_noun", text(o.Singular))
			m.put("plural_noun", text(o.Plural))
			m.putIf(nouns.take(o), "shares_nouns", boolean(true))
			e.putCreated(m, o.CreatedAt)
			e.putID(m, objectPath(key), o.ID)
		}
		m.putIf(o.Slug != key, "api_slug", text(o.Slug))
		e.putKind(m, o)
		m.putAll("records", e.records(o))
		if len(m.entries) > 0 {
			section.put(key, m)
		}
	}
	return section
}

// nouns are those of the objects that a file has made before the next one: of standard objects those that Attio gives
// them, as they are renamed at the end.
type nouns struct{ singular, plural []string }

func newNouns(standard []standard.Object) *nouns {
	n := new(nouns)
	for _, o := range standard {
		n.singular, n.plural = append(n.singular, o.Singular), append(n.plural, o.Plural)
	}
	return n
}

// take adds those of an object, and reports whether one of them was taken.
func (n *nouns) take(o *world.Object) bool {
	taken := slices.ContainsFunc(n.singular, func(noun string) bool { return strings.EqualFold(noun, o.Singular) }) ||
		slices.ContainsFunc(n.plural, func(noun string) bool { return strings.EqualFold(noun, o.Plural) })
	n.singular, n.plural = append(n.singular, o.Singular), append(n.plural, o.Plural)
	return taken
}

func (e *exporter) lists() *mapping {
	section := &mapping{block: true}
	for _, l := range e.state.Schema.Lists {
		m, key := &mapping{block: true}, e.keys[l.ID]
		m.putIf(l.Name != titleOf[string](nil, key), "name", text(l.Name))
		m.put("parent_object", text(e.keys[l.Parent]))
		switch l.WorkspaceAccess {
		case world.FullAccess:
		case "":
			m.put("workspace_access", plain("null"))
		default:
			m.put("workspace_access", text(l.WorkspaceAccess))
		}
		m.putAll("member_access", e.memberAccess(l))
		e.putCreatedBy(m, l.CreatedAt, l.CreatedBy)
		e.putID(m, listPath(key), l.ID)
		m.putIf(l.Slug != key, "api_slug", text(l.Slug))
		e.putKind(m, l)
		m.putAll("entries", e.entries(l))
		section.put(key, m)
	}
	return section
}

// memberAccess writes what single members may do, as a list where one comes twice.
func (e *exporter) memberAccess(l *world.List) any {
	byMember, all := new(mapping), sequence{}
	seen := make(map[attio.ID]bool)
	for _, grant := range l.MemberAccess {
		byMember.put(e.keys[grant.Member], text(grant.Level))
		all = append(all, of("member", text(e.keys[grant.Member]), "level", text(grant.Level)))
		seen[grant.Member] = true
	}
	if len(seen) < len(all) {
		return all
	}
	return byMember
}

// putKind adds what objects and lists have in common.
func (e *exporter) putKind(m *mapping, kind world.Kind) {
	path := objectPath(e.keys[kind.Common().ID])
	if _, ok := kind.(*world.List); ok {
		path = listPath(e.keys[kind.Common().ID])
	}
	attributes, places := &mapping{block: true}, positions(kind)
	for _, d := range kind.Common().Attributes {
		write := e.attribute
		if d.System {
			write = e.arranged
		}
		written := write(kind, d, path+"/attributes/"+e.keys[d.ID])
		if place, ok := places[d.ID]; ok {
			written.put(positionKey, plain(strconv.Itoa(place)))
		}
		if len(written.entries) > 0 {
			attributes.put(e.keys[d.ID], shortenedType(written))
		}
	}
	m.putAll("attributes", attributes)
	m.putAll("views", e.views(kind, path))
}

// shortenedType returns the type alone of an attribute of which there is nothing else to say.
func shortenedType(m *mapping) any {
	if len(m.entries) == 1 && m.entries[0].key == "type" {
		return m.entries[0].value
	}
	return m
}

// arranged writes what is not as Attio made it of an attribute that Attio made.
func (e *exporter) arranged(kind world.Kind, d *attribute.Definition, path string) *mapping {
	m := new(mapping)
	original := originalOf(kind, d)
	titles := func() []string { return titlesOf(original.Options, original.Statuses) }
	if !slices.Equal(titles(), titlesOf(d.Options, d.Statuses)) || e.hasOwnChoices(d, path) {
		e.putChoices(m, d, path)
	}
	m.putIf(d.Currency != original.Currency, "config", of("currency", currencyOf(d)))
	e.putID(m, path, d.ID)
	return m
}

// titlesOf describes choices by what the file says of them.
func titlesOf(options []attribute.Option, statuses []attribute.Status) []string {
	var all []string
	for _, o := range options {
		all = append(all, o.Title+flagged(o.Archived))
	}
	for _, s := range statuses {
		target := ""
		if s.TargetTime != nil {
			target = *s.TargetTime
		}
		all = append(all, s.Title+flagged(s.Archived)+flagged(s.Celebration)+target)
	}
	return all
}

func flagged(b bool) string { return "\x00" + string(boolean(b)) }

// hasOwnChoices reports whether a choice has an id that does not derive from its title.
func (e *exporter) hasOwnChoices(d *attribute.Definition, path string) bool {
	own := func(section, title string, id attio.ID) bool {
		return id != attio.PathID(e.state.Origin+"/"+path+section+title)
	}
	return slices.ContainsFunc(d.Options, func(o attribute.Option) bool { return own("/options/", o.Title, o.ID) }) ||
		slices.ContainsFunc(d.Statuses, func(s attribute.Status) bool { return own("/statuses/", s.Title, s.ID) })
}

// originalOf returns an attribute as Attio makes it.
func originalOf(kind world.Kind, d *attribute.Definition) attribute.Definition {
	for _, a := range madeByAttio(kind) {
		if a.Slug == d.Slug {
			return a.Definition
		}
	}
	return attribute.Definition{}
}

// usualCurrency is that of an attribute of which the file says no other.
var usualCurrency = attribute.Currency{Code: "USD", Display: "symbol"}

// attribute writes an attribute that somebody has made.
func (e *exporter) attribute(_ world.Kind, d *attribute.Definition, path string) *mapping {
	key := e.keys[d.ID]
	m := of("type", text(d.Type))
	m.putIf(d.Title != titleOf[string](nil, key), "title", text(d.Title))
	m.putText("description", d.Description)
	m.putIf(d.Required, "is_required", boolean(true))
	m.putIf(d.Unique, "is_unique", boolean(true))
	m.putIf(d.Multiselect, "is_multiselect", boolean(true))
	e.putChoices(m, d, path)
	switch {
	case d.Type == attribute.TypeCurrency && d.Currency != usualCurrency:
		m.put("config", of("currency", currencyOf(d)))
	case d.Relationship == nil && len(d.Objects) > 0:
		m.put("config", of("record_reference", of("allowed_objects", e.objectKeys(d.Objects))))
	}
	if d.Relationship != nil {
		m.put("relationship", of("object", text(e.keys[d.Relationship.Object]), "api_slug", text(e.keys[d.Relationship.Attribute])))
	}
	if d.Default != nil {
		m.put("default_value", e.byDefault(d))
	}
	m.putIf(d.Archived, "is_archived", boolean(true))
	m.putIf(d.Slug != key, "api_slug", text(d.Slug))
	e.putCreated(m, d.CreatedAt)
	e.putID(m, path, d.ID)
	return m
}

func currencyOf(d *attribute.Definition) *mapping {
	m := of("default_currency_code", text(d.Currency.Code))
	m.putIf(d.Currency.Display != usualCurrency.Display, "display_type", text(d.Currency.Display))
	return m
}

// objectKeys names objects; one that is gone goes by its id.
func (e *exporter) objectKeys(ids []attio.ID) sequence {
	keys := sequence{}
	for _, id := range ids {
		if key, ok := e.keys[id]; ok {
			keys = append(keys, text(key))
		} else {
			keys = append(keys, text(id))
		}
	}
	return keys
}

// putChoices adds the options or statuses of an attribute.
func (e *exporter) putChoices(m *mapping, d *attribute.Definition, path string) {
	var options, statuses sequence
	for _, o := range d.Options {
		choice := of("title", text(o.Title))
		choice.putIf(o.Archived, "is_archived", boolean(true))
		e.putID(choice, path+"/options/"+o.Title, o.ID)
		options = append(options, shortened(choice))
	}
	for _, s := range d.Statuses {
		step := of("title", text(s.Title))
		step.putIf(s.Celebration, "celebration_enabled", boolean(true))
		step.putText("target_time_in_status", s.TargetTime)
		step.putIf(s.Archived, "is_archived", boolean(true))
		e.putID(step, path+"/statuses/"+s.Title, s.ID)
		statuses = append(statuses, shortened(step))
	}
	m.putAll("options", options)
	m.putAll("statuses", statuses)
}

// byDefault writes what a new record has if nobody says.
func (e *exporter) byDefault(d *attribute.Definition) any {
	if d.Default.Values == nil {
		return text(d.Default.Dynamic)
	}
	values := sequence{}
	for _, value := range d.Default.Values {
		values = append(values, e.value(d, value))
	}
	if len(values) == 1 && !d.Multiselect {
		return values[0]
	}
	return values
}
