package world

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Webhook sends events to a receiver. It never changes; a transaction makes the next version.
type Webhook struct {
	ID            attio.ID
	TargetURL     string
	Secret        string // the signing secret: 64 hex characters, unless a scenario has another
	Status        WebhookStatus
	DegradedAt    time.Time // since when it is degraded; zero where a scenario has it so from the start
	Subscriptions []Subscription
	CreatedAt     time.Time
}

// WebhookStatus says how the deliveries of a webhook go.
type WebhookStatus string

// The states of Attio's webhooks. A degraded webhook still gets events, an inactive one does not.
const (
	WebhookActive   WebhookStatus = "active"
	WebhookDegraded WebhookStatus = "degraded"
	WebhookInactive WebhookStatus = "inactive"
)

// Subscription selects events for a webhook. Its JSON is Attio's.
type Subscription struct {
	EventType string       `json:"event_type"`
	Filter    *EventFilter `json:"filter"` // nil selects every event of the type
}

// WebhookEdit is a client's change to a webhook; nil leaves a part as it is.
type WebhookEdit struct {
	TargetURL     *string
	Subscriptions *[]Subscription
}

// Webhooks yields the webhooks, in the order in which they were made.
func (s *State) Webhooks() iter.Seq[*Webhook] { return s.webhooks.All() }

// Webhook returns the webhook with an id.
func (s *State) Webhook(id attio.ID) (*Webhook, bool) { return s.webhooks.Get(id) }

// NewSecret returns the secret of a webhook that is created at run time.
func (ws *Workspace) NewSecret() string { return ws.world.ids.Load().Secret() }

// CreateWebhook makes a webhook. The edit must be complete. Every error is an answer of the API.
func (tx *Tx) CreateWebhook(id attio.ID, secret string, edit WebhookEdit) (*Webhook, error) {
	return tx.editWebhook(tx.newWebhook(id, secret), edit, nil)
}

func (tx *Tx) newWebhook(id attio.ID, secret string) Webhook {
	return Webhook{ID: id, Secret: secret, Status: WebhookActive, CreatedAt: tx.Now}
}

// UpdateWebhook changes a webhook; its status stays, which is assumed. Every error is an answer of the API.
func (tx *Tx) UpdateWebhook(id attio.ID, edit WebhookEdit) (*Webhook, error) {
	webhook, ok := tx.Webhook(id)
	if !ok {
		return nil, attio.WebhookNotFound(string(id))
	}
	return tx.editWebhook(*webhook, edit, nil)
}

// DeleteWebhook removes a webhook.
func (tx *Tx) DeleteWebhook(id attio.ID) error {
	webhook, ok := tx.Webhook(id)
	if !ok {
		return attio.WebhookNotFoundOnDelete()
	}
	drop(tx, webhook)
	return nil
}

// SetWebhookStatus changes the status of a webhook. It does nothing if the webhook is gone.
func (tx *Tx) SetWebhookStatus(id attio.ID, status WebhookStatus) {
	if webhook, ok := tx.Webhook(id); ok {
		changed := *webhook
		changed.Status, changed.DegradedAt = status, time.Time{}
		if status == WebhookDegraded && !tx.seeding {
			changed.DegradedAt = tx.Now
		}
		put(tx, &changed)
	}
}

func (tx *Tx) editWebhook(webhook Webhook, edit WebhookEdit, gone map[attio.ID]bool) (*Webhook, error) {
	change(&webhook.TargetURL, edit.TargetURL)
	if edit.Subscriptions != nil {
		webhook.Subscriptions = slices.Clone(*edit.Subscriptions)
		for _, s := range webhook.Subscriptions {
			if err := tx.checkFilter(s.Filter, gone); err != nil {
				return nil, err
			}
		}
	}
	if err := tx.checkUnrepeated(&webhook); err != nil {
		return nil, err
	}
	put(tx, &webhook)
	return &webhook, nil
}

// checkFilter refuses a filter that names a list, an object or an activity that does not exist, unless it is in gone. The
// error for a list is from Attio's OpenAPI document; those for the others are assumed.
func (s *State) checkFilter(filter *EventFilter, gone map[attio.ID]bool) error {
	if filter == nil {
		return nil
	}
	unknown := func(string) *attio.Error { return attio.RelatedObjectNotFound() }
	for _, c := range filter.Conditions {
		if gone[attio.ID(c.Value)] {
			continue
		}
		switch c.Names() {
		case ThingList:
			if list, ok := s.Schema.List(c.Value); !ok || string(list.ID) != c.Value {
				return attio.RelatedListNotFound()
			}
		case ThingActivity:
			if activity, ok := s.Schema.Activity(c.Value); !ok || string(activity.ID) != c.Value {
				return attio.RelatedActivityNotFound()
			}
		case ThingObject:
			object, err := s.Schema.ObjectNamed(c.Value, unknown)
			switch {
			case err != nil:
				return err
			case string(object.ID) != c.Value:
				return unknown(c.Value)
			}
		}
	}
	return nil
}

// checkUnrepeated refuses a webhook that would send its receiver an event twice: no two subscriptions of a workspace
// may have the same target URL, event type and filter. From Attio's OpenAPI document of August 2026.
func (s *State) checkUnrepeated(webhook *Webhook) error {
	taken := make(map[string]bool)
	for other := range s.Webhooks() {
		if other.ID != webhook.ID && other.TargetURL == webhook.TargetURL {
			for _, subscription := range other.Subscriptions {
				taken[subscription.key()] = true
			}
		}
	}
	for _, subscription := range webhook.Subscriptions {
		key := subscription.key()
		if taken[key] {
			return attio.WebhookConflict()
		}
		taken[key] = true
	}
	return nil
}

// key is equal for two subscriptions that Attio considers the same.
func (s Subscription) key() string { return strings.Join([]string{s.EventType, s.Filter.key()}, " ") }

func (w *Webhook) identity() (Thing, attio.ID)       { return ThingWebhook, w.ID }
func (w *Webhook) attachedTo() []attio.ID            { return nil }
func (w *Webhook) without(attio.ID) (*Webhook, bool) { return nil, false }
func (w *Webhook) followed(*merger) *Webhook         { return w }
