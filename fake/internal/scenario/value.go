package scenario

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// written is a value in any form that the API accepts; without a node there is none.
type written struct{ *yamltree.Node }

func (w *written) decode(_ *decoder, f yamltree.Field) { w.Node = f.Value }

func (*written) schema() schema { return schema{} }

// value writes a value in a form that is read back as the same value.
func (e *exporter) value(d *attribute.Definition, value attribute.Value) any {
	switch v := value.(type) {
	case attribute.Text:
		return yamltree.Text(v)
	case attribute.Number, attribute.Money, attribute.Rating, attribute.Checkbox:
		return yamltree.Plain(v.Key())
	case attribute.Date:
		return yamltree.Plain(v)
	case attribute.Timestamp:
		return timestamp(v.Time)
	case attribute.OptionID, attribute.StatusID:
		return e.choice(d, value)
	case attribute.RecordReference:
		return e.reference(v)
	case attribute.ActorReference:
		return e.actorReference(v)
	case attribute.Location:
		return locationIn(e.locations.next(), v)
	case attribute.Domain:
		return yamltree.Text(v.Domain)
	case attribute.EmailAddress:
		return yamltree.Text(v.Original)
	case attribute.PhoneNumber:
		return e.phoneNumber(d, v)
	case attribute.Interaction:
		return yamltree.MappingOf("interaction_type", yamltree.Text(v.Type), "interacted_at", timestamp(v.At), "owner_actor", yamltree.MappingOf("type", yamltree.Text(v.Owner.Type), "id", idOrNull(v.Owner.ID)))
	case attribute.PersonalName:
		return nameOf(v)
	}
	e.refuse("attribute", d.Slug, "has a value of an unknown type")
	return yamltree.Plain("null")
}

// choice writes an option or a status. Many records share few of them, so each is looked up once.
func (e *exporter) choice(d *attribute.Definition, value attribute.Value) any {
	if known, ok := e.choices[value]; ok {
		return known
	}
	var written any
	switch v := value.(type) {
	case attribute.OptionID:
		option, _ := d.Option(attio.ID(v))
		written = titleOrID(option.Title, option.ID)
	case attribute.StatusID:
		status, _ := d.Status(attio.ID(v))
		written = titleOrID(status.Title, status.ID)
	}
	e.choices[value] = written
	return written
}

// titleOrID writes the title of a choice, or its id if the title looks like an id.
func titleOrID(title string, id attio.ID) any {
	if _, isID := attio.ParseID(title); isID {
		return yamltree.Text(id)
	}
	return yamltree.Text(title)
}

func (e *exporter) actorReference(to attribute.ActorReference) any {
	if member, ok := e.state.Member(to.ID); ok && to.Type == attio.ActorWorkspaceMember {
		return yamltree.Text(member.User.Email)
	}
	return yamltree.MappingOf("referenced_actor_type", yamltree.Text(to.Type), "referenced_actor_id", idOrNull(to.ID))
}

func idOrNull(id attio.ID) any {
	if id == "" {
		return yamltree.Plain("null")
	}
	return yamltree.Text(id)
}

func locationIn(m *yamltree.Mapping, l attribute.Location) *yamltree.Mapping {
	parts := [...]struct {
		key   string
		value *string
	}{
		{"line_1", l.Line1}, {"line_2", l.Line2}, {"line_3", l.Line3}, {"line_4", l.Line4}, {"locality", l.Locality}, {"region", l.Region},
		{"postcode", l.Postcode}, {"country_code", l.CountryCode}, {"latitude", l.Latitude}, {"longitude", l.Longitude},
	}
	m.Single, m.Entries = true, slices.Grow(m.Entries[:0], len(parts))
	for _, part := range parts {
		if part.value == nil {
			m.Put(part.key, yamltree.Plain("null"))
		} else {
			m.Put(part.key, (*yamltree.Text)(part.value))
		}
	}
	return m
}

// mappings are those that one record needs. While records are written, one after another, each takes those of the record before.
type mappings struct {
	all     []*yamltree.Mapping
	used    int
	writing bool // records are being written
}

func (m *mappings) next() *yamltree.Mapping {
	if !m.writing {
		return new(yamltree.Mapping)
	}
	if m.used == len(m.all) {
		m.all = append(m.all, new(yamltree.Mapping))
	}
	m.used++
	return m.all[m.used-1]
}

// phoneNumber writes a number in its original form, with its country if that is needed.
func (e *exporter) phoneNumber(d *attribute.Definition, v attribute.PhoneNumber) any {
	if strings.HasPrefix(v.Original, "+") { // the country does not matter
		return yamltree.Text(v.Original)
	}
	withCountry := map[string]any{"original_phone_number": v.Original, "country_code": v.Country}
	if read, err := attribute.ParseSeed(e.state, d, withCountry); err == nil && read == v {
		return yamltree.MappingOf("original_phone_number", yamltree.Text(v.Original), "country_code", yamltree.Text(v.Country))
	}
	if read, err := attribute.ParseSeed(e.state, d, v.Original); err != nil || read != v {
		e.refuse("phone number", v.Original, "would be read as a different number than %s in its country, %s", v.Number, v.Country)
	}
	return yamltree.Text(v.Original)
}

// nameOf writes "Last, First" if that is the whole name.
func nameOf(n attribute.PersonalName) any {
	if short, ok := n.Short(); ok {
		return yamltree.Text(short)
	}
	return yamltree.MappingOf("first_name", yamltree.Text(n.First), "last_name", yamltree.Text(n.Last), "full_name", yamltree.Text(n.Full))
}

// titleText is the text of a value from which a key can be made; empty for none.
func titleText(value attribute.Value) string {
	switch v := value.(type) {
	case attribute.Text:
		return string(v)
	case attribute.PersonalName:
		return v.Full
	case attribute.EmailAddress:
		return v.Local
	case attribute.Domain:
		return v.Domain
	}
	return ""
}
