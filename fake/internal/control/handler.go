package control

import (
	"bytes"
	"crypto/subtle"
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

	"github.com/gorilla/mux"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/limit"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// prefix is where everything lives that Attio does not have.
const prefix = "/_fake"

// Handler answers the control API, and passes every other request on to the Attio API.
type Handler struct {
	Snapshots Snapshots
	// Observe, unless it is nil, is called with each request that the journal gets, without its changes. It is set before the first request.
	Observe func(*Entry)

	world    *world.World
	attio    *api.Handler
	journal  *Journal
	usage    usage
	faults   *fault.Injector
	webhooks *webhook.Engine
	limits   limit.Limiter
	guard    *Guard
	token    string
}

// New puts the control API before the Attio API. A guard keeps strangers away from everything under /_fake/ but the
// links to files. A token, unless it is empty, has to come as a Bearer token with every request there but the health check.
func New(w *world.World, attio *api.Handler, faults *fault.Injector, webhooks *webhook.Engine, guard *Guard, token string) *Handler {
	h := &Handler{world: w, attio: attio, journal: new(Journal), faults: faults, webhooks: webhooks, guard: guard, token: token}
	w.Watch(h)
	return h
}

// Reset puts everything back to the scenario: the world, and the faults. The limits have counted nothing, and
// the deliveries of webhooks behave. The journal and the usage are empty, unless they are to be kept.
func (h *Handler) Reset(keepRequests bool) {
	h.world.Reset()
	h.Restart(keepRequests)
}

// Restart begins anew with the faults of the scenario, after the world did.
func (h *Handler) Restart(keepRequests bool) {
	if !keepRequests {
		h.ClearRequests()
		h.ClearUsage()
	}
	h.faults.Set(h.world.Seed().Faults)
	h.limits.Reset()
	_ = h.webhooks.SetChaos(webhook.Chaos{}) // none is always right
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
	result, err := h.answer(w, r)
	h.attio.Date(w.Header()) // again: the clock may have been moved
	var refusal *refusal
	if errors.As(err, &refusal) {
		write(w, refusal.status, map[string]string{"error": refusal.message})
		return
	}
	switch result := result.(type) {
	case answered:
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case stream:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = result(w) // a client that has gone away is nobody's error
	case text:
		w.Header().Set("Content-Type", result.contentType)
		_, _ = w.Write(result.body) // a client that has gone away is nobody's error
	default:
		write(w, http.StatusOK, result)
	}
}

// stream is the result of what writes a body that is too large to be made first.
type stream func(io.Writer) error

// list is the result that has some items under a key, each made when it is its turn.
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

// answered is the result of what has written its answer itself.
type answered struct{}

func (h *Handler) answer(w http.ResponseWriter, r *http.Request) (any, error) {
	if refused := h.guard.check(r); refused != nil {
		return nil, refused
	}
	as := strings.HasPrefix(r.URL.Path, asPrefix)
	var found mux.RouteMatch
	if !as && !routes().Match(r, &found) {
		if answersAnother(r) {
			return nil, &refusal{http.StatusMethodNotAllowed, fmt.Sprintf("%s does not answer %s", r.URL.Path, r.Method)}
		}
		return nil, &refusal{http.StatusNotFound, fmt.Sprintf("the control API has no %s", r.URL.Path)}
	}
	if !h.allowed(r) {
		w.Header().Set("WWW-Authenticate", "Bearer")
		return nil, &refusal{http.StatusUnauthorized, "the control API wants its token: Authorization: Bearer <the server's --control-token>"}
	}
	if as {
		if refused := h.serveAs(w, r); refused != nil {
			return nil, refused
		}
		return answered{}, nil
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil { // what is dropped from it would change the question
		return nil, badRequest("the query %q is not well written; put & between parameters, and %%25 for a percent sign", r.URL.RawQuery)
	}
	if refused := checkParameters(r.URL.Query(), found.Handler.(documented).query); refused != nil {
		return nil, refused
	}
	r = mux.SetURLVars(r, found.Vars)
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	result, err := found.Handler.(documented).route(h, r)
	if err != nil {
		return nil, err
	}
	return result, nil
}

// checkParameters refuses parameters of the query that a route does not have.
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

// answersAnother reports whether a path answers another method. gorilla/mux forgets it when a later route has the
// method and another path.
func answersAnother(r *http.Request) bool {
	other := *r
	return slices.ContainsFunc([]string{"GET", "POST", "PUT", "DELETE"}, func(method string) bool {
		other.Method = method
		return routes().Match(&other, new(mux.RouteMatch))
	})
}

func (h *Handler) allowed(r *http.Request) bool {
	if h.token == "" || r.URL.Path == prefix+"/health" {
		return true
	}
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare([]byte(value), []byte(h.token)) == 1
}

// refusal is an error answer of the control API: {"error": message}.
type refusal struct {
	status  int
	message string
}

func (r *refusal) Error() string { return r.message }

func badRequest(format string, args ...any) *refusal {
	return &refusal{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

func write(w http.ResponseWriter, status int, body any) {
	encoded, err := encode(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encoded) // a client that has gone away is nobody's error
}

// encode writes JSON with < and > as they are, and a line feed at its end.
func encode(value any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return buf.Bytes(), err
}
