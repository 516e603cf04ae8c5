// Package standard defines Attio's five standard objects as they are in a new workspace: people and companies, which
// every workspace has, and deals, users and workspaces, which an admin enables.
//
// The attributes of people and companies are as recorded in three workspaces (2025-07 and 2026-05),
// those of the others as their records were recorded and as Attio's guides describe them. Each
// object's file says what is assumed.
//
// It also has the activities that every workspace has, and the schemas that activities extend.
package standard

import "github.com/fakeattio/fakeattio/fake/internal/attribute"

// Object is a standard object.
type Object struct {
	Slug             string
	Singular, Plural string // nouns
	AlwaysOn         bool   // in every workspace; the others exist only once they are enabled
	WebPath          string // the part of a record's web_url between the workspace's slug and the record's id
	Attributes       []Attribute
}

// Attribute is an attribute of a standard object. Its definition lacks what a workspace gives it: the
// ids, also those of options and statuses, the relationship, and the time of its making.
type Attribute struct {
	attribute.Definition
	Inverse *Inverse // of record references; its object is also the only one they may point to
}

// Inverse is the other side of a relationship.
type Inverse struct {
	Object, Attribute string // slugs
}

// Needs is the slug of the object that must be enabled for the attribute to exist, or "". Attio shows
// an attribute that refers to a disabled object neither in listings nor in records.
func (a Attribute) Needs() string {
	if a.Inverse == nil {
		return ""
	}
	return a.Inverse.Object
}

// Objects returns the standard objects, with their attributes in wire order. The caller may change them.
func Objects() []Object {
	return []Object{people(), companies(), deals(), users(), workspaces()}
}

// CustomObject returns the attributes with which every custom object starts.
func CustomObject() []Attribute { return append([]Attribute{recordID()}, created()...) }

// recordID is the first attribute of every object.
func recordID() Attribute {
	return computed(attribute.ComputedID, attribute.TypeText, "record_id", "Record ID", nil).unique()
}

// created returns the last of the attributes that Attio gives every object.
func created() []Attribute {
	return []Attribute{
		computed(attribute.ComputedCreatedAt, attribute.TypeTimestamp, "created_at", "Created at", &attribute.Default{Dynamic: "PT0S"}),
		computed(attribute.ComputedCreatedBy, attribute.TypeActorReference, "created_by", "Created by", &attribute.Default{Dynamic: "current-user"}),
	}
}

// communication is what Attio learns of people and companies from mails and calendars.
func communication() []Attribute {
	return []Attribute{
		enriched(attribute.TypeInteraction, "first_calendar_interaction", "First calendar interaction"),
		enriched(attribute.TypeInteraction, "last_calendar_interaction", "Last calendar interaction"),
		enriched(attribute.TypeInteraction, "next_calendar_interaction", "Next calendar interaction"),
		enriched(attribute.TypeInteraction, "first_email_interaction", "First email interaction"),
		enriched(attribute.TypeInteraction, "last_email_interaction", "Last email interaction"),
		enriched(attribute.TypeInteraction, "first_interaction", "First interaction"),
		enriched(attribute.TypeInteraction, "last_interaction", "Last interaction"),
		enriched(attribute.TypeInteraction, "next_interaction", "Next interaction"),
		enriched(attribute.TypeNumber, "strongest_connection_strength_legacy", "Connection strength (legacy)"),
		// The titles as Attio's app shows them; their order is assumed.
		enriched(attribute.TypeSelect, "strongest_connection_strength", "Connection strength").
			options("Very weak", "Weak", "Good", "Strong", "Very strong"),
		enriched(attribute.TypeActorReference, "strongest_connection_user", "Strongest connection"),
	}
}

// socialMedia is where people and companies are on the web.
func socialMedia() []Attribute {
	return []Attribute{
		writable(attribute.TypeText, "angellist", "AngelList"),
		writable(attribute.TypeText, "facebook", "Facebook"),
		writable(attribute.TypeText, "instagram", "Instagram"),
		writable(attribute.TypeText, "linkedin", "LinkedIn"),
		writable(attribute.TypeText, "twitter", "Twitter"),
		enriched(attribute.TypeNumber, "twitter_follower_count", "Twitter follower count"),
	}
}

// writable returns an attribute that clients can write.
func writable(t attribute.Type, slug, title string) Attribute {
	return Attribute{Definition: attribute.Definition{Slug: slug, Title: title, Type: t, System: true, Writable: true}}
}

// enriched returns an attribute that only Attio writes, and of which it keeps no history.
func enriched(t attribute.Type, slug, title string) Attribute {
	return Attribute{Definition: attribute.Definition{Slug: slug, Title: title, Type: t, System: true, Enriched: true}}
}

func computed(from attribute.Computed, t attribute.Type, slug, title string, byDefault *attribute.Default) Attribute {
	return Attribute{Definition: attribute.Definition{Slug: slug, Title: title, Type: t, System: true, Computed: from, Default: byDefault}}
}

// reference returns one side of a relationship; the other is an attribute of an object.
func reference(slug, title, object, other string) Attribute {
	a := writable(attribute.TypeRecordReference, slug, title)
	a.Inverse = &Inverse{object, other}
	return a
}

func (a Attribute) required() Attribute {
	a.Required = true
	return a
}

func (a Attribute) unique() Attribute {
	a.Unique = true
	return a
}

func (a Attribute) multiselect() Attribute {
	a.Multiselect = true
	return a
}

// withoutHistory marks an attribute that clients may write although it counts as enriched. That these are the ones
// that the guide to companies does not list as always writable is an assumption.
func (a Attribute) withoutHistory() Attribute {
	a.Enriched = true
	return a
}

func (a Attribute) described(description string) Attribute {
	a.Description = &description
	return a
}

func (a Attribute) dollars() Attribute {
	a.Currency = attribute.Currency{Code: "USD", Display: "symbol"}
	return a
}

func (a Attribute) options(titles ...string) Attribute {
	a.Options = make([]attribute.Option, len(titles))
	for i, title := range titles {
		a.Options[i].Title = title
	}
	return a
}

func (a Attribute) statuses(titles ...string) Attribute {
	a.Statuses = make([]attribute.Status, len(titles))
	for i, title := range titles {
		a.Statuses[i].Title = title
	}
	return a
}
