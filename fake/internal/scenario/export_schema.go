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
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
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

func (e *exporter) objects() *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	templates := standard.Objects()
	for _, o := range e.allObjects() {
		m, key := &yamltree.Mapping{Block: true}, e.keys[o.ID]
		if i := slices.IndexFunc(templates, func(t standard.Object) bool { return t.Slug == o.Standard }); i >= 0 {
			m.PutIf(o.Enabled && !templates[i].AlwaysOn, "enabled", boolean(true))
			m.PutIf(o.Singular != templates[i].Singular, "singular_noun", yamltree.Text(o.Singular))
			m.PutIf(o.Plural != templates[i].Plural, "plural_noun", yamltree.Text(o.Plural))
		} else {
			e.checkNouns(o)
			m.Put("singular_noun", yamltree.Text(o.Singular))
			m.Put("plural_noun", yamltree.Text(o.Plural))
			e.putCreated(m, o.CreatedAt)
			e.putID(m, objectPath(key), o.ID)
		}
		m.PutIf(o.Slug != key, "api_slug", yamltree.Text(o.Slug))
		e.putKind(m, o)
		m.PutAll("records", e.records(o))
		if len(m.Entries) > 0 {
			section.Put(key, m)
		}
	}
	return section
}

// checkNouns refuses a custom object that is called as another one: objects can become so, and not be made so.
func (e *exporter) checkNouns(o *world.Object) {
	for _, other := range e.state.Schema.Objects {
		if other.ID != o.ID && (strings.EqualFold(other.Singular, o.Singular) || strings.EqualFold(other.Plural, o.Plural)) {
			e.refuse("object", o.Slug, "has a noun of the object %q", other.Slug)
			return
		}
	}
}

func (e *exporter) lists() *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	for _, l := range e.state.Schema.Lists {
		m, key := &yamltree.Mapping{Block: true}, e.keys[l.ID]
		m.PutIf(l.Name != titleOf[string](nil, key), "name", yamltree.Text(l.Name))
		m.Put("parent_object", yamltree.Text(e.keys[l.Parent]))
		switch l.WorkspaceAccess {
		case world.FullAccess:
		case "":
			m.Put("workspace_access", yamltree.Plain("null"))
		default:
			m.Put("workspace_access", yamltree.Text(l.WorkspaceAccess))
		}
		grants := new(yamltree.Mapping)
		seen := make(map[attio.ID]bool)
		for _, grant := range l.MemberAccess {
			if seen[grant.Member] {
				e.refuse("list", l.Slug, "says twice what %s may do", e.keys[grant.Member])
			}
			seen[grant.Member] = true
			grants.Put(e.keys[grant.Member], yamltree.Text(grant.Level))
		}
		m.PutAll("member_access", grants)
		e.putCreatedBy(m, l.CreatedAt, l.CreatedBy)
		e.putID(m, listPath(key), l.ID)
		m.PutIf(l.Slug != key, "api_slug", yamltree.Text(l.Slug))
		e.putKind(m, l)
		m.PutAll("entries", e.entries(l))
		section.Put(key, m)
	}
	return section
}

// putKind adds what objects and lists have in common.
func (e *exporter) putKind(m *yamltree.Mapping, kind world.Kind) {
	path := objectPath(e.keys[kind.Common().ID])
	if _, ok := kind.(*world.List); ok {
		path = listPath(e.keys[kind.Common().ID])
	}
	attributes, places := &yamltree.Mapping{Block: true}, positions(kind)
	for _, d := range kind.Common().Attributes {
		write := e.attribute
		if d.System {
			write = e.arranged
		}
		written := write(kind, d, path+"/attributes/"+e.keys[d.ID])
		if place, ok := places[d.ID]; ok {
			written.Put(positionKey, yamltree.Plain(strconv.Itoa(place)))
		}
		if len(written.Entries) > 0 {
			attributes.Put(e.keys[d.ID], shortenedType(written))
		}
	}
	m.PutAll("attributes", attributes)
	m.PutAll("views", e.views(kind, path))
}

// shortenedType returns the type alone of an attribute of which there is nothing else to say.
func shortenedType(m *yamltree.Mapping) any {
	if len(m.Entries) == 1 && m.Entries[0].Key == "type" {
		return m.Entries[0].Value
	}
	return m
}

// arranged writes what is not as Attio made it of an attribute that Attio made.
func (e *exporter) arranged(kind world.Kind, d *attribute.Definition, path string) *yamltree.Mapping {
	m := new(yamltree.Mapping)
	original := originalOf(kind, d)
	titles := func() []string { return titlesOf(original.Options, original.Statuses) }
	if !slices.Equal(titles(), titlesOf(d.Options, d.Statuses)) || e.hasOwnChoices(d, path) {
		e.putChoices(m, d, path)
	}
	m.PutIf(d.Currency != original.Currency, "config", yamltree.MappingOf("currency", currencyOf(d)))
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

func currencyOf(d *attribute.Definition) *yamltree.Mapping {
	m := yamltree.MappingOf("default_currency_code", yamltree.Text(d.Currency.Code))
	m.PutIf(d.Currency.Display != usualCurrency.Display, "display_type", yamltree.Text(d.Currency.Display))
	return m
}

// objectKeys names objects; one that is gone goes by its id.
func (e *exporter) objectKeys(ids []attio.ID) yamltree.Sequence {
	keys := yamltree.Sequence{}
	for _, id := range ids {
		if key, ok := e.keys[id]; ok {
			keys = append(keys, yamltree.Text(key))
		} else {
			keys = append(keys, yamltree.Text(id))
		}
	}
	return keys
}

// putChoices adds the options or statuses of an attribute.
func (e *exporter) putChoices(m *yamltree.Mapping, d *attribute.Definition, path string) {
	var options, statuses yamltree.Sequence
	for _, o := range d.Options {
		choice := yamltree.MappingOf("title", yamltree.Text(o.Title))
		choice.PutIf(o.Archived, "is_archived", boolean(true))
		e.putID(choice, path+"/options/"+o.Title, o.ID)
		options = append(options, shortened(choice))
	}
	for _, s := range d.Statuses {
		step := yamltree.MappingOf("title", yamltree.Text(s.Title))
		step.PutIf(s.Celebration, "celebration_enabled", boolean(true))
		step.PutText("target_time_in_status", s.TargetTime)
		step.PutIf(s.Archived, "is_archived", boolean(true))
		e.putID(step, path+"/statuses/"+s.Title, s.ID)
		statuses = append(statuses, shortened(step))
	}
	m.PutAll("options", options)
	m.PutAll("statuses", statuses)
}

// byDefault writes what a new record has if nobody says.
func (e *exporter) byDefault(d *attribute.Definition) any {
	if d.Default.Values == nil {
		return yamltree.Text(d.Default.Dynamic)
	}
	values := yamltree.Sequence{}
	for _, value := range d.Default.Values {
		values = append(values, e.value(d, value))
	}
	if len(values) == 1 && !d.Multiselect {
		return values[0]
	}
	return values
}
