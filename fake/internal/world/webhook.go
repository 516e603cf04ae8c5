package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Webhook is a subscription to events.
type Webhook struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Webhooks yields the webhooks, in the order in which they were made.
func (s *State) Webhooks() iter.Seq[*Webhook] { return s.webhooks.All() }

// Webhook returns the webhook with an id.
func (s *State) Webhook(id attio.ID) (*Webhook, bool) { return s.webhooks.Get(id) }

func (w *Webhook) identity() (Thing, attio.ID)       { return ThingWebhook, w.ID }
func (w *Webhook) attachedTo() []attio.ID            { return nil }
func (w *Webhook) without(attio.ID) (*Webhook, bool) { return nil, false }
