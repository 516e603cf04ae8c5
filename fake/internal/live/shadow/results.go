package shadow

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// The bounds of what is kept. Beyond them the oldest results are forgotten; they stay in the counts.
const (
	maxResults      = 10_000
	maxBytes        = 8 << 20 // of all results
	maxDifferences  = 50      // of one request
	maxText         = 500     // bytes of each text of a difference
	resultBytes     = 320     // roughly, of a result besides its texts
	differenceBytes = 96
)

// Outcome says what came of sending a request to the other server too.
type Outcome string

// The outcomes.
const (
	Waiting      Outcome = "waiting"
	Same         Outcome = "same"         // apart from harmless differences
	Different    Outcome = "different"    // a client can notice it
	Incomparable Outcome = "incomparable" // only one of the two servers has what the request is about
	Failed       Outcome = "failed"       // the other server gave no answer to the request
	Skipped      Outcome = "skipped"      // it was not asked
)

// Outcomes lists the outcomes.
func Outcomes() []Outcome { return []Outcome{Waiting, Same, Different, Incomparable, Failed, Skipped} }

// ParseOutcome reads an outcome.
func ParseOutcome(text string) (Outcome, error) {
	var known []string
	for _, outcome := range Outcomes() {
		if text == string(outcome) {
			return outcome, nil
		}
		known = append(known, string(outcome))
	}
	return "", errors.New(suggest.Unknown("outcome", text, known))
}

// Reason says why a request was not sent, or its answers could not be compared.
type Reason string

// The reasons.
const (
	Write     Reason = "write"         // writes are not sent
	Upload    Reason = "upload"        // the content of uploads is not kept
	Disturbed Reason = "disturbed"     // a fault or a limit disturbed the fake's answer
	NotBuilt  Reason = "not-built"     // the fake does not have the operation
	OnlyHere  Reason = "only-here"     // the request names something that only the fake has, made by a write that was not sent
	OneHasIt  Reason = "one-has-it"    // one of the two servers answers 404, the other has what the path names
	QueueFull Reason = "queue-full"    // too many requests were waiting
	Closed    Reason = "server-closed" // the fake was closed before
)

// Reasons lists the reasons.
func Reasons() []Reason {
	return []Reason{Write, Upload, Disturbed, NotBuilt, OnlyHere, OneHasIt, QueueFull, Closed}
}

// Difference is one point where the answers to a request differ.
type Difference struct {
	Path     string           `json:"path"`     // "status", "header vary" or a place in the body: "data[0].id.record_id"; "" for the whole body
	Kind     compare.Kind     `json:"kind"`     // what differs
	Severity compare.Severity `json:"severity"` // how much it matters to a client
	Fake     string           `json:"fake"`     // what the fake has there
	Other    string           `json:"other"`    // what the other server has there
}

// Result is what came of one request. It never changes.
type Result struct {
	Request     int              `json:"request"`               // its number in the journal
	Time        attio.Time       `json:"time"`                  // when it arrived, on the server's clock
	Method      string           `json:"method"`                // the HTTP method
	Path        string           `json:"path"`                  // with the query
	Operation   string           `json:"operation,omitempty"`   // missing if Attio has no such endpoint
	Outcome     Outcome          `json:"outcome"`               // what came of sending it to the other server
	Reason      Reason           `json:"reason,omitempty"`      // why it was skipped, or cannot be compared
	Failure     string           `json:"failure,omitempty"`     // why the other server gave no answer
	Status      int              `json:"status"`                // of the fake's answer
	OtherStatus int              `json:"other_status"`          // of the other server's answer; 0 if there was none to compare
	Duration    float64          `json:"other_duration_ms"`     // of the other server, in milliseconds of real time
	Severity    compare.Severity `json:"severity,omitempty"`    // of the worst difference, if it is more than harmless
	Differences []Difference     `json:"differences,omitempty"` // the first 50
	More        int              `json:"more,omitempty"`        // how many more there are
	Values      int              `json:"values"`                // how many places differ only because the two servers have other data
}

// result begins the result of a request.
func (r *Request) result(outcome Outcome, reason Reason) *Result {
	result := &Result{Request: r.Number, Time: r.Time, Method: r.Method, Path: shorten(hide(r.Target, r.Token)), Outcome: outcome, Reason: reason, Status: r.Answer.Status}
	if r.Operation != nil {
		result.Operation = r.Operation.Name
	}
	return result
}

func (r *Result) bytes() int {
	bytes := resultBytes + len(r.Path) + len(r.Failure)
	for _, d := range r.Differences {
		bytes += differenceBytes + len(d.Path) + len(d.Fake) + len(d.Other)
	}
	return bytes
}

