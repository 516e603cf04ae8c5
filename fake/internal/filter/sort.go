package filter

import (
	"cmp"
	"container/heap"
	"math/bits"
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
	steps      []step
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
	return order{steps, f, strings.EqualFold(s.Direction, "desc")}, nil
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
	c := o.field.kind.compare(o.steps[len(o.steps)-1].attribute, a, b)
	if o.descending {
		return -c
	}
	return c
}

// row is a record that was found, with the values by which it is sorted.
type row struct {
	id   attio.ID
	item Item
	keys []*world.Held
}

// top keeps the first rows of an order in a heap whose root is the last of them.
type top struct {
	orders []order
	size   int
	rows   []row
	heaped bool          // the rows are a heap, which they need not be before the first is dropped
	spare  []*world.Held // the keys of a dropped row, for reuse
}

// add keeps a row if it is among the first. Equal records are ordered by id.
func (t *top) add(h hit) {
	r := row{h.id, h.item, t.keys(h.view)}
	if len(t.rows) < t.size {
		t.rows = append(t.rows, r)
		return
	}
	if !t.heaped {
		heap.Init(t)
		t.heaped = true
	}
	switch {
	case t.size > 0 && t.compare(r, t.rows[0]) < 0:
		t.spare = t.rows[0].keys
		t.rows[0] = r
		heap.Fix(t, 0)
	default:
		t.spare = r.keys
	}
}

func (t *top) keys(item Item) []*world.Held {
	keys := t.spare
	t.spare = nil
	if keys == nil {
		keys = make([]*world.Held, len(t.orders))
	}
	for i := range t.orders {
		keys[i] = t.orders[i].key(item)
	}
	return keys
}

func (t *top) compare(a, b row) int {
	for i := range t.orders {
		if c := t.orders[i].compare(a.keys[i], b.keys[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.id, b.id)
}

// from returns the rows after the first so many, in order. It sorts only these: the last page of many records costs little
// more than the first.
func (t *top) from(skipped int) []row {
	if skipped >= len(t.rows) {
		return nil
	}
	t.part(skipped)
	rest := t.rows[skipped:]
	slices.SortFunc(rest, t.compare)
	return rest
}

// part brings the first k rows before all others, by quickselect. What is left after many rounds, in a bad case, is sorted.
func (t *top) part(k int) {
	rest := t.rows
	for rounds := 2 * bits.Len(uint(len(rest))); len(rest) > 12 && k > 0; rounds-- {
		if rounds == 0 {
			slices.SortFunc(rest, t.compare)
			return
		}
		before := t.partAround(rest, t.middle(rest))
		if k <= before {
			rest = rest[:before]
		} else { // the pivot is in its place
			rest, k = rest[before+1:], k-before-1
		}
	}
	if k > 0 {
		slices.SortFunc(rest, t.compare)
	}
}

// middle returns the index of the median of three rows.
func (t *top) middle(rows []row) int {
	a, b, c := 0, len(rows)/2, len(rows)-1
	if t.compare(rows[a], rows[b]) > 0 {
		a, b = b, a
	}
	switch {
	case t.compare(rows[b], rows[c]) <= 0:
		return b
	case t.compare(rows[a], rows[c]) <= 0:
		return c
	}
	return a
}

// partAround brings the rows before a pivot to the beginning and returns how many these are. The pivot follows them.
func (t *top) partAround(rows []row, pivot int) int {
	last := len(rows) - 1
	rows[pivot], rows[last] = rows[last], rows[pivot]
	before := 0
	for i := range last {
		if t.compare(rows[i], rows[last]) < 0 {
			rows[i], rows[before] = rows[before], rows[i]
			before++
		}
	}
	rows[before], rows[last] = rows[last], rows[before]
	return before
}

// The methods of heap.Interface.

func (t *top) Len() int           { return len(t.rows) }
func (t *top) Less(i, j int) bool { return t.compare(t.rows[i], t.rows[j]) > 0 }
func (t *top) Swap(i, j int)      { t.rows[i], t.rows[j] = t.rows[j], t.rows[i] }
func (t *top) Push(any)           {} // never grows
func (t *top) Pop() any           { return nil }
