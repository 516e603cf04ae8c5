package webhook

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// What a test asks of the engine.

// ErrUnknown reports that a delivery, a webhook or a workspace does not exist.
var ErrUnknown = errors.New("does not exist")

// errClosed reports that the server is closed.
var errClosed = errors.New("the server is closed")

// Deliveries returns the latest deliveries, oldest first. Those of a workspace are there until another one gets its slug.
func (e *Engine) Deliveries() []Delivery {
	e.mu.Lock()
	defer e.mu.Unlock()
	all := make([]Delivery, len(e.era.log.deliveries))
	for i, d := range e.era.log.deliveries {
		all[i] = d.snapshot()
	}
	return all
}

// Count returns how many deliveries in the log meet a condition, and what is closed when that may have changed.
func (e *Engine) Count(holds func(*Delivery) bool) (int, <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, d := range e.era.log.deliveries {
		if holds(&d.Delivery) {
			n++
		}
	}
	return n, e.era.waitForChange()
}

// Redeliver sends a delivery again, whatever became of it: with as many retries as a new one, and to the
// URL that its webhook has by now. It does nothing if the delivery is being sent at the moment. The error is ErrUnknown.
func (e *Engine) Redeliver(id attio.ID) (Delivery, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	d, ok := e.era.log.get(id)
	if !ok {
		return Delivery{}, fmt.Errorf("the delivery %q %w", id, ErrUnknown)
	}
	webhook, ok := d.workspace.View().Webhook(d.Webhook)
	switch {
	case e.pointless(d) == workspaceGone:
		return Delivery{}, fmt.Errorf("the workspace %q of this delivery %w any more", d.Workspace, ErrUnknown)
	case !ok:
		return Delivery{}, fmt.Errorf("the webhook %q of this delivery %w any more", d.Webhook, ErrUnknown)
	}
	if t := e.target(d.URL); t.sending != d {
		t.queue.remove(d)
		d.State, d.Reason, d.URL, d.byHand = Pending, "", webhook.TargetURL, true
		d.tries, d.copies, d.lost = 0, 0, 0
		e.sendNow(d)
	}
	return d.snapshot(), nil
}

// Test sends a webhook an event of a type that it subscribes to, made up, past all filters and only once.
// Without a type it is that of the first subscription.
func (e *Engine) Test(workspace *world.Workspace, webhook *world.Webhook, eventType string) (Delivery, error) {
	var types []string
	for _, s := range webhook.Subscriptions {
		types = append(types, s.EventType)
	}
	switch {
	case len(types) == 0:
		return Delivery{}, errors.New("the webhook subscribes to nothing")
	case eventType == "":
		eventType = types[0]
	case !slices.Contains(types, eventType):
		return Delivery{}, fmt.Errorf("the webhook does not subscribe to %q, but to %s", eventType, strings.Join(slices.Compact(types), ", "))
	}
	state, now := workspace.View(), e.world.Clock.Now()
	events := []Event{sample(state, eventType, e.world.NewID, now)}
	e.mu.Lock()
	defer e.mu.Unlock()
	d := newDelivery(e.era, workspace, state.Slug, webhook, e.world.NewID(), now, events)
	d.Test, d.byHand = true, true
	e.era.log.add(d)
	e.sendNow(d)
	return d.snapshot(), nil
}

// sendNow puts a delivery in the queue of its target as it is. The caller holds the lock.
func (e *Engine) sendNow(d *delivery) {
	t := e.target(d.URL)
	t.queue.put(d, time.Time{})
	e.look(t)
	e.era.changed()
}

// flush is a request to attempt every pending delivery once.
type flush struct {
	left int
	done chan struct{} // closed when nothing is left
}

// flushed notes that a delivery was attempted, or never will be.
func (d *delivery) flushed() {
	if d.flush == nil {
		return
	}
	if d.flush.left--; d.flush.left == 0 {
		close(d.flush.done)
	}
	d.flush = nil
}

// Flush sends everything that waits, for the clock or for the pace of its target, and returns when all of
// it was tried once, and so was what is being sent already.
func (e *Engine) Flush(ctx context.Context) error {
	wish, era := e.hurry()
	if wish.left == 0 {
		return nil
	}
	select {
	case <-wish.done:
		return nil
	case <-era.ctx.Done():
		return e.ended()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// hurry makes all pending deliveries due at once, except those of an earlier flush.
func (e *Engine) hurry() (flush, *era) {
	e.mu.Lock()
	defer e.mu.Unlock()
	wish := &flush{done: make(chan struct{})}
	for _, t := range e.era.targets {
		if d := t.sending; d != nil && d.flush == nil {
			wish.left++
			d.flush = wish
		}
		for _, d := range t.queue.all() {
			if d.flush == nil {
				wish.left++
				d.flush = wish
				t.queue.remove(d)
				t.queue.put(d, time.Time{})
			}
		}
		e.look(t)
	}
	return *wish, e.era
}

// Await returns when n deliveries have come to a final state since the server started or was reset: those of a
// workspace, or with nil of all.
func (e *Engine) Await(ctx context.Context, of *world.Workspace, n int) error {
	for {
		ended, change := e.count(of)
		if ended >= n {
			return nil
		}
		select {
		case <-change:
		case <-e.ctx.Done():
			return errClosed
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", e.progress(of, n), context.Cause(ctx))
		}
	}
}

// count returns how many deliveries have ended, and what is closed when it changes.
func (e *Engine) count(of *world.Workspace) (int, <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.era.endedOf(of), e.era.waitForChange()
}

// endedOf returns how many deliveries of a workspace have ended, or with nil of all.
func (era *era) endedOf(workspace *world.Workspace) int {
	if workspace != nil {
		return era.ended[workspace]
	}
	all := 0
	for _, n := range era.ended {
		all += n
	}
	return all
}

// progress says how many deliveries of a workspace, or with nil of all, have ended, and what the others wait for.
func (e *Engine) progress(of *world.Workspace, n int) string {
	ended, _ := e.count(of)
	return fmt.Sprintf("%d of %d deliveries have ended, %s", ended, n, e.Waiting(of))
}

// Waiting says what the deliveries of a workspace, or with nil all of them, are waiting for.
func (e *Engine) Waiting(of *world.Workspace) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.world.Clock.Now()
	waiting, busy := 0, 0
	var next time.Time
	sooner := func(at time.Time) {
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, t := range e.era.targets {
		if t.sending != nil && (of == nil || t.sending.workspace == of) {
			busy++
		}
		for _, d := range t.queue.all() {
			if of == nil || d.workspace == of {
				waiting++
				sooner(later(d.at, t.pace.free(now)))
			}
		}
	}
	for call, alarm := range e.era.calls.set {
		if of == nil || call.workspace == of {
			sooner(alarm.at)
		}
	}
	said := fmt.Sprintf("%d wait, and %d are being sent", waiting, busy)
	if !next.IsZero() {
		said += fmt.Sprintf("; the next that waits for the server's clock goes at %s, and it is %s: advance the clock or flush the deliveries",
			next.Format(time.RFC3339), now.Format(time.RFC3339))
	}
	return said
}

// ended returns the reason why an era is over.
func (e *Engine) ended() error {
	if e.ctx.Err() != nil {
		return errClosed
	}
	return errUndone
}
