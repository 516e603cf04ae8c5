package search

import (
	"cmp"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// index finds the records of one object at one point in time. It is immutable. The next index is derived from it: what
// was written since is in a new segment, and gone from the earlier ones.
type index struct {
	fields   fields
	segments []*segment // the largest and oldest first; each begins with the number after the last of the one before
	gone     set        // the numbers of documents that were written again or deleted since their segment was made
	alive    int        // how many documents are not gone
}

// length is the number of all documents.
func (ix *index) length() int32 {
	if len(ix.segments) == 0 {
		return 0
	}
	last := ix.segments[len(ix.segments)-1]
	return last.first + int32(len(last.documents))
}

// get returns the document with a number.
func (ix *index) get(number int32) *document {
	i, found := slices.BinarySearchFunc(ix.segments, number, func(s *segment, n int32) int { return cmp.Compare(s.first, n) })
	if !found {
		i--
	}
	s := ix.segments[i]
	return &s.documents[number-s.first]
}

// find returns the number of the document of a record.
func (ix *index) find(record attio.ID) (number int32, ok bool) {
	for _, s := range ix.segments {
		i, found := slices.BinarySearchFunc(s.documents, record, func(d document, id attio.ID) int { return cmp.Compare(d.Record.ID, id) })
		if number = s.first + int32(i); found && !ix.gone.has(number) {
			return number, true
		}
	}
	return 0, false
}

// indexOf returns the index of an object's records. It is built on first use and cached with them.
func indexOf(state *world.State, object *world.Object) *index {
	return state.Derive(object, func(earlier *world.Earlier) any {
		fields := fieldsOf(object)
		if earlier != nil && earlier.Known {
			if before := earlier.Value.(*index); before.fields.equal(fields) {
				return before.next(state, object.ID, earlier.Written)
			}
		}
		return newIndex(fields, slices.Collect(state.Records(object.ID)))
	}).(*index)
}

// newIndex returns an index of records, which are in ascending order of their ids.
func newIndex(fields fields, records []*world.Record) *index {
	ix := &index{fields: fields, gone: newSet(len(records)), alive: len(records)}
	if len(records) > 0 {
		ix.segments = []*segment{newSegment(fields, 0, records)}
	}
	return ix
}

// next returns the index in which the written records, in ascending order of their ids, are as a state has them.
func (ix *index) next(state *world.State, of attio.ID, written []attio.ID) *index {
	next := &index{fields: ix.fields, segments: slices.Clone(ix.segments), gone: slices.Clone(ix.gone), alive: ix.alive}
	var records []*world.Record
	for _, id := range written {
		number, known := ix.find(id)
		record, there := state.Record(of, id)
		switch {
		case known && there && ix.get(number).Record == record:
			continue
		case known:
			next.gone.add(number)
			next.alive--
		}
		if there {
			records = append(records, record)
		}
	}
	next.alive += len(records)
	return next.with(records)
}

// with adds a segment of records. It takes in the segments before it that are not much larger, so that there are few, or
// all of them if most of their documents are gone.
func (ix *index) with(records []*world.Record) *index {
	mostGone := int(ix.length())+len(records) > 2*ix.alive+64
	for last := len(ix.segments) - 1; last >= 0; last-- {
		s := ix.segments[last]
		if len(s.documents) > 2*len(records) && !mostGone {
			break
		}
		for i := range s.documents {
			if number := s.first + int32(i); ix.gone.has(number) {
				ix.gone.remove(number)
			} else {
				records = append(records, s.documents[i].Record)
			}
		}
		ix.segments = ix.segments[:last]
	}
	slices.SortFunc(records, func(a, b *world.Record) int { return cmp.Compare(a.ID, b.ID) })
	if len(records) > 0 {
		ix.segments = append(ix.segments, newSegment(ix.fields, ix.length(), records))
	}
	if missing := len(newSet(int(ix.length()))) - len(ix.gone); missing > 0 {
		ix.gone = append(ix.gone, make(set, missing)...)
	}
	return ix
}
