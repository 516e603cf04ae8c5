package webhook

import (
	"errors"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// degradedFor is how long a webhook is degraded until it becomes inactive. From Attio's webhook guide.
const degradedFor = 7 * 24 * time.Hour

// rate lets the status of a webhook follow from an attempt: one that is given up degrades it, a success makes
// a degraded one active again, which is assumed.
func (e *Engine) rate(d *delivery, a Attempt) {
	switch {
	case d.Test:
	case a.succeeded():
		e.setStatus(d.era, hook{d.workspace, d.Webhook}, world.WebhookDegraded, world.WebhookActive)
	case d.copies == 0 && d.tries == maxRetries:
		e.setStatus(d.era, hook{d.workspace, d.Webhook}, world.WebhookActive, world.WebhookDegraded)
	}
}

// errUndone ends a transaction that was called for before the world was reset.
var errUndone = errors.New("the world was reset")

// setStatus changes the status of a webhook that still has another one.
func (e *Engine) setStatus(era *era, h hook, from, to world.WebhookStatus) {
	if webhook, ok := h.workspace.View().Webhook(h.id); !ok || webhook.Status != from {
		return
	}
	attioItself := world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}
	_ = h.workspace.Update(attioItself, func(tx *world.Tx) error {
		if e.world.Clock.Era() != era.clock {
			return errUndone
		}
		if webhook, ok := tx.Webhook(h.id); ok && webhook.Status == from {
			tx.SetWebhookStatus(h.id, to)
		}
		return nil
	})
}

// watchStatus notes since when a webhook is degraded.
func (e *Engine) watchStatus(c world.Commit, change world.Change) {
	before, after := statusOf(change.Before), statusOf(change.After)
	if before == after {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	h := hook{c.Workspace, change.ID}
	if cancel, ok := e.era.expiry[h]; ok {
		cancel()
		delete(e.era.expiry, h)
	}
	if after == world.WebhookDegraded {
		e.expire(e.era, h, c.At)
	}
}

// statusOf returns the status of a *world.Webhook; empty where there is none.
func statusOf(webhook any) world.WebhookStatus {
	if webhook, ok := webhook.(*world.Webhook); ok {
		return webhook.Status
	}
	return ""
}

// expire makes a webhook inactive when it has been degraded for too long.
func (e *Engine) expire(era *era, h hook, since time.Time) {
	if era.expiry == nil {
		era.expiry = make(map[hook]func())
	}
	era.expiry[h] = e.world.Clock.At(since.Add(degradedFor), func() {
		e.setStatus(era, h, world.WebhookDegraded, world.WebhookInactive)
	})
}
