package pull

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// nameRecords gives records and entries their keys, which are made of their names, and sorts them, oldest first.
func (o *outline) nameRecords() {
	o.records, o.objectOf, o.entries, o.created = make(map[string]string), make(map[string]*kind), make(map[string]string), make(map[string]string)
	for _, k := range o.objects {
		o.name(k, k.key()+"/", func(r *record) string { return titleOf(k, r) }, func(r *record, key string) {
			o.records[r.id()], o.objectOf[r.id()], o.created[r.id()] = key, k, r.CreatedAt
		})
	}
	for _, l := range o.lists {
		l.records = slices.DeleteFunc(l.records, func(r *record) bool {
			_, pulled := o.records[r.Parent]
			if !pulled {
				o.leave("entries of records that were not pulled: %s", l.Slug)
			}
			return !pulled
		})
		o.name(l, "lists/"+l.key()+"/entries/", func(r *record) string { return o.records[r.Parent] }, func(r *record, key string) {
			o.entries[r.id()] = l.key() + "/" + key
		})
	}
}

func (o *outline) name(k *kind, path string, base func(*record) string, give func(*record, string)) {
	byID := make(map[string]*record, len(k.records))
	things := make([]*named, 0, len(k.records))
	for _, r := range k.records {
		byID[r.id()] = r
		things = append(things, &named{id: r.id(), created: r.CreatedAt, base: base(r)})
	}
	giveKeys(things, o.Slug+"/"+path)
	for i, t := range things {
		k.records[i] = byID[t.id]
		give(byID[t.id], t.key)
	}
}

// titleOf makes a key of a record's name or, without one, of the first value that yields a key.
func titleOf(k *kind, r *record) string {
	text := func(a *attributeOf) string {
		for _, v := range r.values()[a.Slug] {
			text, _ := v.Value.(string)
			if v.Type != "text" {
				text = ""
			}
			for _, s := range []string{text, v.Full, v.Domain, v.Email} {
				if key := keyOf(s, ""); key != "" && v.Until == nil {
					return key
				}
			}
		}
		return ""
	}
	if name := k.attribute("name"); name != nil {
		if key := text(name); key != "" {
			return key
		}
	}
	for _, a := range k.attributes {
		if key := text(a); key != "" && !a.isComputed() {
			return key
		}
	}
	return keyOf(k.Singular, "record")
}

// recordsOf writes the records or entries.
func (o *outline) recordsOf(k *kind) *yamltree.Mapping {
	section := new(yamltree.Mapping)
	unique := make(map[string]bool)
	for _, r := range k.records {
		m := new(yamltree.Mapping)
		key, isEntry := o.records[r.id()], k.isList()
		if isEntry {
			_, key, _ = strings.Cut(o.entries[r.id()], "/")
			m.Put("record", yamltree.Text(o.records[r.Parent]))
		}
		o.putCreatedBy(m, r.CreatedAt, r.createdBy())
		o.putID(m, r.id())
		o.putValues(m, k, r, unique)
		section.Put(key, m)
	}
	return section
}

// putValues adds the values: those of references, past ones, and those that no client could write as they are, as histories.
func (o *outline) putValues(m *yamltree.Mapping, k *kind, r *record, unique map[string]bool) {
	history := new(yamltree.Mapping)
	for _, a := range k.attributes {
		values, shown := r.values()[a.Slug]
		if a.Slug == "" || a.isComputed() || !shown {
			continue
		}
		if !o.history {
			values = slices.DeleteFunc(slices.Clone(values), func(v *value) bool { return v.Until != nil })
		}
		if a.Type == "record-reference" {
			values = o.agreed(k, r, a, values)
		}
		var plain, held yamltree.Sequence
		again := false
		for _, v := range values {
			written := o.value(k, a, v)
			if written == nil {
				continue
			}
			if a.Unique && v.Until == nil {
				id := fmt.Sprint(a.ID.Attribute, written)
				again, unique[id] = again || unique[id], true
			}
			plain = append(plain, written)
			held = append(held, o.held(r, a, v, written))
		}
		switch {
		case o.history && len(held) > 0, a.Type == "record-reference" && (len(held) > 0 || a.Relationship != nil && a.Required), again:
			history.Put(a.Slug, held)
		case len(plain) == 0 && a.Required:
			history.Put(a.Slug, yamltree.Sequence{})
		case len(plain) == 0:
			m.PutIf(a.DefaultEnabled && a.Type != "record-reference", a.Slug, yamltree.Sequence{}) // or it would get its default
		case a.Multiselect:
			m.Put(a.Slug, plain)
		default:
			m.Put(a.Slug, plain[len(plain)-1])
		}
	}
	m.PutAll("history", history)
}

