package webhook

import (
	"cmp"
	"context"
	"crypto/tls"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Engine delivers the events of a world to its webhooks. It has a goroutine for each target to which
// something can be sent at present, and none else: what has to wait is left to the world's clock.
type Engine struct {
	world     *world.World
	client    *http.Client
	receivers *receivers
	ctx       context.Context // ends with the engine
	cancel    context.CancelFunc
	workers   sync.WaitGroup

	mu     sync.Mutex // taken after a workspace's lock, and before the clock's
	closed bool
	era    *era
}

// era is everything between two resets of the world.
type era struct {
	ctx     context.Context // ends with the era
	cancel  context.CancelFunc
	clock   int // the clock's number for it
	targets map[string]*target
	log     log
	chaos   Chaos
	ended   int           // deliveries that came to a final state
	change  chan struct{} // closed when one does; nil while nobody waits for that
	expiry  map[hook]func()
}

// hook names a webhook.
type hook struct {
	workspace *world.Workspace
	id        attio.ID
}

// target is a URL to which deliveries go, one at a time.
type target struct {
	era     *era
	queue   queue
	pace    pace
	held    []*delivery // those that wait to be overtaken
	working bool        // a worker is at it
	wakeAt  time.Time   // when the clock wakes it; zero for never
	sleep   func()      // cancels that
}

// NewEngine makes the engine of a world that is not in use yet. It sends with a client, but follows no
// redirect; nil takes one of its own.
func NewEngine(w *world.World, client *http.Client) *Engine {
	e := &Engine{world: w, receivers: new(receivers)}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	if client == nil {
		client = &http.Client{Transport: new(network)}
	}
	own := *client
	e.receivers.network = cmp.Or[http.RoundTripper](client.Transport, http.DefaultTransport)
	own.Transport = e.receivers
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	own.Timeout = 0 // each attempt has its own
	e.client = &own
	e.era = e.newEra()
	w.Watch(e)
	return e
}

// network is the transport of an engine that was given no client. It is made when it is first needed.
type network struct {
	once      sync.Once
	transport *http.Transport
}

func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.once.Do(func() {
		n.transport = &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			ForceAttemptHTTP2:      true,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConnsPerHost:    1,
			MaxIdleConns:           100,
			IdleConnTimeout:        time.Minute,
			DisableCompression:     true,
		}
	})
	return n.transport.RoundTrip(r)
}

func (n *network) close() {
	n.once.Do(func() {})
	if n.transport != nil {
		n.transport.CloseIdleConnections()
	}
}

// Handle lets a handler in this process answer the deliveries to a target URL.
func (e *Engine) Handle(targetURL string, h http.Handler) { e.receivers.handle(targetURL, h) }

// SetChaos changes how deliveries behave from now on, until the world is reset.
func (e *Engine) SetChaos(c Chaos) error {
	if err := c.check(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.era.chaos = c
	return nil
}

// Chaos returns how deliveries behave.
func (e *Engine) Chaos() Chaos {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.era.chaos
}

// Committed makes deliveries of what a transaction did, for a world.Watcher.
func (e *Engine) Committed(c world.Commit) {
	for _, change := range c.Changes {
		if change.Thing == world.ThingWebhook {
			e.watchStatus(c, change)
		}
	}
	var events []Event
	var known bool
	for webhook := range c.After.Webhooks() {
		if webhook.Status == world.WebhookInactive {
			continue
		}
		if !known {
			events, known = Events(c), true
		}
		var wanted []Event
		for _, event := range events {
			if slices.ContainsFunc(webhook.Subscriptions, func(s world.Subscription) bool { return Matches(s, event) }) {
				wanted = append(wanted, event)
			}
		}
		e.enqueue(c, webhook, wanted)
	}
}

// enqueue makes deliveries to one webhook.
func (e *Engine) enqueue(c world.Commit, webhook *world.Webhook, events []Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for events := range slices.Chunk(events, max(1, e.era.chaos.Batch)) {
		d := newDelivery(e.era, c.Workspace, c.After.Slug, webhook, e.world.NewID(), c.At, events)
		var at time.Time
		if last := events[len(events)-1].At; last.After(c.At) {
			at = last
		}
		e.era.log.add(d)
		e.send(d, at)
	}
}

// send puts a new delivery in the queue of its target; a zero time is at once. The caller holds the lock.
func (e *Engine) send(d *delivery, at time.Time) {
	t, chaos, now := e.target(d.URL), e.era.chaos, e.world.Clock.Now()
	if chaos.Delay > 0 {
		at = later(at, now).Add(chaos.Delay)
	}
	if chaos.Reorder > 1 {
		t.disorder(d, chaos.Reorder, now, at)
	} else {
		t.queue.put(d, at)
	}
	for t.queue.len() > maxWaiting {
		oldest, _ := t.queue.oldest()
		t.queue.remove(oldest)
		e.end(oldest, Dropped, "too many deliveries wait for this target")
	}
	e.look(t)
}

// target returns the target of a URL, and forgets others that have nothing to do.
func (e *Engine) target(url string) *target {
	if t, ok := e.era.targets[url]; ok {
		return t
	}
	now := e.world.Clock.Now()
	maps.DeleteFunc(e.era.targets, func(_ string, t *target) bool {
		return !t.working && t.queue.len() == 0 && t.pace.idle(now)
	})
	t := &target{era: e.era}
	if e.era.targets == nil {
		e.era.targets = make(map[string]*target)
	}
	e.era.targets[url] = t
	return t
}

// end brings a delivery to a final state.
func (e *Engine) end(d *delivery, state State, reason string) {
	d.State, d.Reason = state, reason
	d.flushed()
	d.era.ended++
	d.era.changed()
}

func (era *era) changed() {
	if era.change != nil {
		close(era.change)
		era.change = nil
	}
}

// newEra begins an era, with the webhooks that are degraded already.
func (e *Engine) newEra() *era {
	next := &era{clock: e.world.Clock.Era()}
	next.ctx, next.cancel = context.WithCancel(e.ctx)
	now := e.world.Clock.Now()
	for _, workspace := range e.world.Workspaces() {
		for webhook := range workspace.View().Webhooks() {
			if webhook.Status == world.WebhookDegraded {
				e.expire(next, hook{workspace, webhook.ID}, now)
			}
		}
	}
	return next
}

// WasReset forgets everything, for a world.Watcher.
func (e *Engine) WasReset() {
	e.mu.Lock()
	defer e.mu.Unlock()
	old := e.era
	old.cancel()
	old.changed()
	e.era = e.newEra()
}

// Close ends all deliveries at once, those under way included, and waits for them.
func (e *Engine) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.cancel()
	e.workers.Wait()
	if own, ok := e.receivers.network.(*network); ok {
		own.close()
	}
}
