package control

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Delivery is a webhook delivery in the log.
type Delivery struct {
	ID            attio.ID          `json:"id"` // also its Idempotency-Key
	Workspace     string            `json:"workspace"`
	Webhook       attio.ID          `json:"webhook_id"`
	TargetURL     string            `json:"target_url"`
	EventTypes    []string          `json:"event_types"`
	Test          bool              `json:"test,omitempty"` // asked for with POST /_fake/webhooks/{id}/test
	State         webhook.State     `json:"state"`
	Reason        string            `json:"reason,omitempty"` // why it was dropped
	CreatedAt     attio.Time        `json:"created_at"`
	NextAttemptAt *attio.Time       `json:"next_attempt_at"` // null if none is planned or one is under way
	Header        map[string]string `json:"header"`
	Body          body              `json:"body"`
	Attempts      []DeliveryAttempt `json:"attempts"` // oldest first
}

// DeliveryAttempt is one attempt of a delivery.
type DeliveryAttempt struct {
	Time     attio.Time `json:"time"`
	Duration float64    `json:"duration_ms"` // in real time
	Status   int        `json:"status,omitempty"`
	Error    string     `json:"error,omitempty"`
	Response body       `json:"response,omitempty"` // its first 4 KB
}

// deliveriesAnswer is the answer of GET /_fake/deliveries.
type deliveriesAnswer struct {
	Deliveries []Delivery `json:"deliveries"`
}

func newDelivery(from webhook.Delivery) Delivery {
	header, message := from.Message()
	d := Delivery{
		ID: from.ID, Workspace: from.Workspace, Webhook: from.Webhook, TargetURL: from.URL, EventTypes: from.Events, Test: from.Test,
		State: from.State, Reason: from.Reason, CreatedAt: attio.Time{Time: from.CreatedAt}, Header: make(map[string]string),
		Body: message, Attempts: []DeliveryAttempt{},
	}
	if !from.Due.IsZero() {
		d.NextAttemptAt = &attio.Time{Time: from.Due}
	}
	for name, values := range header {
		d.Header[name] = values[0]
	}
	for _, a := range from.Attempts {
		d.Attempts = append(d.Attempts, DeliveryAttempt{
			attio.Time{Time: a.At}, float64(a.Duration) / float64(time.Millisecond), a.Status, a.Error, a.Response,
		})
	}
	return d
}

// listDeliveries answers GET /_fake/deliveries: the deliveries that meet all parameters, oldest first.
func listDeliveries(h *Handler, r *http.Request) (any, *refusal) {
	query := r.URL.Query()
	if refused := h.checkDeliveryQuery(query); refused != nil {
		return nil, refused
	}
	asked := func(name, has string) bool { return !query.Has(name) || query.Get(name) == has }
	return list("deliveries", func(yield func(Delivery) bool) {
		for _, d := range h.webhooks.Deliveries() {
			wanted := asked("workspace", d.Workspace) && asked("webhook", string(d.Webhook)) && asked("state", string(d.State)) &&
				(!query.Has("event_type") || slices.Contains(d.Events, query.Get("event_type")))
			if wanted && !yield(newDelivery(d)) {
				return
			}
		}
	}), nil
}

// checkDeliveryQuery refuses conditions that no delivery can meet.
func (h *Handler) checkDeliveryQuery(query url.Values) *refusal {
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if len(query[name]) > 1 {
			return badRequest("%s is given more than once", name)
		}
		if err := h.CheckDelivery(name, query.Get(name)); err != nil {
			return badRequest("%v", err)
		}
	}
	return nil
}

// CheckDelivery returns what is wrong with a condition on deliveries: a workspace, a webhook, a state or an event type.
// Workspaces and webhooks that are gone are allowed.
func (h *Handler) CheckDelivery(condition, value string) error {
	var known []string
	switch condition {
	case "workspace":
		return h.CheckQuestion(match.Query{Workspace: value})
	case "webhook":
		if _, ok := attio.ParseID(value); !ok {
			return fmt.Errorf("%q is not the id of a webhook", value)
		}
		return nil
	case "state":
		for _, state := range webhook.States() {
			known = append(known, string(state))
		}
	case "event_type":
		condition, known = "event type", subscription.EventTypes()
	}
	if slices.Contains(known, value) {
		return nil
	}
	return errors.New(suggest.Unknown(condition, value, known))
}

