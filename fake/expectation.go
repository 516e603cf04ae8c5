package fake

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// Expectation is a request that a client should have made. Its methods return another expectation and leave the one
// that they are called on as it is.
type Expectation struct {
	operation string
	query     match.Query
	least     int
	most      int // -1 for any number
	checks    []check
}

// check is one condition of an expectation.
type check struct {
	says string
	// miss says how a request fails the check, or nothing.
	miss func(Request) string
}

// Expect expects a request of an operation, "records.create", or of one of a resource, "records.*", at least once.
func Expect(operation string) Expectation {
	return Expectation{operation: operation, query: match.Query{Operations: []string{operation}}, least: 1, most: -1}
}

// Times expects exactly n such requests.
func (e Expectation) Times(n int) Expectation { e.least, e.most = n, n; return e }

// Never expects no such request.
func (e Expectation) Never() Expectation { return e.Times(0) }

// Status expects an answer with a status.
func (e Expectation) Status(status int) Expectation { e.query.Statuses = []int{status}; return e }

// In expects the request to go to a workspace, by its slug.
func (e Expectation) In(workspace string) Expectation { e.query.Workspace = workspace; return e }

// With expects a token, by its name, "full", or with the workspace, "acme/full".
func (e Expectation) With(token string) Expectation { e.query.Token = token; return e }

// Method expects an HTTP method.
func (e Expectation) Method(method string) Expectation { e.query.Method = method; return e }

// Path expects a path that matches a pattern in which * stands for one part: "/v2/objects/*/records". The query is
// compared only if the pattern has one.
func (e Expectation) Path(pattern string) Expectation { e.query.Path = pattern; return e }

// Body expects the sent JSON to contain part, which is JSON text or anything that encoding/json writes: every key of an
// object, and every item of an array at its place.
func (e Expectation) Body(part any) Expectation {
	text, isText := part.(string)
	var err error
	if !isText {
		var encoded []byte
		encoded, err = json.Marshal(part)
		text = string(encoded)
	}
	var want any
	if err == nil {
		err = json.Unmarshal([]byte(text), &want)
	}
	return e.with("body "+text, func(r Request) string {
		if err != nil {
			return fmt.Sprintf("the expected body is not JSON: %v", err)
		}
		var got any
		if json.Unmarshal(r.Body, &got) != nil {
			return "its body is not JSON"
		}
		return missing("", want, got)
	})
}

// That expects a condition of the test's own, which the text describes: "a name in capitals".
func (e Expectation) That(says string, holds func(Request) bool) Expectation {
	return e.with(says, func(r Request) string {
		if holds(r) {
			return ""
		}
		return "not " + says
	})
}

func (e Expectation) with(says string, miss func(Request) string) Expectation {
	e.checks = append(slices.Clip(e.checks), check{says, miss})
	return e
}

// String describes the expectation.
func (e Expectation) String() string {
	often := "at least once"
	switch {
	case e.most == 0:
		often = "never"
	case e.most > 0:
		often = fmt.Sprintf("%d times", e.most)
	}
	text := e.operation
	for _, condition := range e.query.Conditions() {
		text += " with " + condition
	}
	for _, c := range e.checks {
		text += " with " + c.says
	}
	return text + ", " + often
}

// ExpectRequests fails the test unless clients have made the requests, in whatever order and among others. For a
// missing one it reports the request that came nearest, and how that differs.
func (s *Server) ExpectRequests(t TB, expected ...Expectation) {
	t.Helper()
	s.For(t).expect(s.Requests(), expected)
}

// ExpectRequests is Server.ExpectRequests of the requests to the workspace alone.
func (w *Workspace) ExpectRequests(t TB, expected ...Expectation) {
	t.Helper()
	for i, e := range expected {
		if e.query.Workspace == "" {
			expected = slices.Clone(expected)
			expected[i] = e.In(w.Slug())
		} else if e.query.Workspace != w.Slug() {
			t.Fatalf("fake: expected %s; the workspace %q has the requests to itself alone", e, w.Slug())
			return
		}
	}
	w.server.For(t).expect(w.For(t).Requests(), expected)
}

func (s *Server) expect(requests []Request, expected []Expectation) {
	s.helper()
	var failures []string
	for _, e := range expected {
		if err := s.control.CheckQuestion(e.query); err != nil {
			failures = append(failures, fmt.Sprintf("expected %s: %v", e, err))
		} else if failure := e.failure(requests); failure != "" {
			failures = append(failures, failure)
		}
	}
	if failures != nil {
		s.fatalf("fake: %s", strings.Join(failures, "\n"))
	}
}

// failure says how the requests fail the expectation, or nothing.
func (e Expectation) failure(requests []Request) string {
	var found []Request
	var near nearMiss
	for _, r := range requests {
		misses := e.misses(r)
		if len(misses) == 0 {
			found = append(found, r)
		} else {
			near.add(r, misses, attio.Names(e.operation, r.Operation))
		}
	}
	if len(found) >= e.least && (e.most < 0 || len(found) <= e.most) {
		return ""
	}
	text := fmt.Sprintf("expected %s; there were %d of %d requests", e, len(found), len(requests))
	for _, r := range found {
		text += "\n\t" + r.String()
	}
	if len(found) < e.least {
		text += near.String()
	}
	return text
}

// misses lists how a request fails the expectation.
func (e Expectation) misses(r Request) []string {
	misses := e.query.Misses(match.Request{
		Operation: r.Operation, Workspace: r.Workspace, Token: r.Token, Method: r.Method, Target: r.Path, Status: r.Status,
	})
	for _, c := range e.checks {
		if miss := c.miss(r); miss != "" {
			misses = append(misses, miss)
		}
	}
	return misses
}

// nearMiss is the request that fails an expectation least: one of the operation before all others.
type nearMiss struct {
	request   Request
	misses    []string
	operation bool
}

func (n *nearMiss) add(r Request, misses []string, operation bool) {
	if n.misses == nil || operation && !n.operation || operation == n.operation && len(misses) < len(n.misses) {
		n.request, n.misses, n.operation = r, misses, operation
	}
}

func (n *nearMiss) String() string {
	if n.misses == nil {
		return ""
	}
	refusal := ""
	if n.request.Code != "" {
		refusal = fmt.Sprintf(" (%s: %s)", n.request.Code, n.request.Message)
	}
	return fmt.Sprintf("\n\tthe nearest: %s%s, but %s", n.request, refusal, strings.Join(n.misses, ", and "))
}

// missing says what of the wanted JSON is not in the other, or nothing.
func missing(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			break
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			value, ok := got[key]
			if !ok {
				return fmt.Sprintf("its body has no %s", strings.TrimPrefix(path+"."+key, "."))
			}
			if miss := missing(path+"."+key, want[key], value); miss != "" {
				return miss
			}
		}
		return ""
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) < len(want) {
			break
		}
		for i := range want {
			if miss := missing(fmt.Sprintf("%s[%d]", path, i), want[i], got[i]); miss != "" {
				return miss
			}
		}
		return ""
	}
	if reflect.DeepEqual(want, got) {
		return ""
	}
	text, _ := json.Marshal(got) // it was JSON before
	return fmt.Sprintf("%s of its body is %s", strings.TrimPrefix(path, "."), text)
}
