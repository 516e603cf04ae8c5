package contract

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// A violation is one place where a body departs from its schema.
type violation struct {
	pointer string // a JSON pointer, "" for the whole body
	reason  string
}

// validate checks a decoded JSON value against a schema.
func validate(s *openapi3.Schema, value any) []violation {
	return violations("", s.VisitJSON(value, openapi3.MultiErrors(), openapi3.WithStringFormatValidators(stringFormats)))
}

// stringFormats are formats in the document that kin-openapi does not check by itself.
var stringFormats = map[string]openapi3.StringFormatValidator{
	"uuid": openapi3.NewCallbackValidator(func(s string) error {
		if !isUUID(s) {
			return errors.New("not a UUID")
		}
		return nil
	}),
	"uri": openapi3.NewCallbackValidator(func(s string) error {
		if u, err := url.Parse(s); err != nil || !u.IsAbs() {
			return errors.New("not an absolute URL")
		}
		return nil
	}),
	"email": openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForEmail),
}

// violations flattens an error of kin-openapi. If all branches of a union failed, it reports the errors of the branch
// that the value was meant for, if it can tell.
func violations(prefix string, err error) []violation {
	switch err := err.(type) {
	case nil:
		return nil
	case openapi3.MultiError:
		var all []violation
		for _, e := range err {
			all = append(all, violations(prefix, e)...)
		}
		return all
	case *openapi3.SchemaError:
		pointer := prefix
		for _, key := range err.JSONPointer() {
			pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
		}
		if branch := meantBranch(err); branch != nil {
			within := validate(branch, err.Value)
			for i := range within {
				within[i].pointer = pointer + within[i].pointer
			}
			return within
		}
		return []violation{{pointer, err.Reason}}
	default:
		return []violation{{prefix, err.Error()}}
	}
}

// meantBranch returns the only branch of a failed union whose constants (enums with one value) the value has.
func meantBranch(err *openapi3.SchemaError) *openapi3.Schema {
	object, ok := err.Value.(map[string]any)
	if !ok || err.SchemaField != "oneOf" && err.SchemaField != "anyOf" {
		return nil
	}
	var meant *openapi3.Schema
	for _, branch := range slices.Concat(err.Schema.OneOf, err.Schema.AnyOf) {
		if !hasConstants(branch.Value, object) {
			continue
		}
		if meant != nil {
			return nil
		}
		meant = branch.Value
	}
	if meant != nil && meant.VisitJSON(err.Value) == nil {
		return nil // it matches: the union failed because another branch matches too
	}
	return meant
}

func hasConstants(s *openapi3.Schema, object map[string]any) bool {
	constants := 0
	for name, property := range s.Properties {
		if enum := property.Value.Enum; len(enum) == 1 {
			constants++
			if enum[0] != object[name] {
				return false
			}
		}
	}
	return constants > 0
}
