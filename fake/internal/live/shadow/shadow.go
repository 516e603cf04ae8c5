package shadow

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// The bounds of the queue, and of one request to the other server with all its attempts.
const (
	maxQueued      = 1000
	maxQueuedBytes = 32 << 20 // of bodies
	readers        = 4        // requests at a time, as long as none of them writes
	patience       = 20 * time.Second
	lessPatience   = time.Second // after a request that the other server did not answer, until it answers one
)

// Header marks the requests that a shadow sends. A fake that gets one does not send it on, or two of them could go round in circles.
const Header = "X-Fakeattio-Shadow"

// Options say where a shadow sends requests, and which.
type Options struct {
	URL       string            // the base URL of the other server
	Writes    bool              // send writes too
	Transport http.RoundTripper // nil for the network
}

// Request is a request that a client made with a token of its own, and the fake's answer.
type Request struct {
	Number    int        // in the journal
	Time      attio.Time // when it arrived, on the server's clock
	Operation *attio.Operation
	Method    string
	Target    string // path and query, as they were sent
	Header    http.Header
	Token     string
	Body      []byte
	Answer    compare.Answer
	Disturbed bool // by a fault or a limit, so that the answer is not what the fake would say
	Changes   []Change
}

// Change is what a request did to one thing of the fake.
type Change struct {
	ID  attio.ID
	New bool
}

func (r *Request) writes() bool {
	if r.Operation == nil {
		return r.Method != http.MethodGet && r.Method != http.MethodHead
	}
	return r.Operation.Write
}

// Shadow compares the fake with another server. It ends with Close.
type Shadow struct {
	// Observe, if not nil, is called with each request that the other server got, once it is compared. Set it before the first one.
	Observe func(*Result)

	options Options
	sender  *sender
	parted  parted
	results results
	queue   chan *Request
	ctx     context.Context
	cancel  context.CancelFunc
	workers sync.WaitGroup
	silent  atomic.Bool // the latest request got no answer

	mu     sync.Mutex // for sending into the queue
	bytes  int        // in the queue
	closed bool
}

// New starts a shadow. Writes have to arrive in their order, so with them there is one request at a time.
func New(o Options) (*Shadow, error) {
	sender, err := newSender(o.URL, o.Transport)
	if err != nil {
		return nil, err
	}
	o.URL = strings.TrimRight(o.URL, "/")
	s := &Shadow{options: o, sender: sender, queue: make(chan *Request, maxQueued)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	n := readers
	if o.Writes {
		n = 1
	}
	for range n {
		s.workers.Go(s.work)
	}
	return s, nil
}

// Close ends the requests under way, skips those that wait, and returns when no goroutine is left. Closing twice is harmless.
func (s *Shadow) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.queue)
	}
	s.mu.Unlock()
	s.cancel()
	s.workers.Wait()
	s.sender.close()
}

// Submit has a request sent to the other server later, unless there is a reason not to. It never waits.
func (s *Shadow) Submit(r *Request) {
	if reason := s.skip(r); reason != "" {
		s.parted.by(r)
		s.results.put(r.result(Skipped, reason))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.queue) == cap(s.queue) || s.bytes+r.size() > maxQueuedBytes {
		s.parted.by(r)
		s.results.put(r.result(Skipped, QueueFull))
		return
	}
	s.bytes += r.size()
	s.results.put(r.result(Waiting, ""))
	s.queue <- r // there is room, and nobody else sends
}

func (r *Request) size() int { return len(r.Body) + len(r.Answer.Body) }

// skip returns why a request is not sent, "" if it is.
func (s *Shadow) skip(r *Request) Reason {
	switch {
	case r.Disturbed:
		return Disturbed
	case r.Answer.Status == http.StatusNotImplemented:
		return NotBuilt
	case r.Operation != nil && r.Operation.Upload:
		return Upload
	case r.writes() && !s.options.Writes:
		return Write
	}
	return ""
}

// WasReset forgets what the fake had made: ids may repeat from now on.
func (s *Shadow) WasReset() { s.parted.clear() }

// work takes requests from the queue until it is closed.
func (s *Shadow) work() {
	for r := range s.queue {
		s.mu.Lock()
		s.bytes -= r.size()
		s.mu.Unlock()
		result := s.run(r)
		s.results.put(result)
		if s.Observe != nil && result.Outcome != Skipped {
			s.Observe(result)
		}
	}
}

// run sends a request and judges the answer.
func (s *Shadow) run(r *Request) *Result {
	asked, ok := s.parted.translate(r)
	if !ok {
		s.parted.by(r)
		return r.result(Skipped, OnlyHere)
	}
	wait := patience
	if s.silent.Load() {
		wait = lessPatience
	}
	ctx, cancel := context.WithTimeout(s.ctx, wait)
	defer cancel()
	answer, err := s.sender.send(ctx, asked, wait)
	s.silent.Store(err != nil)
	if s.ctx.Err() != nil {
		return r.result(Skipped, Closed)
	}
	if err != nil {
		s.parted.by(r)
		result := r.result(Failed, "")
		result.Failure = shorten(hide(err.Error(), r.Token))
		return result
	}
	other := compare.Answer{Status: answer.Status, Header: answer.Header, Body: answer.Body}
	if r.writes() {
		s.parted.bind(r, other)
	}
	known := data{touched: s.parted.touched(r)}
	other.Body, known.kin = s.sender.relate(r.Token, r.Answer, compare.Answer{Status: other.Status, Body: s.parted.back(other.Body)})
	result := judge(r, other, known)
	result.Duration = float64(answer.Took) / float64(time.Millisecond)
	return result
}
