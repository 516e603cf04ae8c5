package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/gorilla/mux"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/limit"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/oauth"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// prefix begins the path of everything that Attio does not have.
const prefix = "/_fake"

// Handler answers the control API and passes every other request on to the Attio API.
type Handler struct {
	Snapshots Snapshots
	// Observe, if not nil, is called with each entry of the journal, without its changes. Set it before the first request.
	Observe func(*Entry)
	// Before, if not nil, is called with each request of a client before a fault, a limit or Attio answers it. It may
	// change the world. Set it before the first request.
	Before func(*api.Call)
	// Load makes a scenario the present state, and what a reset returns to. If the scenario has problems it returns them
	// and changes nothing.
	Load func(scenario.Source) error
	// Console, if not nil, answers the requests for its pages. Set it before the first request.
	Console http.Handler

	world    *world.World
	attio    *api.Handler
	oauth    *oauth.Server
	journal  *Journal
	moments  *Moments
	usage    usage
	faults   *fault.Injector
	webhooks *webhook.Engine
	limits   limit.Limiter
	shadow   *shadow.Shadow // nil if no other server is compared with
	guard    *Guard
	token    string
	changed  bell // rings when the state, the clock, the faults or a setting changes
	lastTest lastTest
	closing  chan struct{} // closed by Close
	close    sync.Once
}

// New puts the control API in front of the Attio API. The guard protects everything under /_fake/ except the links to
// files. If token is not empty, every request under /_fake/ except the health check must send it as a Bearer token.
func New(w *world.World, attio *api.Handler, faults *fault.Injector, webhooks *webhook.Engine, guard *Guard, token string) *Handler {
	h := &Handler{world: w, attio: attio, oauth: oauth.New(w), moments: newMoments(w), faults: faults, webhooks: webhooks, guard: guard, token: token, closing: make(chan struct{})}
	h.journal = newJournal(h.moments)
	w.Watch(h)
	return h
}

// Close ends the requests that wait for something.
func (h *Handler) Close() { h.close.Do(func() { close(h.closing) }) }

// Reset returns the world and the faults to the scenario, sets the limits' counters to zero and turns webhook chaos
// off. It clears the journal and the usage unless keepRequests is set.
func (h *Handler) Reset(keepRequests bool) {
	h.world.Reset()
	h.Restart(keepRequests)
}

// Restart does the rest of a Reset after the world was reset.
func (h *Handler) Restart(keepRequests bool) {
	if !keepRequests {
		h.ClearRequests()
		h.ClearUsage()
	}
	h.faults.Set(h.world.Seed().Faults)
	h.limits.Reset()
	_ = h.webhooks.SetChaos(webhook.Chaos{}) // no chaos is always valid
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != prefix && !strings.HasPrefix(r.URL.Path, prefix+"/") {
		h.serve(w, r)
		return
	}
	h.attio.Date(w.Header())
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if strings.HasPrefix(r.URL.Path, api.LinkPath) {
		h.serveFile(w, r)
		return
	}
	if h.guard.admit(w, r) {
		return
	}
	if h.Console != nil && isConsole(r.URL.Path) {
		if refused := h.guard.check(r); refused != nil {
			write(w, refused.status, refused.answer())
			return
		}
		h.Console.ServeHTTP(w, r)
	} else {
		h.serveControl(w, r)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.changed.ring()
	}
}

// serveControl answers a request to the control API.
func (h *Handler) serveControl(w http.ResponseWriter, r *http.Request) {
	result, err := h.answer(w, r)
	h.attio.Date(w.Header()) // again, because the request may have moved the clock
	var refusal *refusal
	if errors.As(err, &refusal) {
		write(w, refusal.status, refusal.answer())
		return
	}
	switch result := result.(type) {
	case answered:
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case stream:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = result(w) // fails only if the client is gone
	case *scenario.Exported:
		writeExported(w, result)
	case text:
		w.Header().Set("Content-Type", result.contentType)
		_, _ = w.Write(result.body) // fails only if the client is gone
	default:
		write(w, http.StatusOK, result)
	}
}

// stream is the result of a route whose body is too large to build in memory first.
type stream func(io.Writer) error

