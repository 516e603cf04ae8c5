package fake_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAnEmailFromGoIsThatOfClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withCalls()...)
	acme := srv.Workspace("acme")
	made := acme.AddEmail(fake.Email{
		Subject: "Answer", From: "Ada@acme.example.com", ReplyTo: []string{"Hopper Grace <x@example.org>"}, To: []string{`"Hopper, Grace" <grace@example.org>`},
		CC: []string{"y@example.org", "Zoë <z@example.org>"}, BCC: []string{"legal@example.net"}, Mailbox: "Sales@acme.example.com",
	})
	want := []fake.Email{
		{
			ID: fake.ID("acme/emails/hello"), SentAt: time.Date(2026, 1, 14, 9, 0, 0, 0, time.UTC), Subject: "Hello",
			From: "Grace Hopper <grace@example.org>", To: []string{"ada@acme.example.com"}, Mailbox: "ada@acme.example.com",
		},
		{
			ID: made.ID, SentAt: srv.Now(), Subject: "Answer",
			From: "ada@acme.example.com", ReplyTo: []string{"Hopper Grace <x@example.org>"}, To: []string{`"Hopper, Grace" <grace@example.org>`},
			CC: []string{"y@example.org", "Zoë <z@example.org>"}, BCC: []string{"legal@example.net"}, Mailbox: "sales@acme.example.com",
		},
	}
	if diff := cmp.Diff(want, acme.Emails()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, []fake.Email{acme.Email("hello"), acme.Email(made.ID)}); diff != "" {
		t.Error(diff)
	}
	list := func(query string) string {
		_, body := send(t, srv, http.MethodGet, "/v2/emails?"+query, "")
		return body
	}
	if body := list("participants=legal@example.net"); !strings.Contains(body, made.ID) || !strings.Contains(body, `"outbound"`) {
		t.Error(body)
	}
	acme.ProtectRecipient("Example.net")
	if body := list("participants=y@example.org"); !strings.Contains(body, made.ID) || strings.Contains(body, "example.net") {
		t.Error(body)
	}
	if body := list("domain=example.net"); !strings.Contains(body, `\"example.net\" is a protected recipient.`) {
		t.Error(body)
	}
}

func TestAMistakeWithAnEmailEndsTheTest(t *testing.T) {
	t.Parallel()
	const form = "; write one like grace@example.com or Grace Hopper <grace@example.com>"
	for want, mistake := range map[string]func(*fake.Workspace){
		`fake: workspace "acme" has no e-mail "bye"; name one by its key in the scenario or its id`: func(w *fake.Workspace) { w.Email("bye") },
		`fake: workspace "acme": add e-mail "Hi": from: "" is not an e-mail address that Attio accepts` + form: func(w *fake.Workspace) {
			w.AddEmail(fake.Email{Subject: "Hi", To: []string{"ada@acme.example.com"}})
		},
		`fake: workspace "acme": add e-mail "Hi": bcc: "Bob" is not an e-mail address that Attio accepts` + form: func(w *fake.Workspace) {
			w.AddEmail(fake.Email{Subject: "Hi", From: "ada@acme.example.com", BCC: []string{"Bob"}})
		},
		`fake: workspace "acme": add e-mail "Hi": mailbox: "ada" is not an e-mail address that Attio accepts` + form: func(w *fake.Workspace) {
			w.AddEmail(fake.Email{Subject: "Hi", From: "ada@acme.example.com", Mailbox: "ada"})
		},
		`fake: workspace "acme": the e-mail "Hi" needs the mailbox that it is in, since no workspace member takes part in it`: func(w *fake.Workspace) {
			w.AddEmail(fake.Email{Subject: "Hi", From: "grace@example.org"})
		},
	} {
		var test recorder
		srv := fake.New(&test, append(withCalls(), fake.WithoutSocket())...)
		mistake(srv.Workspace("acme"))
		srv.Close()
		if diff := cmp.Diff([]string{want}, test.fatal); diff != "" {
			t.Error(diff)
		}
	}
}
