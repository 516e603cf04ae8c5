package fake

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Webhook sends events to a receiver, as of when it was read or made.
type Webhook struct {
	ID string // AddWebhook makes one
	// TargetURL is where events are sent: an https:// URL, or http:// and a host of this machine or its
	// network, such as that of an httptest.Server.
	TargetURL     string
	Secret        string // what deliveries are signed with; AddWebhook makes one where it is empty
	Subscriptions []Subscription
	Status        WebhookStatus // of a new one WebhookActive
	CreatedAt     time.Time     // AddWebhook says when
}

// Subscription is a type of event that a webhook gets.
type Subscription struct {
	EventType string // such as "record.updated"
	// Filter says which events of the type, in JSON as the API takes it. Nil takes all.
	//
	//	json.RawMessage(`{"$and": [{"field": "actor.type", "operator": "not_equals", "value": "system"}]}`)
	Filter json.RawMessage
}

// WebhookStatus is the state of a webhook, which follows from how its deliveries went.
type WebhookStatus string

// The states of Attio's webhooks. A degraded webhook still gets events, an inactive one does not.
const (
	WebhookActive   WebhookStatus = "active"
	WebhookDegraded WebhookStatus = "degraded"
	WebhookInactive WebhookStatus = "inactive"
)

// Subscribe returns subscriptions to all events of some types, "note.created", or of whole families of types,
// "record.*". AddWebhook fails the test for a type or a family that Attio does not have.
func Subscribe(eventTypes ...string) []Subscription {
	var subscriptions []Subscription
	subscribe := func(eventType string) {
		if !slices.ContainsFunc(subscriptions, func(s Subscription) bool { return s.EventType == eventType }) {
			subscriptions = append(subscriptions, Subscription{EventType: eventType})
		}
	}
	for _, eventType := range eventTypes {
		members := []string{eventType}
		if prefix, ok := strings.CutSuffix(eventType, "*"); ok && slices.Contains(eventFamilies(), eventType) {
			members = slices.DeleteFunc(subscription.EventTypes(), func(t string) bool { return !strings.HasPrefix(t, prefix) })
		}
		for _, member := range members {
			subscribe(member)
		}
	}
	return subscriptions
}

// eventFamilies lists what Subscribe takes for all events of a family: "record.*".
func eventFamilies() []string {
	var families []string
	for _, eventType := range subscription.EventTypes() {
		thing, _, _ := strings.Cut(eventType, ".")
		if family := thing + ".*"; !slices.Contains(families, family) {
			families = append(families, family)
		}
	}
	return families
}

// AddWebhook makes a webhook, as POST /v2/webhooks does. A mistake fails the test with Attio's message.
func (w *Workspace) AddWebhook(hook Webhook) Webhook {
	w.server.helper()
	edit, err := readWebhook(hook)
	if err != nil {
		w.server.fatalf("fake: make a webhook of workspace %q that sends to %q: %v", w.Slug(), hook.TargetURL, err)
		return Webhook{}
	}
	id, secret := w.server.world.NewID(), hook.Secret
	if secret == "" {
		secret = w.inner.NewSecret()
	}
	var added Webhook
	w.update(func(tx *world.Tx) error {
		made, err := tx.CreateWebhook(id, secret, edit)
		if err == nil {
			added = newWebhook(made)
		}
		return err
	})
	return added
}

