package webhook

import (
	"errors"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// degradedFor is how long a webhook is degraded until it becomes inactive. From Attio's webhook guide.
const degradedFor = 7 * 24 * time.Hour

// rate updates the status of a webhook after an attempt: a failed delivery degrades it, and a success makes it
// active again, which is assumed.
func (e *Engine) rate(d *delivery, a Attempt) {
	switch {
	case d.Test:
	case a.succeeded():
		e.setStatus(d.era, thing{d.workspace, d.Webhook}, world.WebhookDegraded, world.WebhookActive)
	case d.copies == 0 && d.tries == maxRetries:
		e.setStatus(d.era, thing{d.workspace, d.Webhook}, world.WebhookActive, world.WebhookDegraded)
	}
}

// errUndone ends a transaction that was requested before the world was reset.
var errUndone = errors.New("the world was reset")

// setStatus changes the status of a webhook unless it has that already.
func (e *Engine) setStatus(era *era, h thing, from, to world.WebhookStatus) {
	if webhook, ok := h.workspace.View().Webhook(h.id); !ok || webhook.Status != from {
		return
	}
	_ = h.workspace.Update(world.System(), func(tx *world.Tx) error {
		if e.world.Clock.Era() != era.clock {
			return errUndone
		}
		if webhook, ok := tx.Webhook(h.id); ok && webhook.Status == from {
			tx.SetWebhookStatus(h.id, to)
		}
		return nil
	})
}

// watchStatus starts the alarm of a webhook that is degraded, and drops the pending deliveries of one that is deleted or inactive.
func (e *Engine) watchStatus(c world.Commit, change world.Change) {
	before, after := statusOf(change.Before), statusOf(change.After)
	if before == after {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	of := thing{c.Workspace, change.ID}
	toIt := func(d *delivery) bool { return d.workspace == of.workspace && d.Webhook == of.id }
	e.era.expiry.drop(of)
	switch after {
	case "":
		e.discard(webhookGone, toIt)
	case world.WebhookInactive:
		e.discard(webhookInactive, func(d *delivery) bool { return toIt(d) && !d.byHand })
	case world.WebhookDegraded:
		e.expire(e.era, of, c.At)
	}
}

// statusOf returns the status of a *world.Webhook; empty where there is none.
func statusOf(webhook any) world.WebhookStatus {
	if webhook, ok := webhook.(*world.Webhook); ok {
		return webhook.Status
	}
	return ""
}

// expire makes a webhook inactive when it has been degraded for too long. The caller holds the lock.
func (e *Engine) expire(era *era, of thing, since time.Time) {
	era.expiry.put(e.world.Clock, of, since.Add(degradedFor), func() {
		e.setStatus(era, of, world.WebhookDegraded, world.WebhookInactive)
	})
}
