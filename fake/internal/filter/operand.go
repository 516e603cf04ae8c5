package filter

import (
	"encoding/json"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

// path is the place of a part within the filter.
type path []string

func (p path) with(key string) path { return append(slices.Clip(p), key) }

func (p path) index(i int) path { return p.with(strconv.Itoa(i)) }

// unknownObject returns the error for an unknown object that a filter or a sort names at this path.
func (p path) unknownObject(slug string) *attio.Error { return attio.UnknownFilterObject(slug, p) }

// operand is an operator with its value, and the place where it stands.
type operand struct {
	source    Source
	attribute *attribute.Definition
	operator  string
	value     any
	path      path
}

// maxIn is how many values $in accepts. Source: users of the API, 2026.
const maxIn = 100

// list reads the values of $in, or the single value of any other operator.
func list[T any](o operand, read func(operand) (T, error)) ([]T, error) {
	if o.operator != opIn {
		one, err := read(o)
		return []T{one}, err
	}
	values, ok := o.value.([]any)
	switch {
	case !ok:
		return nil, o.refuse("Expected an array, received " + shape.TypeOf(o.value) + ".")
	case len(values) > maxIn:
		return nil, attio.TooManyConstraintValues(o.path)
	}
	all := make([]T, len(values))
	for i, value := range values {
		element := o
		element.value, element.path = value, o.path.index(i)
		var err error
		if all[i], err = read(element); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (o operand) text() (string, error) {
	s, ok := o.value.(string)
	if !ok {
		return "", o.refuse("Expected a string, received " + shape.TypeOf(o.value) + ".")
	}
	return s, nil
}

func (o operand) number() (float64, error) {
	n, ok := numberOf(o.value)
	if !ok {
		return 0, o.refuse("Expected a number, received " + shape.TypeOf(o.value) + ".")
	}
	return n, nil
}

// id reads a UUID. Refusing other texts, rather than finding nothing, is the fake's decision.
func (o operand) id() (attio.ID, error) {
	s, err := o.text()
	if err != nil {
		return "", err
	}
	id, ok := attio.ParseID(s)
	if !ok {
		return "", o.refuse("Expected a UUID.")
	}
	return id, nil
}

func (o operand) refuse(detail string) error { return attio.InvalidFilter(detail, o.path) }

// members iterates over a JSON object in its own order, or alphabetically if it is a map.
func members(value any) (all iter.Seq2[string, any], n int, ok bool) {
	switch m := value.(type) {
	case *shape.Members:
		return m.All(), m.Len(), true
	case map[string]any:
		return func(yield func(string, any) bool) {
			for _, key := range slices.Sorted(maps.Keys(m)) {
				if !yield(key, m[key]) {
					return
				}
			}
		}, len(m), true
	}
	return nil, 0, false
}

// member returns one member of a JSON object.
func member(value any, key string) (any, bool) {
	switch m := value.(type) {
	case *shape.Members:
		return m.Get(key)
	case map[string]any:
		v, ok := m[key]
		return v, ok
	}
	return nil, false
}

func numberOf(value any) (float64, bool) {
	var n float64
	switch value := value.(type) {
	case json.Number:
		var err error
		if n, err = value.Float64(); err != nil {
			return 0, false
		}
	case float64:
		n = value
	case int:
		n = float64(value)
	default:
		return 0, false
	}
	return n, !math.IsInf(n, 0) && !math.IsNaN(n)
}
