package fake

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// Fault says which requests fail, how often, and how. Without conditions every request does. A fault begins with its
// kind:
//
//	fake.Unavailable.On("records.query").In("acme").Times(2)
//
// Its methods return another fault and leave the one that they are called on as it is.
type Fault struct{ rule fault.Rule }

// On takes only requests of an operation, "records.query", or of any of a resource, "records.*".
func (f Fault) On(operation string) Fault { f.rule.Operation = operation; return f }

// Method takes only requests of an HTTP method.
func (f Fault) Method(method string) Fault { f.rule.Method = method; return f }

// Path takes only requests whose path matches a pattern in which * stands for one part: "/v2/objects/*/records".
func (f Fault) Path(pattern string) Fault { f.rule.Path = pattern; return f }

// In takes only requests to a workspace, by its slug.
func (f Fault) In(workspace string) Fault { f.rule.Workspace = workspace; return f }

// With takes only requests with a token, by its name, "full", or with the workspace, "acme/full".
func (f Fault) With(token string) Fault { f.rule.Token = token; return f }

// Status takes only requests that are answered with a status. AnswerLost, CutOff and InvalidJSON can choose by it, as
// they let the request be answered first.
func (f Fault) Status(status int) Fault { f.rule.Status = status; return f }

// When takes only requests for which chosen returns true. The function may be called by several goroutines and must
// not read the body.
func (f Fault) When(chosen func(*http.Request) bool) Fault { f.rule.When = chosen; return f }

// After lets the first n requests pass.
func (f Fault) After(n int) Fault { f.rule.After = n; return f }

// Every hits every n-th request.
func (f Fault) Every(n int) Fault { f.rule.Every = n; return f }

// Times hits n requests and no more. Without it the fault hits until it is removed.
func (f Fault) Times(n int) Fault { f.rule.Times = n; return f }

// Probability hits each request with probability p, above 0 and below 1; the same seed hits the same requests.
func (f Fault) Probability(p float64, seed int64) Fault {
	f.rule.Probability, f.rule.Seed = p, seed
	return f
}

// Delay waits before anything else happens, in real time.
func (f Fault) Delay(d time.Duration) Fault { f.rule.Delay = fault.Duration(d); return f }

// Injected is a fault in a server.
type Injected struct {
	server *Server
	id     string
}

// Fail makes requests fail from now on. A fault that can never hit a request, because Attio has no such operation or the
// server no such workspace, fails the test. Of two faults that hit the same request the older one acts.
func (s *Server) Fail(f Fault) Injected {
	s.helper()
	id, err := s.control.AddFault(f.rule)
	if err != nil {
		s.fatalf("fake: %v", err)
	}
	return Injected{s, id}
}

// ClearFaults removes all faults, those of the scenario too. Requests that hang lose their connections.
func (s *Server) ClearFaults() {
	s.faults.Clear()
	s.control.Changed()
}

// ID returns what the journal and the header X-Fakeattio-Fault call the fault.
func (i Injected) ID() string { return i.id }

// Hits returns how many requests the fault has hit.
func (i Injected) Hits() int {
	status, _ := i.server.faults.Status(i.id)
	return status.Hits
}

// Remove removes the fault.
func (i Injected) Remove() {
	i.server.faults.Remove(i.id)
	i.server.control.Changed()
}
