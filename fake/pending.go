package fake

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// pending knows the requests that are being answered, so that Close can wait for them and name
// those that do not end. The zero value is ready.
type pending struct {
	mu       sync.Mutex
	requests map[*http.Request]bool
	closing  chan struct{} // closed once the last request ends; nil until close is called
	cut      context.CancelFunc
	base     context.Context
}

// track counts the requests that next answers, and refuses more once the server closes, at a time of its clock.
func (p *pending) track(next http.Handler, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !p.begin(r) {
			w.Header().Set("Date", now().Format(http.TimeFormat))
			http.Error(w, errClosed.Error(), http.StatusServiceUnavailable)
			return
		}
		defer p.end(r)
		next.ServeHTTP(w, r)
	})
}

// context ends when requests are cut off.
func (p *pending) context() context.Context {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.base == nil {
		p.base, p.cut = context.WithCancel(context.Background())
	}
	return p.base
}

func (p *pending) begin(r *http.Request) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing != nil {
		return false
	}
	if p.requests == nil {
		p.requests = make(map[*http.Request]bool)
	}
	p.requests[r] = true
	return true
}

func (p *pending) end(r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.requests, r)
	if p.closing != nil && len(p.requests) == 0 {
		close(p.closing)
	}
}

// close refuses new requests and waits for the old ones; it cuts off and returns those that have not
// ended when the grace is over.
func (p *pending) close(grace time.Duration) (hung []string) {
	p.mu.Lock()
	if p.closing != nil {
		p.mu.Unlock()
		return nil
	}
	p.closing = make(chan struct{})
	if len(p.requests) == 0 {
		close(p.closing)
	}
	p.mu.Unlock()

	timeout := time.NewTimer(grace)
	defer timeout.Stop()
	select {
	case <-p.closing:
	case <-timeout.C:
		hung = p.names()
	}
	p.context()
	p.cut()
	return hung
}

func (p *pending) names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var names []string
	for r := range p.requests {
		names = append(names, fmt.Sprintf("%s %s from %s", r.Method, r.URL.RequestURI(), r.RemoteAddr))
	}
	slices.Sort(names)
	return names
}
