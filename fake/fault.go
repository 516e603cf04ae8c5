package fake

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// Fault says which requests go wrong, how often, and how. Without conditions all of them do. A fault begins with its
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

// When takes only requests that a test chooses. The function may be called by several goroutines and must
// not read the body.
func (f Fault) When(chosen func(*http.Request) bool) Fault { f.rule.When = chosen; return f }

// After lets so many requests pass first.
func (f Fault) After(requests int) Fault { f.rule.After = requests; return f }

// Every hits one of so many requests: the last of each such group.
func (f Fault) Every(requests int) Fault { f.rule.Every = requests; return f }

// Times hits so often at the most; otherwise until the fault is removed.
func (f Fault) Times(hits int) Fault { f.rule.Times = hits; return f }

// Probability hits with a probability above 0 and below 1; the same seed hits the same requests.
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

// Fail lets requests go wrong from now on. A fault that could never hit anything fails the test, as one on
// an operation that Attio does not have or on a workspace that is not there. Of two faults that hit one request the older one acts.
func (s *Server) Fail(f Fault) Injected {
	s.helper()
	id, err := s.control.AddFault(f.rule)
	if err != nil {
		s.fatalf("fake: %v", err)
	}
	return Injected{s, id}
}

// ClearFaults takes all faults away, those of the scenario too. Requests that hang lose their connections.
func (s *Server) ClearFaults() { s.faults.Clear() }

// ID returns what the journal and the header X-Fakeattio-Fault call the fault.
func (i Injected) ID() string { return i.id }

// Hits returns how many requests went wrong.
func (i Injected) Hits() int {
	status, _ := i.server.faults.Status(i.id)
	return status.Hits
}

// Remove takes the fault away.
func (i Injected) Remove() { i.server.faults.Remove(i.id) }
