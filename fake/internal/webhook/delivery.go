package webhook

import (
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// State is the state of a delivery.
type State string

// The states of a delivery. The last three are final, until it is delivered again by hand.
const (
	Pending   State = "pending"   // not tried yet, or being tried
	Retrying  State = "retrying"  // failed, and will be tried again
	Delivered State = "delivered" // answered with 2xx
	Failed    State = "failed"    // given up after the last retry
	Dropped   State = "dropped"   // never sent, or not again; Reason says why
)

// Final reports whether nothing more happens to a delivery in this state by itself.
func (s State) Final() bool { return s == Delivered || s == Failed || s == Dropped }

// States lists all states.
func States() []State { return []State{Pending, Retrying, Delivered, Failed, Dropped} }

// Delivery is a message to the receiver of a webhook, and its outcome so far.
type Delivery struct {
	ID        attio.ID // also its Idempotency-Key
	Workspace string   // its slug
	Webhook   attio.ID
	URL       string
	Events    []string // their types
	Test      bool     // requested by hand, and sent only once
	State     State
	Reason    string // why it was dropped
	CreatedAt time.Time
	Due       time.Time // when it is sent, where that is a time to come; else zero
	Attempts  []Attempt // oldest first

	events [][]byte // as they are sent; deliveries of one event to several webhooks share its bytes
	secret string
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

// userAgent is what receivers see as the sender. That of Attio's deliveries was never captured.
const userAgent = "fakeattio"

// Message makes the header and the body of the request, the same at each attempt. A delivery does not keep them: most of
// those that wait for a target which does not answer are never sent.
func (d *Delivery) Message() (http.Header, []byte) {
	body := d.body()
	signature := Sign(body, d.secret)
	return http.Header{
		"Content-Type":      {"application/json"},
		"User-Agent":        {userAgent},
		"Attio-Signature":   {signature},
		"X-Attio-Signature": {signature},
		"Idempotency-Key":   {string(d.ID)},
	}, body
}

// What surrounds the events in a body.
const (
	bodyStart  = `{"webhook_id":"`
	bodyEvents = `","events":[`
	bodyEnd    = `]}`
)

func (d *Delivery) body() []byte {
	body := make([]byte, 0, d.bodySize())
	body = append(append(append(body, bodyStart...), d.Webhook...), bodyEvents...)
	for i, event := range d.events {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, event...)
	}
	return append(body, bodyEnd...)
}

// bodySize returns how many bytes the body has.
func (d *Delivery) bodySize() int {
	size := len(bodyStart) + len(d.Webhook) + len(bodyEvents) + len(d.events) - 1 + len(bodyEnd)
	for _, event := range d.events {
		size += len(event)
	}
	return size
}

// delivery is a Delivery on its way.
type delivery struct {
	Delivery
	era       *era
	workspace *world.Workspace
	tries     int    // since it was made, or delivered again by hand
	copies    int    // how often it was sent again after a success, because of Chaos.Duplicate
	lost      int    // how many answers to it were lost, because of Chaos.LoseAnswers
	byHand    bool   // it goes out even though its webhook is inactive
	flush     *flush // who wants it sent regardless of the clock
	forgotten bool   // the log has dropped it

	// Of the queue that it waits in.
	queued bool
	at     time.Time // when it may go; zero for at once
	place  uint64
}

func newDelivery(era *era, workspace *world.Workspace, slug string, webhook *world.Webhook, id attio.ID, now time.Time, events []Event) *delivery {
	d := &delivery{era: era, workspace: workspace, Delivery: Delivery{
		ID: id, Workspace: slug, Webhook: webhook.ID, URL: webhook.TargetURL, State: Pending, CreatedAt: now, secret: webhook.Secret,
	}}
	for _, e := range events {
		d.Events, d.events = append(d.Events, e.Type), append(d.events, e.JSON)
	}
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
