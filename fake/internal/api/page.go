package api

import (
	"bytes"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Page is an answer that shows records or entries: one, or a list of them. It holds them instead of their JSON, which takes several
// times the memory, and can be written again at any time, because neither a record nor a schema ever changes.
type Page struct {
	schema  *world.Schema
	kind    world.Kind
	records []*world.Record
	isList  bool
	keep    *renderedRecords // keeps what is rendered; nil if nothing has to
}

// maxKeptList is how long a list may be whose records keep their JSON: a longer one is rarely read twice, and would push out all others.
const maxKeptList = 100

// answerRecord returns the answer that shows a record or an entry.
func (c *Call) answerRecord(schema *world.Schema, kind world.Kind, record *world.Record) *Page {
	return &Page{schema: schema, kind: kind, records: []*world.Record{record}, keep: c.rendered}
}

// answerWritten is answerRecord for a record that was just written and may never be read.
func answerWritten(schema *world.Schema, kind world.Kind, record *world.Record) *Page {
	return &Page{schema: schema, kind: kind, records: []*world.Record{record}}
}

// answerList returns the answer with a list of records or entries.
func (c *Call) answerList(schema *world.Schema, kind world.Kind, records []*world.Record) *Page {
	page := &Page{schema: schema, kind: kind, records: records, isList: true}
	if len(records) <= maxKeptList {
		page.keep = c.rendered
	}
	return page
}

// Append appends the body of the answer.
func (p *Page) Append(b []byte) []byte {
	b = append(b, dataKey...)
	if p.isList {
		b = append(b, '[')
	}
	for i, record := range p.records {
		if i > 0 {
			b = append(b, ',')
		}
		if kept := record.Rendered(p.schema); kept != nil {
			b = append(b, kept...)
			continue
		}
		start := len(b)
		b = appendRecord(b, p.schema, p.kind, record)
		if p.keep != nil {
			p.keep.add(p.schema, record, bytes.Clone(b[start:]))
		}
	}
	if p.isList {
		b = append(b, ']')
	}
	return append(b, '}')
}

// maxRendered is how many bytes of JSON all records of a server keep: those of the usual answers to three lists of maxKeptList.
const maxRendered = 1 << 20

// renderedRecords bound the JSON that records keep, so that reading a record again costs little.
type renderedRecords struct {
	mu    sync.Mutex
	kept  []renderedRecord // the oldest first
	bytes int
}

type renderedRecord struct {
	record *world.Record
	bytes  int
}

// add has a record keep its JSON, and the oldest forget theirs beyond the bound.
func (r *renderedRecords) add(schema *world.Schema, record *world.Record, json []byte) {
	record.KeepRendered(schema, json)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept = append(r.kept, renderedRecord{record, cap(json)})
	for r.bytes += cap(json); r.bytes > maxRendered; {
		oldest := r.kept[0]
		oldest.record.ForgetRendered()
		r.bytes -= oldest.bytes
		r.kept[0] = renderedRecord{} // otherwise the array would keep the record alive
		r.kept = r.kept[1:]
	}
}

// rooms are buffers in which answers are rendered.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// maxRoom is how large a buffer may be that is used again.
const maxRoom = 256 << 10

// withRoom lends a buffer to a function, which returns it with what it has appended.
func withRoom(use func(room []byte) []byte) {
	room := rooms.Get().(*[]byte)
	if *room = use((*room)[:0]); cap(*room) <= maxRoom {
		rooms.Put(room)
	}
}
