package filter

import (
	"iter"
	"slices"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The values of an attribute are scattered over memory, so a scan of many records misses the cache at each
// one. Columns are contiguous copies, 100 to 250 bytes per value, made for the attributes that scans read.
// They belong to immutable blocks of records: after a write, a scan rebuilds only the blocks that changed.

const (
	columnsFrom = 1000 // records; smaller collections are fast without columns
	blockSize   = 256  // records in a new block
)

// columnar is a Source that offers its records in blocks, by ascending id, if it is large.
type columnar interface{ blocks() ([]*block, bool) }

func (r records) blocks() ([]*block, bool) {
	if r.Len() < columnsFrom {
		return nil, false
	}
	return r.blocksOf(blockSize), true
}

// blocksOf returns the records in blocks; size is that of new blocks.
func (r records) blocksOf(size int) []*block {
	return r.state.DeriveRecords(r.of.ID, func(earlier any) any {
		before, _ := earlier.([]*block)
		return cut(r.state.Records(r.of.ID), before, size)
	}).([]*block)
}

// cut divides records into blocks and reuses the earlier blocks that are unchanged. New blocks end where the
// earlier ones did.
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

// block is a run of records with the columns that scans have needed.
type block struct {
	records []*world.Record // at least one
	ids     []attio.ID      // the records' ids
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

// hasAt reports whether the record is the i-th of the block.
func (b *block) hasAt(i int, record *world.Record) bool {
	return i < len(b.records) && b.records[i] == record
}

// isAfter reports whether the whole block comes after a record.
func (b *block) isAfter(record *world.Record) bool {
	return b.records[0] != record && b.ids[0] > record.ID
}

// column holds the values of one attribute of the records of a block.
type column struct {
	values []world.Held
	ends   []int32 // where each record's values end
}

// column returns the column of an attribute, which it makes if needed.
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
	c.values = slices.Clone(c.values) // drops unused capacity
	for i := range c.values {
		c.values[i].Value = c.values[i].Value.Together()
	}
	if b.columns == nil {
		b.columns = make(map[attio.ID]*column)
	}
	b.columns[d.ID] = c
	return c
}

// view is an Item that reads one record from the columns of its block.
type view struct {
	*block
	at   int
	read []read // the columns that this scan has read so far
}

// read is a column with its attribute.
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

// get returns the values of the i-th record of the block.
func (c *column) get(i int) []world.Held {
	if i == 0 {
		return c.values[:c.ends[0]]
	}
	return c.values[c.ends[i-1]:c.ends[i]]
}

// scan yields the records of the blocks that meet a condition.
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
