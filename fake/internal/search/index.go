package search

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/tidwall/btree"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// index finds the records of one object at one point in time. It is immutable. The next index is derived from it and
// shares what is unchanged: that takes one comparison per record, and only changed records are read.
type index struct {
	fields    fields
	documents []*document // by number; nil where a record is gone
	sorted    []*document // in ascending order of the records' ids
	phrases   postings
	words     postings

	copying sync.Mutex // the postings allow one copy at a time
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

// indexOf returns the index of an object's records. It is built on first use and cached with them.
func indexOf(state *world.State, object *world.Object) *index {
	return state.Derive(object, func(earlier any) any {
		fields, records := fieldsOf(object), state.Records(object.ID)
		if ix, ok := earlier.(*index); ok && ix.fields.equal(fields) {
			next := ix.next(records)
			if len(next.documents) <= 2*len(next.sorted)+64 { // few of the documents are deleted
				return next
			}
		}
		return newIndex(fields, records)
	}).(*index)
}

func newIndex(fields fields, records iter.Seq[*world.Record]) *index {
	empty := &index{fields: fields}
	return empty.next(records)
}

// next returns the index of these records, which must be in ascending order of their ids.
func (ix *index) next(records iter.Seq[*world.Record]) *index {
	next := &index{fields: ix.fields, documents: slices.Clone(ix.documents), sorted: make([]*document, 0, len(ix.sorted))}
	edits := edits{phrases: make(map[string]edit), words: make(map[string]edit)}
	put := func(number int32, before []string, record *world.Record) {
		label, after := ix.fields.read(record)
		d := newDocument(record, number, label)
		edits.note(number, before, after)
		next.documents[number] = d
		next.sorted = append(next.sorted, d)
	}
	drop := func(d *document) {
		edits.note(d.number, ix.phrasesOf(d), nil)
		next.documents[d.number] = nil
	}

	left := ix.sorted
	for record := range records {
		for len(left) > 0 && left[0].Record != record && left[0].Record.ID < record.ID {
			drop(left[0])
			left = left[1:]
		}
		switch {
		case len(left) > 0 && left[0].Record == record:
			next.sorted = append(next.sorted, left[0])
			left = left[1:]
		case len(left) > 0 && left[0].Record.ID == record.ID:
			put(left[0].number, ix.phrasesOf(left[0]), record)
			left = left[1:]
		default:
			next.documents = append(next.documents, nil)
			put(int32(len(next.documents)-1), nil, record)
		}
	}
	for _, d := range left {
		drop(d)
	}
	ix.copying.Lock()
	next.phrases.Map, next.words.Map = *ix.phrases.Copy(), *ix.words.Copy()
	ix.copying.Unlock()
	next.phrases.apply(edits.phrases)
	next.words.apply(edits.words)
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
