package scenario

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// table has the records of an object or an activity, or the entries of a list, in the order of the file. They are written twice: what
// takes long to find out is kept.
type table struct {
	kind    world.Kind
	columns []tableColumn
	records []*world.Record
	keys    []string         // of the records
	places  map[attio.ID]int // of the records, by their ids
	cells   []cell           // of each record one for each column

	references []*yamltree.Mapping // to the records, as they are written; nil for those to which none has been written
}

// tableColumn is an attribute that a file may have values of.
type tableColumn struct {
	*attribute.Definition
	key     string
	shared  map[string]bool     // the values of a unique attribute that several records have
	leads   bool                // of the two sides of a relationship, this one is written
	inverse [][]attribute.Value // what loading derives from the other side, if that leads: for each record its values
}

// cell is how a file has the values of a record for an attribute.
type cell uint8

const (
	undecided   cell = iota
	leftOut          // loading gives the record its values without their being written
	writtenNone      // as an empty list
	writtenOnce      // as values that have not changed since the record was created
	writtenPast      // as a history
)

// nameRecords gives records and entries their keys, and works out which references follow from others.
func (e *exporter) nameRecords() {
	e.tables = make(map[attio.ID]*table)
	for _, o := range e.state.Schema.Objects {
		e.addTable(o, recordNames(o, o.Singular))
	}
	for _, a := range e.state.Schema.Activities {
		e.addTable(a, recordNames(a, a.Singular))
	}
	for _, l := range e.state.Schema.Lists {
		e.addTable(l, func(r *world.Record) string { return e.keyOfParent(l, r) })
	}
	for _, o := range e.allObjects() {
		e.deriveInverses(e.tables[o.ID])
	}
}

// addTable makes a table and gives the records in it their keys. Propose makes one for a record that had none in the scenario.
func (e *exporter) addTable(kind world.Kind, propose func(*world.Record) string) {
	of := kind.Common().ID
	t := &table{kind: kind, records: make([]*world.Record, 0, e.state.CountRecords(of))}
	for _, d := range kind.Common().Attributes {
		if d.Computed != "" {
			continue
		}
		c := tableColumn{Definition: d, key: e.keys[d.ID], leads: e.leads(d)}
		if isReserved(kind, c.key) {
			c.key = string(d.ID)
		}
		if d.Unique {
			c.shared = e.state.Shared(of, d)
		}
		t.columns = append(t.columns, c)
	}
	for record := range e.state.Records(of) {
		t.records = append(t.records, record)
	}
	names := inOrder(e, t.records, func(r *world.Record) (attio.ID, time.Time) { return r.ID, r.CreatedAt() })
	t.cells = make([]cell, len(t.records)*len(t.columns))
	t.places = make(map[attio.ID]int, len(t.records))
	for i, record := range t.records {
		t.places[record.ID] = i
	}
	t.references = make([]*yamltree.Mapping, len(t.records))
	t.keys = uniqueKeys(names, make(map[string]bool, len(names)), func(n int) string { return propose(t.records[n]) })
	e.tables[of] = t
}

// find returns the place of a record or an entry in its table, if it exists.
func (e *exporter) find(of, id attio.ID) (t *table, place int, ok bool) {
	if last := &e.latest; last.table != nil && last.id == id && last.of == of {
		return last.table, last.place, true
	}
	if t, ok = e.tables[of]; ok {
		if place, ok = t.places[id]; ok {
			e.latest = located{t, of, id, place}
		}
	}
	return t, place, ok
}

// located is a record or an entry that was found. A reference is mostly looked for several times in a row.
type located struct {
	table  *table
	of, id attio.ID
	place  int
}

// keyOf returns the key of a record of an object or an activity, or an entry of a list.
func (e *exporter) keyOf(of, id attio.ID) string {
	t, place, ok := e.find(of, id)
	if !ok {
		return ""
	}
	return t.keys[place]
}

// recordNames makes keys from the names of records or, without one, from the first value that yields a key.
func recordNames(kind world.Kind, noun string) func(*world.Record) string {
	var named, others []*attribute.Definition
	for _, d := range kind.Common().Attributes {
		switch {
		case d.Computed != "":
		case d.Slug == "name":
			named = append(named, d)
		default:
			others = append(others, d)
		}
	}
	attributes := append(named, others...)
	return func(r *world.Record) string {
		for _, d := range attributes {
			for _, held := range r.Active(d) {
				if key := cleanKey(titleText(held.Value), ""); key != "" {
					return key
				}
			}
		}
		return cleanKey(noun, "record")
	}
}

