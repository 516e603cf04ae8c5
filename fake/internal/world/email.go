package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Email is the metadata of an e-mail.
type Email struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Emails yields the e-mails, in the order in which they were made.
func (s *State) Emails() iter.Seq[*Email] { return s.emailsSent.All() }

// Email returns the e-mail with an id.
func (s *State) Email(id attio.ID) (*Email, bool) { return s.emailsSent.Get(id) }

func (e *Email) identity() (Thing, attio.ID)     { return ThingEmail, e.ID }
func (e *Email) attachedTo() []attio.ID          { return nil }
func (e *Email) without(attio.ID) (*Email, bool) { return nil, false }
