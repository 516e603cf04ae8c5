package filter

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Sort is one sort of a query, in the shape in which it is sent: by an attribute, or by one at the end of a
// path.
type Sort struct {
	Direction string     `json:"direction"` // asc or desc
	Attribute string     `json:"attribute"`
	Path      [][]string `json:"path"`
	Field     string     `json:"field"` // "" for the implied field
}

// order is a sort whose names were resolved against a collection.
type order struct {
	steps      []step // the last leads to the attribute
	attribute  *attribute.Definition
	field      *field
	descending bool
}

func (p *parser) sorts(source Source, sorts []Sort) ([]order, error) {
	orders := make([]order, len(sorts))
	for i, s := range sorts {
		var err error
		if orders[i], err = p.sort(source, s, path{"sorts"}.index(i)); err != nil {
			return nil, err
		}
	}
	return orders, nil
}

func (p *parser) sort(source Source, s Sort, at path) (order, error) {
	steps, err := p.sortSteps(source, s, at)
	if err != nil {
		return order{}, err
	}
	d := steps[len(steps)-1].attribute
	f, ok := impliedField(d.Type, always)
	if s.Field != "" {
		if f, ok = fieldNamed(d, s.Field); !ok {
			return order{}, attio.InvalidFilterField(s.Field, string(d.Type), at.with("field"))
		}
	}
	if !ok {
		return order{}, attio.MissingSortField(d.Slug, string(d.Type), at)
	}
	return order{steps, d, f, strings.EqualFold(s.Direction, "desc")}, nil
}

func (p *parser) sortSteps(source Source, s Sort, at path) ([]step, error) {
	if s.Path == nil {
		d, ok := source.Attribute(s.Attribute)
		if !ok {
			return nil, attio.UnknownFilterAttribute(s.Attribute, at.with("attribute"))
		}
		return []step{{source, d}}, nil
	}
	pairs := make([]any, len(s.Path))
	for i, pair := range s.Path {
		names := make([]any, len(pair))
		for j, name := range pair {
			names[j] = name
		}
		pairs[i] = names
	}
	return p.steps(source, pairs, at.with("path"))
}

// key returns the value by which a record is sorted, or nil if it has none. Of several values, and of several
// references on a path, it takes the first.
func (o *order) key(item Item) *world.Held {
	for i, s := range o.steps {
		values := item.Active(s.attribute)
		if len(values) == 0 {
			return nil
		}
		if i == len(o.steps)-1 {
			if o.field.kind.given(&values[0]) {
				return &values[0]
			}
			return nil
		}
		reference, ok := values[0].Value.(attribute.RecordReference)
		if !ok {
			return nil
		}
		if item, ok = o.steps[i+1].source.Item(reference.Record); !ok {
			return nil
		}
	}
	return nil
}

// compare puts records without a value last in both directions, as Attio's app does. What the API does was
// never captured.
func (o *order) compare(a, b *world.Held) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	c := o.field.kind.compare(o.attribute, a, b)
	if o.descending {
		return -c
	}
	return c
}
