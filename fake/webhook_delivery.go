package fake

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

// Delivery is a message to the receiver of a webhook, and what became of it so far.
type Delivery struct {
	ID          string // also its Idempotency-Key
	Workspace   string // the slug
	Webhook     string // the id
	TargetURL   string
	Events      []string // their types
	Test        bool     // of Workspace.TestWebhook
	Header      http.Header
	Body        []byte
	State       DeliveryState
	Reason      string // why it was dropped
	CreatedAt   time.Time
	NextAttempt time.Time         // on the server's clock; zero where none is planned
	Attempts    []DeliveryAttempt // oldest first
}

// DeliveryAttempt is one try to deliver.
type DeliveryAttempt struct {
	Time     time.Time     // on the server's clock
	Duration time.Duration // in real time
	Status   int           // of the answer; 0 without one
	Error    string        // why it failed, where the status does not tell
	Response []byte        // 4 KB of the answer's body
}

// DeliveryState says how a delivery fares.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   = DeliveryState(webhook.Pending)   // not tried yet, or being tried
	DeliveryRetrying  = DeliveryState(webhook.Retrying)  // failed, and will be tried again
	DeliveryDelivered = DeliveryState(webhook.Delivered) // answered with 2xx
	DeliveryFailed    = DeliveryState(webhook.Failed)    // given up after the last retry
	DeliveryDropped   = DeliveryState(webhook.Dropped)   // its webhook or workspace is gone or inactive, or 10,000 others wait
)

// WebhookTo makes a webhook whose events, all of some types, a handler in this process is told of. It works without
// sockets, and inside a testing/synctest bubble.
func (w *Workspace) WebhookTo(h http.Handler, eventTypes ...string) Webhook {
	w.server.helper()
	url := "http://" + string(w.server.world.NewID()) + ".internal/"
	w.server.HandleWebhooks(url, h)
	return w.AddWebhook(Webhook{TargetURL: url, Subscriptions: Subscribe(eventTypes...)})
}

// HandleWebhooks lets a handler in this process answer the deliveries to a target URL, which nothing has to listen
// to: that of a webhook in the scenario, for instance. It has five seconds for each, as any receiver.
func (s *Server) HandleWebhooks(targetURL string, h http.Handler) { s.webhooks.Handle(targetURL, h) }

// VerifySignature reports whether the Attio-Signature header of a delivery belongs to its body, as it was
// received, and to the secret of the webhook.
func VerifySignature(header string, body []byte, secret string) bool {
	return webhook.Verify(header, body, secret)
}

// DeliveryFilter chooses deliveries.
type DeliveryFilter struct {
	condition, value string // as the control API has them
	holds            func(Delivery) bool
}

// ToWebhook chooses the deliveries to a webhook, by its id.
func ToWebhook(id string) DeliveryFilter {
	return DeliveryFilter{"webhook", id, func(d Delivery) bool { return d.Webhook == id }}
}

// OfEvent chooses the deliveries of a type of event: "record.created".
func OfEvent(eventType string) DeliveryFilter {
	return DeliveryFilter{"event_type", eventType, func(d Delivery) bool { return slices.Contains(d.Events, eventType) }}
}

// InState chooses the deliveries that are in a state.
func InState(state DeliveryState) DeliveryFilter {
	return DeliveryFilter{"state", string(state), func(d Delivery) bool { return d.State == state }}
}

// Deliveries returns what webhooks were sent since the server started, was reset or restored a snapshot, oldest first,
// the latest 20,000 of it: those that all filters choose.
func (s *Server) Deliveries(filters ...DeliveryFilter) []Delivery {
	s.helper()
	for _, f := range filters {
		if err := s.control.CheckDelivery(f.condition, f.value); err != nil {
			s.fatalf("fake: deliveries: %v", err)
			return nil
		}
	}
	var chosen []Delivery
	for _, from := range s.webhooks.Deliveries() {
		if d := outlineOf(from); !slices.ContainsFunc(filters, func(f DeliveryFilter) bool { return !f.holds(d) }) {
			chosen = append(chosen, newDelivery(from))
		}
	}
	return chosen
}

