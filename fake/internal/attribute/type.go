package attribute

import "slices"

// Type is the type of an attribute, by Attio's name.
type Type string

// The attribute types.
const (
	TypeText            Type = "text"
	TypeNumber          Type = "number"
	TypeCheckbox        Type = "checkbox"
	TypeCurrency        Type = "currency"
	TypeDate            Type = "date"
	TypeTimestamp       Type = "timestamp"
	TypeRating          Type = "rating"
	TypeStatus          Type = "status"
	TypeSelect          Type = "select"
	TypeRecordReference Type = "record-reference"
	TypeActorReference  Type = "actor-reference"
	TypeLocation        Type = "location"
	TypeDomain          Type = "domain"
	TypeEmailAddress    Type = "email-address"
	TypePhoneNumber     Type = "phone-number"
	TypeInteraction     Type = "interaction"
	TypePersonalName    Type = "personal-name"
)

// declaration is what sets a type apart from the others.
type declaration struct {
	Type
	// parse reads a written value. The error is Issues, or an *attio.Error if it concerns more than the value.
	parse func(r reader, written any) (Value, error)
	can   ability
}

// ability is what attributes of a type can do, as a set.
type ability int

const (
	created  ability = 1 << iota // clients can create such attributes
	unique                       // no two records share a value
	multiple                     // a record can hold several values
	matched                      // a reference finds its record by a value
	label                        // a record can be called by a value
)

// declarations has a row for each type, in the order in which Attio's validation lists them. What can be created is from
// Attio's OpenAPI document. What can be unique: Attio's guide excludes selects; that the other types without one clear
// value are excluded too is an assumption. What can hold several values is from Attio's guides to the types, and what
// references match by from its guide on linking records, of October 2026.
var declarations = []declaration{
	{TypeText, alone(parseText), created | unique | matched | label},
	{TypeNumber, reader.parseNumber, created | unique | matched},
	{TypeCheckbox, alone(parseCheckbox), created},
	{TypeCurrency, alone(parseMoney), created | unique},
	{TypeDate, alone(parseDate), created | unique},
	{TypeTimestamp, alone(parseTimestamp), created | unique},
	{TypeRating, alone(parseRating), created},
	{TypeStatus, reader.parseStatus, created},
	{TypeSelect, reader.parseOption, created | multiple},
	{TypeRecordReference, reader.parseRecordReference, created | multiple},
	{TypeActorReference, reader.parseActorReference, created | multiple},
	{TypeLocation, alone(parseLocation), created | multiple},
	{TypeDomain, alone(parseDomain), created | unique | multiple | matched | label},
	{TypeEmailAddress, alone(parseEmailAddress), created | unique | multiple | matched | label},
	{TypePhoneNumber, alone(parsePhoneNumber), created | unique | multiple | matched | label},
	{TypeInteraction, reader.parseInteraction, multiple},
	{TypePersonalName, alone(parsePersonalName), label},
}

// alone adapts a parser that needs neither the workspace nor the definition.
func alone(parse func(written any) (Value, error)) func(reader, any) (Value, error) {
	return func(_ reader, written any) (Value, error) { return parse(written) }
}

// declared maps each type to its row. A reference is read by the parser of the attribute that it matches, so an
// initializer would be a cycle.
var declared = make(map[Type]declaration)

func init() {
	for _, d := range declarations {
		declared[d.Type] = d
	}
}

func (t Type) can(a ability) bool {
	d, ok := declared[t]
	return ok && d.can&a != 0
}

// Types lists every type, in the order in which Attio's validation does.
func Types() []Type {
	types := make([]Type, len(declarations))
	for i, d := range declarations {
		types[i] = d.Type
	}
	return types
}

// Creatable lists the types of attributes that clients can create.
func Creatable() []Type {
	return slices.DeleteFunc(Types(), func(t Type) bool { return !t.can(created) })
}

// CanBeUnique reports whether attributes of a type may be unique.
func CanBeUnique(t Type) bool { return t.can(unique) }

// CanBeMultiselect reports whether attributes of a type may hold several values.
func CanBeMultiselect(t Type) bool { return t.can(multiple) }

// CanLabel reports whether a record may be called by a value of a type, as people see it.
func CanLabel(t Type) bool { return t.can(label) }