// shorten cuts a text to maxText, without splitting a character.
func shorten(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}

// Counts is how many requests had which outcome since the start, or since the results were cleared.
type Counts struct {
	Outcomes map[Outcome]int // without those that wait
	Reasons  map[Reason]int  // of those that were skipped or cannot be compared
	Waiting  int
	Values   int // how many places differ only because the two servers have other data
}

// results keeps the latest results, by the number of the request.
type results struct {
	mu      sync.Mutex
	kept    []*Result // oldest request first
	bytes   int
	counts  Counts
	waiting map[int]bool  // the requests without a result yet; false if it will not be kept, because the results were cleared
	change  chan struct{} // closed when there is another result; nil while nobody waits
}

// put keeps a result in place of an earlier one of the same request.
func (s *results) put(r *Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wanted, waited := s.waiting[r.Request]
	switch {
	case r.Outcome == Waiting:
		if s.waiting == nil {
			s.waiting = make(map[int]bool)
		}
		s.waiting[r.Request] = true
		s.keep(r)
	case waited:
		delete(s.waiting, r.Request)
		if wanted {
			s.count(r)
			s.replace(r)
		}
	default:
		s.count(r)
		s.keep(r)
	}
	s.news()
}

// keep adds a result, and forgets the oldest ones beyond the bounds.
func (s *results) keep(r *Result) {
	i, _ := s.find(r.Request)
	s.kept = slices.Insert(s.kept, i, r)
	s.bytes += r.bytes()
	s.trim()
}

// replace puts the result of a request where it waits, unless that was forgotten.
func (s *results) replace(r *Result) {
	if i, found := s.find(r.Request); found {
		s.bytes += r.bytes() - s.kept[i].bytes()
		s.kept[i] = r
		s.trim()
	}
}

func (s *results) trim() {
	for len(s.kept) > maxResults || s.bytes > maxBytes {
		s.bytes -= s.kept[0].bytes()
		s.kept[0] = nil
		s.kept = s.kept[1:]
	}
}

func (s *results) find(number int) (int, bool) {
	return slices.BinarySearchFunc(s.kept, number, func(r *Result, number int) int { return r.Request - number })
}

func (s *results) count(r *Result) {
	if s.counts.Outcomes == nil {
		s.counts.Outcomes, s.counts.Reasons = make(map[Outcome]int), make(map[Reason]int)
	}
	s.counts.Outcomes[r.Outcome]++
	if r.Reason != "" {
		s.counts.Reasons[r.Reason]++
	}
	s.counts.Values += r.Values
}

// news wakes those who wait for a result.
func (s *results) news() {
	if s.change != nil {
		close(s.change)
		s.change = nil
	}
}

// URL returns the base URL of the other server.
func (s *Shadow) URL() string { return s.options.URL }

// Writes reports whether writes are sent too.
func (s *Shadow) Writes() bool { return s.options.Writes }

// Result returns what came of the request with a number in the journal, nil if it was not for the shadow or is forgotten.
func (s *Shadow) Result(number int) *Result {
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	if i, found := s.results.find(number); found {
		return s.results.kept[i]
	}
	return nil
}

// Results returns what is kept, in the order of the journal, and the counts.
func (s *Shadow) Results() ([]*Result, Counts) {
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	counts := s.results.counts
	counts.Outcomes, counts.Reasons = maps.Clone(counts.Outcomes), maps.Clone(counts.Reasons)
	counts.Waiting = len(s.results.waiting)
	return slices.Clone(s.results.kept), counts
}

// Clear forgets all results and sets the counts to zero. Requests under way are not counted any more.
func (s *Shadow) Clear() {
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	s.results.kept, s.results.bytes, s.results.counts = nil, 0, Counts{}
	for number := range s.results.waiting {
		s.results.waiting[number] = false
	}
	s.results.news()
}

// Settle returns when no request waits for a result any more, or with an error and how many wait still: when the context ends, or
// the channel is closed.
func (s *Shadow) Settle(ctx context.Context, closing <-chan struct{}) (waiting int, err error) {
	for {
		waiting, news := s.unsettled()
		if waiting == 0 {
			return 0, nil
		}
		select {
		case <-news:
		case <-closing:
			return waiting, context.Canceled
		case <-ctx.Done():
			return waiting, ctx.Err()
		}
	}
}

// unsettled returns how many requests wait for a result, and what is closed when there is another one.
func (s *Shadow) unsettled() (int, <-chan struct{}) {
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	if s.results.change == nil {
		s.results.change = make(chan struct{})
	}
	return len(s.results.waiting), s.results.change
}