// list returns a stream of {"key": [items]} that makes each item only when it writes it.
func list[T any](key string, items iter.Seq[T]) stream {
	return func(w io.Writer) error {
		if _, err := fmt.Fprintf(w, "{%q:[", key); err != nil {
			return err
		}
		first := true
		for item := range items {
			encoded, err := encode(item)
			if err != nil {
				return err
			}
			if !first {
				encoded = append([]byte(","), encoded...)
			}
			if _, err := w.Write(bytes.TrimSuffix(encoded, []byte("\n"))); err != nil {
				return err
			}
			first = false
		}
		_, err := io.WriteString(w, "]}\n")
		return err
	}
}

// answered is the result of a route that has already written its answer.
type answered struct{}

func (h *Handler) answer(w http.ResponseWriter, r *http.Request) (any, error) {
	if refused := h.guard.check(r); refused != nil {
		return nil, refused
	}
	named := serveNamed(r)
	var found mux.RouteMatch
	if named == nil && !findRoute(r, &found) {
		if answersAnother(r) {
			return nil, &refusal{status: http.StatusMethodNotAllowed, message: fmt.Sprintf("%s does not support %s", r.URL.Path, r.Method)}
		}
		return nil, &refusal{status: http.StatusNotFound, message: fmt.Sprintf("the control API has no %s", r.URL.Path)}
	}
	if !h.Allowed(r) {
		w.Header().Set("WWW-Authenticate", "Bearer")
		return nil, &refusal{status: http.StatusUnauthorized, message: "the control API needs its token; send Authorization: Bearer <the server's --control-token>"}
	}
	if named != nil {
		if refused := named(h, w, r); refused != nil {
			return nil, refused
		}
		return answered{}, nil
	}
	return h.run(w, r, found)
}

// run answers a request with the route that was found for it.
func (h *Handler) run(w http.ResponseWriter, r *http.Request, found mux.RouteMatch) (any, error) {
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil { // net/url would drop the bad parameters, and the answer would be to another question
		return nil, badRequest("the query %q is malformed; separate parameters with & and write %%25 for a percent sign", r.URL.RawQuery)
	}
	if refused := checkParameters(r.URL.Query(), found.Handler.(documented).query); refused != nil {
		return nil, refused
	}
	r = mux.SetURLVars(r, found.Vars)
	documented := found.Handler.(documented)
	r.Body = http.MaxBytesReader(w, r.Body, documented.bodyLimit())
	result, err := documented.route(h, r)
	if err != nil {
		return nil, err
	}
	return result, nil
}

// checkParameters refuses query parameters that the route does not have.
func checkParameters(query url.Values, known []parameter) *refusal {
	var names []string
	for _, p := range known {
		names = append(names, p.name)
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(names, name) {
			return badRequest("%s", suggest.Unknown("parameter", name, names))
		}
	}
	return nil
}

// answersAnother reports whether the path exists with another method. gorilla/mux does not report this reliably: it
// forgets the mismatch when a later route has the method but another path.
func answersAnother(r *http.Request) bool {
	other := *r
	return slices.ContainsFunc([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, func(method string) bool {
		other.Method = method
		return findRoute(&other, new(mux.RouteMatch))
	})
}

// Allowed reports whether a request may use the control API: it sends the control token, or needs none.
func (h *Handler) Allowed(r *http.Request) bool {
	if h.token == "" || r.URL.Path == prefix+"/health" {
		return true
	}
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && h.IsToken(value)
}

// refusal is an error that the control API answers with: {"error": message}.
type refusal struct {
	status  int
	message string
	body    any // the whole answer, where it says more than the message
}

func (r *refusal) answer() any {
	if r.body != nil {
		return r.body
	}
	return Error{r.message}
}

// Error is the answer to a request that was refused.
type Error struct {
	// What is wrong and how to fix it.
	Error string `json:"error"`
}

func (r *refusal) Error() string { return r.message }

func badRequest(format string, args ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, message: fmt.Sprintf(format, args...)}
}

func write(w http.ResponseWriter, status int, body any) {
	encoded, err := encode(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encoded) // fails only if the client is gone
}

// encode returns JSON with a line feed at the end, and leaves < and > unescaped.
func encode(value any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return buf.Bytes(), err
}
