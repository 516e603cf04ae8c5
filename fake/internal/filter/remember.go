package filter

import (
	"encoding/json"
	"slices"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// A client that pages through a query sends it again with another offset. A large collection remembers what its latest
// queries found while it stays as it is, so that only the first page searches.

// How much a collection remembers. An outcome of 100,000 records takes 4 MB, and some more for each further sort.
const (
	maxOutcomes    = 4
	leastOutcomes  = 16 << 20 // bytes that all together may take
	bytesForRecord = 64       // what they may take for each record of the collection, if that is more: a twentieth of the record itself
)

// roomFor is how many bytes the outcomes to queries of so many records may take.
func roomFor(records int) int { return max(leastOutcomes, bytesForRecord*records) }

// outcomes are the latest outcomes to queries of one collection.
type outcomes struct {
	changing sync.Mutex
	latest   []remembered // the latest used first
}

// remembered is an outcome, with what it is the outcome to.
type remembered struct {
	query   string
	reading []version
	bytes   int // that both take
	*outcome
}

// version identifies the records of a collection at one moment, and the schema by which they are read.
type version struct {
	schema  *world.Schema
	records world.Version
}

// page returns the items of a page of a query of a source, from an outcome that is remembered or that will be.
func (o *outcomes) page(source columnar, p *plan, q Query) []Item {
	from, to := q.Offset, q.Offset+q.Limit
	asked, ok := asking(source, p, q)
	if !ok {
		return newOutcome(p).page(from, to)
	}
	if asked.outcome = o.find(asked); asked.outcome == nil {
		asked.outcome = newOutcome(p)
	}
	items := asked.page(from, to)
	if asked.hasMore(len(items)) {
		asked.bytes = len(asked.query) + asked.outcome.bytes()
		o.keep(asked, roomFor(p.source.Len()))
	}
	return items
}

// asking returns what is asked, if it can be remembered.
func asking(source columnar, p *plan, q Query) (asked remembered, ok bool) {
	text, err := json.Marshal([]any{shape.Plain(q.Filter), q.Sorts})
	asked = remembered{query: string(text), reading: []version{source.version()}}
	for _, other := range p.reached {
		c, ok := other.(columnar)
		if !ok {
			return asked, false
		}
		asked.reading = append(asked.reading, c.version())
	}
	return asked, err == nil
}

func (r remembered) same(other remembered) bool {
	return r.query == other.query && slices.Equal(r.reading, other.reading)
}

func (o *outcomes) find(asked remembered) *outcome {
	o.changing.Lock()
	defer o.changing.Unlock()
	if i := slices.IndexFunc(o.latest, asked.same); i >= 0 {
		return o.latest[i].outcome
	}
	return nil
}

// keep remembers an outcome as the latest, and forgets those for which there is no room. It replaces an outcome to the same query
// about earlier records.
func (o *outcomes) keep(asked remembered, room int) {
	o.changing.Lock()
	defer o.changing.Unlock()
	o.latest = slices.DeleteFunc(o.latest, func(r remembered) bool { return r.query == asked.query })
	o.latest = slices.Insert(o.latest, 0, asked)
	bytes := 0
	for i, r := range o.latest {
		if bytes += r.bytes; i == maxOutcomes || bytes > room {
			clear(o.latest[i:])
			o.latest = o.latest[:i]
			return
		}
	}
}
