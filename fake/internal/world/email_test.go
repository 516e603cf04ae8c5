package world

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// mailed is a workspace with e-mails, given by participants with roles, "from:grace@example.org to:ada@example.com",
// and with protected recipients. The e-mails are one hour apart, and the first is at noon.
func mailed(t testing.TB, protected []string, written ...string) *State {
	t.Helper()
	workspace := acme(t, New(seed(t)))
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		for _, recipient := range protected {
			tx.ProtectRecipient(recipient)
		}
		for i, email := range written {
			made := Email{ID: attio.ID(rune('a' + i)), SentAt: noon.Add(time.Duration(i) * time.Hour)}
			for _, p := range strings.Fields(email) {
				role, address, _ := strings.Cut(p, ":")
				participant, err := tx.EmailParticipant(EmailRole(role), address)
				if err != nil {
					return err
				}
				made.Participants = append(made.Participants, participant)
			}
			if _, err := tx.AddEmail(made); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return workspace.View()
}

func TestAParticipantOfAnEmailIsAnAddressThatMayHaveAName(t *testing.T) {
	t.Parallel()
	state := acme(t, New(seed(t))).View()
	for written, want := range map[string]EmailParticipant{
		"Grace@Navy.Example.COM":                 {Role: EmailTo, Address: "grace@navy.example.com", Domain: "navy.example.com"},
		"Grace Hopper <grace@example.com>":       {Role: EmailTo, Address: "grace@example.com", Domain: "example.com", Name: "Grace Hopper"},
		`"Hopper, Grace" <grace@example.com>`:    {Role: EmailTo, Address: "grace@example.com", Domain: "example.com", Name: "Hopper, Grace"},
		" Zoë Ångström <zoe+x@example.co.uk> ":   {Role: EmailTo, Address: "zoe+x@example.co.uk", Domain: "example.co.uk", Name: "Zoë Ångström"},
		"=?utf-8?q?Zo=C3=AB?= <zoe@example.com>": {Role: EmailTo, Address: "zoe@example.com", Domain: "example.com", Name: "Zoë"},
	} {
		got, err := state.EmailParticipant(EmailTo, written)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", written, err, diff)
		}
	}
	for _, written := range []string{"", "grace", "grace@navy.test", "grace@example.com, ada@example.com", "Grace Hopper", "<>", "grace@[127.0.0.1]"} {
		if got, err := state.EmailParticipant(EmailTo, written); err == nil {
			t.Errorf("%q is %v", written, got)
		}
	}
}

func TestAnEmailIsSortedIntoItsMailbox(t *testing.T) {
	t.Parallel()
	grace := EmailParticipant{Role: EmailTo, Address: "grace@example.org", Domain: "example.org"}
	member := EmailParticipant{Role: EmailFrom, Address: "ada@example.com", Domain: "example.com"}
	sent := time.Date(2026, 1, 1, 10, 0, 0, 1_999_999, time.FixedZone("", 3600))
	for name, tc := range map[string]struct {
		email Email
		want  Email
		err   error
	}{
		"of the first member": {
			email: Email{ID: "1", SentAt: sent, Participants: []EmailParticipant{grace, member}},
			want: Email{ID: "1", SentAt: time.Date(2026, 1, 1, 9, 0, 0, 1_000_000, time.UTC), Mailbox: "ada@example.com",
				Participants: []EmailParticipant{member, grace}},
		},
		"that is named": {
			email: Email{ID: "1", SentAt: noon, Mailbox: "Sales@Example.net", Participants: []EmailParticipant{member, grace}},
			want:  Email{ID: "1", SentAt: noon, Mailbox: "sales@example.net", Participants: []EmailParticipant{member, grace}},
		},
		"of nobody":    {email: Email{Participants: []EmailParticipant{{Role: EmailFrom, Address: grace.Address}, grace}}, err: ErrNoMailbox},
		"from nowhere": {email: Email{Participants: []EmailParticipant{grace}}, err: ErrNoSender},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := acme(t, New(seed(t)))
			var got *Email
			err := workspace.Update(Author{}, func(tx *Tx) (err error) {
				got, err = tx.AddEmail(tc.email)
				return err
			})
			if !errors.Is(err, tc.err) {
				t.Fatalf("got %v, want %v", err, tc.err)
			}
			if err != nil {
				return
			}
			if diff := cmp.Diff(&tc.want, got); diff != "" {
				t.Error(diff)
			}
			if kept, _ := workspace.View().Email("1"); kept != got {
				t.Error("it is not kept")
			}
		})
	}
}

