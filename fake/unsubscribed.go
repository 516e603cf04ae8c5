package fake

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Unsubscribed is an e-mail address that sequences must not send to.
type Unsubscribed struct {
	Email     string // in its normal form, in lower case
	CreatedAt time.Time
}

// Unsubscribe adds e-mail addresses to the workspace's list of the unsubscribed, as POST
// /v2/sequences/unsubscribed_emails does. An address that is on the list already stays as it is; anything else that is
// not an address fails the test.
func (w *Workspace) Unsubscribe(emails ...string) {
	w.server.helper()
	w.update(func(tx *world.Tx) error {
		_, err := tx.Unsubscribe(emails)
		return err
	})
}

// Resubscribe takes e-mail addresses off the workspace's list of the unsubscribed, which the API cannot do. An address
// that is not on the list fails the test.
func (w *Workspace) Resubscribe(emails ...string) {
	w.server.helper()
	w.update(func(tx *world.Tx) error { return tx.Resubscribe(emails) })
}

// Unsubscribed returns the whole list of the unsubscribed, in the order in which they were added.
func (w *Workspace) Unsubscribed() []Unsubscribed {
	var all []Unsubscribed
	for u := range w.state().Unsubscribed() {
		all = append(all, Unsubscribed{u.Address, u.CreatedAt})
	}
	return all
}
