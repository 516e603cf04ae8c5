package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addEmails adds the e-mails, as if the mailboxes had been read.
func (b *builder) addEmails() {
	for _, protected := range b.workspace.ProtectedRecipients {
		b.tx.ProtectRecipient(string(protected))
	}
	for i := range b.workspace.Emails.items {
		b.addEmail(&b.workspace.Emails.items[i])
	}
}

func (b *builder) addEmail(m *item[message]) {
	if m.value.wrong || m.value.SentAt == nil || m.value.node == nil {
		return // which is reported
	}
	id := b.id("emails/" + m.key)
	b.named(id, m.key, m.at)
	email := world.Email{
		ID: id, Mailbox: string(m.value.Mailbox),
		SentAt: m.value.SentAt.Time, Subject: m.value.Subject,
	}
	right := true
	add := func(place yamltree.Position, role world.EmailRole, written string) {
		participant, err := b.tx.EmailParticipant(role, written)
		if err != nil {
			b.problems.Add(place, "%v", err)
			right = false
		}
		email.Participants = append(email.Participants, participant)
	}
	add(m.value.at("from"), world.EmailFrom, m.value.From)
	for _, list := range []struct {
		key       string
		role      world.EmailRole
		addresses []string
	}{
		{"reply_to", world.EmailReplyTo, m.value.ReplyTo},
		{"to", world.EmailTo, m.value.To},
		{"cc", world.EmailCC, m.value.CC},
		{"bcc", world.EmailBCC, m.value.BCC},
	} {
		for i, written := range list.addresses {
			add(m.value.items(list.key)[i].Position, list.role, written)
		}
	}
	if !right {
		return
	}
	if _, err := b.tx.AddEmail(email); err != nil {
		b.problems.Add(m.at, "the e-mail %s %v", suggest.Quote(m.key), err)
	}
}
