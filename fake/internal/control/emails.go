package control

import (
	"fmt"
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// NewEmail is an e-mail to be added. An address may have a name: "Grace Hopper <grace@example.com>".
type NewEmail struct {
	SentAt      time.Time
	Subject     string
	From        string
	ReplyTo     []string
	To, CC, BCC []string
	Mailbox     string // empty for that of the first member who takes part
}

// AddEmail adds an e-mail to a workspace, as Attio does when it reads a mailbox.
func (h *Handler) AddEmail(workspace *world.Workspace, author world.Author, e NewEmail) (added *world.Email, err error) {
	state := workspace.View()
	email := world.Email{ID: h.world.NewID(), SentAt: e.SentAt, Subject: e.Subject}
	for _, list := range []struct {
		role      world.EmailRole
		addresses []string
	}{
		{world.EmailFrom, []string{e.From}},
		{world.EmailReplyTo, e.ReplyTo},
		{world.EmailTo, e.To},
		{world.EmailCC, e.CC},
		{world.EmailBCC, e.BCC},
	} {
		for _, written := range list.addresses {
			participant, err := state.EmailParticipant(list.role, written)
			if err != nil {
				return nil, fmt.Errorf("add e-mail %q: %s: %w", e.Subject, list.role, err)
			}
			email.Participants = append(email.Participants, participant)
		}
	}
	if e.Mailbox != "" {
		mailbox, err := state.EmailParticipant("", e.Mailbox)
		if err != nil {
			return nil, fmt.Errorf("add e-mail %q: mailbox: %w", e.Subject, err)
		}
		email.Mailbox = mailbox.Address
	}
	err = workspace.Update(author, func(tx *world.Tx) error {
		var err error
		added, err = tx.AddEmail(email)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the e-mail %q %w", e.Subject, err)
	}
	return added, nil
}

// emailBody is the body of POST /_fake/workspaces/{workspace}/emails.
type emailBody struct {
	// The sender: an address, or a name with an address as in "Grace Hopper <grace@example.com>".
	From string `json:"from" required:"an e-mail address" jsonschema:"example=grace@example.com"`
	// The recipients, each written as the sender is.
	To []string `json:"to"`
	// Those in copy.
	CC []string `json:"cc"`
	// Those in blind copy.
	BCC []string `json:"bcc"`
	// Those to whom answers go.
	ReplyTo []string `json:"reply_to"`
	// The subject.
	Subject string `json:"subject" jsonschema:"example=Hello"`
	// When it was sent; now by default.
	SentAt *time.Time `json:"sent_at"`
	// The address of the mailbox; by default that of the first workspace member who takes part.
	Mailbox string `json:"mailbox"`
}

// emailAnswer names the e-mail that was added.
type emailAnswer struct {
	// The id, by which the e-mail can be deleted.
	ID attio.ID `json:"id"`
	// The address of the mailbox that it is in.
	Mailbox string `json:"mailbox"`
}

// addEmail answers POST /_fake/workspaces/{workspace}/emails.
func addEmail(h *Handler, r *http.Request) (any, *refusal) {
	var body emailBody
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	sent := h.world.Clock.Now()
	if body.SentAt != nil {
		sent = *body.SentAt
	}
	if err := world.CheckTime(sent); err != nil {
		return nil, badRequest("sent_at: %v", err)
	}
	email, err := h.AddEmail(workspace, workspace.View().DefaultAuthor(), NewEmail{
		SentAt: sent, Subject: body.Subject, From: body.From, ReplyTo: body.ReplyTo, To: body.To, CC: body.CC, BCC: body.BCC, Mailbox: body.Mailbox,
	})
	if err != nil {
		return nil, badRequest("%v", err)
	}
	return emailAnswer{email.ID, email.Mailbox}, nil
}

// deleteEmail answers DELETE /_fake/workspaces/{workspace}/emails/{email}.
func deleteEmail(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	state := workspace.View()
	id := state.Keyed("emails", variable(r, "email"))
	if workspace.Update(state.DefaultAuthor(), func(tx *world.Tx) error { return tx.DeleteEmail(id) }) != nil {
		return nil, unknownThing(state, "e-mail", variable(r, "email"))
	}
	return nil, nil
}

// protectRecipient answers PUT /_fake/workspaces/{workspace}/protected-recipients/{recipient}.
func protectRecipient(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	_ = workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error { // never fails
		tx.ProtectRecipient(variable(r, "recipient"))
		return nil
	})
	return nil, nil
}

// unprotectRecipient answers DELETE /_fake/workspaces/{workspace}/protected-recipients/{recipient}.
func unprotectRecipient(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	err := workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error {
		return UnprotectRecipient(tx, variable(r, "recipient"))
	})
	if err != nil {
		return nil, notFound(err.Error())
	}
	return nil, nil
}

// UnprotectRecipient takes an address or a domain from the protected recipients.
func UnprotectRecipient(tx *world.Tx, addressOrDomain string) error {
	if !tx.UnprotectRecipient(addressOrDomain) {
		return fmt.Errorf("%s", suggest.Unknown("protected recipient", addressOrDomain, tx.ProtectedRecipients))
	}
	return nil
}

// resubscribe answers DELETE /_fake/workspaces/{workspace}/unsubscribed/{address}.
func resubscribe(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	err := workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error {
		return tx.Resubscribe([]string{variable(r, "address")})
	})
	if err != nil {
		return nil, notFound(err.Error())
	}
	return nil, nil
}
