package fake

import (
	"net/http"
	"strings"
)

// Reroute returns a RoundTripper that sends requests to Attio (api.attio.com and app.attio.com) to the server, and all others
// to rt, or to http.DefaultTransport if rt is nil. Use it for code that calls other hosts besides Attio; Transport answers
// for every host.
func (s *Server) Reroute(rt http.RoundTripper) http.RoundTripper {
	if rt == nil {
		rt = http.DefaultTransport
	}
	return rerouted{attio: s.Transport(), others: rt}
}

// ReplaceDefaultTransport reroutes http.DefaultTransport until the test ends, for libraries that take neither a client nor a base
// URL. The whole process shares this transport, so tests that replace it must not run in parallel: the second one fails.
func (s *Server) ReplaceDefaultTransport(t TB) {
	t.Helper()
	before := http.DefaultTransport
	if _, ok := before.(rerouted); ok {
		t.Fatalf("fake: another test has replaced http.DefaultTransport and has not ended; tests that replace it cannot run in parallel")
		return
	}
	http.DefaultTransport = s.Reroute(before)
	t.Cleanup(func() { http.DefaultTransport = before })
}

type rerouted struct{ attio, others http.RoundTripper }

func (r rerouted) RoundTrip(request *http.Request) (*http.Response, error) {
	switch strings.ToLower(request.URL.Hostname()) {
	case "api.attio.com", "app.attio.com":
		return r.attio.RoundTrip(request)
	}
	return r.others.RoundTrip(request)
}

// CloseIdleConnections passes http.Client.CloseIdleConnections on to the other RoundTripper.
func (r rerouted) CloseIdleConnections() {
	if closer, ok := r.others.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}
