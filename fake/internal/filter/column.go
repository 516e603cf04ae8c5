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

// columnar is a Source whose records are a collection, if it is large.
type columnar interface {
	Source
	collection() (*collection, bool)
	version() version
}

// collection is what is derived from the records of a large source: blocks of them by ascending id, and the latest
// outcomes of queries.
type collection struct {
	blocks   []*block
	outcomes outcomes
}

func (r records) collection() (*collection, bool) {
	if r.Len() < columnsFrom {
		return nil, false
	}
	return r.collectionOf(blockSize), true
}

func (r records) version() version { return version{r.state.Schema, r.state.Version(r.of.ID)} }

// collectionOf returns the collection of the records; size is that of new blocks.
func (r records) collectionOf(size int) *collection {
	return r.state.DeriveRecords(r.of.ID, func(earlier *world.Earlier) any {
		if earlier != nil && earlier.Known {
			if blocks := earlier.Value.(*collection).blocks; len(blocks) > 0 {
				return &collection{blocks: r.renew(blocks, earlier.Written, size)}
			}
		}
		return &collection{blocks: cut(nil, slices.Collect(r.state.Records(r.of.ID)), size)}
	}).(*collection)
}

// renew returns blocks in which the written records, in ascending order of their ids, are as they are now. Other blocks
// stay the same.
func (r records) renew(earlier []*block, written []attio.ID, size int) []*block {
	blocks := make([]*block, 0, len(earlier)+1)
	for i, b := range earlier {
		n := len(written)
		if i+1 < len(earlier) {
			n, _ = slices.BinarySearch(written, earlier[i+1].ids[0])
		}
		if n == 0 {
			blocks = append(blocks, b)
			continue
		}
		blocks = cut(blocks, r.rewritten(b.records, written[:n]), size)
		written = written[n:]
	}
	return blocks
}

// rewritten returns a run of records with the written ones as they are now.
func (r records) rewritten(run []*world.Record, written []attio.ID) []*world.Record {
	now := make([]*world.Record, 0, len(run)+len(written))
	for _, id := range written {
		for len(run) > 0 && run[0].ID < id {
			now, run = append(now, run[0]), run[1:]
		}
		if len(run) > 0 && run[0].ID == id {
			run = run[1:]
		}
		if record, ok := r.state.Record(r.of.ID, id); ok {
			now = append(now, record)
		}
	}
	return append(now, run...)
}

// cut adds a run of records to blocks: as one block, or as several if it is too long for one.
func cut(blocks []*block, run []*world.Record, size int) []*block {
	if len(run) >= 2*size {
		for part := range slices.Chunk(run, size) {
			blocks = append(blocks, newBlock(part))
		}
	} else if len(run) > 0 {
		blocks = append(blocks, newBlock(run))
	}
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

// scan yields the records that meet a condition. It goes on where it was stopped.
func (c *collection) scan(n node) iter.Seq[hit] {
	v, blocks := new(view), c.blocks
	return func(yield func(hit) bool) {
		for ; len(blocks) > 0; blocks, v.at, v.read = blocks[1:], 0, v.read[:0] {
			v.block = blocks[0]
			for ; v.at < len(v.records); v.at++ {
				if n.matches(v) && !yield(hit{v.ids[v.at], v.records[v.at], v}) {
					v.at++
					return
				}
			}
		}
	}
}
