package fake

import (
	"fmt"
	"slices"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
)

func describeOperation(r Request) string {
	if r.Operation == "" {
		return "to an endpoint that Attio does not have"
	}
	return r.Operation
}

// Strict fails the test at its end if a client called anything but these operations, each named as for Expect.
// Endpoints that Attio does not have are never expected.
func Strict(operations ...string) Option {
	return func(c *config) { c.strict, c.expected = true, append(c.expected, operations...) }
}

// Unexpected returns the requests that a Strict server should not have had, a line each, in the order of their answers; of
// many the first hundred, and how many more there were. Where New made the server, they fail its test by themselves.
func (s *Server) Unexpected() []string { return s.strict.all() }

// strict keeps the requests that a strict server should not have got: all of them, whatever the journal forgets.
type strict struct {
	mu         sync.Mutex
	unexpected []string
	unlisted   int // how many more there are
}

// maxUnexpected is how many of the unexpected requests are listed.
const maxUnexpected = 100

// observe notes a request, if a strict server should not have had it.
func (s *Server) observe(e *control.Entry) {
	expected := func(name string) bool { return attio.Names(name, e.Operation) }
	if !s.config.strict || slices.ContainsFunc(s.config.expected, expected) {
		return
	}
	r := newRequest(e)
	s.strict.add(fmt.Sprintf("%s (%s)", r, describeOperation(r)))
}

func (s *strict) add(request string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.unexpected) == maxUnexpected {
		s.unlisted++
		return
	}
	s.unexpected = append(s.unexpected, request)
}

// all lists the requests, nil for none.
func (s *strict) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unlisted == 0 {
		return s.unexpected
	}
	return append(slices.Clip(s.unexpected), fmt.Sprintf("and %d more", s.unlisted))
}
