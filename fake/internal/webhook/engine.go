package webhook

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Engine delivers the events of a world to its webhooks. It runs one goroutine for each target with
// a delivery that is due, and no others: the world's clock wakes it for the rest.
type Engine struct {
	world     *world.World
	client    *http.Client
	receivers *receivers
	ctx       context.Context // ends with the engine
	cancel    context.CancelFunc
	workers   sync.WaitGroup

	mu     sync.Mutex // taken after a workspace's lock, and before the clock's
	closed bool
	chaos  Chaos
	haste  time.Duration // see Hasten
	era    *era
}

// era is everything between two resets of the world.
type era struct {
	ctx     context.Context // ends with the era
	cancel  context.CancelFunc
	clock   int // the clock's number for it
	targets map[string]*target
	waiting waiting
	log     log
	inboxes inboxes
	ended   map[*world.Workspace]int // how many deliveries came to a final state; under nil those of workspaces that are gone
	change  chan struct{}            // closed when any of this changes; nil while nobody waits
	expiry  alarms                   // of degraded webhooks
	calls   alarms                   // of call recordings that are processed
	merges  alarms                   // of records that are being merged
}

// target is a URL to which deliveries go, one at a time.
type target struct {
	era     *era
	queue   queue
	pace    pace
	sending *delivery   // what the worker has taken
	held    []*delivery // those that wait to be overtaken
	working bool        // a worker is at it
	silence int         // how many attempts in a row have failed at once and without an answer
	wakeAt  time.Time   // when the clock wakes it; zero for never
	sleep   func()      // cancels that
}

// NewEngine makes the engine of a world that is not in use yet. It sends with a client, but follows no
// redirect; nil takes one of its own.
func NewEngine(w *world.World, client *http.Client) *Engine {
	e := &Engine{world: w, receivers: new(receivers)}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	if client == nil {
		client = &http.Client{Transport: Network(nil)}
	}
	own := *client
	e.receivers.network = cmp.Or[http.RoundTripper](client.Transport, http.DefaultTransport)
	own.Transport = e.receivers
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	own.Timeout = 0 // each attempt has its own
	e.client = &own
	w.Watch(e)
	e.mu.Lock() // an alarm may ring already
	defer e.mu.Unlock()
	e.era = e.newEra()
	return e
}

// Handle lets a handler in this process answer the deliveries to a target URL.
func (e *Engine) Handle(targetURL string, h http.Handler) { e.receivers.handle(targetURL, h) }

// SetChaos changes how deliveries behave from now on.
func (e *Engine) SetChaos(c Chaos) error {
	if err := c.check(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.chaos = c
	return nil
}

// Chaos returns how deliveries behave.
func (e *Engine) Chaos() Chaos {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.chaos
}

// Committed implements world.Watcher: it makes deliveries of the events of a transaction.
func (e *Engine) Committed(c world.Commit) {
	if len(c.Changes) == 0 {
		return
	}
	for _, change := range c.Changes {
		switch change.Thing {
		case world.ThingWebhook:
			e.watchStatus(c, change)
		case world.ThingCallRecording:
			e.watchCall(c, change)
		}
	}
	e.watchMerges(c)
	e.announce(e.present(), c)
}

// present returns the current era.
func (e *Engine) present() *era {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.era
}

// announce makes deliveries of the events of a commit, unless its era is over.
func (e *Engine) announce(era *era, c world.Commit) {
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
		e.enqueue(era, c, webhook, wanted)
	}
}

// enqueue makes deliveries to one webhook.
func (e *Engine) enqueue(era *era, c world.Commit, webhook *world.Webhook, events []Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if era != e.era {
		return
	}
	for events := range slices.Chunk(events, max(1, e.chaos.Batch)) {
		d := newDelivery(e.era, c.Workspace, c.After.Slug, webhook, e.world.NewID(), c.At, events)
		e.era.log.add(d)
		e.send(d)
	}
	e.era.changed()
}

