package attribute

import (
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Value is one parsed value of an attribute. It is immutable and includes what was derived from the written
// form, such as the root of a domain.
type Value interface {
	// AppendFields appends the type's JSON members in wire order, without braces:
	// `"domain":"app.example.com","root_domain":"example.com"`.
	AppendFields(b []byte, on Owner) []byte
	// Key identifies a value within an attribute: writing a value with the key of a current one changes
	// nothing, and a unique attribute has each key once.
	Key() string
	// Compare orders two values of the definition's attribute as sorting by its default field does. Values of
	// other types come last.
	Compare(other Value, of *Definition) int
	// Together copies a value with everything it points to, so that values copied in a row are contiguous in memory.
	// A type that is rarely filtered by may return itself, and is scanned more slowly.
	Together() Value
}

// SpelledAlike reports whether two values with the same key were also written the same way, because e-mail
// addresses and phone numbers keep their spelling.
func SpelledAlike(a, b Value) bool {
	switch a := a.(type) {
	case EmailAddress:
		return a == b
	case PhoneNumber:
		return a == b
	}
	return true
}

// Owner is the context in which a value is read. It resolves the ids in values to what readers see now.
type Owner interface {
	WorkspaceID() attio.ID
	// ParentID is the id of the object or list that has the attribute.
	ParentID() attio.ID
	// Definition is the definition of the attribute.
	Definition() *Definition
	// ObjectSlug is the current slug of an object.
	ObjectSlug(id attio.ID) string
}

// Workspace is the context in which a value is written. It finds what a value refers to.
type Workspace interface {
	// FindObject returns the id of an object by its slug or id. Its errors are the API's: there is no such
	// object, or it is disabled.
	FindObject(slugOrID string) (attio.ID, error)
	// StandardObject returns the slug that a standard object has, or "" for a custom one.
	StandardObject(id attio.ID) string
	// HasRecord reports whether an object has a record.
	HasRecord(object, record attio.ID) bool
	// FindAttribute returns an attribute of an object that readers see, by its slug or id.
	FindAttribute(object attio.ID, slugOrID string) (*Definition, bool)
	// FindRecords returns the records of an object that have a value of one of its attributes. If there are more
	// than two, it may return only two.
	FindRecords(object attio.ID, of *Definition, value Value) []attio.ID
	// HasMember reports whether a workspace member exists.
	HasMember(id attio.ID) bool
	// FindMember returns the workspace member with an e-mail address, regardless of case.
	FindMember(email string) (attio.ID, bool)
}

// AppendValue appends a value as readers see it, with the time from which it is valid, the time until which it was
// (nil for a current value), and its author. The order of the keys was recorded in May 2026.
func AppendValue(b []byte, v Value, on Owner, from time.Time, until *time.Time, by attio.Actor) []byte {
	b = append(b, `{"active_from":`...)
	b = appendTime(b, from)
	b = append(b, `,"active_until":`...)
	if until == nil {
		b = append(b, "null"...)
	} else {
		b = appendTime(b, *until)
	}
	b = append(b, `,"created_by_actor":`...)
	b = by.AppendJSON(b)
	b = append(b, ',')
	b = v.AppendFields(b, on)
	b = append(b, `,"attribute_type":"`...)
	b = append(b, on.Definition().Type...)
	return append(b, `"}`...)
}

// appendMember appends a key and a string: `"domain":"example.com"`. Keys need no escapes.
func appendMember(b []byte, key, value string) []byte {
	b = append(b, '"')
	b = append(b, key...)
	b = append(b, `":`...)
	return AppendString(b, value)
}

// appendIDMember is appendMember for a string without escapes.
func appendIDMember(b []byte, key string, id attio.ID) []byte {
	b = append(b, '"')
	b = append(b, key...)
	b = append(b, `":"`...)
	b = append(b, id...)
	return append(b, '"')
}

func appendBoolMember(b []byte, key string, value bool) []byte {
	b = append(b, '"')
	b = append(b, key...)
	b = append(b, `":`...)
	return strconv.AppendBool(b, value)
}

func appendNullableMember(b []byte, key string, value *string) []byte {
	if value != nil {
		return appendMember(b, key, *value)
	}
	b = append(b, '"')
	b = append(b, key...)
	return append(b, `":null`...)
}

func appendTime(b []byte, t time.Time) []byte {
	b = append(b, '"')
	b = attio.Time{Time: t}.Append(b)
	return append(b, '"')
}

// clone copies a string, so that it shares no memory with the text that it was cut from.
func clone[S ~string](s S) S { return S(strings.Clone(string(s))) }