// UpdateWebhook changes the target and the subscriptions of a webhook, as PATCH /v2/webhooks/{webhook_id} does, and its
// status: WebhookActive brings back a webhook that Attio gave up on. The webhook is named by its key in the scenario or its id.
func (w *Workspace) UpdateWebhook(keyOrID string, edit func(*Webhook)) Webhook {
	w.server.helper()
	found := w.Webhook(keyOrID)
	edited := found
	edited.Subscriptions = slices.Clone(found.Subscriptions)
	edit(&edited)
	if found.ID == "" || !w.keeps("webhook", keyOrID, fixed{"ID", edited.ID != found.ID}, fixed{"Secret", edited.Secret != found.Secret},
		fixed{"CreatedAt", !edited.CreatedAt.Equal(found.CreatedAt)}) {
		return Webhook{}
	}
	change, err := readWebhook(edited)
	known := []WebhookStatus{WebhookActive, WebhookDegraded, WebhookInactive}
	if err == nil && !slices.Contains(known, edited.Status) {
		err = errors.New(suggest.Unknown("status", string(edited.Status), texts(known)))
	}
	if err != nil {
		w.server.fatalf("fake: workspace %q: update webhook %q: %v", w.Slug(), keyOrID, err)
		return Webhook{}
	}
	id := attio.ID(found.ID)
	w.update(func(tx *world.Tx) error {
		_, err := tx.UpdateWebhook(id, change)
		if err == nil && edited.Status != found.Status {
			tx.SetWebhookStatus(id, world.WebhookStatus(edited.Status))
		}
		return err
	})
	return w.Webhook(found.ID)
}

// readWebhook reads a webhook as a client would have sent it. The error says how to fix it.
func readWebhook(hook Webhook) (world.WebhookEdit, error) {
	subscriptions := make([]map[string]any, len(hook.Subscriptions))
	for i, s := range hook.Subscriptions {
		if known := subscription.EventTypes(); !slices.Contains(known, s.EventType) {
			if strings.HasSuffix(s.EventType, ".*") {
				known = eventFamilies()
			}
			return world.WebhookEdit{}, fmt.Errorf("subscription %d: %s", i+1, suggest.Unknown("event type", s.EventType, known))
		}
		subscriptions[i] = map[string]any{"event_type": s.EventType, "filter": s.Filter} // null where it is nil
	}
	raw, err := json.Marshal(map[string]any{"data": map[string]any{"target_url": hook.TargetURL, "subscriptions": subscriptions}})
	if err != nil {
		return world.WebhookEdit{}, err
	}
	edit, err := subscription.ReadNew(raw)
	if answer, ok := errors.AsType[*attio.Error](err); ok {
		err = errors.New(answer.Message)
		for _, issue := range answer.ValidationErrors {
			place := strings.Trim(strings.ReplaceAll(fmt.Sprint(issue.Path[1:]), " ", ": "), "[]")
			err = fmt.Errorf("%w\n  %s: %s", err, place, subscription.Advice(issue))
		}
	}
	return edit, err
}

// DeleteWebhook removes a webhook, named by its key in the scenario or its id.
func (w *Workspace) DeleteWebhook(keyOrID string) {
	w.server.helper()
	if found := w.Webhook(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteWebhook(attio.ID(found.ID)) })
	}
}

// Webhook returns a webhook by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Webhook(keyOrID string) Webhook {
	w.server.helper()
	found, ok := w.state().Webhook(w.keyed("webhooks", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no webhook %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return Webhook{}
	}
	return newWebhook(found)
}

// Webhooks returns all webhooks, oldest first.
func (w *Workspace) Webhooks() []Webhook {
	var hooks []Webhook
	for hook := range w.state().Webhooks() {
		hooks = append(hooks, newWebhook(hook))
	}
	slices.SortStableFunc(hooks, func(a, b Webhook) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return hooks
}

func newWebhook(inner *world.Webhook) Webhook {
	hook := Webhook{
		ID: string(inner.ID), TargetURL: inner.TargetURL, Secret: inner.Secret,
		Status: WebhookStatus(inner.Status), CreatedAt: inner.CreatedAt,
	}
	for _, s := range inner.Subscriptions {
		subscribed := Subscription{EventType: s.EventType}
		if s.Filter != nil {
			subscribed.Filter = slices.Clone(s.Filter.Written)
		}
		hook.Subscriptions = append(hook.Subscriptions, subscribed)
	}
	return hook
}
