package filter

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// field is a part of a value that can be filtered and sorted by.
type field struct {
	name      string
	operators []string // those it accepts
	kind      kind
	implied   implied
}

// implied says when a field is meant although the filter does not name it.
type implied int

const (
	never       implied = iota
	byOperators         // before an operator: {"company": {"$in": […]}}
	always              // also before a plain value: {"name": "Ada"}
)

// kind tests and compares one kind of field.
type kind interface {
	// test returns the test for an operator that the field accepts, other than $not_empty.
	test(o operand) (test, error)
	// given reports whether a value has the field.
	given(held *world.Held) bool
	// compare orders two values that both have the field.
	compare(d *attribute.Definition, a, b *world.Held) int
}

// fields lists the fields by which values of each type can be filtered and sorted. Source: Attio's guides
// to the types; for texts, statuses, e-mail addresses, phone numbers and references, what users of the API
// found in 2025 and 2026.
var fields = map[attribute.Type][]field{
	attribute.TypeText: {
		{"value", prose, words[attribute.Text]{get: func(v attribute.Text) string { return string(v) }, isKey: true}, always},
	},
	attribute.TypeNumber: {
		{"value", ordering, numbers[attribute.Number]{}, always},
	},
	attribute.TypeCheckbox: {
		{"value", equality, checkboxes{}, always},
	},
	attribute.TypeCurrency: {
		{"currency_value", ordering, numbers[attribute.Money]{fromText: true}, always},
	},
	attribute.TypeDate: {
		{"value", ordering, dates{}, always},
	},
	attribute.TypeTimestamp: {
		{"value", ordering, moments{get: timestamp}, always},
	},
	attribute.TypeRating: {
		{"value", ordering, numbers[attribute.Rating]{}, always},
	},
	attribute.TypeStatus: {
		{"status", equality, statuses{}, always},
		{"active_from", ranges, moments{activeFrom, true}, never},
		{"active_until", ranges, moments{activeUntil, true}, never},
	},
	attribute.TypeSelect: {
		{"option", equality, options{}, always},
		{"active_from", ranges, moments{activeFrom, true}, never},
		{"active_until", ranges, moments{activeUntil, true}, never},
	},
	// Source: a client's notes say that a plain id is refused, and that an error for an operator in its
	// place named this field.
	attribute.TypeRecordReference: {
		{"target_object", equality, targetObjects{}, never},
		{"target_record_id", membership, targetRecords{}, byOperators},
	},
	attribute.TypeActorReference: {
		{"referenced_actor_type", equality, words[attribute.ActorReference]{get: actorType, among: actorTypes()}, never},
		{"referenced_actor_id", equality, ids[attribute.ActorReference]{get: actorID, nullable: true}, never},
	},
	attribute.TypeLocation: {
		{"line_1", wording, place(func(l attribute.Location) *string { return l.Line1 }), never},
		{"line_2", wording, place(func(l attribute.Location) *string { return l.Line2 }), never},
		{"line_3", wording, place(func(l attribute.Location) *string { return l.Line3 }), never},
		{"line_4", wording, place(func(l attribute.Location) *string { return l.Line4 }), never},
		{"locality", wording, place(func(l attribute.Location) *string { return l.Locality }), never},
		{"region", wording, place(func(l attribute.Location) *string { return l.Region }), never},
		{"postcode", wording, place(func(l attribute.Location) *string { return l.Postcode }), never},
		{"country_code", coding, place(func(l attribute.Location) *string { return l.CountryCode }), never},
	},
	attribute.TypeDomain: {
		{"domain", naming, words[attribute.Domain]{get: func(v attribute.Domain) string { return v.Domain }, isKey: true}, always},
		{"root_domain", naming, words[attribute.Domain]{get: func(v attribute.Domain) string { return v.Root }}, never},
	},
	attribute.TypeEmailAddress: {
		{"email_address", wording, words[attribute.EmailAddress]{get: func(v attribute.EmailAddress) string { return v.Address }, isKey: true}, always},
		{"email_domain", wording, words[attribute.EmailAddress]{get: func(v attribute.EmailAddress) string { return v.Domain }}, never},
		{"email_root_domain", wording, words[attribute.EmailAddress]{get: func(v attribute.EmailAddress) string { return v.Root }}, never},
		{"email_local_specifier", wording, words[attribute.EmailAddress]{get: func(v attribute.EmailAddress) string { return v.Local }}, never},
	},
	attribute.TypePhoneNumber: {
		{"phone_number", wording, words[attribute.PhoneNumber]{get: func(v attribute.PhoneNumber) string { return v.Number }, begin: withPlus, isKey: true}, always},
		{"country_code", presence, words[attribute.PhoneNumber]{get: func(v attribute.PhoneNumber) string { return v.Country }}, never},
	},
	attribute.TypeInteraction: {
		{"owner_member_id", presence, ids[attribute.Interaction]{get: ownerMember}, never},
		{"interacted_at", ordering, moments{get: interactedAt}, never},
		{"interaction_type", presence, words[attribute.Interaction]{get: interactionType, among: attribute.InteractionTypes()}, never},
	},
	attribute.TypePersonalName: {
		{"full_name", naming, words[attribute.PersonalName]{get: func(v attribute.PersonalName) string { return v.Full }}, always},
		{"first_name", naming, words[attribute.PersonalName]{get: func(v attribute.PersonalName) string { return v.First }}, never},
		{"last_name", naming, words[attribute.PersonalName]{get: func(v attribute.PersonalName) string { return v.Last }}, never},
	},
}

// fieldNamed returns a field of an attribute. On an entry's parent record, record_id is another name for
// target_record_id, because a client of the API sends it.
func fieldNamed(d *attribute.Definition, name string) (*field, bool) {
	if d.Computed == attribute.ComputedParent && name == "record_id" {
		name = "target_record_id"
	}
	return find(fields[d.Type], func(f field) bool { return f.name == name })
}

// impliedField returns the field of a type that is meant if none is named.
func impliedField(t attribute.Type, least implied) (*field, bool) {
	return find(fields[t], func(f field) bool { return f.implied >= least })
}

func find[T any](all []T, is func(T) bool) (*T, bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i], true
	}
	return nil, false
}
