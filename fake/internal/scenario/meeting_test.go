package scenario_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestMeetingsAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    objects:
      people: {records: {grace: {email_addresses: [grace@navy.example.com]}}}
      companies: {records: {navy: {domains: [navy.example.com]}}}
    generate: {people: 1}
    effects: {link_companies: true}
    meetings:
      kick-off:
        description: We begin.
        start: {datetime: "2026-02-02T09:00:00", timezone: Europe/Berlin}
        end: 2026-02-02T10:30:00.5+01:00
        participants:
          - {email_address: Grace@navy.example.com, status: tentative, is_organizer: true}
          - new@navy.example.com
          - {name: Somebody, status: declined}
        linked_records: [companies/navy, people/generated-000001, companies/navy]
        synced: true
        created_at: 2026-01-02T08:00:00.1239Z
        created_by: bob
      fair: {title: The fair, start: 2026-03-01, end: {date: 2026-03-04}, participants: [new@navy.example.com], created_by: system}
      short: {start: 2026-02-02T09:00:00+01:00, all_day: false, participants: [new@navy.example.com]}
      day: {start: {date: 2026-02-02}, all_day: true, participants: [new@navy.example.com]}
`)
	state := seed.Workspaces[0]
	people, companies := attio.PathID("acme/objects/people"), attio.PathID("acme/objects/companies")
	member := func(key string) attio.Actor {
		return attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/" + key)}
	}
	at := func(text string) time.Time {
		read, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		return read
	}
	moment := func(text, zone string) world.MeetingTime { return world.MeetingTime{At: at(text), Zone: zone} }
	day := func(date string) world.MeetingTime {
		return world.MeetingTime{At: at(date + "T00:00:00Z"), Day: true}
	}
	guest := []world.Participant{{Email: "new@navy.example.com", Status: world.ParticipantAccepted}}
	start := at("2026-01-15T09:00:00Z")
	want := []world.Meeting{
		{
			ID: attio.PathID("acme/meetings/kick-off"), Title: "Kick off", Description: "We begin.",
			Start: moment("2026-02-02T08:00:00Z", "Europe/Berlin"), End: moment("2026-02-02T09:30:00.5Z", ""),
			Participants: []world.Participant{
				{Email: "grace@navy.example.com", Organizer: true, Status: world.ParticipantTentative}, guest[0],
				{Name: "Somebody", Status: world.ParticipantDeclined},
			},
			Linked: []attribute.RecordReference{
				{Object: companies, Record: attio.PathID("acme/companies/navy")}, {Object: people, Record: attio.PathID("acme/people/generated-000001")},
				{Object: people, Record: attio.PathID("acme/people/grace")},
			},
			Synced: true, CreatedAt: at("2026-01-02T08:00:00.123Z"), CreatedBy: member("bob"),
		},
		{
			ID: attio.PathID("acme/meetings/fair"), Title: "The fair", AllDay: true, Start: day("2026-03-01"), End: day("2026-03-04"),
			Participants: guest, CreatedAt: start, CreatedBy: attio.Actor{Type: attio.ActorSystem},
		},
		{
			ID: attio.PathID("acme/meetings/short"), Title: "Short", Start: moment("2026-02-02T08:00:00Z", ""), End: moment("2026-02-02T09:00:00Z", ""),
			Participants: guest, CreatedAt: start, CreatedBy: member("ada"),
		},
		{
			ID: attio.PathID("acme/meetings/day"), Title: "Day", AllDay: true, Start: day("2026-02-02"), End: day("2026-02-03"),
			Participants: guest, CreatedAt: start, CreatedBy: member("ada"),
		},
	}
	var got []world.Meeting
	for m := range state.Meetings() {
		got = append(got, *m)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n := state.CountRecords(people); n != 2 {
		t.Errorf("%d people: the effects of a workspace are not for what is seeded", n)
	}
}

func TestMeetingsMergeKeyByKey(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("below", `
version: 1
workspaces:
  acme:
    meetings: {talk: {title: Talk, start: 2026-02-02T09:00:00Z, end: 2026-02-02T11:00:00Z, participants: [a@example.com]}}
`), scenario.Text("above", `
version: 1
workspaces:
  acme:
    meetings: {talk: {end: {timezone: Europe/Berlin, datetime: "2026-02-02T13:00"}, participants: [b@example.com]}}
`))
	m, ok := seed.Workspaces[0].Meeting(attio.PathID("acme/meetings/talk"))
	if !ok || m.Title != "Talk" || m.End.At.Sub(m.Start.At) != 3*time.Hour || len(m.Participants) != 1 || m.Participants[0].Email != "b@example.com" {
		t.Errorf("got %+v", m)
	}
}

func TestTheMeetingsOfCRMAreWithPeopleThatItHas(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("crm")).Workspaces[0]
	got := map[string][]string{}
	for m := range state.Meetings() {
		for _, linked := range m.Linked {
			got[m.Title] = append(got[m.Title], state.Schema.SlugOf(linked.Object))
		}
	}
	want := map[string][]string{
		"Alder kick-off":      {"companies", "rollouts", "people", "people"},
		"Two days at Garnet":  {"companies", "deals", "people", "people"},
		"Cobalt pilot review": {"companies", "deals", "people"},
		"Alder check in":      {"companies", "people"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
