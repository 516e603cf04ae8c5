package fake

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// Client returns an HTTP client whose every request, whatever its host name, is answered by this
// server without a socket. It works inside a testing/synctest bubble.
func (s *Server) Client() *http.Client { return &http.Client{Transport: s.Transport()} }

// Transport is the RoundTripper of Client, for clients that take one.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

// RoundTrip hands the request to the server's handler in a goroutine, so that a request that is
// cancelled returns at once, as it would from a socket.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	closed := t.server.pending.context()
	if err := cmp.Or(r.Context().Err(), closedError(closed)); err != nil {
		closeBody(r)
		return nil, err
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	stop := context.AfterFunc(closed, cancel)
	defer stop()

	type outcome struct {
		answer *answer
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		defer closeBody(r)
		a := &answer{header: make(http.Header)}
		err := a.serve(t.server.handler, incoming(ctx, r))
		done <- outcome{a, err}
	}()
	select {
	case o := <-done:
		if o.err != nil && o.answer.status == 0 {
			return nil, o.err
		}
		if _, dated := o.answer.sent["Date"]; !dated {
			o.answer.sent.Set("Date", t.server.Now().Format(http.TimeFormat)) // as net/http does
		}
		response := o.answer.response(r)
		if o.err != nil { // it broke in the middle
			response.Body = io.NopCloser(io.MultiReader(&o.answer.body, broken{o.err}))
		}
		return response, nil
	case <-ctx.Done():
		return nil, cmp.Or(r.Context().Err(), closedError(closed))
	}
}

func closedError(closed context.Context) error {
	if closed.Err() != nil {
		return errClosed
	}
	return nil
}

// incoming turns an outgoing request into the one that a server reads from the wire. It has come over no network, even
// where the client asks while it serves a request itself.
func incoming(ctx context.Context, r *http.Request) *http.Request {
	in := r.Clone(context.WithValue(ctx, http.ServerContextKey, nil))
	in.RequestURI = r.URL.RequestURI()
	in.URL = &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	in.RemoteAddr = "in-process"
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if r.URL.Scheme == "https" {
		in.TLS = new(tls.ConnectionState)
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	if user := r.URL.User; user != nil && in.Header.Get("Authorization") == "" {
		password, _ := user.Password()
		in.SetBasicAuth(user.Username(), password)
	}
	return in
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

// answer collects what the handler writes.
type answer struct {
	header http.Header
	sent   http.Header // as it was when the status was written
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status, a.sent = status, a.header.Clone()
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// serve runs the handler. One that panics breaks the connection, as net/http has it.
func (a *answer) serve(h http.Handler, r *http.Request) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("fake: the connection broke: %v: %w", cause, io.ErrUnexpectedEOF)
		}
	}()
	h.ServeHTTP(a, r)
	a.WriteHeader(http.StatusOK)
	return nil
}

func (a *answer) response(r *http.Request) *http.Response {
	response := &http.Response{
		Status:     strconv.Itoa(a.status) + " " + http.StatusText(a.status),
		StatusCode: a.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        a.sent,
		Body:          io.NopCloser(&a.body),
		ContentLength: int64(a.body.Len()),
		Request:       r,
	}
	if r.Method == http.MethodHead {
		response.Body = http.NoBody
		if length, err := strconv.ParseInt(a.sent.Get("Content-Length"), 10, 64); err == nil {
			response.ContentLength = length
		}
	}
	return response
}

// broken is the rest of a body that never comes.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
