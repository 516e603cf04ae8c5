package scenario

import (
	"net/mail"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// message is an e-mail in a mailbox of the workspace.
type message struct {
	placed
	SentAt     *moment  `yaml:"sent_at,required" doc:"When it was sent."`
	Subject    string   `yaml:"subject" doc:"The subject line. Without it there is none, or the mailbox does not share it."`
	From       string   `yaml:"from,required" doc:"The sender: an address like grace@example.com, or Grace Hopper <grace@example.com>."`
	ReplyTo    []string `yaml:"reply_to" doc:"The addresses that replies go to."`
	To         []string `yaml:"to" doc:"The recipients."`
	CC         []string `yaml:"cc" doc:"The recipients of a copy."`
	BCC        []string `yaml:"bcc" doc:"The recipients of a blind copy."`
	Mailbox    email    `yaml:"mailbox" doc:"The address of the mailbox. Defaults to that of the first workspace member among sender and recipients."`
	identified `yaml:"inline"`
}

func (c *idCollector) emails(w *workspace) { collectAll(c, "emails/", w.Emails) }

// addEmails adds the e-mails, as if they had been read from the mailboxes.
func (b *builder) addEmails() {
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

func (e *exporter) emails() any {
	return attached(e, slices.Collect(e.state.Emails()),
		func(m *world.Email) attio.ID { return m.ID },
		func(m *world.Email) string { return cleanKey(firstWords(m.Subject), "email") },
		func(email *world.Email, key string) any {
			m := yamltree.MappingOf("sent_at", timestamp(email.SentAt))
			m.PutIf(email.Subject != "", "subject", yamltree.Text(email.Subject))
			for _, role := range world.EmailRoles() {
				addresses := e.addresses(email, role)
				switch {
				case role != world.EmailFrom:
					m.PutAll(keyOfRole[role], addresses)
				case len(addresses) == 1:
					m.Put("from", addresses[0])
				default:
					e.refuse("e-mail", key, "has several senders")
				}
			}
			m.PutIf(email.Mailbox != e.usualMailbox(email), "mailbox", yamltree.Text(email.Mailbox))
			e.putID(m, "emails/"+key, email.ID)
			return m
		})
}

// keyOfRole has the key of each role in an e-mail.
var keyOfRole = map[world.EmailRole]string{
	world.EmailFrom: "from", world.EmailReplyTo: "reply_to", world.EmailTo: "to", world.EmailCC: "cc", world.EmailBCC: "bcc",
}

func (e *exporter) addresses(email *world.Email, role world.EmailRole) yamltree.Sequence {
	written := yamltree.Sequence{}
	for _, p := range email.Participants {
		if p.Role == role {
			written = append(written, yamltree.Text(addressOf(p)))
		}
	}
	return written
}

// addressOf writes an address with its name as people do or, if that would be read differently, as e-mails do.
func addressOf(p world.EmailParticipant) string {
	if p.Name == "" {
		return p.Address
	}
	short := p.Name + " <" + p.Address + ">"
	if read, err := mail.ParseAddress(short); err == nil && read.Name == p.Name {
		return short
	}
	return (&mail.Address{Name: p.Name, Address: p.Address}).String()
}

// usualMailbox is the default mailbox of an e-mail.
func (e *exporter) usualMailbox(email *world.Email) string {
	for _, p := range email.Participants {
		if _, member := e.state.MemberByEmail(p.Address); member {
			return p.Address
		}
	}
	return ""
}
