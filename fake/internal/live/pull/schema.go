package pull

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/live/pseudonym"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// attributesOf writes the attributes of an object or a list in their order, with positions unless that is the usual one.
func (o *outline) attributesOf(k *kind) *yamltree.Mapping {
	section := new(yamltree.Mapping)
	positions := !k.inUsualOrder()
	for i, a := range k.attributes {
		var m *yamltree.Mapping
		switch {
		case a.System && k.isMade(a):
			m = o.arranged(k, a)
		case a.System || !slices.Contains(attribute.Creatable(), attribute.Type(a.Type)):
			o.leave("attributes that the fake does not have: %s.%s", k.Slug, a.Slug)
			a.Slug = "" // nothing refers to it any more
			continue
		default:
			m = o.attribute(k, a)
		}
		m.PutIf(positions, "position", yamltree.Plain(strconv.Itoa(i+1)))
		o.putID(m, a.ID.Attribute)
		section.PutAll(a.Slug, m)
	}
	return section
}

func (k *kind) isMade(a *attributeOf) bool {
	return slices.ContainsFunc(k.made(), func(made standard.Attribute) bool { return made.Slug == a.Slug })
}

// inUsualOrder reports whether Attio's attributes come first, as the fake has them, and then the others. Those that are not shown, as they
// refer to a disabled object, are left out of consideration.
func (k *kind) inUsualOrder() bool {
	var shown, usual []string
	for _, a := range k.attributes {
		if a.System {
			shown = append(shown, a.Slug)
		} else {
			break
		}
	}
	for _, made := range k.made() {
		if k.attribute(made.Slug) != nil {
			usual = append(usual, made.Slug)
		}
	}
	return slices.Equal(shown, usual)
}

// arranged writes what an admin can change in an attribute that Attio made.
func (o *outline) arranged(k *kind, a *attributeOf) *yamltree.Mapping {
	m := new(yamltree.Mapping)
	o.putChoices(m, k, a)
	if code := a.Config.Currency.Code; a.Type == "currency" && code != nil {
		m.Put("config", yamltree.MappingOf("currency", o.currency(a)))
	}
	return m
}

func (o *outline) currency(a *attributeOf) *yamltree.Mapping {
	m := yamltree.MappingOf("default_currency_code", yamltree.Text(*a.Config.Currency.Code))
	m.PutText("display_type", a.Config.Currency.Display)
	return m
}

func (o *outline) attribute(k *kind, a *attributeOf) *yamltree.Mapping {
	m := yamltree.MappingOf("type", yamltree.Text(a.Type), "title", yamltree.Text(a.Title))
	m.PutText("description", a.Description)
	m.PutIf(a.Required, "is_required", yamltree.Plain("true"))
	m.PutIf(a.Unique, "is_unique", yamltree.Plain("true"))
	m.PutIf(a.Multiselect, "is_multiselect", yamltree.Plain("true"))
	m.PutIf(a.Archived, "is_archived", yamltree.Plain("true"))
	o.putChoices(m, k, a)
	switch {
	case a.Type == "currency" && a.Config.Currency.Code != nil:
		m.Put("config", yamltree.MappingOf("currency", o.currency(a)))
	case a.Relationship != nil:
		m.PutAll("relationship", o.relationship(a))
	case len(a.Config.Reference.Allowed) > 0:
		var allowed yamltree.Sequence
		for _, id := range a.Config.Reference.Allowed {
			if object := o.object(id); object != nil {
				allowed = append(allowed, yamltree.Text(object.key()))
			}
		}
		if allowed == nil {
			o.leave("objects that references may lead to, and that are gone")
			break
		}
		m.Put("config", yamltree.MappingOf("record_reference", yamltree.MappingOf("allowed_objects", allowed)))
	}
	if a.DefaultEnabled && a.Default != nil {
		m.PutAll("default_value", o.defaultOf(k, a))
	}
	m.Put("created_at", yamltree.Text(a.CreatedAt))
	return m
}

// relationship names the other side, and describes it if it is not shown.
func (o *outline) relationship(a *attributeOf) any {
	object := o.object(a.Relationship.ID.Object)
	if object == nil {
		o.leave("relationships with objects that are not shown")
		return nil
	}
	other := object.attribute(a.Relationship.ID.Attribute)
	if other != nil {
		return yamltree.MappingOf("object", yamltree.Text(object.key()), "api_slug", yamltree.Text(other.Slug))
	}
	m := yamltree.MappingOf("object", yamltree.Text(object.key()), "api_slug", yamltree.Text(a.Relationship.Slug), "title", yamltree.Text(a.Relationship.Title))
	m.PutIf(a.Relationship.Multiselect, "is_multiselect", yamltree.Plain("true"))
	return m
}

