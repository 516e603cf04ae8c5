package scenario_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestEmailsAreSeeded(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
users: {ada: {email: Ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    emails:
      hello: {sent_at: 2026-01-14T10:00:00+01:00, subject: Hello, from: Grace Hopper <Grace@example.org>, to: [ada@example.com], reply_to: [a@example.org], cc: [b@example.org, c@example.org], bcc: [d@example.org]}
      offer: {sent_at: 2026-01-14T10:00:00Z, from: sales@example.com, mailbox: Sales@example.com}
`)
	participant := func(role world.EmailRole, address, name string) world.EmailParticipant {
		return world.EmailParticipant{Role: role, Address: address, Domain: address[len(address)-len("example.org"):], Name: name}
	}
	want := []*world.Email{
		{
			ID: attio.PathID("acme/emails/hello"), Mailbox: "ada@example.com", SentAt: time.Date(2026, time.January, 14, 9, 0, 0, 0, time.UTC), Subject: "Hello",
			Participants: []world.EmailParticipant{
				participant(world.EmailFrom, "grace@example.org", "Grace Hopper"), participant(world.EmailReplyTo, "a@example.org", ""),
				participant(world.EmailTo, "ada@example.com", ""), participant(world.EmailCC, "b@example.org", ""),
				participant(world.EmailCC, "c@example.org", ""), participant(world.EmailBCC, "d@example.org", ""),
			},
		},
		{
			ID: attio.PathID("acme/emails/offer"), Mailbox: "sales@example.com", SentAt: time.Date(2026, time.January, 14, 10, 0, 0, 0, time.UTC),
			Participants: []world.EmailParticipant{participant(world.EmailFrom, "sales@example.com", "")},
		},
	}
	state := seed.Workspaces[0]
	if diff := cmp.Diff(want, slices.Collect(state.Emails())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Whatever a mailbox had, and a note said, comes back.
func TestEmailsComeBackWithTheirNames(t *testing.T) {
	t.Parallel()
	file := export(t, `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    emails:
      plain: {sent_at: 2026-01-10T09:00:00Z, from: ada@example.com, to: [Grace Hopper <grace@navy.example.com>, "Jörg Ärger <j@example.org>"]}
      odd: {sent_at: 2026-01-10T09:00:00Z, subject: "Re: a", from: '"Hopper, Grace (Navy)" <grace@navy.example.com>', mailbox: box@example.com, bcc: ['"a \"b\" c" <x@example.org>']}
`)
	if !strings.Contains(file, "to: [Grace Hopper <grace@navy.example.com>") && !strings.Contains(file, `"Grace Hopper <grace@navy.example.com>"`) {
		t.Error(file)
	}
}
