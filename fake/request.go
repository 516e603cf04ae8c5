package fake

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// Request is a request of a client, with its answer and what it changed.
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
	Duration  time.Duration // until the answer was complete, in real time whatever the server's clock does
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

// ClearRequests empties the journal.
func (s *Server) ClearRequests() { s.control.ClearRequests() }

func newRequest(e *control.Entry) Request {
	r := Request{
		Number: e.Number, Time: e.Time.Time, Method: e.Method, Path: e.Path, Operation: e.Operation,
		Workspace: e.Workspace, Token: e.Token, Status: e.Status, Code: e.Code, Message: e.Message, Hint: e.Hint,
		Faults: slices.Clone(e.Faults), Duration: time.Duration(e.Duration * float64(time.Millisecond)), Header: e.RequestHeaders.HTTP(), Body: slices.Clone(e.Request), AnswerHeader: e.ResponseHeaders.HTTP(), Answer: slices.Clone(e.Response.Body()), Changes: newChanges(e.Changes),
	}
	for _, scope := range e.Scopes {
		r.Scopes = append(r.Scopes, string(scope))
	}
	return r
}
