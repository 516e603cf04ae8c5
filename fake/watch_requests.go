package fake

import "github.com/fakeattio/fakeattio/fake/internal/control"

// RequestWatch returns the requests of clients as they are answered. It holds the first 256 that nobody has taken yet and
// counts the rest, so a slow reader neither delays a client nor makes memory grow.
type RequestWatch struct {
	server *running
	feed   *feed[*control.Entry]
}

// WatchRequests returns a watch of all requests to Attio's API from now on. Close it when you no longer need it; the server
// also closes it when it ends.
func (s *Server) WatchRequests() *RequestWatch { return &RequestWatch{s.running, s.watches.open()} }

// Next waits for the next request and returns it, without its Changes. If requests were dropped, it returns their number
// once instead of a request. After Close, it returns what is left, and then false.
func (w *RequestWatch) Next() (r Request, dropped int, ok bool) {
	entry, dropped, ok := w.feed.next()
	if entry != nil {
		r = newRequest(entry)
	}
	return r, dropped, ok
}

// Close ends the watch. Closing twice is harmless.
func (w *RequestWatch) Close() { w.server.watches.end(w.feed) }