// send puts a new delivery in the queue of its target. The caller holds the lock.
func (e *Engine) send(d *delivery) {
	t, now := e.target(d.URL), e.world.Clock.Now()
	var at time.Time // at once
	if e.chaos.Delay > 0 {
		at = now.Add(e.chaos.Delay)
	}
	if e.chaos.Reorder > 1 {
		t.disorder(d, e.chaos.Reorder, now, at)
	} else {
		t.queue.put(d, at)
	}
	for e.era.waiting.all > maxWaiting {
		busiest := e.era.busiest(t)
		oldest, _ := busiest.queue.oldest()
		busiest.queue.remove(oldest)
		e.drop(oldest, noRoom)
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
	t := &target{era: e.era, queue: queue{waiting: &e.era.waiting}}
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
	d.era.count(d.workspace)
}

// drop ends a delivery that is not sent any more. A dropped copy does not undo the success of the original.
func (e *Engine) drop(d *delivery, reason string) {
	if d.copies > 0 {
		e.end(d, Delivered, "")
		return
	}
	e.end(d, Dropped, reason)
}

// discard drops the deliveries that there is no point in sending any more. The caller holds the lock.
func (e *Engine) discard(reason string, inVain func(*delivery) bool) {
	for _, t := range e.era.targets {
		for _, d := range t.queue.all() {
			if inVain(d) {
				t.queue.remove(d)
				e.drop(d, reason)
			}
		}
		e.look(t)
	}
}

// count notes that another delivery of a workspace has come to a final state.
func (era *era) count(workspace *world.Workspace) {
	if era.ended == nil {
		era.ended = make(map[*world.Workspace]int)
	}
	era.ended[workspace]++
	era.changed()
}

// waitForChange returns what is closed with the next change. The caller holds the lock.
func (era *era) waitForChange() <-chan struct{} {
	if era.change == nil {
		era.change = make(chan struct{})
	}
	return era.change
}

func (era *era) changed() {
	if era.change != nil {
		close(era.change)
		era.change = nil
	}
}

// newEra begins an era, with what the clock has to do for the workspaces that there are.
func (e *Engine) newEra() *era {
	next := &era{clock: e.world.Clock.Era()}
	next.ctx, next.cancel = context.WithCancel(e.ctx)
	for _, workspace := range e.world.Workspaces() {
		e.arm(next, workspace)
	}
	return next
}

// arm sets the alarms for the degraded webhooks of a workspace, its call recordings that are processed and its merges that are
// in progress.
func (e *Engine) arm(era *era, workspace *world.Workspace) {
	state, now := workspace.View(), e.world.Clock.Now()
	for webhook := range state.Webhooks() {
		if webhook.Status == world.WebhookDegraded {
			e.expire(era, thing{workspace, webhook.ID}, cmp.Or(webhook.DegradedAt, now))
		}
	}
	for recording := range state.CallRecordings() {
		if recording.Status(now) == world.CallProcessing {
			e.awaitCall(era, thing{workspace, recording.ID}, recording.ReadyAt)
		}
	}
	for merge := range state.Merges(now) {
		e.awaitMerge(era, workspace, merge)
	}
}

// Added implements world.Watcher: it sets the alarms of a workspace.
func (e *Engine) Added(workspace *world.Workspace) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.arm(e.era, workspace)
}

// Removed implements world.Watcher: it drops the pending deliveries of a workspace.
func (e *Engine) Removed(workspace *world.Workspace) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.era.expiry.dropAll(workspace)
	e.era.calls.dropAll(workspace)
	e.era.merges.dropAll(workspace)
	e.discard(workspaceGone, func(d *delivery) bool { return d.workspace == workspace })
	if n, ok := e.era.ended[workspace]; ok {
		e.era.ended[nil] += n
		delete(e.era.ended, workspace)
	}
}

// WasReset implements world.Watcher: it forgets everything but the chaos.
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
