package fake

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

// WebhookChaos is what Attio's at-least-once delivery allows but seldom does. The zero value turns it off.
type WebhookChaos struct {
	Duplicate int           // how many more times a successful delivery is sent, with the same Idempotency-Key
	Reorder   int           // so many deliveries to a URL wait for each other, for up to a second, and then go in reverse order
	Delay     time.Duration // how much later each delivery goes, on the server's clock
	Batch     int           // how many events of one write may share a delivery
	// LoseAnswers is how many answers to a delivery that its receiver takes are lost: to Attio the delivery has failed, and it
	// retries, three minutes later at first.
	LoseAnswers int
}

// SetWebhookChaos makes deliveries come several times, in another order, late, with several events, or once more although
// the receiver took them, until it is set again or the server is reset. Like the faults, it survives Restore.
func (s *Server) SetWebhookChaos(c WebhookChaos) {
	s.helper()
	if err := s.webhooks.SetChaos(webhook.Chaos(c)); err != nil {
		s.fatalf("fake: webhook chaos: %v", err)
	}
}