func (o *outline) defaultOf(k *kind, a *attributeOf) any {
	if a.Default.Type == "dynamic" {
		var template string
		if json.Unmarshal(a.Default.Template, &template) != nil {
			return nil
		}
		return yamltree.Text(template)
	}
	var all yamltree.Sequence
	for _, v := range a.defaults {
		if written := o.value(k, a, v); written != nil {
			all = append(all, written)
		}
	}
	if len(all) == 1 && !a.Multiselect {
		return all[0]
	}
	return all
}

// putChoices adds the options or statuses. Of several with one title only the first is written, as a file refers to them by titles.
func (o *outline) putChoices(m *yamltree.Mapping, k *kind, a *attributeOf) {
	var all yamltree.Sequence
	seen := make(map[string]bool)
	for _, c := range a.choices {
		if seen[c.Title] {
			o.leave("options with the title of another: %s.%s", k.Slug, a.Slug)
			continue
		}
		seen[c.Title] = true
		written := yamltree.MappingOf("title", yamltree.Text(c.Title))
		written.PutIf(c.Celebration, "celebration_enabled", yamltree.Plain("true"))
		written.PutText("target_time_in_status", c.Target)
		written.PutIf(c.Archived, "is_archived", yamltree.Plain("true"))
		o.putID(written, c.id())
		all = append(all, written)
	}
	switch a.Type {
	case "select":
		m.PutAll("options", all)
	case "status":
		m.PutAll("statuses", all)
	}
}

// parentRecord is the attribute of a list that leads from an entry to its record.
const parentRecord = "parent_record"

// viewsOf writes saved views; they name attributes by ids, and a scenario by slugs.
func (o *outline) viewsOf(k *kind) *yamltree.Mapping {
	byID := make(map[string]*view)
	var things []*named
	for _, v := range k.views {
		byID[v.ID.View] = v
		things = append(things, &named{id: v.ID.View, created: v.CreatedAt, base: keyOf(v.Title, "view")})
	}
	section, path := "objects/", k.key()
	if k.isList() {
		section = "lists/"
	}
	giveKeys(things, o.Slug+"/"+section+path+"/views/")
	written := new(yamltree.Mapping)
	for _, t := range things {
		written.Put(t.key, o.view(k, byID[t.id]))
	}
	return written
}

func (o *outline) view(k *kind, v *view) *yamltree.Mapping {
	m := yamltree.MappingOf("title", yamltree.Text(v.Title), "type", yamltree.Text(v.Type))
	for id, a := range v.Metadata.Attributes {
		if k.isList() && a.Slug == parentRecord { // which is not among the attributes of the list
			o.parentRecords[id] = true
		}
	}
	if v.Filter != nil {
		m.Put("filter", o.translated(k, v.Filter))
	}
	m.PutAll("sorts", o.translated(k, v.Sorts))
	m.PutAll("attributes", o.translated(k, v.Attributes))
	if v.Kanban != nil {
		m.Put("kanban", o.translated(k, v.Kanban))
	}
	m.PutIf(v.Archived, "is_archived", yamltree.Plain("true"))
	m.Put("created_at", yamltree.Text(v.CreatedAt))
	o.putID(m, v.ID.View)
	return m
}

// viewKeys are the keys in the parts of a view, in the order in which exporting has them.
var viewKeys = []string{"and", "or", "object", "status_attribute", "attribute", "field", "op", "value", "direction", "type", "show_no_status_column", "aggregation"}

// translated writes a part of a view, with slugs and titles instead of ids.
func (o *outline) translated(k *kind, part any) any {
	switch part := part.(type) {
	case map[string]any:
		m := new(yamltree.Mapping)
		for _, key := range viewKeys {
			if value, ok := part[key]; ok && value != nil {
				m.Put(key, o.translated(k, value))
			}
		}
		return m
	case []any:
		all := yamltree.Sequence{}
		for _, item := range part {
			all = append(all, o.translated(k, item))
		}
		return all
	case string:
		return yamltree.Text(o.nameIn(k, part))
	case json.Number:
		return yamltree.Plain(part.String())
	case bool:
		return yamltree.Plain(strconv.FormatBool(part))
	}
	return yamltree.Plain("null")
}

// nameIn returns what a scenario calls the thing with an id: an attribute or a choice of the view's own object or list, or of any object.
func (o *outline) nameIn(k *kind, word string) string {
	if !pseudonym.IsUUID(word) {
		return word
	}
	if o.parentRecords[word] {
		return parentRecord
	}
	for _, at := range append([]*kind{k}, o.objects...) {
		if at.id() == word {
			return at.key()
		}
		for _, a := range at.attributes {
			if a.ID.Attribute == word {
				return a.Slug
			}
			if c := a.choice(word); c != nil {
				return c.Title
			}
		}
	}
	if id, ok := o.newID(word); ok {
		return id
	}
	return o.unknownID(word)
}

// unknownID is the id of something that was not pulled.
func (o *outline) unknownID(id string) string {
	if o.asIs {
		return id
	}
	return o.derived("unknown/" + id)
}
