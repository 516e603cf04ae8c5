package attribute

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// form is a written value in its long form, an object, and the problems that were found in it. Attio
// turns a shorthand into the long form before it looks at it: a bad phone number that was written as a
// string is reported at "original_phone_number".
type form struct {
	members map[string]any // nil for a shorthand
	key     string         // the one member of a shorthand
	short   any            // its value
	asked   []string       // the members that were looked up and are there, each once
	issues  Issues
	exact   bool // numbers keep all their decimals
}

// longForm reads a value whose short form is that of one member, key, of the long form.
func longForm(written any, key string) *form {
	if members, ok := written.(map[string]any); ok && members != nil {
		return &form{members: members}
	}
	return &form{key: key, short: written}
}

// objectForm reads a value that must be an object.
func objectForm(written any) (*form, error) {
	members, ok := written.(map[string]any)
	if !ok {
		return nil, Issues{wrongType("object", written)}
	}
	return &form{members: members, asked: make([]string, 0, len(members))}, nil
}

// lookup returns a member that may be absent.
func (f *form) lookup(key string) (value any, ok bool) {
	if f.members == nil {
		return f.short, key == f.key
	}
	if value, ok = f.members[key]; ok && !slices.Contains(f.asked, key) {
		f.asked = append(f.asked, key)
	}
	return value, ok
}

// get returns a required member. If it is missing, the issue names the expected type.
func (f *form) get(key, expected string) (value any, ok bool) {
	value, ok = f.lookup(key)
	if !ok {
		f.refuse(attio.Issue{Code: "invalid_type", Path: []any{key}, Message: "Required", Expected: expected, Received: "undefined"})
	}
	return value, ok
}

// text returns a member that must be a string.
func (f *form) text(key string) (s string, ok bool) {
	value, ok := f.get(key, "string")
	if !ok {
		return "", false
	}
	return f.textOf(key, value)
}

// nullableText returns a required member that is a string or null. It is not ok for null and for a wrong value.
func (f *form) nullableText(key string) (s string, ok bool) {
	value, ok := f.get(key, "string")
	if !ok || value == nil {
		return "", false
	}
	return f.textOf(key, value)
}

func (f *form) textOf(key string, value any) (s string, ok bool) {
	if s, ok = value.(string); !ok {
		f.refuse(wrongType("string", value, key))
	}
	return s, ok
}

// nonEmptyText returns a member that must be a string of at least one character.
func (f *form) nonEmptyText(key string) string {
	s, ok := f.text(key)
	if ok && s == "" {
		f.refuse(attio.Issue{Code: "too_small", Path: []any{key}, Message: "String must contain at least 1 character(s)"})
	}
	return s
}

// only refuses unknown members. Attio's OpenAPI document forbids them for most types.
func (f *form) only() {
	f.unknown("Unrecognized key(s) in object")
}

// unknown refuses unknown members with a message that ends with their names.
func (f *form) unknown(says string) {
	if len(f.asked) == len(f.members) {
		return
	}
	var unknown []string
	for key := range f.members {
		if !slices.Contains(f.asked, key) {
			unknown = append(unknown, "'"+key+"'")
		}
	}
	slices.Sort(unknown)
	f.refuse(attio.Issue{Code: "unrecognized_keys", Path: []any{}, Message: says + ": " + strings.Join(unknown, ", ")})
}

func (f *form) refuse(issue attio.Issue) { f.issues = append(f.issues, issue) }

// err returns the issues found, or nil.
func (f *form) err() error {
	if len(f.issues) == 0 {
		return nil
	}
	return f.issues
}

// wrongType is the issue for a value of the wrong JSON type.
func wrongType(expected string, written any, path ...any) attio.Issue {
	received := jsonType(written)
	return attio.Issue{Code: "invalid_type", Path: append([]any{}, path...),
		Message: fmt.Sprintf("Expected %s, received %s", expected, received), Expected: expected, Received: received}
}

// invalidMember is the issue for a member that its type refuses. The form was recorded for a phone number in
// 2026.
func invalidMember(key, message string) attio.Issue { return invalidAt(message, key) }

// invalidAt is invalidMember for any place in a value; the default is the whole value.
func invalidAt(message string, path ...any) attio.Issue {
	return attio.Issue{Code: "invalid", Path: append([]any{}, path...), Message: message}
}

// invalidOption is the issue of a string that is not one of a list. Recorded in July 2025.
func invalidOption(key, received string, options []string) attio.Issue {
	return attio.Issue{Code: "invalid_option", Path: []any{key},
		Message: fmt.Sprintf("Invalid enum value. Expected '%s', received '%s'", strings.Join(options, "' | '"), received),
		Options: options}
}

// failedUnion is the error for a value that has none of the accepted forms. Recorded in May 2026 for a body; Attio
// gives no details.
func failedUnion() error {
	return Issues{invalidAt("Invalid input")}
}

func jsonType(written any) string {
	switch written.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}
