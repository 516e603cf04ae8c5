package world

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Record is one record at one moment. It never changes; a write makes the next one.
type Record struct {
	ID        attio.ID
	CreatedAt time.Time
	CreatedBy attio.Actor

	cells    []cell // those attributes that have or had a value
	rendered atomic.Pointer[rendering]
}

// cell is what a record has for one attribute.
type cell struct {
	attribute attio.ID
	active    []Held // in their order
	past      []Held // in the order in which they ended
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

// computed returns the value of an attribute that is the same for ever and not stored, or nil.
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

// with returns the record with other active values of an attribute. A value that the record has
// already stays as it is, whoever wrote it when; one that it loses becomes history.
func (r *Record) with(d *attribute.Definition, values []attribute.Value, now time.Time, by attio.Actor) *Record {
	old := r.cell(d.ID)
	next := cell{attribute: d.ID, active: make([]Held, 0, len(values))}
	if old != nil {
		next.past = slices.Clip(old.past)
	}
	for _, value := range values {
		if old != nil {
			if i := indexOf(old.active, value.Key()); i >= 0 {
				next.active = append(next.active, old.active[i])
				continue
			}
		}
		next.active = append(next.active, Held{From: now, Actor: by, Value: value})
	}
	if old != nil {
		for _, held := range old.active {
			if indexOf(next.active, held.Value.Key()) < 0 {
				held.Until = &now
				next.past = append(next.past, held)
			}
		}
	}
	return r.withCell(next)
}

// withCell returns the record with a cell in the place of the one for the same attribute.
func (r *Record) withCell(next cell) *Record {
	record := &Record{ID: r.ID, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy, cells: slices.Clone(r.cells)}
	if c := record.cell(next.attribute); c != nil {
		*c = next
	} else {
		record.cells = append(record.cells, next)
	}
	return record
}

// indexOf returns the place of the value with a key, or -1.
func indexOf(values []Held, key string) int {
	return slices.IndexFunc(values, func(h Held) bool { return h.Value.Key() == key })
}

// rendering is the JSON of a record under a schema.
type rendering struct {
	schema *Schema
	json   []byte
}

// Render returns the JSON of the record, which render makes where it is not at hand. It holds for as
// long as the schema does.
func (r *Record) Render(schema *Schema, render func() []byte) []byte {
	if kept := r.rendered.Load(); kept != nil && kept.schema == schema {
		return kept.json
	}
	json := render()
	r.rendered.Store(&rendering{schema, json})
	return json
}

// store holds the records of one object.
type store struct {
	records Table[attio.ID, *Record]
	// unique says for each unique attribute which record has a value, by the value's key.
	unique map[attio.ID]*Table[string, attio.ID]

	copying sync.Mutex // the tables allow one copy at a time
}

// next returns a copy for a transaction to change.
func (s *store) next() *store {
	s.copying.Lock()
	defer s.copying.Unlock()
	next := &store{records: s.records.copy(), unique: make(map[attio.ID]*Table[string, attio.ID], len(s.unique))}
	for attribute, table := range s.unique {
		copied := table.copy()
		next.unique[attribute] = &copied
	}
	return next
}

// stores holds the records of all objects.
type stores struct{ Table[attio.ID, *store] }

func (s *stores) copy() stores { return stores{s.Table.copy()} }

// holder returns the record of an object that has a value of a unique attribute.
func (s *stores) holder(object attio.ID, d *attribute.Definition, key string) (attio.ID, bool) {
	records, ok := s.Get(object)
	if !ok {
		return "", false
	}
	if d.Computed == attribute.ComputedID {
		_, ok := records.records.Get(attio.ID(key))
		return attio.ID(key), ok
	}
	table, ok := records.unique[d.ID]
	if !ok {
		return "", false
	}
	return table.Get(key)
}

// index moves a record's values of a unique attribute in the index from before to after.
func (s *store) index(d *attribute.Definition, id attio.ID, before, after []Held) {
	table, ok := s.unique[d.ID]
	if !ok {
		table = &Table[string, attio.ID]{}
		s.unique[d.ID] = table
	}
	for _, held := range before {
		if holder, ok := table.Get(held.Value.Key()); ok && holder == id {
			table.delete(held.Value.Key())
		}
	}
	for _, held := range after {
		table.set(held.Value.Key(), id)
	}
}
