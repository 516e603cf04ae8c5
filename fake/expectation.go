package fake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// Expectation is a request that a client should have made. Its methods return another expectation and leave the one
// that they are called on as it is.
type Expectation struct{ inner control.Expectation }

// Expect expects a request of an operation, "records.create", or of one of a resource, "records.*", at least once.
func Expect(operation string) Expectation {
	return Expectation{control.Expectation{Query: match.Query{Operations: []string{operation}}, Least: 1, Most: -1}}
}

// Times expects exactly n such requests.
func (e Expectation) Times(n int) Expectation { e.inner.Least, e.inner.Most = n, n; return e }

// Never expects no such request.
func (e Expectation) Never() Expectation { return e.Times(0) }

// Status expects an answer with a status.
func (e Expectation) Status(status int) Expectation { e.inner.Query.Statuses = []int{status}; return e }

// In expects the request to go to a workspace, by its slug.
func (e Expectation) In(workspace string) Expectation { e.inner.Query.Workspace = workspace; return e }

// With expects a token, by its name, "full", or with the workspace, "acme/full".
func (e Expectation) With(token string) Expectation { e.inner.Query.Token = token; return e }

// Method expects an HTTP method.
func (e Expectation) Method(method string) Expectation { e.inner.Query.Method = method; return e }

// Path expects a path that matches a pattern in which * stands for one part: "/v2/objects/*/records". The query is
// compared only if the pattern has one.
func (e Expectation) Path(pattern string) Expectation { e.inner.Query.Path = pattern; return e }

// Body expects the sent JSON to contain part, which is JSON text or anything that encoding/json writes: every key of an
// object, and every item of an array at its place.
func (e Expectation) Body(part any) Expectation {
	if text, ok := part.(string); ok {
		return e.with(control.CheckBody(text))
	}
	encoded, err := json.Marshal(part)
	if err != nil {
		return e.with(control.Check{Says: "body", Miss: func(*control.Entry) string { return fmt.Sprintf("the expected body is not JSON: %v", err) }})
	}
	return e.with(control.CheckBody(string(encoded)))
}

// That expects a condition of the test's own, which the text describes: "a name in capitals".
func (e Expectation) That(says string, holds func(Request) bool) Expectation {
	return e.with(control.Check{Says: says, Miss: func(entry *control.Entry) string {
		if holds(newRequest(entry)) {
			return ""
		}
		return "not " + says
	}})
}

func (e Expectation) with(c control.Check) Expectation {
	e.inner.Checks = append(slices.Clip(e.inner.Checks), c)
	return e
}

// String describes the expectation.
func (e Expectation) String() string { return e.inner.String() }

// ExpectRequests fails the test unless clients have made the requests, in whatever order and among others. For a
// missing one it reports the request that came nearest, and how that differs.
func (s *Server) ExpectRequests(t TB, expected ...Expectation) {
	t.Helper()
	s.For(t).expect(control.Question{}, expected)
}

// ExpectRequests is Server.ExpectRequests of the requests to the workspace alone.
func (w *Workspace) ExpectRequests(t TB, expected ...Expectation) {
	t.Helper()
	for i, e := range expected {
		if e.inner.Query.Workspace == "" {
			expected = slices.Clone(expected)
			expected[i] = e.In(w.Slug())
		} else if e.inner.Query.Workspace != w.Slug() {
			t.Fatalf("fake: expected %s; the workspace %q has the requests to itself alone", e, w.Slug())
			return
		}
	}
	w.server.For(t).expect(control.Question{Query: match.Query{Workspace: w.Slug()}}, expected)
}

func (s *Server) expect(among control.Question, expected []Expectation) {
	s.helper()
	inner := make([]control.Expectation, len(expected))
	for i, e := range expected {
		inner[i] = e.inner
	}
	if failures := s.control.Verify(among, inner); failures != nil {
		s.fatalf("fake: %s", strings.Join(failures, "\n"))
	}
}
