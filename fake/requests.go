package fake

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// Request is what a client asked for, and what came of it.
type Request struct {
	Number    int       // from 1, in the order of the answers
	Time      time.Time // when it arrived, on the server's clock
	Method    string
	Path      string // with the query, 8 KB of it
	Operation string // "records.create"; empty where Attio has no such endpoint
	Workspace string // the slug; empty without a valid token
	Token     string // the name
	Scopes    []string
	Status    int    // 0 where a fault kept the server from answering
	Code      string // of Attio's, of an error: "validation_type"
	Message   string // of Attio's, of an error
	Hint      string // what of the request had no effect, and why: a body of another content type, a key that Attio ignores
	Faults    []string
	// Header is what was sent, without secrets: Authorization has the name of the token, "Bearer acme/full".
	Header       http.Header
	Body         []byte // as it was sent, 64 KB of it
	AnswerHeader http.Header
	Answer       []byte // 64 KB of it, before compression
	Changes      []Change
}

// String returns the number, the method, the path and the status.
func (r Request) String() string {
	return fmt.Sprintf("#%d %s %s: %d", r.Number, r.Method, r.Path, r.Status)
}

// Change is what happened to one thing of a workspace.
type Change struct {
	Thing      string // "record", "list-entry", "note", "object", "attribute", …
	In         string // the slug of the object or list that it is in, if any
	ID         string
	Action     string // "created", "changed" or "deleted"
	Attributes []AttributeChange
	Before     string // JSON as the API shows it, of anything but a record or an entry; empty for nothing
	After      string
}

// AttributeChange is what happened to an attribute of a record or an entry: JSON arrays of its values.
type AttributeChange struct{ Attribute, Before, After string }

// String says in a line what happened.
func (c Change) String() string {
	in := ""
	if c.In != "" {
		in = c.In + "/"
	}
	text := fmt.Sprintf("%s %s%s %s", c.Thing, in, c.ID, c.Action)
	if len(c.Attributes) == 0 {
		return text
	}
	slugs := make([]string, len(c.Attributes))
	for i, a := range c.Attributes {
		slugs[i] = a.Attribute
	}
	return text + ": " + strings.Join(slugs, ", ")
}

// RequestFilter chooses requests, in the words in which a Fault and an Expectation choose them too.
type RequestFilter struct {
	apply func(*control.Question) error
}

// Op chooses the requests of an operation, "records.create", or of all of a resource, "records.*". Of several Ops any
// will do.
func Op(operation string) RequestFilter {
	return RequestFilter{func(q *control.Question) error {
		q.Operations = append(q.Operations, operation)
		return nil
	}}
}

// Status chooses the requests that were answered with a status; 0 is for those that a fault kept from being answered. Of
// several any will do.
func Status(status int) RequestFilter {
	return RequestFilter{func(q *control.Question) error {
		q.Statuses = append(q.Statuses, status)
		return nil
	}}
}

// In chooses the requests to a workspace, by its slug.
func In(workspace string) RequestFilter {
	return RequestFilter{func(q *control.Question) error { return once(&q.Workspace, "workspace", workspace) }}
}

// ByToken chooses the requests with a token, by its name, "full", or with the workspace, "acme/full".
func ByToken(name string) RequestFilter {
	return RequestFilter{func(q *control.Question) error { return once(&q.Token, "token", name) }}
}

// Method chooses the requests of an HTTP method.
func Method(method string) RequestFilter {
	return RequestFilter{func(q *control.Question) error { return once(&q.Method, "method", method) }}
}

// Path chooses the requests whose path matches a pattern in which * stands for one part: "/v2/objects/*/records". The
// query of a request counts only where the pattern has one: "/v2/notes?limit=*".
func Path(pattern string) RequestFilter {
	return RequestFilter{func(q *control.Question) error { return once(&q.Path, "path", pattern) }}
}

// once sets a condition that a request cannot fulfil twice.
func once(condition *string, what, value string) error {
	if *condition != "" && *condition != value {
		return fmt.Errorf("no request has both the %s %q and %q", what, *condition, value)
	}
	*condition = value
	return nil
}

// Since chooses the requests that arrived at a moment of the server's clock or later.
func Since(t time.Time) RequestFilter {
	return RequestFilter{func(q *control.Question) error {
		q.Since = t
		return nil
	}}
}

// Later chooses the requests that came after another one.
func Later(than Request) RequestFilter {
	return RequestFilter{func(q *control.Question) error {
		q.After = than.Number
		return nil
	}}
}

// Requests returns what clients have asked for, oldest first, and all that the filters choose: the latest ten thousand, or
// 32 MiB of them. What a test does from Go is not among them. A filter for what the server does not know fails the test.
func (s *Server) Requests(filters ...RequestFilter) []Request {
	s.helper()
	var q control.Question
	for _, filter := range filters {
		if err := filter.apply(&q); err != nil {
			s.fatalf("fake: requests: %v", err)
			return nil
		}
	}
	if err := s.control.CheckQuestion(q.Query); err != nil {
		s.fatalf("fake: requests: %v", err)
		return nil
	}
	requests := []Request{}
	for entry := range s.control.Requests(q) {
		requests = append(requests, newRequest(entry))
	}
	return requests
}

// Requests returns what clients have asked of the workspace, as Server.Requests does.
func (w *Workspace) Requests(filters ...RequestFilter) []Request {
	w.server.helper()
	return w.server.Requests(append(slices.Clip(filters), In(w.Slug()))...)
}

// ClearRequests forgets what clients have asked for.
func (s *Server) ClearRequests() { s.control.ClearRequests() }

func newRequest(e *control.Entry) Request {
	r := Request{
		Number: e.Number, Time: e.Time.Time, Method: e.Method, Path: e.Path, Operation: e.Operation,
		Workspace: e.Workspace, Token: e.Token, Status: e.Status, Code: e.Code, Message: e.Message, Hint: e.Hint,
		Faults: slices.Clone(e.Faults), Header: e.RequestHeaders.HTTP(), Body: slices.Clone(e.Request), AnswerHeader: e.ResponseHeaders.HTTP(), Answer: slices.Clone(e.Response), Changes: newChanges(e.Changes),
	}
	for _, scope := range e.Scopes {
		r.Scopes = append(r.Scopes, string(scope))
	}
	return r
}

func newChanges(changes []control.Change) []Change {
	var all []Change
	for _, c := range changes {
		change := Change{
			Thing: string(c.Thing), In: c.In, ID: string(c.ID), Action: string(c.Action),
			Before: string(c.Before), After: string(c.After),
		}
		for _, a := range c.Attributes {
			change.Attributes = append(change.Attributes, AttributeChange{a.Attribute, string(a.Before), string(a.After)})
		}
		all = append(all, change)
	}
	return all
}

// WorkspaceDiff is how a workspace differs between two snapshots.
type WorkspaceDiff struct {
	Workspace string // the slug
	Action    string // what happened to the workspace itself: "created", "changed" or "deleted"
	Changes   []Change
}

// Diff returns what has to change to get from one snapshot of the server to another, in the workspaces that differ.
func (s *Server) Diff(before, after Snapshot) []WorkspaceDiff {
	s.helper()
	if !s.holds(before) || !s.holds(after) {
		return nil
	}
	var diffs []WorkspaceDiff
	for _, d := range control.Diff(before.inner.World, after.inner.World, s.Now()) {
		diffs = append(diffs, WorkspaceDiff{d.Workspace, string(d.Action), newChanges(d.Changes)})
	}
	return diffs
}
