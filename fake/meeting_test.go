package fake_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

func withMeetings() fake.Option {
	return fake.YAML(`
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects:
      companies: {records: {navy: {name: Navy}}}
      people: {records: {grace: {name: "Hopper, Grace", email_addresses: [grace@navy.example.com]}}}
    meetings:
      kick-off:
        title: Kick-off
        description: We begin.
        start: {datetime: "2026-02-02T09:00:00", timezone: Europe/Berlin}
        end: 2026-02-02T10:00:00Z
        participants: [{email_address: grace@navy.example.com, is_organizer: true}, {name: Somebody, status: declined}]
        linked_records: [companies/navy]
        synced: true
      fair: {start: 2026-03-01, participants: [alan@park.example.com]}
`)
}

// sameMeeting compares meetings by what they say, and the records by what they are.
var sameMeeting = cmp.Options{
	cmpopts.IgnoreUnexported(fake.Meeting{}),
	cmp.Transformer("record", func(r fake.Record) string { return r.String() }),
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestMeetingsOfAScenarioAreThereForGoAndForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withMeetings())
	acme := srv.Workspace("acme")
	got := acme.Meeting("kick-off")
	want := fake.Meeting{
		ID: fake.ID("acme/meetings/kick-off"), Title: "Kick-off", Description: "We begin.",
		Start: time.Date(2026, 2, 2, 9, 0, 0, 0, berlin(t)), End: time.Date(2026, 2, 2, 10, 0, 0, 0, time.UTC),
		Participants: []fake.Participant{
			{Email: "grace@navy.example.com", Status: fake.ParticipantAccepted, Organizer: true}, {Name: "Somebody", Status: fake.ParticipantDeclined},
		},
		Linked: []fake.Record{acme.Record("companies", "navy"), acme.Record("people", "grace")},
		Synced: true, CreatedAt: noon,
	}
	if diff := cmp.Diff(want, got, sameMeeting); diff != "" || got.Start.Location().String() != "Europe/Berlin" {
		t.Errorf("in %s: %s", got.Start.Location(), diff)
	}
	var titles []string
	for _, m := range acme.Meetings() {
		titles = append(titles, m.Title)
	}
	if diff := cmp.Diff([]string{"Kick-off", "Fair"}, titles); diff != "" {
		t.Error(diff)
	}
	status, body := send(t, srv, http.MethodGet, "/v2/meetings/"+got.ID, "")
	if want := `"start":{"datetime":"2026-02-02T09:00:00.000+01:00","timezone":"Europe/Berlin"}`; status != 200 || !strings.Contains(body, want) {
		t.Errorf("got %d %s", status, body)
	}
	acme.Delete("companies", "navy")
	if linked := acme.Meeting(got.ID).Linked; len(linked) != 1 || linked[0].Text("name") != "Grace Hopper" {
		t.Errorf("got %v", linked)
	}
}

