package control

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
)

// Follow has clients use the tokens that they have for another server, and a shadow compare what they get with what that server
// answers. Call it before the first request. The shadow is the caller's to close.
func (h *Handler) Follow(s *shadow.Shadow) {
	h.shadow, h.journal.shadow, h.attio.AdmitForeign = s, s, true
	observe := s.Observe
	s.Observe = func(r *shadow.Result) {
		h.journal.change.ring()
		if observe != nil {
			observe(r)
		}
	}
}

// submit hands a request to the shadow, if there is one and the client has sent a token of its own. The shadow of another fake
// has no shadow.
func (h *Handler) submit(e *Entry, call *api.Call, answered http.Header) {
	if h.shadow == nil || !call.Foreign || call.Request.Header.Get(shadow.Header) != "" {
		return
	}
	r := &shadow.Request{
		Number: e.Number, Time: e.Time, Operation: call.Operation, Method: call.Request.Method, Target: call.Request.URL.RequestURI(),
		Header: call.Request.Header.Clone(), Token: api.SentToken(call.Request), Body: call.Sent,
		Answer:    compare.Answer{Status: call.Status, Header: answered.Clone(), Body: call.Answered()},
		Disturbed: len(e.Faults) > 0 || call.Status == http.StatusTooManyRequests || call.Status == 0,
	}
	for _, commit := range call.Commits {
		for _, change := range commit.Changes {
			r.Changes = append(r.Changes, shadow.Change{ID: change.ID, New: change.Before == nil})
		}
	}
	h.shadow.Submit(r)
}

// Shadow returns the shadow, nil if there is none.
func (h *Handler) Shadow() *shadow.Shadow { return h.shadow }

// shadowAnswer is the answer of GET /_fake/shadow.
type shadowAnswer struct {
	URL      string                 `json:"url"`      // the base URL of the other server; empty if the server has none
	Writes   bool                   `json:"writes"`   // whether writes are sent to it too
	Waiting  int                    `json:"waiting"`  // how many requests wait for it
	Outcomes map[shadow.Outcome]int `json:"outcomes"` // how many requests had which outcome, since the start or DELETE /_fake/shadow
	Reasons  map[shadow.Reason]int  `json:"reasons"`  // of those that were skipped or cannot be compared, why
	Values   int                    `json:"values"`   // how many places differ only because the two servers have other data
	Requests []*shadow.Result       `json:"requests"` // in the order of the journal
}

// getShadow answers GET /_fake/shadow.
func getShadow(h *Handler, r *http.Request) (any, *refusal) {
	wanted, refused := wantedOf(r)
	if refused != nil {
		return nil, refused
	}
	part, refused := partOf(r.URL.Query())
	if refused != nil {
		return nil, refused
	}
	if refused := h.settle(r); refused != nil {
		return nil, refused
	}
	answer := shadowAnswer{Outcomes: map[shadow.Outcome]int{}, Reasons: map[shadow.Reason]int{}, Requests: []*shadow.Result{}}
	if h.shadow == nil {
		return answer, nil
	}
	results, counts := h.shadow.Results()
	maps.Copy(answer.Outcomes, counts.Outcomes)
	maps.Copy(answer.Reasons, counts.Reasons)
	answer.URL, answer.Writes, answer.Waiting, answer.Values = h.shadow.URL(), h.shadow.Writes(), counts.Waiting, counts.Values
	results = slices.DeleteFunc(results, func(r *shadow.Result) bool { return !wanted(r) })
	answer.Requests = append(answer.Requests, take(part, results)...)
	return answer, nil
}

// wantedOf returns which results a request asks for.
func wantedOf(r *http.Request) (wanted func(*shadow.Result) bool, refused *refusal) {
	outcomes := []shadow.Outcome{shadow.Different}
	if asked := r.URL.Query()["outcome"]; len(asked) > 0 {
		outcomes = nil
		for _, text := range asked {
			outcome, err := shadow.ParseOutcome(text)
			if err != nil {
				return nil, badRequest("%v", err)
			}
			outcomes = append(outcomes, outcome)
		}
	}
	var least compare.Severity
	if text := r.URL.Query().Get("severity"); text != "" {
		if err := least.UnmarshalText([]byte(text)); err != nil {
			return nil, badRequest("%v", err)
		}
	}
	return func(r *shadow.Result) bool { return slices.Contains(outcomes, r.Outcome) && r.Severity >= least }, nil
}

// settle waits until no request waits for the other server, if the request asks for that.
func (h *Handler) settle(r *http.Request) *refusal {
	text := r.URL.Query().Get("settled")
	if text == "" {
		return nil
	}
	timeout, refused := timeoutOf("settled", text)
	switch {
	case refused != nil:
		return refused
	case h.shadow == nil:
		return &refusal{status: http.StatusConflict, message: "the server is no shadow of another one; start it with --shadow and the URL of the other (in Go: fake.Shadow)"}
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	waiting, err := h.shadow.Settle(ctx, h.closing)
	switch {
	case err == nil:
		return nil
	case r.Context().Err() == nil && ctx.Err() != nil:
		return &refusal{status: http.StatusConflict, message: fmt.Sprintf("after %s, %d requests still wait for the other server", timeout, waiting)}
	}
	return &refusal{status: http.StatusServiceUnavailable, message: "the server is closing, or the request was cancelled"}
}

// clearShadow answers DELETE /_fake/shadow.
func clearShadow(h *Handler, _ *http.Request) (any, *refusal) {
	if h.shadow != nil {
		h.shadow.Clear()
	}
	return nil, nil
}
