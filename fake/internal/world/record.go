package world

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Record is one record, or one entry of a list, at one moment. It never changes; a transaction makes the next one.
type Record struct {
	ID attio.ID

	created  *Stamp // when and by whom; nil until a record of a scenario is filled
	cells    []cell // only of attributes that have or had a value
	rendered atomic.Pointer[rendering]
	writer   *writer // the transaction that made it
}

// writer stands for a transaction in the records, the stores and the nodes of trees that it makes, because they live longer than
// the transaction. What it has made it may change.
type writer struct {
	leaves, forks int64 // how many it has made
}

// cell holds the values of a record for one attribute.
type cell struct {
	attribute attio.ID
	active    []Held // in their order
	more      *more  // what few cells have; it never changes
}

// more is what a cell has besides active values.
type more struct {
	past []Held // in the order in which they ended
	room *room  // the room that ends in the active values; nil if they have an array of their own
}

// Held is a value that a record has, or had.
type Held struct {
	*Stamp
	Until *time.Time // nil while it is held
	Value attribute.Value
}

// Stamp says since when a value is held and who wrote it. It never changes, so the values of one write share theirs.
type Stamp struct {
	From  time.Time
	Actor attio.Actor
}

// CreatedAt returns when the record was created.
func (r *Record) CreatedAt() time.Time {
	if r.created == nil {
		return time.Time{}
	}
	return r.created.From
}

// CreatedBy returns who created the record.
func (r *Record) CreatedBy() attio.Actor {
	if r.created == nil {
		return attio.Actor{}
	}
	return r.created.Actor
}

// Active returns the values that the record has for an attribute, in their order.
func (r *Record) Active(d *attribute.Definition) []Held {
	if value := r.computed(d); value != nil {
		return []Held{{Stamp: r.created, Value: value}}
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
	all := slices.Concat(c.past(), c.active)
	slices.SortStableFunc(all, func(a, b Held) int { return a.From.Compare(b.From) })
	return all
}

// Past returns the values that the record had for an attribute, in the order in which they ended.
func (r *Record) Past(d *attribute.Definition) []Held {
	if c := r.cell(d.ID); c != nil {
		return c.past()
	}
	return nil
}

// Stored returns what Active and Past return for an attribute that is not computed.
func (r *Record) Stored(d *attribute.Definition) (active, past []Held) {
	if c := r.cell(d.ID); c != nil {
		return c.active, c.past()
	}
	return nil, nil
}

// computed returns the value of an attribute that never changes and is not stored, or nil.
func (r *Record) computed(d *attribute.Definition) attribute.Value {
	switch d.Computed {
	case attribute.ComputedID:
		return attribute.Text(r.ID)
	case attribute.ComputedCreatedAt:
		return attribute.Timestamp{Time: r.CreatedAt()}
	case attribute.ComputedCreatedBy:
		return attribute.ActorReference{Actor: r.CreatedBy()}
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

func (r *Record) id() attio.ID              { return r.ID }
func (r *Record) head() uint64              { return textHead(string(r.ID)) }
func (r *Record) compare(other *Record) int { return strings.Compare(string(r.ID), string(other.ID)) }

// clone returns a copy of a record that a transaction may change. Appending to its slices does not change the original.
func (r *Record) clone() *Record {
	next := &Record{ID: r.ID, created: r.created, cells: slices.Clone(r.cells)}
	for i := range next.cells {
		next.cells[i].active = slices.Clip(next.cells[i].active)
	}
	return next
}

// change returns the cell of an attribute for a transaction to change; the record must be its own.
func (r *Record) change(d *attribute.Definition) *cell {
	if c := r.cell(d.ID); c != nil {
		return c
	}
	if len(r.cells) == cap(r.cells) {
		r.reserve(1)
	}
	r.cells = append(r.cells, cell{attribute: d.ID})
	return &r.cells[len(r.cells)-1]
}

// reserve makes room for the cells of n more attributes, and not for more than those.
func (r *Record) reserve(n int) {
	r.cells = append(make([]cell, 0, len(r.cells)+n), r.cells...)
}

// past returns the values that ended, in that order.
func (c *cell) past() []Held {
	if c.more == nil {
		return nil
	}
	return c.more.past
}

// room returns the room that ends in the active values, or nil.
func (c *cell) room() *room {
	if c.more == nil {
		return nil
	}
	return c.more.room
}

// put sets all that the cell holds.
func (c *cell) put(active, past []Held, room *room) {
	c.active, c.more = active, nil
	if len(past) > 0 || room != nil {
		c.more = &more{past, room}
	}
}

// replace makes exactly these values active; no two of them may be the same. A value that is active already stays as it
// is, with its author and time: Attio does not write the same value again, as recorded in May 2026. If only the
// spelling is different, the new one takes its place. It returns the values that ended and those that began, without
// mere changes of spelling.
func (c *cell) replace(values []attribute.Value, stamp *Stamp) (ended, began []Held) {
	active := make([]Held, 0, len(values))
	if len(c.active) == 0 {
		for _, value := range values {
			active = append(active, Held{Stamp: stamp, Value: value})
		}
		c.put(active, c.past(), nil)
		return nil, active
	}
	before := byKey(c.active)
	respelled := make(map[string]bool)
	for _, value := range values {
		key := value.Key()
		held, known := before[key]
		switch delete(before, key); {
		case !known:
			held = Held{Stamp: stamp, Value: value}
			began = append(began, held)
		case !attribute.SpelledAlike(held.Value, value):
			held = Held{Stamp: stamp, Value: value}
			respelled[key] = true
		}
		active = append(active, held)
	}
	past := slices.Clip(c.past())
	for _, held := range c.active {
		_, gone := before[held.Value.Key()]
		if gone {
			ended = append(ended, held)
		}
		if gone || respelled[held.Value.Key()] {
			held.Until = &stamp.From
			past = append(past, held)
		}
	}
	c.put(active, past, nil)
	return ended, began
}

// add adds a value that is not active yet before the active ones.
func (c *cell) add(value attribute.Value, stamp *Stamp) {
	held := Held{Stamp: stamp, Value: value}
	if len(c.active) < manyValues {
		c.active = slices.Insert(c.active, 0, held)
		return
	}
	room := c.room()
	if room == nil || !room.claim(len(c.active)) {
		room = newRoom(c.active)
		c.put(c.active, c.past(), room)
	}
	c.active = room.put(len(c.active), held)
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

// end ends one value, if it is active, at the time of a stamp.
func (c *cell) end(value attribute.Value, at *Stamp) {
	i := indexOf(c.active, value)
	if i < 0 {
		return
	}
	held := c.active[i]
	held.Until = &at.From
	active := c.active
	switch last := len(active) - 1; {
	case last == 0:
		active = nil
	case i == 0: // values at either end are cut off without a copy
		active = active[1:]
	case i == last:
		active = slices.Clip(active[:last])
	default:
		active = slices.Concat(active[:i], active[i+1:])
	}
	c.put(active, append(slices.Clip(c.past()), held), nil)
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