// redeliver answers POST /_fake/deliveries/{id}/redeliver with the delivery, which is queued again.
func redeliver(h *Handler, r *http.Request) (any, *refusal) {
	d, err := h.webhooks.Redeliver(attio.ID(variable(r, "id")))
	if err != nil {
		return nil, &refusal{http.StatusNotFound, err.Error()}
	}
	return newDelivery(d), nil
}

// flushDeliveries answers POST /_fake/deliveries/flush after every waiting delivery was attempted once.
func flushDeliveries(h *Handler, r *http.Request) (any, *refusal) {
	if err := h.webhooks.Flush(r.Context()); err != nil {
		return nil, &refusal{http.StatusServiceUnavailable, "not everything was sent: " + err.Error()}
	}
	return nil, nil
}

// testBody names the event type to test with, one that the webhook subscribes to. The default is the first.
type testBody struct {
	EventType string `json:"event_type"`
}

// testWebhook answers POST /_fake/webhooks/{id}/test with the delivery of a test event.
func testWebhook(h *Handler, r *http.Request) (any, *refusal) {
	var body testBody
	if r.ContentLength != 0 {
		if refused := decode(r, &body); refused != nil {
			return nil, refused
		}
	}
	workspace, hook, refused := h.webhook(r)
	if refused != nil {
		return nil, refused
	}
	d, err := h.webhooks.Test(workspace, hook, body.EventType)
	if err != nil {
		return nil, badRequest("%v", err)
	}
	return newDelivery(d), nil
}

// webhook returns the webhook that the path names. Clones of a workspace have webhooks with the same ids; the
// parameter workspace tells them apart.
func (h *Handler) webhook(r *http.Request) (*world.Workspace, *world.Webhook, *refusal) {
	id, slug := attio.ID(variable(r, "id")), r.URL.Query().Get("workspace")
	if slug != "" {
		if _, refused := h.workspaceNamed(slug); refused != nil {
			return nil, nil, refused
		}
	}
	var workspace *world.Workspace
	var found *world.Webhook
	for _, ws := range h.world.Workspaces() {
		state := ws.View()
		hook, ok := state.Webhook(id)
		if !ok || slug != "" && slug != state.Slug {
			continue
		}
		if found != nil {
			return nil, nil, badRequest("the workspaces %s and %s both have a webhook %s; choose one with ?workspace=",
				workspace.View().Slug, state.Slug, id)
		}
		workspace, found = ws, hook
	}
	if found == nil {
		return nil, nil, &refusal{http.StatusNotFound, "there is no webhook " + string(id)}
	}
	return workspace, found, nil
}

// chaosBody says how deliveries are disturbed.
type chaosBody struct {
	Duplicate int    `json:"duplicate"` // how often a successful delivery is sent again
	Reorder   int    `json:"reorder"`   // how many deliveries to a target are collected and sent in reverse order
	Delay     string `json:"delay"`     // how much later deliveries are sent, such as "1m30s"
	Batch     int    `json:"batch"`     // how many events of one write may share a delivery
}

// getChaos answers GET /_fake/webhooks/chaos.
func getChaos(h *Handler, _ *http.Request) (any, *refusal) {
	c := h.webhooks.Chaos()
	return chaosBody{c.Duplicate, c.Reorder, c.Delay.String(), c.Batch}, nil
}

// setChaos answers PUT /_fake/webhooks/chaos. Keys that the body leaves out turn that part off.
func setChaos(h *Handler, r *http.Request) (any, *refusal) {
	var body chaosBody
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	chaos := webhook.Chaos{Duplicate: body.Duplicate, Reorder: body.Reorder, Batch: body.Batch}
	if body.Delay != "" {
		var err error
		if chaos.Delay, err = time.ParseDuration(body.Delay); err != nil {
			return nil, badRequest(`delay: %q is not a duration; write one such as "90s", "1h30m" or "24h"`, body.Delay)
		}
	}
	if err := h.webhooks.SetChaos(chaos); err != nil {
		return nil, badRequest("%v", err)
	}
	return getChaos(h, r)
}
