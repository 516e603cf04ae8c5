// Package limit counts requests as Attio's rate limits do.
package limit

import (
	"maps"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// The limits of Attio's guide on rate limiting, in requests of one clock second. The real numbers of the
// scores are not published; with these, eight sorted queries a second of 100,000 records go through.
const (
	maxReads       = 100
	maxWrites      = 25
	MaxQueryScore  = 10_000 // of one query
	MaxWindowScore = 50_000 // of all queries within scoreWindow
	scoreWindow    = 10 * time.Second
)

// Limiter counts the requests of each workspace, all of its tokens together. Attio counts scores that way; for
// requests it is assumed. The zero value has counted nothing.
type Limiter struct {
	mu         sync.Mutex
	workspaces map[string]*counts
}

// counts is what a workspace has used up.
type counts struct {
	second     time.Time // the clock second that is counted
	reads      int
	writes     int
	operations map[string]int
	scores     []scored // within the window, oldest first
}

type scored struct {
	at    time.Time
	score int
}

// Allow counts a request at a moment of the server's clock. A request over the limit is not counted, and Allow
// returns when the next may come.
func (l *Limiter) Allow(workspace string, op *attio.Operation, now time.Time) (retry time.Time, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.of(workspace)
	second := now.Truncate(time.Second)
	if !c.second.Equal(second) {
		c.second, c.reads, c.writes, c.operations = second, 0, 0, nil
	}
	count, most := &c.reads, maxReads
	if op.Write {
		count, most = &c.writes, maxWrites
	}
	limited := op.PerSecond > 0
	if *count >= most || limited && c.operations[op.Name] >= op.PerSecond {
		return second.Add(time.Second), false
	}
	*count++
	if limited {
		if c.operations == nil {
			c.operations = make(map[string]int)
		}
		c.operations[op.Name]++
	}
	return time.Time{}, true
}

// Score counts the score of a query. A score over the limit is not counted, and Score returns when the query may
// be tried again; a query whose own score exceeds the limit has to become simpler first.
func (l *Limiter) Score(workspace string, score int, now time.Time) (retry time.Time, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := now.Truncate(time.Second).Add(time.Second)
	if score > MaxQueryScore {
		return next, false
	}
	c := l.of(workspace)
	for len(c.scores) > 0 && !c.scores[0].at.Add(scoreWindow).After(now) {
		c.scores = c.scores[1:]
	}
	sum := score
	for _, s := range c.scores {
		sum += s.score
	}
	for _, s := range c.scores {
		if sum <= MaxWindowScore {
			break
		}
		sum -= s.score
		retry = roundUp(s.at.Add(scoreWindow)) // when enough of them have left the window
	}
	if !retry.IsZero() {
		return retry, false
	}
	c.scores = append(c.scores, scored{now, score})
	return time.Time{}, true
}

// roundUp returns the clock second at or after a moment: Retry-After has no finer one.
func roundUp(t time.Time) time.Time {
	if second := t.Truncate(time.Second); !second.Equal(t) {
		return second.Add(time.Second)
	}
	return t
}

// Retain forgets the workspaces that no longer exist.
func (l *Limiter) Retain(there func(workspace string) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.workspaces, func(slug string, _ *counts) bool { return !there(slug) })
}

// Reset forgets what was counted.
func (l *Limiter) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.workspaces = nil
}

func (l *Limiter) of(workspace string) *counts {
	if l.workspaces == nil {
		l.workspaces = make(map[string]*counts)
	}
	c, ok := l.workspaces[workspace]
	if !ok {
		c = &counts{}
		l.workspaces[workspace] = c
	}
	return c
}
