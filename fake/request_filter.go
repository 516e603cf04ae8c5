package fake

import (
	"cmp"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// RequestFilter chooses requests by their fields of the same names. A field that is left empty takes every
// request; a request has to match all the others.
type RequestFilter struct {
	Operation string // "records.create", or all of a resource: "records.*"
	Method    string
	Path      string // a pattern in which * stands for one part: "/v2/objects/*/records"; the query is compared only if the pattern has one
	Workspace string // the slug
	Token     string // the name, "full", or with the workspace, "acme/full"
	Status    int
	// Unanswered takes the requests that a fault kept from being answered.
	Unanswered bool
	Since      time.Time // takes the requests that arrived then or later, on the server's clock
	After      int       // takes the requests after the one with this Number
}

func (f RequestFilter) question() control.Question {
	q := control.Question{
		Query: match.Query{Method: f.Method, Path: f.Path, Workspace: f.Workspace, Token: f.Token},
		Since: f.Since, After: f.After,
	}
	if f.Operation != "" {
		q.Operations = []string{f.Operation}
	}
	if f.Status != 0 || f.Unanswered {
		q.Statuses = []int{f.Status} // 0 is that of no answer
	}
	return q
}

// Requests returns what clients asked for, oldest first: the latest ten thousand requests, or MaxJournalBytes of them. With filters
// it returns the requests that any of them chooses. What a test does from Go is not among them. A filter for something
// that the server does not know fails the test.
func (s *Server) Requests(filters ...RequestFilter) []Request {
	s.helper()
	if filters == nil {
		filters = []RequestFilter{{}}
	}
	requests := []Request{}
	for _, f := range filters {
		if f.Status != 0 && f.Unanswered {
			s.fatalf("fake: requests: no request is unanswered and has the status %d; use two filters to choose either", f.Status)
			return nil
		}
		q := f.question()
		if err := s.control.CheckQuestion(q.Query); err != nil {
			s.fatalf("fake: requests: %v", err)
			return nil
		}
		for entry := range s.control.Requests(q) {
			requests = append(requests, newRequest(entry))
		}
	}
	slices.SortStableFunc(requests, func(a, b Request) int { return cmp.Compare(a.Number, b.Number) })
	return slices.CompactFunc(requests, func(a, b Request) bool { return a.Number == b.Number })
}

// Requests returns what clients asked of the workspace, as Server.Requests does.
func (w *Workspace) Requests(filters ...RequestFilter) []Request {
	w.server.helper()
	own := []RequestFilter{{Workspace: w.Slug()}}
	if filters != nil {
		own = slices.Clone(filters)
	}
	for i := range own {
		if own[i].Workspace != "" && own[i].Workspace != w.Slug() {
			w.server.fatalf("fake: requests: workspace %q has only its own requests, none of %q; ask the server for those", w.Slug(), own[i].Workspace)
			return nil
		}
		own[i].Workspace = w.Slug()
	}
	return w.server.Requests(own...)
}
