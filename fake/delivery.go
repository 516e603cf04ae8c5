package fake

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

// Delivery is a message to the receiver of a webhook, and what has happened to it so far.
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

// DeliveryState is the state of a delivery.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   DeliveryState = "pending"   // not tried yet, or being tried
	DeliveryRetrying  DeliveryState = "retrying"  // failed, and will be tried again
	DeliveryDelivered DeliveryState = "delivered" // answered with 2xx
	DeliveryFailed    DeliveryState = "failed"    // given up after the last retry
	DeliveryDropped   DeliveryState = "dropped"   // its webhook or workspace is gone or inactive, or 10,000 others wait
)

// WebhookTo makes a webhook that delivers events of some types, as Subscribe takes them, to a handler in this process. It works
// without sockets, and inside a testing/synctest bubble.
func (w *Workspace) WebhookTo(h http.Handler, eventTypes ...string) Webhook {
	w.server.helper()
	if !w.present() {
		return Webhook{}
	}
	url := "http://" + string(w.server.world.NewID()) + ".internal/"
	w.server.HandleWebhooks(url, h)
	return w.AddWebhook(Webhook{TargetURL: url, Subscriptions: Subscribe(eventTypes...)})
}

// HandleWebhooks sends the deliveries to a target URL, such as that of a webhook in the scenario, to a handler in this
// process; nothing has to listen at the URL. Like any receiver, the handler has five seconds for each delivery.
func (s *Server) HandleWebhooks(targetURL string, h http.Handler) { s.webhooks.Handle(targetURL, h) }

// VerifySignature reports whether the Attio-Signature header of a delivery is the signature of its body, as it was received,
// with the secret of the webhook.
func VerifySignature(header string, body []byte, secret string) bool {
	return webhook.Verify(header, body, secret)
}

// Deliveries returns what webhooks were sent since the server started, was reset or restored a snapshot: the latest 20,000
// deliveries, oldest first. With filters it returns the deliveries that any of them chooses. A filter for something that the
// server does not know fails the test.
func (s *Server) Deliveries(filters ...DeliveryFilter) []Delivery {
	s.helper()
	for _, f := range filters {
		if err := f.check(s); err != nil {
			s.fatalf("fake: deliveries: %v", err)
			return nil
		}
	}
	var chosen []Delivery
	for _, from := range s.webhooks.Deliveries() {
		d := outlineOf(from)
		if filters == nil || slices.ContainsFunc(filters, func(f DeliveryFilter) bool { return f.holds(d) }) {
			chosen = append(chosen, newDelivery(from))
		}
	}
	return chosen
}

// Deliveries returns what webhooks of the workspace were sent, as Server.Deliveries does. A clone has nothing that its
// original or another clone was sent.
func (w *Workspace) Deliveries(filters ...DeliveryFilter) []Delivery {
	w.server.helper()
	own := []DeliveryFilter{{Workspace: w.Slug()}}
	if filters != nil {
		own = slices.Clone(filters)
	}
	for i := range own {
		if own[i].Workspace != "" && own[i].Workspace != w.Slug() {
			w.server.fatalf("fake: deliveries: workspace %q has only its own deliveries, none of %q; ask the server for those", w.Slug(), own[i].Workspace)
			return nil
		}
		own[i].Workspace = w.Slug()
	}
	return w.server.Deliveries(own...)
}

// AwaitDeliveries returns when n deliveries have succeeded, finally failed or been dropped since the server started,
// was reset or restored a snapshot; one that is delivered again counts again. If the context ends first, the error says
// what the deliveries are waiting for, which may be the server's clock.
func (s *Server) AwaitDeliveries(ctx context.Context, n int) error {
	return s.webhooks.Await(ctx, nil, n)
}

// AwaitDeliveries is Server.AwaitDeliveries of the workspace alone.
func (w *Workspace) AwaitDeliveries(ctx context.Context, n int) error {
	return w.server.webhooks.Await(ctx, w.inner.Present(), n)
}

// FlushDeliveries sends every delivery that waits for the server's clock, because it is a retry or beyond 25 a second, once,
// and returns when these and all that are under way are done. The clock does not move.
func (s *Server) FlushDeliveries() {
	_ = s.webhooks.Flush(context.Background()) // which ends early only with a reset or a close
}

// Redeliver sends a delivery again, whatever its state, with the same Idempotency-Key and as many retries as a new one. It
// goes to the present URL of its webhook.
func (s *Server) Redeliver(id string) Delivery {
	s.helper()
	d, err := s.webhooks.Redeliver(attio.ID(id))
	if err != nil {
		s.fatalf("fake: redeliver: %v", err)
		return Delivery{}
	}
	return newDelivery(d)
}

// TestWebhook sends a webhook, named by its key in the scenario or its id, a test event of a type that it subscribes to, as
// Attio's settings page does: past its filters, with the ids of something that the workspace has, or made up. An
// empty type is that of its first subscription. It is tried once.
func (w *Workspace) TestWebhook(keyOrID, eventType string) Delivery {
	w.server.helper()
	if !w.present() {
		return Delivery{}
	}
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
