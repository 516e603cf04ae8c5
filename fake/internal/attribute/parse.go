package attribute

import (
	"errors"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Parse reads one written value in any of its write forms. A written value is nil, bool, string,
// json.Number, []any or map[string]any, as JSON decodes. The error is the API's answer, an
// *attio.Error.
func Parse(ws Workspace, d *Definition, written any) (Value, error) {
	return reader{ws: ws, definition: d}.one(written)
}

// ParseAll reads the values of an attribute in a write: an array for a multiselect attribute, otherwise one
// value, alone or in an array. Of values with the same key it keeps the first; Attio does not say which, and
// only the spelling of e-mail addresses shows it. An empty string is no value of a text, a personal name or a
// location, so writing it clears them; other types refuse it. Both are decisions of the fake.
func ParseAll(ws Workspace, d *Definition, written any) ([]Value, error) {
	return reader{ws: ws, definition: d}.all([]Value{}, written)
}

// ParseSeed is Parse for values that do not come through the API. It also reads interactions, actors that are
// not workspace members, and archived options and statuses, and takes what is a value of the attribute's type already.
func ParseSeed(ws Workspace, d *Definition, written any) (Value, error) {
	return reader{ws: ws, definition: d, seed: true}.one(written)
}

// ParseAllSeed is ParseAll with ParseSeed's rules. It also takes a []Value with different values of the attribute's type.
func ParseAllSeed(ws Workspace, d *Definition, written any) ([]Value, error) {
	return AppendAllSeed([]Value{}, ws, d, written)
}

// AppendAllSeed appends what ParseAllSeed returns to other values.
func AppendAllSeed(values []Value, ws Workspace, d *Definition, written any) ([]Value, error) {
	return reader{ws: ws, definition: d, seed: true}.all(values, written)
}

// reader reads values of one attribute.
type reader struct {
	ws         Workspace
	definition *Definition
	seed       bool
}

// all appends the values that are written to others.
func (r reader) all(values []Value, written any) ([]Value, error) {
	if parsed, ok := written.([]Value); ok && r.seed {
		return append(values, parsed...), nil
	}
	list, isList := written.([]any)
	switch {
	case isList:
	case r.definition.Multiselect:
		return nil, attio.InvalidValue(r.definition.Slug, attio.SingleValueForMultiselect())
	default:
		v, err := r.one(written)
		switch {
		case err != nil:
			return nil, err
		case saysNothing(v, written):
			return values, nil
		}
		return append(values, v), nil
	}
	if len(list) > 1 && !r.definition.Multiselect {
		// What Attio answers was never captured; this is what its validation library says of an array.
		return nil, attio.InvalidValue(r.definition.Slug,
			attio.Issue{Code: "too_big", Path: []any{}, Message: "Array must contain at most 1 element(s)"})
	}
	values = slices.Grow(values, len(list))
	var seen map[string]bool
	if len(list) > 1 {
		seen = make(map[string]bool, len(list))
	}
	for _, element := range list {
		v, err := r.one(element)
		if err != nil {
			return nil, err
		}
		if saysNothing(v, element) {
			continue
		}
		if seen != nil {
			key := v.Key()
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		values = append(values, v)
	}
	return values, nil
}

// saysNothing reports whether an empty string clears the value. A location in its long form can be all nulls, as
// recorded in May 2026.
func saysNothing(v Value, written any) bool {
	switch v := v.(type) {
	case Text:
		return v == ""
	case PersonalName:
		return v == PersonalName{}
	case Location:
		_, isString := written.(string)
		return isString && v == Location{}
	}
	return false
}

func (r reader) one(written any) (Value, error) {
	v, err := r.parse(written)
	if err != nil {
		if issues, ok := errors.AsType[Issues](err); ok {
			return nil, attio.InvalidValue(r.definition.Slug, issues...)
		}
		return nil, err
	}
	return v, nil
}

func (r reader) parse(written any) (Value, error) {
	if v, ok := written.(Value); ok && r.seed {
		return v, nil
	}
	if d, ok := declared[r.definition.Type]; ok {
		return d.parse(r, written)
	}
	return nil, Issues{unsupported(r.definition.Type)}
}

func unsupported(t Type) attio.Issue {
	return attio.Issue{Code: "invalid", Path: []any{}, Message: "Attributes of type " + string(t) + " do not exist"}
}

// Issues is the error for a written value of the wrong form. Paths are relative to the value.
type Issues []attio.Issue

func (i Issues) Error() string { return i[0].Message }

// below turns the issues of a part of a value into issues of the value, given the path of the part.
func (i Issues) below(path ...any) Issues {
	moved := slices.Clone(i)
	for n := range moved {
		moved[n].Path = slices.Concat(path, moved[n].Path)
	}
	return moved
}
