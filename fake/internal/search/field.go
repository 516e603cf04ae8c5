package search

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/phone"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// fields are the searched attributes of an object. Custom attributes of people and companies are not searched,
// according to users of the API.
type fields struct {
	// labels give a record its label: the first that has a value does. For objects other than people and companies it
	// is the attribute called name, or else the first that holds text. People without a name use their e-mail address
	// or phone number, and companies their domain, as in Attio's app.
	labels []*attribute.Definition
	// handles hold the social profiles of people and companies.
	handles []*attribute.Definition
}

func fieldsOf(object *world.Object) fields {
	handles := named(object, "angellist", "facebook", "instagram", "linkedin", "twitter")
	switch object.Standard {
	case "people":
		return fields{named(object, "name", "email_addresses", "phone_numbers"), handles}
	case "companies":
		return fields{named(object, "name", "domains"), handles}
	}
	if d, ok := object.Attribute("name"); ok && isLabel(d) {
		return fields{labels: []*attribute.Definition{d}}
	}
	if i := slices.IndexFunc(object.Attributes, isLabel); i >= 0 {
		return fields{labels: object.Attributes[i : i+1]}
	}
	return fields{}
}

// equal reports whether both have the same attributes.
func (f fields) equal(other fields) bool {
	same := func(a, b *attribute.Definition) bool { return a.ID == b.ID }
	return slices.EqualFunc(f.labels, other.labels, same) && slices.EqualFunc(f.handles, other.handles, same)
}

func named(object *world.Object, slugs ...string) []*attribute.Definition {
	var found []*attribute.Definition
	for _, slug := range slugs {
		if d, ok := object.Attribute(slug); ok && !d.Archived {
			found = append(found, d)
		}
	}
	return found
}

func isLabel(d *attribute.Definition) bool {
	return !d.Archived && d.Computed == "" && attribute.CanLabel(d.Type)
}

// Label returns the label of a record, or "" if it has none.
func Label(object *world.Object, record *world.Record) string {
	for _, d := range fieldsOf(object).labels {
		for _, held := range record.Active(d) {
			if text := Text(held.Value); text != "" {
				return text
			}
		}
	}
	return ""
}

// LabelAttributes returns the attributes that give records of an object their label, the most telling first.
func LabelAttributes(object *world.Object) []*attribute.Definition { return fieldsOf(object).labels }

// Text returns a value as people write it if its type holds text, else "".
func Text(value attribute.Value) string {
	switch value := value.(type) {
	case attribute.Text:
		return string(value)
	case attribute.PersonalName:
		return value.Full
	case attribute.EmailAddress:
		return value.Address
	case attribute.Domain:
		return value.Domain
	case attribute.PhoneNumber:
		return value.Number
	}
	return ""
}

// read returns the label of a record and the phrases by which it is found, folded.
func (f fields) read(record *world.Record) (label string, phrases []string) {
	add := func(text string) string {
		phrase := fold(text)
		if phrase != "" {
			phrases = append(phrases, phrase)
		}
		return phrase
	}
	labelled := false
	for _, d := range f.labels {
		for _, held := range record.Active(d) {
			text := Text(held.Value)
			if phrase := add(text); !labelled && text != "" {
				label, labelled = phrase, true
			}
			if other := otherText(held.Value); other != text {
				add(other)
			}
		}
	}
	for _, d := range f.handles {
		for _, held := range record.Active(d) {
			text := Text(held.Value)
			if handle, ok := handleIn(text); ok {
				text = handle
			}
			add(text)
		}
	}
	return label, phrases
}

// otherText returns the second form in which a value is searched, "" for most values. For a name it is the first and
// last name without the rest of the full name, for a phone number the number without the country code.
func otherText(value attribute.Value) string {
	switch value := value.(type) {
	case attribute.PersonalName:
		return value.First + " " + value.Last
	case attribute.PhoneNumber:
		return strings.TrimPrefix(value.Number, "+"+strconv.Itoa(phone.CallingCode(value.Country)))
	}
	return ""
}
