package webhook

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// State says how a delivery fares.
type State string

// The states of a delivery. The last three are final, until it is delivered again by hand.
const (
	Pending   State = "pending"   // not tried yet, or being tried
	Retrying  State = "retrying"  // failed, and will be tried again
	Delivered State = "delivered" // answered with 2xx
	Failed    State = "failed"    // given up after the last retry
	Dropped   State = "dropped"   // never sent, or not again; Reason says why
)

// States lists all states.
func States() []State { return []State{Pending, Retrying, Delivered, Failed, Dropped} }

// Delivery is a message to the receiver of a webhook, and what became of it.
type Delivery struct {
	ID        attio.ID // also its Idempotency-Key
	Workspace string   // its slug
	Webhook   attio.ID
	URL       string
	Events    []string // their types
	Test      bool     // asked for by hand, and sent but once
	Body      []byte
	Signature string
	State     State
	Reason    string // why it was dropped
	CreatedAt time.Time
	Due       time.Time // when it is sent, where that is a time to come; else zero
	Attempts  []Attempt // oldest first
}

// Attempt is one try to deliver.
type Attempt struct {
	At       time.Time     // on the server's clock
	Duration time.Duration // in real time
	Status   int           // of the answer, if there was one
	Error    string        // why it failed, where the status does not tell
	Response []byte        // the beginning of the answer's body
}

// succeeded reports whether the receiver has taken the delivery.
func (a Attempt) succeeded() bool { return a.Error == "" && a.Status >= 200 && a.Status <= 299 }

// userAgent is what receivers see as the sender. Which one Attio's deliveries have was never captured.
const userAgent = "fakeattio"

// Header returns the header of the request, the same at each attempt.
func (d *Delivery) Header() http.Header {
	return http.Header{
		"Content-Type":      {"application/json"},
		"User-Agent":        {userAgent},
		"Attio-Signature":   {d.Signature},
		"X-Attio-Signature": {d.Signature},
		"Idempotency-Key":   {string(d.ID)},
	}
}

// envelope is the body of a delivery.
func envelope(webhook attio.ID, events []Event) []byte {
	var body bytes.Buffer
	body.WriteString(`{"webhook_id":"` + string(webhook) + `","events":[`)
	for i, e := range events {
		if i > 0 {
			body.WriteByte(',')
		}
		body.Write(e.JSON)
	}
	body.WriteString(`]}`)
	return body.Bytes()
}

// delivery is a Delivery on its way.
type delivery struct {
	Delivery
	era       *era
	workspace *world.Workspace
	tries     int    // since it was made, or delivered again by hand
	copies    int    // how often it was sent again after a success, to provoke the receiver
	byHand    bool   // it goes out even though its webhook is inactive
	flush     *flush // who wants it sent regardless of the clock
	forgotten bool   // the log does not have it any more

	// Of the queue that it waits in.
	queued bool
	at     time.Time // when it may go; zero for at once
	place  uint64
}

func newDelivery(era *era, workspace *world.Workspace, slug string, webhook *world.Webhook, id attio.ID, now time.Time, events []Event) *delivery {
	d := &delivery{era: era, workspace: workspace, Delivery: Delivery{
		ID: id, Workspace: slug, Webhook: webhook.ID, URL: webhook.TargetURL, State: Pending, CreatedAt: now,
		Body: envelope(webhook.ID, events),
	}}
	for _, e := range events {
		d.Events = append(d.Events, e.Type)
	}
	d.Signature = Sign(d.Body, webhook.Secret)
	return d
}

// snapshot returns the delivery as it is now.
func (d *delivery) snapshot() Delivery {
	s := d.Delivery
	s.Events, s.Attempts = slices.Clone(s.Events), slices.Clone(s.Attempts)
	if d.queued {
		s.Due = d.at
	}
	return s
}
