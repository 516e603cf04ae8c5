package fake

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// maxWatched is how many requests a RequestWatch holds that nobody has taken yet.
const maxWatched = 256

// RequestWatch returns the requests of clients as they are answered. It holds the first 256 that nobody has taken yet and
// counts the rest, so a slow reader neither delays a client nor makes memory grow.
type RequestWatch struct {
	server *running

	mu      sync.Mutex
	queue   []*control.Entry
	dropped int // since the queue was full; nothing is queued until the reader has this number
	closed  bool
	news    chan struct{} // holds one signal while there may be something new to take
}

// WatchRequests returns a watch of all requests to Attio's API from now on. Close it when you no longer need it; the server
// also closes it when it ends.
func (s *Server) WatchRequests() *RequestWatch {
	w := &RequestWatch{server: s.running, news: make(chan struct{}, 1)}
	s.watches.add(w)
	return w
}

// Next waits for the next request and returns it, without its Changes. If requests were dropped, it returns their number
// once instead of a request. After Close, it returns what is left, and then false.
func (w *RequestWatch) Next() (r Request, dropped int, ok bool) {
	for {
		entry, dropped, closed := w.take()
		switch {
		case entry != nil:
			return newRequest(entry), 0, true
		case dropped > 0:
			return Request{}, dropped, true
		case closed:
			return Request{}, 0, false
		}
		<-w.news
	}
}

// Close ends the watch. Closing twice is harmless.
func (w *RequestWatch) Close() {
	w.server.watches.remove(w)
	w.end()
}

func (w *RequestWatch) take() (entry *control.Entry, dropped int, closed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) > 0 {
		entry, w.queue[0] = w.queue[0], nil
		w.queue = w.queue[1:]
		return entry, 0, false
	}
	dropped, w.dropped = w.dropped, 0
	return nil, dropped, w.closed
}

func (w *RequestWatch) put(e *control.Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dropped > 0 || len(w.queue) == maxWatched {
		w.dropped++
	} else {
		w.queue = append(w.queue, e)
	}
	w.signal()
}

func (w *RequestWatch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.closed = true
		close(w.news)
	}
}

// signal wakes the reader up. The caller holds the lock.
func (w *RequestWatch) signal() {
	if w.closed {
		return
	}
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// watches holds the watches of a server. If there are none, a request costs one atomic load.
type watches struct {
	mu     sync.Mutex // for changes
	all    atomic.Pointer[[]*RequestWatch]
	closed bool
}

func (w *watches) list() []*RequestWatch {
	if all := w.all.Load(); all != nil {
		return *all
	}
	return nil
}

func (w *watches) add(watch *RequestWatch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := append(slices.Clone(w.list()), watch)
	w.all.Store(&all)
	if w.closed {
		watch.end()
	}
}

func (w *watches) remove(watch *RequestWatch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := slices.DeleteFunc(slices.Clone(w.list()), func(other *RequestWatch) bool { return other == watch })
	w.all.Store(&all)
}

func (w *watches) put(e *control.Entry) {
	for _, watch := range w.list() {
		watch.put(e)
	}
}

func (w *watches) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for _, watch := range w.list() {
		watch.end()
	}
}
