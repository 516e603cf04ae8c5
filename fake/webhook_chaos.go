package fake

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

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
