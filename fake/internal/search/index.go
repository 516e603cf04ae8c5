package search

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/tidwall/btree"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// index finds the records of one object at one point in time. It is immutable. The next index is derived from it, shares
// what is unchanged, and reads only the records that were written since.
type index struct {
	fields    fields
	documents documents
	byID      btree.Map[attio.ID, *document] // those that are there
	phrases   postings
	words     postings

	copying sync.Mutex // the trees allow one copy at a time
}

// document is a record in the index. It keeps its number when the record changes.
type document struct {
	Record *world.Record

	number  int32
	created int64  // in microseconds since 1970
	label   string // folded
	initial uint64 // the first eight bytes of the label: most labels differ there, in less time
}

func newDocument(record *world.Record, number int32, label string) *document {
	var initial [8]byte
	copy(initial[:], label)
	return &document{record, number, record.CreatedAt.UnixMicro(), label, binary.BigEndian.Uint64(initial[:])}
}

func (ix *index) phrasesOf(d *document) []string {
	_, phrases := ix.fields.read(d.Record)
	return phrases
}

// postings map a phrase or a word to the numbers of the documents that have it, in no order.
type postings struct{ btree.Map[string, []int32] }

// documents are the documents by number, nil where a record is gone.
type documents struct {
	chunks [][]*document // full but the last; other indexes may share them
	length int
}

const chunkSize = 256

func (ds *documents) get(number int32) *document {
	return ds.chunks[number/chunkSize][number%chunkSize]
}

// set replaces a document, or adds one at the end, in a chunk of its own index.
func (ds *documents) set(number int32, d *document, own map[int32]bool) {
	at := number / chunkSize
	switch {
	case int(at) == len(ds.chunks):
		ds.chunks = append(ds.chunks, make([]*document, chunkSize))
	case !own[at]:
		ds.chunks[at] = slices.Clone(ds.chunks[at])
	}
	own[at] = true
	ds.chunks[at][number%chunkSize] = d
	ds.length = max(ds.length, int(number)+1)
}

// indexOf returns the index of an object's records. It is built on first use and cached with them.
func indexOf(state *world.State, object *world.Object) *index {
	return state.Derive(object, func(earlier *world.Earlier) any {
		fields := fieldsOf(object)
		if earlier != nil && earlier.Known {
			before := earlier.Value.(*index)
			mostGone := before.documents.length > 2*before.byID.Len()+64
			if before.fields.equal(fields) && !mostGone {
				return before.next(state, object.ID, slices.Values(earlier.Written))
			}
		}
		return newIndex(state, object.ID, fields)
	}).(*index)
}

func newIndex(state *world.State, of attio.ID, fields fields) *index {
	empty := &index{fields: fields}
	return empty.next(state, of, func(yield func(attio.ID) bool) {
		for record := range state.Records(of) {
			if !yield(record.ID) {
				return
			}
		}
	})
}

// next returns the index in which the written records are as a state has them.
func (ix *index) next(state *world.State, of attio.ID, written iter.Seq[attio.ID]) *index {
	next := ix.copy()
	own := make(map[int32]bool)
	edits := edits{phrases: make(map[string]edit), words: make(map[string]edit)}
	for id := range written {
		before, known := ix.byID.Get(id)
		record, there := state.Record(of, id)
		switch {
		case known && there && before.Record == record:
		case there:
			number := int32(next.documents.length)
			var old []string
			if known {
				number, old = before.number, ix.phrasesOf(before)
			}
			label, phrases := ix.fields.read(record)
			d := newDocument(record, number, label)
			edits.note(number, old, phrases)
			next.documents.set(number, d, own)
			next.byID.Set(id, d)
		case known:
			edits.note(before.number, ix.phrasesOf(before), nil)
			next.documents.set(before.number, nil, own)
			next.byID.Delete(id)
		}
	}
	next.phrases.apply(edits.phrases)
	next.words.apply(edits.words)
	return next
}

func (ix *index) copy() *index {
	ix.copying.Lock()
	defer ix.copying.Unlock()
	next := &index{fields: ix.fields, documents: documents{slices.Clone(ix.documents.chunks), ix.documents.length}, byID: *ix.byID.Copy()}
	next.phrases.Map, next.words.Map = *ix.phrases.Copy(), *ix.words.Copy()
	return next
}

// edits collects the changes to an index, by phrase and by word.
type edits struct{ phrases, words map[string]edit }

// edit is what changes for one phrase or word.
type edit struct{ gone, come []int32 }

// note records that a document's phrases change.
func (e edits) note(number int32, before, after []string) {
	if slices.Equal(before, after) {
		return
	}
	compare(e.phrases, number, before, after)
	compare(e.words, number, wordsOf(before...), wordsOf(after...))
}

func compare(edits map[string]edit, number int32, before, after []string) {
	had, has := distinctOf(before), distinctOf(after)
	for _, key := range before {
		if !has.has(key) {
			e := edits[key]
			e.gone = append(e.gone, number)
			edits[key] = e
		}
	}
	for _, key := range after {
		if !had.has(key) {
			e := edits[key]
			e.come = append(e.come, number)
			edits[key] = e
		}
	}
}

// apply updates the postings. Slices that other indexes share stay unchanged.
func (p *postings) apply(edits map[string]edit) {
	for _, key := range slices.Sorted(maps.Keys(edits)) { // neighbours in the tree after each other
		e := edits[key]
		before, known := p.Get(key)
		if !known {
			p.Set(key, e.come)
			continue
		}
		after := make([]int32, 0, len(before)+len(e.come))
		after = append(after, before...)
		if slices.Sort(e.gone); len(e.gone) > 0 {
			after = slices.DeleteFunc(after, func(number int32) bool {
				_, gone := slices.BinarySearch(e.gone, number)
				return gone
			})
		}
		if after = append(after, e.come...); len(after) == 0 {
			p.Delete(key)
		} else {
			p.Set(key, after)
		}
	}
}
