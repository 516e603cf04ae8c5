package live

import (
	"net/http"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// What a client sends a second. Attio's guide on rate limiting allows 100 reads and 25 writes to all clients of a workspace
// together, so a part is left to the others, and to requests that are held up on their way and arrive close together.
const (
	readsPerSecond  = 80
	writesPerSecond = 20
)

// pace spaces requests evenly.
type pace struct {
	mu            sync.Mutex
	reads, writes time.Time            // when the next one may be sent
	operations    map[string]time.Time // the same, of operations with limits of their own
	held          time.Time            // nothing is sent before
}

// reserve takes the next place for a request and returns how long to wait for it.
func (p *pace) reserve(now time.Time, method string, op *attio.Operation) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	next, every := &p.reads, time.Second/readsPerSecond
	if op != nil && op.Write || op == nil && method != http.MethodGet && method != http.MethodHead {
		next, every = &p.writes, time.Second/writesPerSecond
	}
	at := latest(now, p.held, *next)
	if op != nil && op.PerSecond > 0 {
		if p.operations == nil {
			p.operations = make(map[string]time.Time)
		}
		at = latest(at, p.operations[op.Name])
		p.operations[op.Name] = at.Add(time.Second * 5 / 4 / time.Duration(op.PerSecond)) // the same part is left
	}
	*next = at.Add(every)
	return at.Sub(now)
}

// hold keeps back everything that has no place yet until a time.
func (p *pace) hold(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = latest(p.held, until)
}

func latest(times ...time.Time) time.Time {
	last := times[0]
	for _, t := range times[1:] {
		if t.After(last) {
			last = t
		}
	}
	return last
}
