package search

import (
	"runtime"
	"strings"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// segment is a part of an index: some documents, with their phrases and words.
type segment struct {
	first     int32      // the number of the first document
	documents []document // by ascending id of their records
	phrases   terms
	words     terms
}

// document is a record in the index.
type document struct {
	Record *world.Record

	created int64  // in microseconds since 1970
	label   string // folded
	initial uint64 // the first eight bytes of the label: most labels differ there, in less time
}

func newDocument(record *world.Record, label string) document {
	return document{record, record.CreatedAt().UnixMicro(), label, initialOf(label)}
}

// runLength is how many records one goroutine reads at a time.
const runLength = 1024

// newSegment returns the segment of records, which are in ascending order of their ids. It reads them on all cores.
func newSegment(fields fields, first int32, records []*world.Record) *segment {
	s := &segment{first: first, documents: make([]document, len(records))}
	phrases := make([][]string, len(records))
	read := func(run int) {
		for i := run * runLength; i < min((run+1)*runLength, len(records)); i++ {
			var label string
			label, phrases[i] = fields.read(records[i])
			s.documents[i] = newDocument(records[i], label)
		}
	}
	if len(records) <= runLength {
		read(0)
		s.phrases, s.words = newTerms(phrases, wholly), newTerms(phrases, byWord)
		return s
	}
	inParallel((len(records)+runLength-1)/runLength, read)
	inParallel(2, func(i int) {
		if i == 0 {
			s.phrases = newTerms(phrases, wholly)
		} else {
			s.words = newTerms(phrases, byWord)
		}
	})
	return s
}

// wholly adds a phrase as it is.
func wholly(phrase string, add func(string)) { add(phrase) }

// byWord adds the words of a phrase.
func byWord(phrase string, add func(string)) {
	for phrase != "" {
		var word string
		word, phrase, _ = strings.Cut(phrase, " ")
		add(word)
	}
}

// inParallel does so many tasks on all cores.
func inParallel(tasks int, do func(task int)) {
	var running sync.WaitGroup
	next := make(chan int, tasks)
	for task := range tasks {
		next <- task
	}
	close(next)
	for range min(tasks, runtime.GOMAXPROCS(0)) {
		running.Go(func() {
			for task := range next {
				do(task)
			}
		})
	}
	running.Wait()
}
