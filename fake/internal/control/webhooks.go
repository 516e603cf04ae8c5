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
	ID            attio.ID          `json:"id"`                                    // also its Idempotency-Key
	Workspace     string            `json:"workspace"`                             // its slug
	Webhook       attio.ID          `json:"webhook_id"`                            // the id of the webhook
	TargetURL     string            `json:"target_url"`                            // where it goes
	EventTypes    []string          `json:"event_types"`                           // the types of its events
	Test          bool              `json:"test,omitempty"`                        // asked for with POST /_fake/webhooks/{webhook}/test
	State         webhook.State     `json:"state"`                                 // what has become of it so far
	Reason        string            `json:"reason,omitempty"`                      // why it was dropped
	CreatedAt     attio.Time        `json:"created_at"`                            // on the server's clock
	NextAttemptAt *attio.Time       `json:"next_attempt_at" jsonschema:"nullable"` // null if none is planned or one is under way
	Header        map[string]string `json:"header"`                                // with the signature
	Body          body              `json:"body"`                                  // as JSON
	Attempts      []DeliveryAttempt `json:"attempts"`                              // oldest first
}

// DeliveryAttempt is one attempt of a delivery.
type DeliveryAttempt struct {
	Time     attio.Time `json:"time"`               // on the server's clock
	Duration float64    `json:"duration_ms"`        // in real time
	Status   int        `json:"status,omitempty"`   // of the answer; missing without one
	Error    string     `json:"error,omitempty"`    // why it failed, where the status does not tell
	Response body       `json:"response,omitempty"` // its first 4 KB
}

// deliveriesAnswer is the answer of GET /_fake/deliveries.
type deliveriesAnswer struct {
	Deliveries []Delivery `json:"deliveries"` // oldest first
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
	part, refused := partOf(query)
	if refused != nil {
		return nil, refused
	}
	asked := func(name, has string) bool { return !query.Has(name) || query.Get(name) == has }
	wanted := func(d *webhook.Delivery) bool {
		return asked("workspace", d.Workspace) && asked("webhook", string(d.Webhook)) && asked("state", string(d.State)) &&
			(!query.Has("event_type") || slices.Contains(d.Events, query.Get("event_type")))
	}
	awaited := func(d *webhook.Delivery) bool { return wanted(d) && (query.Has("state") || d.State.Final()) }
	refused = h.await(r, func() (int, <-chan struct{}) { return h.webhooks.Count(awaited) }, func(n, of int) string {
		state := "have ended"
		if query.Has("state") {
			state = "are " + query.Get("state")
		}
		workspace, _ := h.world.Workspace(query.Get("workspace"))
		return fmt.Sprintf("%d of %d deliveries that meet the parameters %s; %s", n, of, state, h.webhooks.Waiting(workspace))
	})
	if refused != nil {
		return nil, refused
	}
	chosen := slices.DeleteFunc(h.webhooks.Deliveries(), func(d webhook.Delivery) bool { return !wanted(&d) })
	return list("deliveries", func(yield func(Delivery) bool) {
		for _, d := range take(part, chosen) {
			if !yield(newDelivery(d)) {
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
		if !slices.Contains([]string{"workspace", "webhook", "state", "event_type"}, name) {
			continue
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

// redeliver answers POST /_fake/deliveries/{delivery}/redeliver with the delivery, which is queued again.
func redeliver(h *Handler, r *http.Request) (any, *refusal) {
	d, err := h.webhooks.Redeliver(attio.ID(variable(r, "delivery")))
	if err != nil {
		return nil, &refusal{status: http.StatusNotFound, message: err.Error()}
	}
	return newDelivery(d), nil
}

// flushDeliveries answers POST /_fake/deliveries/flush after every waiting delivery was attempted once.
func flushDeliveries(h *Handler, r *http.Request) (any, *refusal) {
	if err := h.webhooks.Flush(r.Context()); err != nil {
		return nil, &refusal{status: http.StatusServiceUnavailable, message: "not everything was sent: " + err.Error()}
	}
	return nil, nil
}

// testBody names the event type to test with, one that the webhook subscribes to. The default is the first.
type testBody struct {
	EventType string `json:"event_type" jsonschema:"example=record.created"` // one that the webhook subscribes to; its first by default
}

// testWebhook answers POST /_fake/webhooks/{webhook}/test with the delivery of a test event.
func testWebhook(h *Handler, r *http.Request) (any, *refusal) {
	var body testBody
	if refused := decodeOptional(r, &body); refused != nil {
		return nil, refused
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
	id, slug := attio.ID(variable(r, "webhook")), r.URL.Query().Get("workspace")
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
		return nil, nil, &refusal{status: http.StatusNotFound, message: "there is no webhook " + string(id)}
	}
	return workspace, found, nil
}

// statusBody is the body of PUT /_fake/webhooks/{webhook}/status.
type statusBody struct {
	// "active" brings back a webhook that Attio gave up on; a degraded one still gets events, an inactive one does not.
	Status world.WebhookStatus `json:"status" required:"\"active\", \"degraded\" or \"inactive\""`
}

// setWebhookStatus answers PUT /_fake/webhooks/{webhook}/status.
func setWebhookStatus(h *Handler, r *http.Request) (any, *refusal) {
	var body statusBody
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	known := []world.WebhookStatus{world.WebhookActive, world.WebhookDegraded, world.WebhookInactive}
	if !slices.Contains(known, body.Status) {
		return nil, badRequest("%s", suggest.Unknown("status", string(body.Status), texts(known)))
	}
	workspace, hook, refused := h.webhook(r)
	if refused != nil {
		return nil, refused
	}
	_ = workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error { // never fails
		tx.SetWebhookStatus(hook.ID, body.Status)
		return nil
	})
	return nil, nil
}

// chaosBody says how deliveries are disturbed.
type chaosBody struct {
	Duplicate int    `json:"duplicate"` // how often a successful delivery is sent again
	Reorder   int    `json:"reorder"`   // how many deliveries to a target are collected and sent in reverse order
	Delay     string `json:"delay"`     // how much later deliveries are sent, such as "1m30s"
	Batch     int    `json:"batch"`     // how many events of one write may share a delivery
	// how many answers to a delivery that its receiver takes are lost, so that it counts as failed and is retried
	LoseAnswers int `json:"lose_answers"`
}

// chaosState is how deliveries are disturbed at present.
type chaosState struct{ chaosBody }

// Chaos returns how deliveries are disturbed.
func (h *Handler) Chaos() webhook.Chaos { return h.webhooks.Chaos() }

// getChaos answers GET /_fake/webhooks/chaos.
func getChaos(h *Handler, _ *http.Request) (any, *refusal) {
	c := h.Chaos()
	return chaosState{chaosBody{c.Duplicate, c.Reorder, c.Delay.String(), c.Batch, c.LoseAnswers}}, nil
}

// setChaos answers PUT /_fake/webhooks/chaos. Keys that the body leaves out turn that part off.
func setChaos(h *Handler, r *http.Request) (any, *refusal) {
	var body chaosBody
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	chaos := webhook.Chaos{Duplicate: body.Duplicate, Reorder: body.Reorder, Batch: body.Batch, LoseAnswers: body.LoseAnswers}
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
