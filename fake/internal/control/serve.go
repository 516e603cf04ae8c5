package control

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// faultHeader names the fault rules that hit the request.
const faultHeader = "X-Fakeattio-Fault"

// serve passes a request to the Attio API, unless a fault or a limit answers it, and records it in the journal.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request) {
	h.moments.use()
	arrived := h.world.Clock.Read()
	target := r.URL.RequestURI()
	k := &kept{Entry: Entry{Time: attio.Time{Time: arrived.Now}, Method: r.Method, Path: target}}
	entry := &k.Entry
	elapsed := h.world.Clock.Stopwatch()
	call := h.open(r)
	defer func() { // deferred, because a fault that breaks the connection panics
		entry.Duration = float64(elapsed()) / float64(time.Millisecond)
		k.span, k.commits = h.moments.span(arrived, call.Commits), call.Commits
		entry.complete(call, r.Header, w.Header(), k.span.answered.Now, &h.journal.texts)
		h.journal.add(k)
		h.submit(entry, call, w.Header())
		h.usage.add(entry)
		if h.Observe != nil {
			h.Observe(entry)
		}
	}()
	if h.Before != nil {
		h.Before(call)
	}
	asked := faultRequest(call, target)
	if injection, hit := h.faults.Hit(asked); hit {
		entry.Faults = injection.Rules
		w.Header().Set(faultHeader, strings.Join(injection.Rules, ", "))
		if injection.Delay > 0 && h.wait(call, injection.Delay) != nil {
			panic(http.ErrAbortHandler)
		}
		if injection.Kind != "" { // without a kind, the fault is only a delay
			h.inject(w, call, injection.Kind)
			return
		}
	}
	h.limit(call)
	if !h.faults.AwaitsAnswer(asked) {
		h.attio.Answer(w, call)
		return
	}
	answer := h.record(call, true)
	asked.Status = call.Status
	injection, hit := h.faults.HitAnswer(asked)
	if !hit {
		send(w, answer, answer.Body.Bytes())
		return
	}
	entry.Faults = append(entry.Faults, injection.Rules...)
	w.Header().Set(faultHeader, strings.Join(entry.Faults, ", "))
	if injection.Delay > 0 && h.wait(call, injection.Delay) != nil {
		panic(http.ErrAbortHandler)
	}
	disturb(w, answer, injection.Kind)
}

// open opens a request to OAuth's paths, or else to the API.
func (h *Handler) open(r *http.Request) *api.Call {
	if call := h.oauth.Open(r); call != nil {
		return call
	}
	return h.attio.Open(r)
}

// wait delays a call, at most until its workspace is removed. What Attio does when a workspace is deleted during a
// request is not known; the fake closes the connection, as it does when the faults are cleared.
func (h *Handler) wait(call *api.Call, delay time.Duration) error {
	slug := ""
	if call.Workspace != nil {
		slug = call.Workspace.View().Slug
	}
	removed := func() bool { return slug != "" && !h.there(slug) }
	return h.faults.Wait(call.Request.Context(), slug, removed, delay)
}

// limit applies the rate limits to a call, if its workspace has any.
func (h *Handler) limit(call *api.Call) {
	if call.Operation == nil || call.Workspace == nil {
		return
	}
	state := call.Workspace.View()
	if !state.Limited {
		return
	}
	if retry, ok := h.limits.Allow(state.Slug, call.Operation, h.world.Clock.Now()); !ok {
		call.Refuse(attio.RateLimited(retry))
	}
	call.Weigh = func(score int) error {
		if retry, ok := h.limits.Score(state.Slug, score, h.world.Clock.Now()); !ok {
			return attio.RateLimited(retry)
		}
		return nil
	}
}

func faultRequest(call *api.Call, target string) fault.Request {
	q := fault.Request{HTTP: call.Request, Request: match.Request{Method: call.Request.Method, Target: target}}
	if call.Operation != nil {
		q.Operation = call.Operation.Name
	}
	if call.Token != nil {
		q.Workspace, q.Token = call.Workspace.View().Slug, call.Token.Name
	}
	return q
}

