package filter

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// How large a filter may be. Of Attio's limits, only that of $in is known.
const (
	maxTests = 1000 // constraints
	maxDepth = 50   // nested $and and $or
	maxHops  = 5    // steps of a path; a client of the API has this limit
)

// parser turns a filter into nodes.
type parser struct {
	tests   int      // constraints read so far
	depth   int      // current nesting
	reached []Source // the collections that paths led to
	leads   []*leads // the steps of the filter's paths
}

// condition reads an object whose members must all hold: attributes, a path or logical operators.
func (p *parser) condition(source Source, value any, at path) (node, error) {
	return p.object(source, value, at, func(key string, value any, at path) (node, error) {
		switch key {
		case "$and":
			nodes, err := p.list(source, value, at)
			return all(nodes), err
		case "$or":
			nodes, err := p.list(source, value, at)
			return alternatives(nodes), err
		case "$not":
			return p.negation(source, value, at)
		}
		return p.attribute(source, key, value, at)
	})
}

// negation reads the operand of $not: an object of attributes, or a path. Found in October 2026: Attio takes
// a logical operator in it for an attribute.
func (p *parser) negation(source Source, value any, at path) (node, error) {
	negated, err := p.object(source, value, at, func(key string, value any, at path) (node, error) {
		return p.attribute(source, key, value, at)
	})
	return not{negated}, err
}