func TestAMeetingIsAdded(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 2, 2, 23, 30, 0, 250_000_123, berlin(t))
	for name, tc := range map[string]struct {
		change func(*fake.Meeting)
		want   fake.Meeting
		times  string // on the wire
	}{
		"as little as can be": {func(*fake.Meeting) {}, fake.Meeting{Start: start.Truncate(time.Millisecond), End: start.Truncate(time.Millisecond).Add(time.Hour)},
			`"is_all_day":false,"start":{"datetime":"2026-02-02T23:30:00.250+01:00","timezone":"Europe/Berlin"},"end":{"datetime":"2026-02-03T00:30:00.250+01:00","timezone":"Europe/Berlin"}`},
		"in no time zone": {func(m *fake.Meeting) { m.Start, m.End = noon, noon.Add(time.Minute).In(time.FixedZone("lunch", 3600)) },
			fake.Meeting{Start: noon, End: noon.Add(time.Minute)},
			`"is_all_day":false,"start":{"datetime":"2026-01-15T12:00:00.000Z","timezone":null},"end":{"datetime":"2026-01-15T12:01:00.000Z","timezone":null}`},
		"all day": {func(m *fake.Meeting) { m.AllDay = true },
			fake.Meeting{AllDay: true, Start: time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)},
			`"is_all_day":true,"start":{"date":"2026-02-02"},"end":{"date":"2026-02-03"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, withMeetings(), fake.FixedClock(noon))
			acme := srv.Workspace("acme")
			navy := acme.Record("companies", "navy")
			m := fake.Meeting{Title: "Talk", Start: start, Participants: []fake.Participant{{Email: "Grace@navy.example.com"}}, Linked: []fake.Record{navy}}
			tc.change(&m)
			got := acme.As("bob").AddMeeting(m)
			want := tc.want
			want.ID, want.Title, want.CreatedAt = got.ID, "Talk", noon
			want.Participants = []fake.Participant{{Email: "grace@navy.example.com", Status: fake.ParticipantAccepted}}
			want.Linked = []fake.Record{navy, acme.Record("people", "grace")}
			if diff := cmp.Diff(want, got, sameMeeting); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(got, acme.Meeting(got.ID), sameMeeting); diff != "" {
				t.Error(diff)
			}
			_, body := send(t, srv, http.MethodGet, "/v2/meetings/"+got.ID, "")
			if by := `"created_by_actor":{"type":"workspace-member","id":"` + fake.ID("acme/members/bob") + `"}`; !strings.Contains(body, tc.times) || !strings.Contains(body, by) {
				t.Errorf("got %s", body)
			}
		})
	}
}

func TestWhatIsWrongWithAMeetingEndsTheTest(t *testing.T) {
	t.Parallel()
	guests := []fake.Participant{{Email: "grace@navy.example.com"}}
	for name, tc := range map[string]struct {
		do   func(*fake.Workspace)
		want string
	}{
		"an unknown one": {func(w *fake.Workspace) { w.Meeting("talk") },
			`fake: workspace "acme" has no meeting "talk"; name one by its key in the scenario or its id`},
		"without a start": {func(w *fake.Workspace) { w.AddMeeting(fake.Meeting{Title: "Talk", Participants: guests}) }, `fake: meeting "Talk" needs a Start`},
		"without participants": {func(w *fake.Workspace) { w.AddMeeting(fake.Meeting{Start: noon}) },
			`fake: workspace "acme": No participants were provided.`},
		"with an end before the start": {func(w *fake.Workspace) {
			w.AddMeeting(fake.Meeting{Start: noon, End: noon.Add(-time.Minute), Participants: guests})
		},
			"fake: workspace \"acme\": Body payload validation error.\n  data: end: Meetings cannot end before they start"},
		"with an unknown answer": {func(w *fake.Workspace) {
			w.AddMeeting(fake.Meeting{Title: "Talk", Start: noon, Participants: []fake.Participant{{Name: "A", Status: "acepted"}}})
		}, `fake: meeting "Talk": unknown answer "acepted"; did you mean "accepted"?`},
		"with a record that is none": {func(w *fake.Workspace) {
			w.AddMeeting(fake.Meeting{Title: "Talk", Start: noon, Participants: guests, Linked: []fake.Record{{}}})
		}, `fake: meeting "Talk" is linked to an empty Record`},
		"with a record that is gone": {func(w *fake.Workspace) {
			grace := w.Record("people", "grace")
			w.Delete("people", "grace")
			w.AddMeeting(fake.Meeting{Title: "Talk", Start: noon, Participants: guests, Linked: []fake.Record{grace}})
		}, `fake: meeting "Talk" is linked to people/` + fake.ID("acme/people/grace") + `, which workspace "acme" does not have`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withMeetings(), fake.WithoutSocket())
			defer srv.Close()
			acme := srv.Workspace("acme")
			before := len(acme.Meetings())
			tc.do(acme)
			if len(test.fatal) != 1 || !strings.HasPrefix(test.fatal[0], tc.want) {
				t.Errorf("got  %q\nwant %q", test.fatal, tc.want)
			}
			if len(acme.Meetings()) != before {
				t.Error("a meeting was made")
			}
		})
	}
}

func TestAMeetingThatIsUpdatedLinksNewParticipantsOnly(t *testing.T) {
	t.Parallel()
	_, acme := newAcme(t)
	ada := acme.Create("people", fake.Values{"email_addresses": []string{"ada@example.com"}})
	grace := acme.Create("people", fake.Values{"email_addresses": []string{"grace@example.com"}})
	meeting := acme.AddMeeting(fake.Meeting{Title: "Kickoff", Start: noon, Participants: []fake.Participant{{Email: "ada@example.com"}}})
	if len(meeting.Linked) != 1 || meeting.Linked[0].ID() != ada.ID() {
		t.Fatalf("linked to %v", meeting.Linked)
	}
	acme.UpdateMeeting(meeting.ID, func(m *fake.Meeting) { m.Linked = nil })
	updated := acme.UpdateMeeting(meeting.ID, func(m *fake.Meeting) {
		m.Participants = append(m.Participants, fake.Participant{Email: "Grace@example.com", Status: fake.ParticipantDeclined})
	})
	if len(updated.Linked) != 1 || updated.Linked[0].ID() != grace.ID() {
		t.Errorf("linked to %v, want %v alone", updated.Linked, grace)
	}
	want := []fake.Participant{{Email: "ada@example.com", Status: fake.ParticipantAccepted}, {Email: "grace@example.com", Status: fake.ParticipantDeclined}}
	if diff := cmp.Diff(want, updated.Participants); diff != "" || updated.Title != "Kickoff" || !updated.Start.Equal(noon) {
		t.Errorf("%+v (-want +got):\n%s", updated, diff)
	}
}
