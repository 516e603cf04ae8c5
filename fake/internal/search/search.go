package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Hit is a record that was found.
type Hit struct {
	Object *world.Object
	*document

	level int
}

// The levels of a match. Near misses come after words, by the number of edits.
const (
	exact = iota
	prefix
	words
)

// Records returns the records of some objects that match a query, best first and at most limit.
func Records(state *world.State, objects []*world.Object, typed string, limit int) []Hit {
	if strings.TrimSpace(typed) == "" {
		return newest(state, objects, limit)
	}
	queries := readQuery(typed)
	if len(queries) == 0 {
		return nil
	}
	found := top{limit: limit}
	indexes := make([]matcher, len(objects))
	for i, object := range objects {
		indexes[i] = newMatcher(object, indexOf(state, object))
	}
	for _, match := range []func(*matcher, []query, *top){(*matcher).exact, (*matcher).prefix, (*matcher).words} {
		for i := range indexes {
			match(&indexes[i], queries, &found)
		}
		if len(found.hits) == limit { // later levels match less well
			return found.hits
		}
	}
	if len(found.hits) == 0 {
		for i := range indexes {
			indexes[i].near(queries[0], &found)
		}
	}
	return found.hits
}

// newest returns the results of a blank query. What Attio returns is not known.
func newest(state *world.State, objects []*world.Object, limit int) []Hit {
	found := top{limit: limit, byAge: true}
	for _, object := range objects {
		ofObject := top{limit: limit, byAge: true}
		ix := indexOf(state, object)
		for i, s := range ix.segments {
			for place := range s.documents {
				d := &s.documents[place]
				last, full := ofObject.last()
				// Records of the same age are in ascending order of their ids within a segment.
				if (!full || d.created > last.created || d.created == last.created && i > 0) && !ix.gone.has(s.first+int32(place)) {
					ofObject.offer(Hit{Object: object, document: d})
				}
			}
		}
		for _, hit := range ofObject.hits {
			found.offer(hit)
		}
	}
	return found.hits
}

// top keeps the best hits that were added, in order.
type top struct {
	limit int
	byAge bool // newest first instead of by rank
	hits  []Hit
}

func (t *top) offer(hit Hit) {
	if last, full := t.last(); full {
		if t.compare(&hit, last) >= 0 {
			return
		}
		t.hits = t.hits[:len(t.hits)-1]
	}
	i := len(t.hits)
	for i > 0 && t.compare(&hit, &t.hits[i-1]) < 0 {
		i--
	}
	t.hits = slices.Insert(t.hits, i, hit)
}

// last returns the last hit if the list is full.
func (t *top) last() (*Hit, bool) {
	if len(t.hits) < t.limit {
		return nil, false
	}
	return &t.hits[len(t.hits)-1], true
}

func (t *top) compare(a, b *Hit) int {
	switch {
	case t.byAge && a.created != b.created:
		return cmp.Compare(b.created, a.created)
	case t.byAge:
	case a.level != b.level:
		return cmp.Compare(a.level, b.level)
	case a.initial != b.initial:
		return cmp.Compare(a.initial, b.initial)
	case a.label != b.label:
		return strings.Compare(a.label, b.label)
	}
	return cmp.Compare(a.Record.ID, b.Record.ID)
}