// held writes a value with when it was held. Without history each is held as long as it can be: since the record was created or, for a
// reference, since both records were.
func (o *outline) held(r *record, a *attributeOf, v *value, written any) *yamltree.Mapping {
	m := yamltree.MappingOf("value", written)
	if o.history {
		m.Put("from", yamltree.Text(v.From))
		m.PutText("until", v.Until)
		m.Put("by", o.author(v.By))
		return m
	}
	m.Put("from", yamltree.Text(max(r.CreatedAt, o.created[v.TargetRecord])))
	if a.Writable {
		m.Put("by", o.author(r.createdBy()))
	} else {
		m.Put("by", yamltree.Text("system"))
	}
	return m
}

// value writes a value in the form in which clients write it; nil for one that refers to something that was not pulled.
func (o *outline) value(k *kind, a *attributeOf, v *value) any {
	switch a.Type {
	case "personal-name":
		return yamltree.MappingOf("first_name", yamltree.Text(v.First), "last_name", yamltree.Text(v.Last), "full_name", yamltree.Text(v.Full))
	case "domain":
		return yamltree.Text(v.Domain)
	case "email-address":
		return yamltree.Text(v.Email)
	case "phone-number":
		return withCountry(yamltree.MappingOf("original_phone_number", yamltree.Text(v.Phone)), v.Country)
	case "currency":
		return yamltree.Plain(v.Amount.String())
	case "select", "status":
		return o.choiceOf(k, a, v)
	case "record-reference":
		return o.reference(v.TargetObject, v.TargetRecord)
	case "actor-reference":
		return o.actorReference(v)
	case "location":
		return v.written()
	case "interaction":
		return yamltree.MappingOf("interaction_type", yamltree.Text(v.Interaction), "interacted_at", yamltree.Text(v.At), "owner_actor", o.owner(v.Owner))
	}
	switch scalar := v.Value.(type) {
	case string:
		return yamltree.Text(scalar)
	case json.Number:
		return yamltree.Plain(scalar.String())
	case bool:
		return yamltree.Plain(strconv.FormatBool(scalar))
	}
	o.leave("values of a type that the fake does not have: %s.%s", k.Slug, a.Slug)
	return nil
}

func withCountry(m *yamltree.Mapping, code *string) *yamltree.Mapping {
	m.PutText("country_code", code)
	return m
}

func (v *value) written() *yamltree.Mapping {
	m := new(yamltree.Mapping)
	for _, part := range []struct {
		key   string
		value *string
	}{
		{"line_1", v.Line1}, {"line_2", v.Line2}, {"line_3", v.Line3}, {"line_4", v.Line4}, {"locality", v.Locality}, {"region", v.Region},
		{"postcode", v.Postcode}, {"country_code", v.Country}, {"latitude", v.Latitude}, {"longitude", v.Longitude},
	} {
		if part.value == nil {
			m.Put(part.key, yamltree.Plain("null"))
		} else {
			m.Put(part.key, yamltree.Text(*part.value))
		}
	}
	return m
}

// choiceOf writes an option or a status by its title.
func (o *outline) choiceOf(k *kind, a *attributeOf, v *value) any {
	held := v.Option
	if held == nil {
		held = v.Status
	}
	if held == nil {
		o.leave("values of a type that the fake does not have: %s.%s", k.Slug, a.Slug)
		return nil
	}
	if known := a.choice(held.id()); known != nil {
		return yamltree.Text(known.Title)
	}
	o.leave("values whose option is not listed: %s.%s", k.Slug, a.Slug)
	return nil
}

func (o *outline) reference(object, id string) any {
	if key, ok := o.records[id]; ok {
		return yamltree.MappingOf("record", yamltree.Text(o.objectOf[id].key()+"/"+key))
	}
	o.leave("references to records that were not pulled: %s", object)
	return nil
}

func (o *outline) actorReference(v *value) any {
	if v.ActorID == nil {
		return yamltree.MappingOf("referenced_actor_type", yamltree.Text(v.ActorType), "referenced_actor_id", yamltree.Plain("null"))
	}
	if _, ok := o.members[*v.ActorID]; ok {
		for _, m := range o.workspace.members {
			if m.ID.Member == *v.ActorID {
				return yamltree.Text(m.Email)
			}
		}
	}
	return yamltree.MappingOf("referenced_actor_type", yamltree.Text(v.ActorType), "referenced_actor_id", yamltree.Text(o.actorID(*v.ActorID)))
}

func (o *outline) actorID(id string) string {
	if key, ok := o.apps[id]; ok && !o.asIs {
		return string(attio.PathID("apps/" + key))
	}
	if known, ok := o.newID(id); ok {
		return known
	}
	return o.unknownID(id)
}

func (o *outline) owner(a actor) *yamltree.Mapping {
	if a.ID == nil {
		return yamltree.MappingOf("type", yamltree.Text(a.Type), "id", yamltree.Plain("null"))
	}
	return yamltree.MappingOf("type", yamltree.Text(a.Type), "id", yamltree.Text(o.actorID(*a.ID)))
}
