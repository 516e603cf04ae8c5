package filter

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The values of one attribute lie scattered over the memory, so that a scan of many records waits for
// each of them. Columns are copies that lie side by side, some 100 to 250 bytes a value, made for the
// attributes that scans read. They belong to blocks of records, which never change: after a write a
// scan makes new blocks, and new columns, only for what changed.

const (
	columnsFrom = 1000 // records, below which a scan is fast without columns
	blockSize   = 256  // records of a new block
)

// columnar is a Source that, where it is large, has its records in blocks, in ascending order of their
// ids.
type columnar interface{ blocks() ([]*block, bool) }

func (r records) blocks() ([]*block, bool) {
	if r.Len() < columnsFrom {
		return nil, false
	}
	return r.blocksOf(blockSize), true
}

// blocksOf returns the records in blocks, of which new ones have a size.
func (r records) blocksOf(size int) []*block {
	return r.state.DeriveRecords(r.of.ID, func(earlier any) any {
		before, _ := earlier.([]*block)
		return cut(r.state.Records(r.of.ID), before, size)
	}).([]*block)
}

// cut parts records into blocks and keeps those earlier ones that are as they were. A block ends where
// the next earlier one began.
func cut(records iter.Seq[*world.Record], earlier []*block, size int) []*block {
	blocks := make([]*block, 0, len(earlier)+1)
	var run []*world.Record
	end := func() {
		switch {
		case len(earlier) > 0 && slices.Equal(run, earlier[0].records):
			blocks = append(blocks, earlier[0])
		case len(run) < 2*size && len(run) > 0:
			blocks = append(blocks, newBlock(run))
		default:
			for part := range slices.Chunk(run, size) {
				blocks = append(blocks, newBlock(part))
			}
		}
		run = run[:0]
	}
	for record := range records {
		for len(earlier) > 1 && !earlier[0].hasAt(len(run), record) && !earlier[1].isAfter(record) {
			end()
			earlier = earlier[1:]
		}
		run = append(run, record)
	}
	end()
	return blocks
}

// block is a run of records and what scans have needed of them.
type block struct {
	records []*world.Record // at least one
	ids     []attio.ID      // theirs, at hand
	making  sync.Mutex
	columns map[attio.ID]*column // by attribute
}

func newBlock(records []*world.Record) *block {
	b := &block{records: slices.Clone(records), ids: make([]attio.ID, len(records))}
	for i, record := range records {
		b.ids[i] = record.ID
	}
	return b
}

// hasAt reports whether a record is at a place of the block.
func (b *block) hasAt(i int, record *world.Record) bool {
	return i < len(b.records) && b.records[i] == record
}

// isAfter reports whether a record comes before all of the block.
func (b *block) isAfter(record *world.Record) bool {
	return b.records[0] != record && b.ids[0] > record.ID
}

// column is what the records of a block have for one attribute.
type column struct {
	values []world.Held
	ends   []int32 // of the values of each record
}

// column returns the column of an attribute.
func (b *block) column(d *attribute.Definition) *column {
	b.making.Lock()
	defer b.making.Unlock()
	if c, ok := b.columns[d.ID]; ok {
		return c
	}
	c := &column{ends: make([]int32, len(b.records))}
	for i, record := range b.records {
		c.values = append(c.values, record.Active(d)...)
		c.ends[i] = int32(len(c.values))
	}
	c.values = slices.Clone(c.values) // in an array that is not larger than it has to be
	for i := range c.values {
		c.values[i].Value = together(c.values[i].Value)
	}
	if b.columns == nil {
		b.columns = make(map[attio.ID]*column)
	}
	b.columns[d.ID] = c
	return c
}

// together copies a value, so that values copied one after the other lie so in memory. A type that is
// missing here is scanned more slowly.
func together(value attribute.Value) attribute.Value {
	switch v := value.(type) {
	case attribute.Text:
		return clone(v)
	case attribute.Date:
		return clone(v)
	case attribute.Number:
		return v // to return it copies it
	case attribute.Money:
		return v
	case attribute.Timestamp:
		return v
	case attribute.OptionID:
		return v
	case attribute.StatusID:
		return v
	case attribute.RecordReference:
		return attribute.RecordReference{Object: v.Object, Record: clone(v.Record)}
	case attribute.PersonalName:
		return attribute.PersonalName{First: clone(v.First), Last: clone(v.Last), Full: clone(v.Full)}
	case attribute.Domain:
		return attribute.Domain{Domain: clone(v.Domain), Root: clone(v.Root)}
	case attribute.EmailAddress:
		v.Address, v.Domain, v.Root, v.Local = clone(v.Address), clone(v.Domain), clone(v.Root), clone(v.Local)
		return v
	case attribute.PhoneNumber:
		v.Number = clone(v.Number)
		return v
	}
	return value
}

func clone[S ~string](s S) S { return S(strings.Clone(string(s))) }

// view is a record as the columns of its block have it.
type view struct {
	*block
	at   int
	read []read // the columns that this scan has needed so far
}

// read is a column and the attribute that it is of.
type read struct {
	of *attribute.Definition
	*column
}

// Active implements Item.
func (v *view) Active(d *attribute.Definition) []world.Held {
	i := slices.IndexFunc(v.read, func(one read) bool { return one.of == d })
	if i < 0 {
		i = len(v.read)
		v.read = append(v.read, read{d, v.column(d)})
	}
	return v.read[i].get(v.at)
}

// get returns the values of the record at a place of the block.
func (c *column) get(i int) []world.Held {
	if i == 0 {
		return c.values[:c.ends[0]]
	}
	return c.values[c.ends[i-1]:c.ends[i]]
}

// scan yields those records of blocks that meet a condition.
func scan(blocks []*block, n node) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		v := new(view)
		for _, v.block = range blocks {
			v.read = v.read[:0]
			for i, record := range v.records {
				v.at = i
				if n.matches(v) && !yield(hit{v.ids[i], record, v}) {
					return
				}
			}
		}
	}
}