// things writes the records or entries of a table, one at a time.
func (e *exporter) things(kind world.Kind, path string, begin func(*yamltree.Mapping, *world.Record)) any {
	t := e.tables[kind.Common().ID]
	if len(t.records) == 0 {
		return nil
	}
	given := make([]bool, len(t.records)) // whether the file gives a record its id
	for i, record := range t.records {
		given[i] = !e.isDerivedID(path+t.keys[i], record.ID)
	}
	return yamltree.Entries(func(yield func(string, any) bool) {
		m := new(yamltree.Mapping)
		e.locations.writing = true
		defer func() { e.locations.writing = false }()
		for i, record := range t.records {
			m.Entries, e.locations.used = m.Entries[:0], 0 // the record before is written
			if given[i] {
				e.giveID(m, record.ID)
			}
			begin(m, record)
			e.putCreatedBy(m, record.CreatedAt(), record.CreatedBy())
			e.putValues(m, t, i)
			if !yield(t.keys[i], m) {
				return
			}
		}
	})
}

// putValues adds the values of a record or an entry: plain ones for attributes that have not changed since it was created, and
// histories for the others.
func (e *exporter) putValues(m *yamltree.Mapping, t *table, i int) {
	record := t.records[i]
	var history *yamltree.Mapping
	for j := range t.columns {
		c := &t.columns[j]
		switch e.cell(t, i, j) {
		case writtenNone:
			m.Put(c.key, yamltree.Sequence{}) // or it would get its default
		case writtenOnce:
			m.Put(c.key, e.values(c.Definition, record.Active(c.Definition)))
		case writtenPast:
			if history == nil {
				history = new(yamltree.Mapping)
			}
			history.Put(c.key, e.history(record, c.Definition))
		}
	}
	if history != nil {
		m.Put(historyKey, history)
	}
}

// cell returns how a file has the values of the i-th record for the attribute of a column.
func (e *exporter) cell(t *table, i, column int) cell {
	known := &t.cells[i*len(t.columns)+column]
	if *known == undecided {
		*known = e.decide(t.records[i], i, &t.columns[column])
	}
	return *known
}

func (e *exporter) decide(record *world.Record, i int, c *tableColumn) cell {
	active, past := record.Stored(c.Definition)
	switch {
	case c.derives(i, active, past):
		return leftOut
	case len(active)+len(past) == 0 && !c.Required && c.Type != attribute.TypeRecordReference:
		return writtenNone
	case len(active) > 0 && len(past) == 0 && e.isOriginal(record, c, active):
		return writtenOnce
	}
	return writtenPast
}

// derives reports whether loading gives the i-th record its values of an attribute without their being written.
func (c *tableColumn) derives(i int, active, past []world.Held) bool {
	if len(past) > 0 {
		return false
	}
	if len(active) == 0 && (c.Required || c.Default != nil && c.Type != attribute.TypeRecordReference) {
		return false
	}
	if c.Relationship == nil || c.leads {
		return len(active) == 0
	}
	if c.inverse == nil {
		return len(active) == 0
	}
	return slices.EqualFunc(active, c.inverse[i], func(held world.Held, value attribute.Value) bool { return held.Value == value })
}

// isOriginal reports whether values of an attribute are those that a listed record gets when it is created: valid since
// then, written by the record's author, and allowed for a new record.
func (e *exporter) isOriginal(record *world.Record, c *tableColumn, active []world.Held) bool {
	if c.Relationship != nil && !c.leads {
		return false
	}
	since, by := record.CreatedAt(), record.CreatedBy()
	switch {
	case c.Type == attribute.TypeRecordReference:
		since = e.linkTime(since, active)
	case !c.Writable:
		by = world.System().Actor
	}
	for _, held := range active {
		if !held.From.Equal(since) || held.Actor != by || len(c.shared) > 0 && c.shared[held.Value.Key()] {
			return false
		}
		if to, ok := held.Value.(attribute.RecordReference); ok && len(c.Objects) > 0 && !slices.Contains(c.Objects, to.Object) {
			return false
		}
	}
	return true
}

// values writes the values of an attribute in the form that clients use.
func (e *exporter) values(d *attribute.Definition, active []world.Held) any {
	if !d.Multiselect {
		return e.value(d, active[0].Value)
	}
	written := make(yamltree.Sequence, len(active))
	for i, held := range active {
		written[i] = e.value(d, held.Value)
	}
	return written
}
