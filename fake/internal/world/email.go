package world

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Email is what a workspace knows about an e-mail in one of its mailboxes. Clients cannot write e-mails.
type Email struct {
	ID           attio.ID
	Mailbox      string // the address of the mailbox
	SentAt       time.Time
	Subject      string             // empty if there is none or the mailbox does not share it
	Participants []EmailParticipant // by role, and within a role in the order of the e-mail
}

// EmailParticipant is a person or a machine that an e-mail names.
type EmailParticipant struct {
	Role    EmailRole
	Address string // in lower case
	Domain  string // of the address
	Name    string // as in the e-mail; empty without one
}

// EmailRole is the role of a participant in an e-mail.
type EmailRole string

// The roles of Attio's API.
const (
	EmailFrom    EmailRole = "from"
	EmailReplyTo EmailRole = "reply-to"
	EmailTo      EmailRole = "to"
	EmailCC      EmailRole = "cc"
	EmailBCC     EmailRole = "bcc"
)

// EmailRoles lists the roles in the order of Attio's OpenAPI document.
func EmailRoles() []EmailRole {
	return []EmailRole{EmailFrom, EmailReplyTo, EmailTo, EmailCC, EmailBCC}
}

// Reasons why a workspace cannot have an e-mail.
var (
	ErrNoSender  = errors.New("needs somebody whom it is from")
	ErrNoMailbox = errors.New("needs the mailbox that it is in, since no workspace member takes part in it")
)

// Emails yields the e-mails, in the order in which they were made.
func (s *State) Emails() iter.Seq[*Email] { return s.mail.All() }

// Email returns the e-mail with an id.
func (s *State) Email(id attio.ID) (*Email, bool) { return s.mail.Get(id) }

// EmailParticipant parses a participant: an address that may have a name, such as "Grace Hopper <grace@example.com>".
func (s *State) EmailParticipant(role EmailRole, written string) (EmailParticipant, error) {
	read, err := mail.ParseAddress(written)
	if err != nil {
		return EmailParticipant{}, noAddress(written)
	}
	address, ok := s.address(read.Address)
	if !ok {
		return EmailParticipant{}, noAddress(written)
	}
	return EmailParticipant{Role: role, Address: address.Address, Domain: address.Domain, Name: read.Name}, nil
}

func noAddress(written string) error {
	return fmt.Errorf("%q is not an e-mail address that Attio accepts; write one like grace@example.com or Grace Hopper <grace@example.com>", written)
}

// AddEmail adds an e-mail, as Attio does when it syncs a mailbox. The mailbox defaults to
// that of the first member who takes part. Participants are sorted by role.
func (tx *Tx) AddEmail(email Email) (*Email, error) {
	if !slices.ContainsFunc(email.Participants, func(p EmailParticipant) bool { return p.Role == EmailFrom }) {
		return nil, ErrNoSender
	}
	if email.Mailbox == "" {
		i := slices.IndexFunc(email.Participants, func(p EmailParticipant) bool {
			_, member := tx.MemberByEmail(p.Address)
			return member
		})
		if i < 0 {
			return nil, ErrNoMailbox
		}
		email.Mailbox = email.Participants[i].Address
	}
	roles := EmailRoles()
	email.Mailbox = strings.ToLower(email.Mailbox)
	email.SentAt = email.SentAt.UTC().Truncate(time.Millisecond)
	email.Participants = slices.SortedStableFunc(slices.Values(email.Participants), func(a, b EmailParticipant) int {
		return cmp.Compare(slices.Index(roles, a.Role), slices.Index(roles, b.Role))
	})
	put(tx, &email)
	return &email, nil
}

// DeleteEmail removes an e-mail, as when it is deleted from its mailbox.
func (tx *Tx) DeleteEmail(id attio.ID) error {
	email, ok := tx.Email(id)
	if !ok {
		return fmt.Errorf("no e-mail has the id %s", id)
	}
	drop(tx, email)
	return nil
}

// ProtectRecipient hides the e-mails of an address or of a whole domain from everybody. Admins do it in the settings of
// the workspace.
func (tx *Tx) ProtectRecipient(addressOrDomain string) {
	if recipient := strings.ToLower(addressOrDomain); !slices.Contains(tx.ProtectedRecipients, recipient) {
		tx.ownThings().ProtectedRecipients = append(slices.Clip(tx.ProtectedRecipients), recipient)
	}
}

// UnprotectRecipient undoes ProtectRecipient, and reports whether there was anything to undo.
func (tx *Tx) UnprotectRecipient(addressOrDomain string) bool {
	before := len(tx.ProtectedRecipients)
	tx.ownThings().ProtectedRecipients = kept(tx.ProtectedRecipients, func(p string) bool { return p != strings.ToLower(addressOrDomain) })
	return len(tx.ProtectedRecipients) < before
}

func (e *Email) identity() (Thing, attio.ID)     { return ThingEmail, e.ID }
func (e *Email) attachedTo() []attio.ID          { return nil }
func (e *Email) without(attio.ID) (*Email, bool) { return nil, false }
func (e *Email) followed(*merger) *Email         { return e }