// Deliveries returns what webhooks of the workspace were sent, as Server.Deliveries does: of a clone nothing that its
// original or another clone was told of.
func (w *Workspace) Deliveries(filters ...DeliveryFilter) []Delivery {
	w.server.helper()
	ofIt := DeliveryFilter{"workspace", w.Slug(), func(d Delivery) bool { return d.Workspace == w.Slug() }}
	return w.server.Deliveries(append(slices.Clip(filters), ofIt)...)
}

// AwaitDeliveries returns when n deliveries have succeeded, finally failed or been dropped since the server started, was
// reset or restored a snapshot; one that is delivered again counts again. When the context ends before that, the error
// says what they are waiting for, which may be the server's clock.
func (s *Server) AwaitDeliveries(ctx context.Context, n int) error {
	return s.webhooks.Await(ctx, nil, n)
}

// AwaitDeliveries is Server.AwaitDeliveries of the workspace alone.
func (w *Workspace) AwaitDeliveries(ctx context.Context, n int) error {
	return w.server.webhooks.Await(ctx, w.inner, n)
}

// FlushDeliveries sends everything that waits for the server's clock, retries and what is beyond 25 deliveries a second, once,
// and returns when that is done, and so is what is being sent already. The clock stays as it is.
func (s *Server) FlushDeliveries() {
	_ = s.webhooks.Flush(context.Background()) // which ends early only with a reset or a close
}

// Redeliver sends a delivery again, whatever became of it, with the same Idempotency-Key and as many retries as a new
// one. It goes to the URL that its webhook has by now.
func (s *Server) Redeliver(id string) Delivery {
	s.helper()
	d, err := s.webhooks.Redeliver(attio.ID(id))
	if err != nil {
		s.fatalf("fake: deliver again: %v", err)
		return Delivery{}
	}
	return newDelivery(d)
}

// TestWebhook sends a webhook, named by its key in the scenario or its id, a test event of a type that it subscribes to, as
// Attio's settings page does: past its filters, with the ids of something that the workspace has, or made up. An
// empty type is that of its first subscription. It is tried once.
func (w *Workspace) TestWebhook(keyOrID, eventType string) Delivery {
	w.server.helper()
	found, ok := w.state().Webhook(attio.ID(w.Webhook(keyOrID).ID))
	if !ok {
		return Delivery{}
	}
	d, err := w.server.webhooks.Test(w.inner, found, eventType)
	if err != nil {
		w.server.fatalf("fake: workspace %q: test the webhook %q: %v", w.Slug(), keyOrID, err)
		return Delivery{}
	}
	return newDelivery(d)
}

// WebhookChaos is what deliveries may do to their receivers by Attio's terms, but seldom do. The zero value is none.
type WebhookChaos struct {
	Duplicate int           // how often a delivery that succeeded is sent again, with its Idempotency-Key
	Reorder   int           // so many deliveries to a URL wait for each other, up to a second, and then go last first
	Delay     time.Duration // how much later each delivery goes, on the server's clock
	Batch     int           // how many events of one write may share a delivery
}

// SetWebhookChaos lets deliveries come several times, in another order, late, or with several events, until
// it is set anew or the server is reset. As the faults, it outlives the restoring of a snapshot.
func (s *Server) SetWebhookChaos(c WebhookChaos) {
	s.helper()
	if err := s.webhooks.SetChaos(webhook.Chaos(c)); err != nil {
		s.fatalf("fake: the chaos of webhooks: %v", err)
	}
}

func newDelivery(from webhook.Delivery) Delivery {
	d := outlineOf(from)
	d.Header, d.Body = from.Message()
	for _, a := range from.Attempts {
		d.Attempts = append(d.Attempts, DeliveryAttempt{a.At, a.Duration, a.Status, a.Error, slices.Clone(a.Response)})
	}
	return d
}

// outlineOf is a delivery without its message and its attempts.
func outlineOf(from webhook.Delivery) Delivery {
	return Delivery{
		ID: string(from.ID), Workspace: from.Workspace, Webhook: string(from.Webhook), TargetURL: from.URL, Events: from.Events,
		Test: from.Test, State: DeliveryState(from.State), Reason: from.Reason, CreatedAt: from.CreatedAt, NextAttempt: from.Due,
	}
}
