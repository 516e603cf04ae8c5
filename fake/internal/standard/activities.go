package standard

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Activity is an activity that every workspace has.
type Activity struct {
	Slug             string
	Singular, Plural string // nouns
	Extends          string // the slug of its schema
}

// ActivitySchema is what an activity extends: it supplies the attributes that an activity begins with.
type ActivitySchema struct {
	Slug       string
	Attributes []Attribute // in wire order
}

// Activities returns Attio's own activities: phone calls, by its documentation of October 2026.
func Activities() []Activity {
	return []Activity{{Slug: "phone_calls", Singular: "Phone call", Plural: "Phone calls", Extends: "calls"}}
}

// ActivitySchemas returns the four schemas, in the order of Attio's documentation. Attio has not published their
// attributes. Its examples filter phone calls by the option Outbound of direction, and sort them by timestamp; all else in
// this table is this project's invention: the other attributes, their titles, Inbound, and that a timestamp is now by default.
func ActivitySchemas() []ActivitySchema {
	timestamp := writable(attribute.TypeTimestamp, "timestamp", "Timestamp")
	timestamp.Default = &attribute.Default{Dynamic: "PT0S"}
	activity := []Attribute{
		timestamp,
		writable(attribute.TypeRecordReference, "associated_records", "Associated records").multiselect(),
	}
	interaction := append(slices.Clip(activity), reference("participants", "Participants", "people", "").multiselect())
	direction := writable(attribute.TypeSelect, "direction", "Direction").options("Inbound", "Outbound")
	return []ActivitySchema{
		{"activities", ofActivity(activity)},
		{"interactions", ofActivity(interaction)},
		{"calls", ofActivity(interaction, direction)},
		{"emails", ofActivity(interaction, direction, writable(attribute.TypeText, "subject", "Subject"))},
	}
}

// ofActivity returns the attributes of a schema between those that Attio gives every object.
func ofActivity(inherited []Attribute, own ...Attribute) []Attribute {
	return slices.Concat([]Attribute{recordID()}, inherited, own, created())
}

// ActivitySchemaNamed returns a schema by its slug.
func ActivitySchemaNamed(slug string) (ActivitySchema, bool) {
	schemas := ActivitySchemas()
	i := slices.IndexFunc(schemas, func(s ActivitySchema) bool { return s.Slug == slug })
	if i < 0 {
		return ActivitySchema{}, false
	}
	return schemas[i], true
}
