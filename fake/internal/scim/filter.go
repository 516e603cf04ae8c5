package scim

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	filter "github.com/scim2/filter-parser/v2"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// field is an attribute that filters may name. It reads either a text or a boolean of a resource.
type field[T any] struct {
	name  string
	text  func(T) string
	flag  func(T) bool
	exact bool // its case counts
}

// condition reports whether a filter selects a resource.
type condition[T any] func(T) bool

// maxFilter is how many bytes a filter may have.
const maxFilter = 2 << 10

// parseFilter reads a filter over the fields of resources with a schema. The operators are those that Attio's
// documentation lists; that comparisons may be combined by and, or and not is assumed.
func parseFilter[T any](text, schema string, known []field[T]) (condition[T], error) {
	if len(text) > maxFilter {
		return nil, invalidFilter("The filter has more than %d bytes.", maxFilter)
	}
	parsed, err := filter.ParseFilter(escapes.Get().ReplaceAllFunc([]byte(text), upperHex))
	if err != nil {
		return nil, invalidFilter("The filter %q is not valid: a comparison reads like userName eq \"ada@example.com\".", text)
	}
	return compile(parsed, schema, known)
}

// escapes finds the escapes of a filter's strings.
var escapes = lazy.New(`\\(u[0-9A-Fa-f]{4}|.)`)

// upperHex writes an escape as the parser needs it, which takes \u00FC and not \u00fc.
func upperHex(escape []byte) []byte {
	return append(escape[:2:2], bytes.ToUpper(escape[2:])...)
}

func compile[T any](parsed filter.Expression, schema string, known []field[T]) (condition[T], error) {
	switch e := parsed.(type) {
	case *filter.AttributeExpression:
		return compare(e, schema, known)
	case *filter.NotExpression:
		inner, err := compile(e.Expression, schema, known)
		return func(of T) bool { return !inner(of) }, err
	case *filter.LogicalExpression:
		left, err := compile(e.Left, schema, known)
		if err != nil {
			return nil, err
		}
		right, err := compile(e.Right, schema, known)
		if e.Operator == filter.AND {
			return func(of T) bool { return left(of) && right(of) }, err
		}
		return func(of T) bool { return left(of) || right(of) }, err
	}
	return nil, invalidFilter("Filters cannot select by conditions in brackets; use %s.", listed(known))
}

func compare[T any](e *filter.AttributeExpression, schema string, known []field[T]) (condition[T], error) {
	name := nameOf(e.AttributePath, schema)
	i := slices.IndexFunc(known, func(f field[T]) bool { return strings.EqualFold(f.name, name) })
	if i < 0 {
		return nil, invalidFilter("Filters cannot use the attribute %q; use %s.", name, listed(known))
	}
	f := known[i]
	if f.flag != nil {
		return compareFlag(e, f)
	}
	return compareText(e, f)
}

// compareFlag compares a boolean, which Entra ID writes as a string.
func compareFlag[T any](e *filter.AttributeExpression, f field[T]) (condition[T], error) {
	want, ok := boolean(e.CompareValue)
	switch {
	case !ok:
		return nil, invalidFilter("The attribute %q is compared with true or false.", f.name)
	case e.Operator == filter.EQ:
		return func(of T) bool { return f.flag(of) == want }, nil
	case e.Operator == filter.NE:
		return func(of T) bool { return f.flag(of) != want }, nil
	}
	return nil, invalidFilter("The operator %q does not work on the attribute %q; use eq or ne.", e.Operator, f.name)
}

var textOperators = lazy.Of[map[filter.CompareOperator]func(value, with string) bool]{Make: func() map[filter.CompareOperator]func(value, with string) bool {
	return map[filter.CompareOperator]func(value, with string) bool{
		filter.EQ: func(value, with string) bool { return value == with },
		filter.NE: func(value, with string) bool { return value != with },
		filter.CO: strings.Contains,
		filter.SW: strings.HasPrefix,
		filter.EW: strings.HasSuffix,
	}
}}

func compareText[T any](e *filter.AttributeExpression, f field[T]) (condition[T], error) {
	operator, ok := textOperators.Get()[e.Operator]
	if !ok {
		return nil, invalidFilter("Filters cannot use the operator %q; use eq, ne, co, sw or ew.", e.Operator)
	}
	want, ok := unescaped(e.CompareValue)
	if !ok {
		return nil, invalidFilter("The attribute %q is compared with a string in double quotes.", f.name)
	}
	if f.exact {
		return func(of T) bool { return operator(f.text(of), want) }, nil
	}
	want = strings.ToLower(want)
	return func(of T) bool { return operator(strings.ToLower(f.text(of)), want) }, nil
}

// unescaped returns a string of a filter, which is one of JSON. The parser leaves its escapes as they are.
func unescaped(value any) (text string, ok bool) {
	raw, ok := value.(string)
	return text, ok && json.Unmarshal([]byte(`"`+raw+`"`), &text) == nil
}

// nameOf returns the name of an attribute, without the URI of its schema that it may stand after. With the URI of another
// schema, it is a name that nothing has.
func nameOf(path filter.AttributePath, schema string) string {
	if strings.EqualFold(path.URI(), schema) {
		path.URIPrefix = nil
	}
	return path.String()
}

// listed lists what filters can select by.
func listed[T any](known []field[T]) string {
	names := make([]string, len(known))
	for i, f := range known {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}
