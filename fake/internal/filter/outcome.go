package filter

import (
	"iter"
	"math"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// outcome is what a query finds in a collection, as far as pages have asked for it.
type outcome struct {
	making sync.Mutex // pages are made one after another

	plan  *plan         // nil once all is found
	more  iter.Seq[hit] // goes on where it stopped if the source is columnar
	items []Item        // those found so far, by ascending id

	orders []order       // none once the items are sorted
	keys   []*world.Held // by which the items are sorted, one for each item and order
	sorted *ranking      // nil before the first page
}

func newOutcome(p *plan) *outcome {
	return &outcome{plan: p, more: matching(p.source, p.filter), orders: p.orders}
}

// page returns the items from one place to another.
func (o *outcome) page(from, to int) []Item {
	o.making.Lock()
	defer o.making.Unlock()
	if len(o.orders) == 0 {
		o.find(to)
		return append([]Item{}, o.items[min(from, len(o.items)):min(to, len(o.items))]...)
	}
	if o.sorted == nil {
		o.find(math.MaxInt)
		o.sorted = newRanking(len(o.items), o.compare, o.refine)
	}
	page := []Item{}
	for _, row := range o.sorted.page(from, to) {
		page = append(page, o.items[row.number])
	}
	if o.sorted.whole.sorted {
		o.settle()
	}
	return page
}

// settle puts the items into their order once all of it is known.
func (o *outcome) settle() {
	items := make([]Item, len(o.items))
	for i, row := range o.sorted.rows {
		items[i] = o.items[row.number]
	}
	o.items, o.orders, o.keys, o.sorted = items, nil, nil, nil
}

// find looks for items until there are so many.
func (o *outcome) find(most int) {
	if o.plan == nil || len(o.items) >= most {
		return
	}
	if o.plan.unfiltered() {
		n := min(most, o.plan.source.Len())
		o.items, o.keys = make([]Item, 0, n), make([]*world.Held, 0, n*len(o.orders))
	}
	for h := range o.more {
		o.items = append(o.items, h.item)
		for i := range o.orders {
			o.keys = append(o.keys, o.orders[i].path.key(h.view))
		}
		if len(o.items) == most {
			return
		}
	}
	o.plan, o.more = nil, nil
	for i := range o.orders {
		o.orders[i].path = nil // an outcome that is remembered holds no state
	}
}

func (o *outcome) compare(x, y int32) int {
	n := len(o.orders)
	for i := range o.orders {
		if c := o.orders[i].compare(o.keys[int(x)*n+i], o.keys[int(y)*n+i]); c != 0 {
			return c
		}
	}
	return 0
}

// refine computes the initials of a part anew if few of them differ.
func (o *outcome) refine(part []row) {
	if tied(part) {
		setInitials(part, &o.orders[0], o.keys, len(o.orders))
	}
}

// hasMore reports whether there are, or may be, items beyond a page of this size.
func (o *outcome) hasMore(size int) bool {
	o.making.Lock()
	defer o.making.Unlock()
	return o.plan != nil || len(o.items) > size
}

// bytes is how much memory the outcome takes, without what it shares with the collection.
func (o *outcome) bytes() int {
	o.making.Lock()
	defer o.making.Unlock()
	n := 16*cap(o.items) + 8*cap(o.keys)
	if o.sorted != nil {
		n += 16 * len(o.sorted.rows)
	}
	if o.plan != nil {
		for _, l := range o.plan.leads {
			n += 48 * len(l.reached) // a map needs about so much for each
		}
	}
	return n
}
