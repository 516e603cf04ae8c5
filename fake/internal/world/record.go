package world

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Record is one record, or one entry of a list, at one moment. It never changes; a transaction makes the next one.
type Record struct {
	ID        attio.ID
	CreatedAt time.Time
	CreatedBy attio.Actor

	cells    []cell // only of attributes that have or had a value
	rendered atomic.Pointer[rendering]
}

// cell holds the values of a record for one attribute.
type cell struct {
	attribute attio.ID
	active    []Held // in their order
	past      []Held // in the order in which they ended
	room      *room  // the room that ends in the active values; nil if they have an array of their own
}

// Held is a value that a record has, or had.
type Held struct {
	From  time.Time
	Until *time.Time // nil while it is held
	Actor attio.Actor
	Value attribute.Value
}

// Active returns the values that the record has for an attribute, in their order.
func (r *Record) Active(d *attribute.Definition) []Held {
	if value := r.computed(d); value != nil {
		return []Held{{From: r.CreatedAt, Actor: r.CreatedBy, Value: value}}
	}
	if c := r.cell(d.ID); c != nil {
		return c.active
	}
	return nil
}

// History returns all values that the record has or ever had for an attribute, oldest first.
func (r *Record) History(d *attribute.Definition) []Held {
	c := r.cell(d.ID)
	if c == nil {
		return r.Active(d)
	}
	all := slices.Concat(c.past, c.active)
	slices.SortStableFunc(all, func(a, b Held) int { return a.From.Compare(b.From) })
	return all
}

// Past returns the values that the record had for an attribute, in the order in which they ended.
func (r *Record) Past(d *attribute.Definition) []Held {
	if c := r.cell(d.ID); c != nil {
		return c.past
	}
	return nil
}

// computed returns the value of an attribute that never changes and is not stored, or nil.
func (r *Record) computed(d *attribute.Definition) attribute.Value {
	switch d.Computed {
	case attribute.ComputedID:
		return attribute.Text(r.ID)
	case attribute.ComputedCreatedAt:
		return attribute.Timestamp{Time: r.CreatedAt}
	case attribute.ComputedCreatedBy:
		return attribute.ActorReference{Actor: r.CreatedBy}
	}
	return nil
}

func (r *Record) cell(id attio.ID) *cell {
	for i := range r.cells {
		if r.cells[i].attribute == id {
			return &r.cells[i]
		}
	}
	return nil
}

// clone returns a copy of a record that a transaction may change. Appending to its slices does not change the original.
func (r *Record) clone() *Record {
	next := &Record{ID: r.ID, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy, cells: slices.Clone(r.cells)}
	for i := range next.cells {
		c := &next.cells[i]
		c.active, c.past = slices.Clip(c.active), slices.Clip(c.past)
	}
	return next
}

// change returns the cell of an attribute for a transaction to change; the record must be its own.
func (r *Record) change(d *attribute.Definition) *cell {
	r.rendered.Store(nil)
	if c := r.cell(d.ID); c != nil {
		return c
	}
	r.cells = append(r.cells, cell{attribute: d.ID})
	return &r.cells[len(r.cells)-1]
}

// replace makes exactly these values active; no two of them may be the same. A value that is active already stays as it
// is, with its author and time: Attio does not write the same value again, as recorded in May 2026. If only the
// spelling is different, the new one takes its place. It returns the values that ended and those that began, without
// mere changes of spelling.
func (c *cell) replace(values []attribute.Value, now time.Time, by attio.Actor) (ended, began []Held) {
	before := byKey(c.active)
	active := make([]Held, 0, len(values))
	respelled := make(map[string]bool)
	for _, value := range values {
		key := value.Key()
		held, known := before[key]
		switch delete(before, key); {
		case !known:
			held = Held{From: now, Actor: by, Value: value}
			began = append(began, held)
		case !attribute.SpelledAlike(held.Value, value):
			held = Held{From: now, Actor: by, Value: value}
			respelled[key] = true
		}
		active = append(active, held)
	}
	for _, held := range c.active {
		_, gone := before[held.Value.Key()]
		if gone {
			ended = append(ended, held)
		}
		if gone || respelled[held.Value.Key()] {
			held.Until = &now
			c.past = append(c.past, held)
		}
	}
	c.active, c.room = active, nil
	return ended, began
}

// add adds a value that is not active yet before the active ones.
func (c *cell) add(value attribute.Value, now time.Time, by attio.Actor) {
	held := Held{From: now, Actor: by, Value: value}
	if len(c.active) < manyValues {
		c.active = slices.Insert(c.active, 0, held)
		return
	}
	if c.room == nil || !c.room.claim(len(c.active)) {
		c.room = newRoom(c.active)
	}
	c.active = c.room.put(len(c.active), held)
}

// manyValues is the number of values from which an attribute gets a room.
const manyValues = 32

// room is an array that is filled from its end. A company may get thousands of people one after another, each put
// first; with a room the values need not be copied each time. All versions of a record share it: each begins at its own
// place, and only one can claim the place before that.
type room struct {
	held []Held
	used atomic.Int64 // how many places at the end are taken
}

// newRoom returns a room in which values are the last, and the place before them is claimed.
func newRoom(values []Held) *room {
	r := &room{held: make([]Held, 2*len(values))}
	copy(r.held[len(values):], values)
	r.used.Store(int64(len(values)) + 1)
	return r
}

// claim claims the place before the last n, unless another version has claimed it.
func (r *room) claim(n int) bool {
	return n < len(r.held) && r.used.CompareAndSwap(int64(n), int64(n)+1)
}

// put fills the claimed place before the last n, and returns the values from there on.
func (r *room) put(n int, held Held) []Held {
	first := len(r.held) - n - 1
	r.held[first] = held
	return r.held[first:]
}

// end ends one value, if it is active.
func (c *cell) end(value attribute.Value, now time.Time) {
	i := indexOf(c.active, value)
	if i < 0 {
		return
	}
	held := c.active[i]
	held.Until = &now
	c.past = append(c.past, held)
	switch last := len(c.active) - 1; {
	case last == 0:
		c.active = nil
	case i == 0: // values at either end are cut off without a copy
		c.active = c.active[1:]
	case i == last:
		c.active = slices.Clip(c.active[:last])
	default:
		c.active = slices.Concat(c.active[:i], c.active[i+1:])
	}
	c.room = nil
}

// byKey returns values by their keys.
func byKey(values []Held) map[string]Held {
	found := make(map[string]Held, len(values))
	for _, held := range values {
		found[held.Value.Key()] = held
	}
	return found
}

// indexOf returns the place of a value, or -1.
func indexOf(values []Held, value attribute.Value) int {
	if _, ok := value.(attribute.RecordReference); ok { // a company may have thousands; building their keys would be slow
		return slices.IndexFunc(values, func(h Held) bool { return h.Value == value })
	}
	key := value.Key()
	return slices.IndexFunc(values, func(h Held) bool { return h.Value.Key() == key })
}