// inject answers a call the way the fault's kind says. To break the connection it panics with
// http.ErrAbortHandler, as net/http expects.
func (h *Handler) inject(w http.ResponseWriter, call *api.Call, kind fault.Kind) {
	switch kind {
	case fault.BadGateway:
		h.answerPlain(w, call, http.StatusBadGateway, "text/html; charset=UTF-8", badGateway)
	case fault.Unavailable:
		h.answerPlain(w, call, http.StatusServiceUnavailable, "text/plain; charset=utf-8", "Service Unavailable")
	case fault.Hang:
		_ = h.wait(call, -1) // until the client disconnects, the workspace is removed or the server closes
		panic(http.ErrAbortHandler)
	case fault.Disconnect:
		panic(http.ErrAbortHandler)
	case fault.AnswerLost, fault.CutOff, fault.InvalidJSON:
		disturb(w, h.record(call, kind == fault.InvalidJSON), kind)
	default:
		call.Refuse(refusalOf(kind, call, h.world.Clock.Now()))
		h.attio.Answer(w, call)
	}
}

// badGateway is a typical load balancer's page for a server that it cannot reach. Attio's own was never captured.
const badGateway = "<html><head>\n<title>502 Server Error</title>\n</head>\n<body>\n<h1>Error: Server Error</h1>\n" +
	"<h2>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.</h2>\n</body></html>\n"

// refusalOf returns Attio's error for a fault of this kind.
func refusalOf(kind fault.Kind, call *api.Call, now time.Time) *attio.Error {
	switch kind {
	case fault.RateLimited:
		return attio.RateLimited(now.Truncate(time.Second).Add(time.Second))
	case fault.Unauthorized:
		return attio.UnknownToken()
	case fault.Forbidden:
		return attio.MissingScopes(call.Scopes())
	case fault.WriteConflict:
		return attio.WriteConflict()
	case fault.NoPermission, fault.QuotaExceeded, fault.BillingError, fault.LimitReached:
		return kind.Refusal(call.Operation) // the rule only hits operations that can answer so
	}
	return attio.Outage()
}

// answerPlain answers as a proxy or load balancer in front of Attio would.
func (h *Handler) answerPlain(w http.ResponseWriter, call *api.Call, status int, contentType, text string) {
	call.Status, call.Body = status, []byte(text)
	h.attio.Date(w.Header())
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // fails only if the client is gone
}

// record lets the Attio API answer a call and keeps the answer instead of sending it. With plain, the answer is not
// compressed: half of a compressed body would not even decompress.
func (h *Handler) record(call *api.Call, plain bool) *httptest.ResponseRecorder {
	if plain {
		asked := *call.Request // the journal has the header as it was sent
		asked.Header = asked.Header.Clone()
		asked.Header.Del("Accept-Encoding")
		call.Request = &asked
	}
	answer := httptest.NewRecorder()
	h.attio.Answer(answer, call)
	return answer
}

// disturb sends what the fault leaves of an answer.
func disturb(w http.ResponseWriter, answer *httptest.ResponseRecorder, kind fault.Kind) {
	half := answer.Body.Bytes()[:answer.Body.Len()/2]
	switch kind {
	case fault.CutOff:
		send(w, answer, half)
		_ = http.NewResponseController(w).Flush() // sends the half; fails only without a socket
	case fault.InvalidJSON: // the half pretends to be the whole
		answer.Header().Set("Content-Length", strconv.Itoa(len(half)))
		send(w, answer, half)
		return
	}
	panic(http.ErrAbortHandler)
}

// send sends the status and header of an answer with a body.
func send(w http.ResponseWriter, answer *httptest.ResponseRecorder, body []byte) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(body) // fails only if the client is gone
}
