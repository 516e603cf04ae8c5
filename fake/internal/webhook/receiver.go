package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
)

// receivers is the transport of the engine: it hands requests to the handlers that were given for their
// URLs, and the others on to the network.
type receivers struct {
	mu       sync.RWMutex
	handlers map[string]http.Handler // by the target URL
	network  http.RoundTripper
}

func (r *receivers) handle(target string, h http.Handler) {
	if parsed, err := url.Parse(target); err == nil {
		target = parsed.String() // as RoundTrip finds it, whatever is written escaped
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.handlers == nil {
		r.handlers = make(map[string]http.Handler)
	}
	r.handlers[target] = h
}

// TakeReceivers has this engine deliver to the handlers of another, too.
func (e *Engine) TakeReceivers(of *Engine) {
	of.receivers.mu.RLock()
	defer of.receivers.mu.RUnlock()
	for target, h := range of.receivers.handlers {
		e.receivers.handle(target, h)
	}
}

// RoundTrip sends one delivery.
func (r *receivers) RoundTrip(request *http.Request) (*http.Response, error) {
	r.mu.RLock()
	handler, ok := r.handlers[request.URL.String()]
	r.mu.RUnlock()
	if !ok {
		return r.network.RoundTrip(request)
	}
	return call(handler, request)
}

// call lets a handler answer a request. One that does not come to an end, or to the end of what anybody
// reads, is left behind when the request is cancelled, with its context cancelled too.
func call(h http.Handler, request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(request.Context())
	defer cancel()
	in := request.Clone(ctx)
	in.RequestURI = request.URL.RequestURI()
	in.URL = &url.URL{Path: request.URL.Path, RawPath: request.URL.RawPath, RawQuery: request.URL.RawQuery}
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	in.RemoteAddr = "in-process"
	in.Host = request.URL.Host

	a := &answer{header: make(http.Header), full: make(chan struct{})}
	done := make(chan error, 1)
	go func() {
		err := errGone
		defer func() { done <- err }() // also where the handler ends its goroutine
		err = a.serve(h, in)
	}()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
	case <-a.full:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return a.response(request), nil
}

// errGone is what comes of a handler that ends its goroutine, as t.Fatal does.
var errGone = errors.New("the handler ended its goroutine, as t.Fatal does")

// answer keeps the beginning of what a handler writes.
type answer struct {
	header http.Header

	mu     sync.Mutex
	status int
	sent   http.Header // as it was when the status was written
	body   []byte
	full   chan struct{} // closed when nobody reads any further
	ended  bool          // full is closed
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.writeHeader(status)
}

func (a *answer) writeHeader(status int) {
	if a.status == 0 && status >= 200 { // those below come before the answer
		a.status, a.sent = status, a.header.Clone()
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.writeHeader(http.StatusOK)
	if a.ended {
		return 0, io.ErrClosedPipe
	}
	room := maxResponse - len(a.body)
	if len(b) < room {
		a.body = append(a.body, b...)
		return len(b), nil
	}
	a.body = append(a.body, b[:room]...)
	a.ended = true
	close(a.full)
	return room, io.ErrClosedPipe
}

// Flush does what it can: the header is written.
func (a *answer) Flush() { a.WriteHeader(http.StatusOK) }

// serve runs the handler. One that panics breaks the connection, as net/http has it.
func (a *answer) serve(h http.Handler, r *http.Request) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the connection broke: %v", cause)
		}
	}()
	h.ServeHTTP(a, r)
	a.WriteHeader(http.StatusOK)
	return nil
}

func (a *answer) response(r *http.Request) *http.Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	return &http.Response{
		Status:     strconv.Itoa(a.status) + " " + http.StatusText(a.status),
		StatusCode: a.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        a.sent,
		Body:          io.NopCloser(bytes.NewReader(a.body)),
		ContentLength: -1,
		Request:       r,
	}
}
