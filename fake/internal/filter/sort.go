package filter

import (
	"slices"
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
	path       *follower // nil once all keys are known
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
	return order{newFollower(steps), d, f, strings.EqualFold(s.Direction, "desc")}, nil
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

// follower follows a sort's path, or the rest of one, from a record to the value by which it is sorted.
type follower struct {
	step
	next *follower // nil at the end of the path

	lookups int                      // so far
	known   map[attio.ID]*world.Held // the values of all records, once many were looked up
}

func newFollower(steps []step) (first *follower) {
	for _, s := range slices.Backward(steps) {
		first = &follower{step: s, next: first}
	}
	return first
}

// key returns the value by which a record is sorted, or nil if it has none. Of several values, and of several
// references on a path, it takes the first. It does not look into the value, which is elsewhere in memory.
func (f *follower) key(item Item) *world.Held {
	values := item.Active(f.attribute)
	if len(values) == 0 {
		return nil
	}
	if f.next != nil {
		if reference, ok := values[0].Value.(attribute.RecordReference); ok {
			return f.next.keyOf(reference.Record)
		}
		return nil
	}
	return &values[0]
}

// keyOf is key for the record with an id. Instead of many look-ups it reads all records, which is faster by columns.
func (f *follower) keyOf(record attio.ID) *world.Held {
	if f.known == nil {
		if f.lookups++; f.lookups <= f.source.Len()/8 {
			if item, ok := f.source.Item(record); ok {
				return f.key(item)
			}
			return nil
		}
		f.known = make(map[attio.ID]*world.Held, f.source.Len())
		for h := range matching(f.source, all{}) {
			f.known[h.id] = f.key(h.view)
		}
	}
	return f.known[record]
}

// compare puts records without a value last in both directions, as Attio's app does. What the API does was
// never captured.
func (o *order) compare(a, b *world.Held) int {
	switch noA, noB := o.lacks(a), o.lacks(b); {
	case noA && noB:
		return 0
	case noA:
		return 1
	case noB:
		return -1
	}
	c := o.field.kind.compare(o.attribute, a, b)
	if o.descending {
		return -c
	}
	return c
}

// lacks reports whether there is no value by which to sort.
func (o *order) lacks(held *world.Held) bool { return held == nil || !o.field.kind.given(held) }