func TestEmailsAreFoundByTheirParticipants(t *testing.T) {
	t.Parallel()
	state := mailed(t, []string{"legal@example.org", "rival.example.net"},
		"from:grace@example.org to:ada@example.com",                         // a
		"from:ada@example.com to:grace@example.org cc:bob@navy.example.com", // b
		"from:ada@example.com to:bob@sub.example.org bcc:ada@example.eu",    // c
		"from:no-reply@example.org to:ada@example.com",                      // d
	)
	at := func(hours int) *time.Time { return new(noon.Add(time.Duration(hours) * time.Hour)) }
	for name, tc := range map[string]struct {
		query EmailQuery
		want  string
		err   string
	}{
		"an address":              {query: EmailQuery{Participants: []string{"grace@example.org"}}, want: "ba"},
		"two addresses":           {query: EmailQuery{Participants: []string{"grace@example.org", "bob@sub.example.org"}}, want: "cba"},
		"a domain":                {query: EmailQuery{Domain: "example.org"}, want: "dba"},
		"a domain below":          {query: EmailQuery{Domain: "sub.example.org"}, want: "c"},
		"one or the other":        {query: EmailQuery{Domain: "sub.example.org", Participants: []string{"no-reply@example.org"}}, want: "dc"},
		"a member":                {query: EmailQuery{Participants: []string{"ada@example.com"}}},
		"the domain of a member":  {query: EmailQuery{Domain: "example.com"}},
		"a member beside":         {query: EmailQuery{Participants: []string{"ada@example.com", "bob@sub.example.org"}}, want: "c"},
		"nobody":                  {query: EmailQuery{Participants: []string{"x@example.org"}}},
		"after":                   {query: EmailQuery{Domain: "example.org", SentAfter: at(0)}, want: "db"},
		"before":                  {query: EmailQuery{Domain: "example.org", SentBefore: at(3)}, want: "ba"},
		"between":                 {query: EmailQuery{Domain: "example.org", SentAfter: at(0), SentBefore: at(3)}, want: "b"},
		"never":                   {query: EmailQuery{Domain: "example.org", SentAfter: at(1), SentBefore: at(1)}},
		"a protected recipient":   {query: EmailQuery{Participants: []string{"legal@example.org"}}, err: `"legal@example.org" is a protected recipient.`},
		"one by its domain":       {query: EmailQuery{Participants: []string{"x@rival.example.net"}}, err: `"x@rival.example.net" is a protected recipient.`},
		"a protected domain":      {query: EmailQuery{Domain: "rival.example.net"}, err: `"rival.example.net" is a protected recipient.`},
		"what has one among many": {query: EmailQuery{Domain: "example.org", Participants: []string{"legal@example.org"}}, err: `"legal@example.org" is a protected recipient.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := state.Mail().Find(tc.query)
			got := ""
			for _, e := range found {
				got += string(e.ID)
			}
			if got != tc.want || (err == nil) != (tc.err == "") || err != nil && err.Error() != tc.err {
				t.Errorf("got %q and %v", got, err)
			}
		})
	}
}

func TestAnEmailIsShownWhereSomebodyOutsideIs(t *testing.T) {
	t.Parallel()
	for email, want := range map[string][2]bool{ // shown to all queries, and to queries about people
		"from:grace@example.org to:ada@example.com":                              {true, true},
		"from:ada@example.com to:noreply@example.org":                            {true, false},
		"from:ada@example.com to:noreply@example.org cc:grace@example.org":       {true, true},
		"from:No-Reply+7@example.org to:ada@example.com":                         {true, false},
		"from:MAILER-DAEMON@example.org to:ada@example.com":                      {true, false},
		"from:noreplyatall@example.org to:ada@example.com":                       {true, true},
		"from:ada@example.com to:bob@example.com":                                {true, true}, // bob is no member
		"from:ada@example.com to:ada@example.com":                                {false, false},
		"from:legal@example.net to:ada@example.com":                              {false, false},
		"from:legal@example.net to:ada@example.com cc:x@rival.example.net":       {false, false},
		"from:legal@example.net to:ada@example.com cc:x@sub.rival.example.net":   {true, true},
		"from:legal@example.net to:noreply@example.net bcc:ada@example.com":      {true, false},
		"from:x@rival.example.net to:grace@example.org reply-to:ada@example.com": {true, true},
	} {
		state := mailed(t, []string{"Legal@example.net", "rival.example.net"}, email)
		mail, e := state.Mail(), slices.Collect(state.Emails())[0]
		if got := [2]bool{mail.Shows(e, false), mail.Shows(e, true)}; got != want {
			t.Errorf("%s: %v", email, got)
		}
		for _, p := range mail.Participants(e) {
			if p.Address == "legal@example.net" || p.Domain == "rival.example.net" {
				t.Errorf("%s shows %s", email, p.Address)
			}
		}
	}
}

func TestRecordsAreFoundAndLinkedByTheirAddressesAndDomains(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	add := func(object string, id attio.ID, attribute string, values ...any) {
		t.Helper()
		if err := workspace.Update(Author{}, func(tx *Tx) error {
			o, _ := tx.Schema.Object(object)
			_, err := tx.CreateRecord(o, id, []Write{{attribute, values}})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	add("people", "grace", "email_addresses", "grace@navy.example.com", "hopper@example.org")
	add("people", "ada", "email_addresses", "ada@example.com")
	add("people", "legal", "email_addresses", "legal@army.example.com")
	add("companies", "navy", "domains", "navy.example.com", "example.org")
	add("companies", "own", "domains", "example.com")
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		tx.ProtectRecipient("legal@army.example.com")
		for id, addresses := range map[attio.ID][]string{
			"1": {"ada@example.com", "hopper@example.org"}, "2": {"ada@example.com", "x@navy.example.com"}, "3": {"ada@example.com", "legal@army.example.com"},
		} {
			e := Email{ID: id, SentAt: noon}
			for i, address := range addresses {
				p, err := tx.EmailParticipant(EmailRoles()[i], address)
				if err != nil {
					return err
				}
				e.Participants = append(e.Participants, p)
			}
			if _, err := tx.AddEmail(e); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	state := workspace.View()
	people, companies := attio.PathID("acme/objects/people"), attio.PathID("acme/objects/companies")
	for name, tc := range map[string]struct {
		records []attribute.RecordReference
		want    []attio.ID
	}{
		"a person":                          {[]attribute.RecordReference{{Object: people, Record: "grace"}}, []attio.ID{"1"}},
		"a company":                         {[]attribute.RecordReference{{Object: companies, Record: "navy"}}, []attio.ID{"1", "2"}},
		"a member":                          {[]attribute.RecordReference{{Object: people, Record: "ada"}}, nil},
		"the company itself":                {[]attribute.RecordReference{{Object: companies, Record: "own"}}, nil},
		"a protected recipient":             {[]attribute.RecordReference{{Object: people, Record: "legal"}}, nil},
		"a protected recipient and another": {[]attribute.RecordReference{{Object: people, Record: "legal"}, {Object: people, Record: "grace"}}, []attio.ID{"1"}},
	} {
		found, err := state.Mail().Find(EmailQuery{Records: tc.records})
		var got []attio.ID
		for _, e := range found {
			got = append(got, e.ID)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	for id, want := range map[attio.ID][]attribute.RecordReference{
		"1": {{Object: people, Record: "ada"}, {Object: people, Record: "grace"}, {Object: companies, Record: "own"}, {Object: companies, Record: "navy"}},
		"2": {{Object: people, Record: "ada"}, {Object: companies, Record: "own"}, {Object: companies, Record: "navy"}},
		"3": {{Object: people, Record: "ada"}, {Object: companies, Record: "own"}},
	} {
		e, _ := state.Email(id)
		mail := state.Mail()
		if diff := cmp.Diff(want, mail.LinkedRecords(mail.Participants(e))); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
}

func TestEmailsAreFoundNewestFirst(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfDistinct(rapid.IntRange(0, 40), func(n int) int { return n }).Draw(t, "numbers")
		tx := workspace.begin(System())
		for _, n := range times {
			p := []EmailParticipant{{EmailFrom, "grace@example.org", "example.org", ""}}
			if _, err := tx.AddEmail(Email{ID: attio.ID(rune('0' + n)), Mailbox: "ada@example.com", SentAt: noon.Add(time.Duration(n/3) * time.Second), Participants: p}); err != nil {
				t.Fatal(err)
			}
		}
		found, err := tx.Mail().Find(EmailQuery{Domain: "example.org"})
		if err != nil || len(found) != len(times) {
			t.Fatalf("found %d of %d: %v", len(found), len(times), err)
		}
		for i := range found[min(1, len(found)):] {
			a, b := found[i], found[i+1]
			if a.SentAt.Before(b.SentAt) || a.SentAt.Equal(b.SentAt) && a.ID >= b.ID {
				t.Errorf("%s comes before %s", a.ID, b.ID)
			}
		}
	})
}
