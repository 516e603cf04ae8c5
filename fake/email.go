package fake

import (
	"net/mail"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Email is what the workspace knows of an e-mail in one of its mailboxes. Clients can only read it. An address may have
// a name: "grace@example.com" or "Grace Hopper <grace@example.com>".
type Email struct {
	ID      string    // AddEmail makes one
	SentAt  time.Time // to AddEmail zero means now
	Subject string    // empty for none, or where the mailbox shares none
	From    string
	ReplyTo []string
	To      []string
	CC      []string
	BCC     []string
	// Mailbox is the address of the mailbox. To AddEmail empty means that of the first workspace member who
	// takes part.
	Mailbox string
}

// AddEmail adds an e-mail, as Attio does when it reads a mailbox. Whether it counts as sent or as received follows from
// its sender.
func (w *Workspace) AddEmail(e Email) Email {
	w.server.helper()
	if e.SentAt.IsZero() {
		e.SentAt = w.server.Now()
	}
	if err := world.CheckTime(e.SentAt); err != nil {
		w.server.fatalf("fake: workspace %q: add e-mail %q: SentAt: %v", w.Slug(), e.Subject, err)
		return Email{}
	}
	added, err := w.server.control.AddEmail(w.inner, w.author(), control.NewEmail{
		SentAt: e.SentAt, Subject: e.Subject, From: e.From, ReplyTo: e.ReplyTo, To: e.To, CC: e.CC, BCC: e.BCC, Mailbox: e.Mailbox,
	})
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
		return Email{}
	}
	return newEmail(added)
}

// Email returns an e-mail by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Email(keyOrID string) Email {
	w.server.helper()
	found, ok := w.state().Email(w.keyed("emails", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no e-mail %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return Email{}
	}
	return newEmail(found)
}

// Emails returns all e-mails in the order in which they were added, also those that clients do not see.
func (w *Workspace) Emails() []Email {
	var emails []Email
	for e := range w.state().Emails() {
		emails = append(emails, newEmail(e))
	}
	return emails
}

// DeleteEmail removes an e-mail, named by its key in the scenario or its id, as when it is deleted from its mailbox.
func (w *Workspace) DeleteEmail(keyOrID string) {
	w.server.helper()
	if found := w.Email(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteEmail(attio.ID(found.ID)) })
	}
}

// ProtectRecipient hides the e-mails of an address, or of a whole domain, from clients.
func (w *Workspace) ProtectRecipient(addressOrDomain string) {
	w.server.helper()
	w.update(func(tx *world.Tx) error {
		tx.ProtectRecipient(addressOrDomain)
		return nil
	})
}

// UnprotectRecipient undoes ProtectRecipient. It fails the test if the recipient is not protected.
func (w *Workspace) UnprotectRecipient(addressOrDomain string) {
	w.server.helper()
	w.update(func(tx *world.Tx) error {
		return control.UnprotectRecipient(tx, addressOrDomain)
	})
}

func newEmail(e *world.Email) Email {
	email := Email{ID: string(e.ID), SentAt: e.SentAt, Subject: e.Subject, Mailbox: e.Mailbox}
	for _, p := range e.Participants {
		written := writtenAddress(p)
		switch p.Role {
		case world.EmailFrom:
			email.From = written
		case world.EmailReplyTo:
			email.ReplyTo = append(email.ReplyTo, written)
		case world.EmailTo:
			email.To = append(email.To, written)
		case world.EmailCC:
			email.CC = append(email.CC, written)
		case world.EmailBCC:
			email.BCC = append(email.BCC, written)
		}
	}
	return email
}

// writtenAddress writes a participant as AddEmail reads one, with quotation marks only where the name needs them.
func writtenAddress(p world.EmailParticipant) string {
	if p.Name == "" {
		return p.Address
	}
	plain := p.Name + " <" + p.Address + ">"
	if read, err := mail.ParseAddress(plain); err == nil && read.Name == p.Name {
		return plain
	}
	return (&mail.Address{Name: p.Name, Address: p.Address}).String()
}
