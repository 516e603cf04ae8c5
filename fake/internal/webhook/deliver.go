package webhook

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const (
	// timeout is how long a receiver may take to answer, in real time.
	timeout = 5 * time.Second
	// maxResponse is how many bytes of an answer are read.
	maxResponse = 4 << 10
)

// look arranges for the next delivery to a target: a worker sends it if it is due, else the clock
// wakes the target when it is. The caller holds the lock.
func (e *Engine) look(t *target) {
	if t.working || e.closed || t.era != e.era {
		return
	}
	now := e.world.Clock.Now()
	at, ok := t.ready(now)
	switch {
	case ok && !at.After(now):
		t.wake(time.Time{}, nil)
		t.working = true
		release := e.world.Clock.Hold()
		e.workers.Go(func() {
			defer release()
			e.work(t)
		})
	case !ok:
		t.wake(time.Time{}, nil)
	case !at.Equal(t.wakeAt):
		t.wake(at, e.world.Clock.At(at, func() {
			e.mu.Lock()
			defer e.mu.Unlock()
			t.wake(time.Time{}, nil)
			e.look(t)
		}))
	}
}

// ready returns when the next delivery is due, if there is one.
func (t *target) ready(now time.Time) (time.Time, bool) {
	first, ok := t.queue.first()
	if !ok || first.flush != nil {
		return time.Time{}, ok
	}
	return later(first.at, t.pace.free(now)), true
}

// wake sets when the clock wakes the target, and cancels the previous time.
func (t *target) wake(at time.Time, cancel func()) {
	if t.sleep != nil {
		t.sleep()
	}
	t.wakeAt, t.sleep = at, cancel
}

// work sends the deliveries that are due.
func (e *Engine) work(t *target) {
	for {
		e.rest(t)
		d, ok := e.take(t)
		if !ok {
			return
		}
		attempt := e.attempt(d)
		e.lose(d, &attempt)
		e.rate(d, attempt)
		e.conclude(t, d, attempt)
	}
}

// A target at which so many attempts in a row have failed at once and without an answer is left alone for a while, in real
// time, before each further one: hundreds of dead targets must not keep the machine busy. Whether Attio spares such targets is not known.
const (
	deadAfter = 5
	deadPause = 250 * time.Millisecond
)

// rest pauses before the next attempt at a dead target, unless a flush or a manual redelivery waits for it.
func (e *Engine) rest(t *target) {
	e.mu.Lock()
	now := e.world.Clock.Now()
	at, ok := t.ready(now)
	dead := t.silence >= deadAfter && ok && !at.After(now)
	if dead {
		first, _ := t.queue.first()
		dead = first.flush == nil && !first.byHand
	}
	e.mu.Unlock()
	if dead {
		ctx, cancel := context.WithTimeout(t.era.ctx, deadPause)
		defer cancel()
		<-ctx.Done()
	}
}

// take takes the next delivery from the queue, or ends the work.
func (e *Engine) take(t *target) (*delivery, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for t.era == e.era && !e.closed {
		now := e.world.Clock.Now()
		at, ok := t.ready(now)
		if !ok || at.After(now) {
			break
		}
		d, _ := t.queue.first()
		t.queue.remove(d)
		reason := e.pointless(d)
		if reason == "" {
			t.pace.note(now)
			t.sending = d
			return d, true
		}
		e.drop(d, reason)
	}
	t.working = false
	e.look(t)
	return nil, false
}

// Why deliveries are dropped.
const (
	workspaceGone   = "the workspace was removed"
	webhookGone     = "the webhook was deleted"
	webhookInactive = "the webhook is inactive"
	noRoom          = "too many deliveries wait, most of them for targets that do not answer in time"
)

// pointless returns the reason why a delivery must not be sent any more, or "".
func (e *Engine) pointless(d *delivery) string {
	state := d.workspace.View()
	webhook, ok := state.Webhook(d.Webhook)
	switch present, exists := e.world.Workspace(state.Slug); {
	case !exists || present != d.workspace:
		return workspaceGone
	case !ok:
		return webhookGone
	case webhook.Status == world.WebhookInactive && !d.byHand:
		return webhookInactive
	}
	return ""
}

// attempt sends a delivery once.
func (e *Engine) attempt(d *delivery) Attempt {
	a := Attempt{At: e.world.Clock.Now()}
	elapsed := e.world.Clock.Stopwatch()
	ctx, cancel := context.WithTimeout(d.era.ctx, timeout)
	defer cancel()
	var err error
	a.Status, a.Response, err = e.post(ctx, d)
	a.Duration = elapsed()
	switch {
	case err != nil:
		a.Error = Reason(err, receiver)
	case a.Status >= 300 && a.Status <= 399:
		a.Error = "redirects are not followed"
	}
	return a
}

// post returns the status and the beginning of the body of a receiver's answer.
func (e *Engine) post(ctx context.Context, d *delivery) (int, []byte, error) {
	if err := subscription.Forbidden(d.URL); err != nil {
		return 0, nil, err
	}
	if inbox, ok := subscription.Inbox(d.URL); ok {
		e.receive(d, inbox)
		return http.StatusOK, nil, nil
	}
	header, message := d.Message()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, bytes.NewReader(message))
	if err != nil {
		return 0, nil, err
	}
	request.Header = header
	response, err := e.client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxResponse))
	return response.StatusCode, body, err
}

// conclude logs an attempt and decides what happens to the delivery.
func (e *Engine) conclude(t *target, d *delivery, a Attempt) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if d.era != e.era || e.closed {
		return
	}
	e.era.log.attempt(d, a)
	t.sending = nil
	t.silence++
	if a.Status != 0 || a.Duration >= deadPause { // a slow failure does not keep the machine busy
		t.silence = 0
	}
	d.tries++
	d.flushed()
	switch {
	case a.succeeded() && d.copies < e.chaos.Duplicate && !d.Test:
		d.copies++
		t.queue.put(d, time.Time{})
	case a.succeeded() || d.copies > 0: // a failed copy does not undo the success
		e.end(d, Delivered, "")
	case d.lastTry():
		e.end(d, Failed, "")
	default:
		e.retry(t, d, a)
	}
}