// object reads an object member by member. The members path and constraints together are one path filter.
func (p *parser) object(source Source, value any, at path, read func(string, any, path) (node, error)) (node, error) {
	each, _, ok := members(value)
	if !ok {
		return nil, attio.InvalidFilter("Expected an object, received "+shape.TypeOf(value)+".", at)
	}
	_, hasPath := member(value, "path")
	constraints, hasConstraints := member(value, "constraints")
	isPath := hasPath && hasConstraints
	var nodes all
	for key, member := range each {
		var n node
		var err error
		switch {
		case isPath && key == "constraints":
			continue
		case isPath && key == "path":
			n, err = p.along(source, member, constraints, at)
		default:
			n, err = read(key, member, at.with(key))
		}
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	if len(nodes) == 1 {
		return nodes[0], nil
	}
	return nodes, nil
}

func (p *parser) list(source Source, value any, at path) ([]node, error) {
	items, ok := value.([]any)
	if !ok {
		return nil, attio.InvalidFilter("Expected an array, received "+shape.TypeOf(value)+".", at)
	}
	if p.depth == maxDepth {
		return nil, attio.InvalidFilter(fmt.Sprintf("Filters can be at most %d levels deep.", maxDepth), at)
	}
	p.depth++
	defer func() { p.depth-- }()
	nodes := make([]node, len(items))
	for i, item := range items {
		var err error
		if nodes[i], err = p.condition(source, item, at.index(i)); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

func (p *parser) attribute(source Source, slug string, value any, at path) (node, error) {
	d, ok := source.Attribute(slug)
	if !ok {
		return nil, attio.UnknownFilterAttribute(slug, at)
	}
	return p.constraints(source, d, value, at)
}

// constraints reads the constraints on an attribute: a value for the implied field, operators on it, or
// fields with values or operators. A single value must meet all of them.
func (p *parser) constraints(source Source, d *attribute.Definition, value any, at path) (node, error) {
	o := operand{source: source, attribute: d, value: value, path: at}
	h := &has{attribute: d}
	each, n, isObject := members(value)
	switch {
	case !isObject:
		f, ok := impliedField(d.Type, always)
		if !ok || isArray(value) {
			return nil, attio.InvalidFilter(fmt.Sprintf("Expected an object for attribute \"%s\" of type '%s', received %s.", d.Slug, d.Type, shape.TypeOf(value)), at)
		}
		return h, p.operator(h, f, opEq, o)
	case n == 0:
		return nil, attio.InvalidFilter("Expected a field or an operator.", at)
	}
	named := 0
	for key, value := range each {
		o.value, o.path = value, at.with(key)
		f, ok := impliedField(d.Type, byOperators)
		if ok && strings.HasPrefix(key, "$") {
			if err := p.operator(h, f, key, o); err != nil {
				return nil, err
			}
			continue
		}
		if f, ok = fieldNamed(d, key); !ok {
			return nil, attio.InvalidFilterField(key, string(d.Type), o.path)
		}
		if err := p.field(h, f, o); err != nil {
			return nil, err
		}
		named++
	}
	if d.Type == attribute.TypeActorReference && named < len(fields[d.Type]) {
		return nil, attio.InvalidFilter("Actor references need both referenced_actor_type and referenced_actor_id.", at)
	}
	return h, nil
}

// field reads the constraint on a named field: a value, or operators.
func (p *parser) field(h *has, f *field, o operand) error {
	each, n, isObject := members(o.value)
	switch {
	case !isObject:
		return p.operator(h, f, opEq, o)
	case n == 0:
		return o.refuse("Expected an operator.")
	}
	at := o.path
	for operator, value := range each {
		o.value, o.path = value, at.with(operator)
		if err := p.operator(h, f, operator, o); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) operator(h *has, f *field, operator string, o operand) error {
	switch {
	case !slices.Contains(operators, operator):
		return attio.UnknownFilterOperator(operator, o.path)
	case !slices.Contains(f.operators, operator):
		return attio.InvalidFilterOperator(operator, f.name, f.operators, o.path)
	}
	if p.tests++; p.tests > maxTests {
		return o.refuse(fmt.Sprintf("Filters can have at most %d constraints.", maxTests))
	}
	if operator == opNotEmpty {
		if o.value != true {
			return o.refuse("Expected true.")
		}
		h.tests = append(h.tests, test{holds: f.kind.given})
		return nil
	}
	o.operator = operator
	t, err := f.kind.test(o)
	if err != nil {
		return err
	}
	t.field = f
	h.tests = append(h.tests, t)
	return nil
}

// along reads a path filter. The path leads from the collection along references to an attribute; any value
// of it must meet the constraints.
func (p *parser) along(source Source, value, constraints any, at path) (node, error) {
	steps, err := p.steps(source, value, at.with("path"))
	if err != nil {
		return nil, err
	}
	last := steps[len(steps)-1]
	if _, _, ok := members(constraints); !ok {
		return nil, attio.InvalidFilter("Expected an object, received "+shape.TypeOf(constraints)+".", at.with("constraints"))
	}
	n, err := p.constraints(last.source, last.attribute, constraints, at.with("constraints"))
	for i := len(steps) - 2; i >= 0; i-- {
		l := &leads{attribute: steps[i].attribute, to: steps[i+1].source, inner: n}
		p.leads = append(p.leads, l)
		n = l
	}
	return n, err
}

// step is an attribute of a collection. Every step of a path but the last leads to the next collection.
type step struct {
	source    Source
	attribute *attribute.Definition
}

func (p *parser) steps(source Source, value any, at path) ([]step, error) {
	pairs, ok := value.([]any)
	switch {
	case !ok || len(pairs) == 0:
		return nil, attio.InvalidFilter("Expected an array of pairs of an object and an attribute.", at)
	case len(pairs) > maxHops:
		return nil, attio.InvalidFilter(fmt.Sprintf("Paths can have at most %d steps.", maxHops), at)
	}
	steps := make([]step, len(pairs))
	for i, pair := range pairs {
		slug, attributeSlug, ok := splitPair(pair)
		if !ok {
			return nil, attio.InvalidFilter("Expected a pair of an object and an attribute.", at.index(i))
		}
		var err error
		if i == 0 {
			err = first(source, slug, at.index(0).with("0"))
		} else {
			source, err = next(steps[i-1], slug, at.index(i).with("0"))
			p.reached = append(p.reached, source)
		}
		if err != nil {
			return nil, err
		}
		d, ok := source.Attribute(attributeSlug)
		switch {
		case !ok:
			return nil, attio.UnknownFilterAttribute(attributeSlug, at.index(i).with("1"))
		case i < len(pairs)-1 && d.Type != attribute.TypeRecordReference:
			return nil, attio.InvalidFilter(fmt.Sprintf("Attribute \"%s\" is not a record reference.", attributeSlug), at.index(i).with("1"))
		}
		steps[i] = step{source, d}
	}
	return steps, nil
}

// first checks that a path begins at the queried collection.
func first(source Source, slug string, at path) error {
	if source.Is(slug) {
		return nil
	}
	if _, _, err := source.Object(slug, at.unknownObject); err != nil {
		return err
	}
	return attio.InvalidFilter("Paths begin at the object or list that is queried.", at)
}

// next returns the collection to which a step leads.
func next(from step, slug string, at path) (Source, error) {
	source, id, err := from.source.Object(slug, at.unknownObject)
	switch allowed := from.attribute.Objects; {
	case err != nil:
		return nil, err
	case len(allowed) > 0 && !slices.Contains(allowed, id):
		return nil, attio.InvalidFilter(fmt.Sprintf("Attribute \"%s\" does not refer to object \"%s\".", from.attribute.Slug, slug), at)
	}
	return source, nil
}

// splitPair reads one pair of a path. If it is a string instead, Attio takes its first two characters,
// as JavaScript's destructuring does: for "companies" a user got "Unknown object slug: c.".
func splitPair(pair any) (object, attribute string, ok bool) {
	switch pair := pair.(type) {
	case []any:
		if len(pair) != 2 {
			return "", "", false
		}
		object, isObject := pair[0].(string)
		attribute, isAttribute := pair[1].(string)
		return object, attribute, isObject && isAttribute
	case string:
		if units := utf16.Encode([]rune(pair)); len(units) > 1 {
			return string(utf16.Decode(units[:1])), string(utf16.Decode(units[1:2])), true
		}
	}
	return "", "", false
}

func isArray(value any) bool {
	_, ok := value.([]any)
	return ok
}

// test is a condition on one value.
type test struct {
	holds   func(*world.Held) bool
	keys    []string   // if not nil, only values with one of these keys, in any case, can pass
	targets []attio.ID // if not nil, only references to one of these records can pass

	field    *field   // of which it is a test
	equation equation // nil if it asks for something else
}
