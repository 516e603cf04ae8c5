package world

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// draft is a meeting of one hour.
func draft(addresses ...string) Meeting {
	start, _ := MeetingMoment("2026-02-02T09:00:00Z", nil)
	end, _ := MeetingMoment("2026-02-02T10:00:00Z", nil)
	m := Meeting{Title: "Talk", Start: start, End: end}
	for _, address := range addresses {
		m.Participants = append(m.Participants, Participant{Email: address, Status: ParticipantAccepted})
	}
	return m
}

// meetingsWorkspace has two people; grace has a company.
func meetingsWorkspace(t testing.TB, effects Effects) (*Workspace, map[string]MeetingLink) {
	t.Helper()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		if err := tx.AddMember(attio.PathID("acme/members/ada"), ada, Admin); err != nil {
			return err
		}
		people, companies := tx.standard("people"), tx.standard("companies")
		for _, r := range []struct {
			object *Object
			key    string
			writes []Write
		}{
			{companies, "navy", []Write{{"domains", []any{"navy.com"}}}},
			{people, "grace", []Write{{"email_addresses", []any{"Grace@navy.com"}}, {"company", []any{
				map[string]any{"target_object": "companies", "target_record_id": string(attio.PathID("acme/companies/navy"))},
			}}}},
			{people, "alan", []Write{{"email_addresses", []any{"alan@park.com"}}}},
		} {
			if _, err := tx.CreateRecord(r.object, attio.PathID("acme/"+r.object.Slug+"/"+r.key), r.writes); err != nil {
				return err
			}
		}
		tx.Effects = effects
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]MeetingLink{}
	for key, object := range map[string]string{"navy": "companies", "grace": "people", "alan": "people"} {
		links[key] = MeetingLink{object, attio.PathID("acme/" + object + "/" + key)}
	}
	return acme(t, New(&Seed{Clock: Start{At: noon, Frozen: true}, Users: []*User{ada}, Workspaces: []*State{state}})), links
}

// linkedTo names the records that a meeting is linked to: by name, or by their object.
func linkedTo(s *State, id attio.ID, links map[string]MeetingLink) []string {
	m, _ := s.Meeting(id)
	names := []string{}
	for _, reference := range m.Linked {
		name := s.Schema.SlugOf(reference.Object)
		for key, link := range links {
			if link.Record == reference.Record {
				name = key
			}
		}
		names = append(names, name)
	}
	return names
}

func (ws *Workspace) do(t testing.TB, change func(*Tx) error) {
	t.Helper()
	if err := ws.Update(System(), change); err != nil {
		t.Fatal(err)
	}
}

func TestAMeetingIsLinkedToWhatIsNamedAndThenToItsParticipants(t *testing.T) {
	t.Parallel()
	workspace, links := meetingsWorkspace(t, Effects{})
	workspace.do(t, func(tx *Tx) error {
		_, err := tx.CreateMeeting("1", draft("GRACE@navy.com", "nobody@navy.com", "alan@park.com"), []MeetingLink{links["navy"], links["alan"], links["navy"]})
		return err
	})
	if diff := cmp.Diff([]string{"navy", "alan", "grace"}, linkedTo(workspace.View(), "1", links)); diff != "" {
		t.Error(diff)
	}
	if people, _ := workspace.View().Schema.Object("people"); workspace.View().CountRecords(people.ID) != 2 {
		t.Error("people were made although the effects are off")
	}
}

func TestAMeetingOutlivesTheRecordsThatItIsLinkedTo(t *testing.T) {
	t.Parallel()
	workspace, links := meetingsWorkspace(t, Effects{})
	workspace.do(t, func(tx *Tx) error {
		for _, id := range []attio.ID{"1", "2"} {
			if _, err := tx.CreateMeeting(id, draft("grace@navy.com"), []MeetingLink{links["navy"]}); err != nil {
				return err
			}
		}
		return nil
	})
	before := workspace.View()
	commits, err := workspace.Write(System(), func(tx *Tx) error { return tx.DeleteRecord(tx.standard("people"), links["grace"].Record) })
	if err != nil {
		t.Fatal(err)
	}
	var changed []attio.ID
	for _, change := range commits[0].Changes {
		if change.Thing == ThingMeeting && change.Before != nil && change.After != nil {
			changed = append(changed, change.ID)
		}
	}
	if diff := cmp.Diff([]attio.ID{"1", "2"}, changed); diff != "" {
		t.Error(diff)
	}
	for _, id := range []attio.ID{"1", "2"} {
		if diff := cmp.Diff([]string{"navy"}, linkedTo(workspace.View(), id, links)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"navy", "grace"}, linkedTo(before, id, links)); diff != "" {
			t.Errorf("the state before changed: %s", diff)
		}
	}
	if found := slices.Collect(workspace.View().attachedTo(links["grace"].Record, ThingMeeting)); found != nil {
		t.Errorf("%v still hang on what is gone", found)
	}
}

func TestLinksAreAddedReplacedAndTakenAway(t *testing.T) {
	t.Parallel()
	workspace, links := meetingsWorkspace(t, Effects{})
	expect := func(change func(*Tx) (*Meeting, error), want ...string) {
		t.Helper()
		workspace.do(t, func(tx *Tx) error {
			_, err := change(tx)
			return err
		})
		if diff := cmp.Diff(append([]string{}, want...), linkedTo(workspace.View(), "1", links)); diff != "" {
			t.Error(diff)
		}
		for key, link := range links {
			hangs := slices.Contains(slices.Collect(workspace.View().attachedTo(link.Record, ThingMeeting)), "1")
			if hangs != slices.Contains(want, key) {
				t.Errorf("that it hangs on %s is %t", key, hangs)
			}
		}
	}
	expect(func(tx *Tx) (*Meeting, error) { return tx.CreateMeeting("1", draft("grace@navy.com"), nil) }, "grace")
	expect(func(tx *Tx) (*Meeting, error) {
		return tx.LinkMeeting("1", []MeetingLink{links["navy"], links["grace"], links["navy"]})
	}, "grace", "navy")
	expect(func(tx *Tx) (*Meeting, error) { return tx.LinkMeeting("1", nil) }, "grace", "navy")
	expect(func(tx *Tx) (*Meeting, error) {
		return tx.RelinkMeeting("1", []MeetingLink{links["alan"], links["navy"], links["alan"]})
	}, "alan", "navy")
	expect(func(tx *Tx) (*Meeting, error) { return tx.RelinkMeeting("1", nil) })
}

func TestAttioMakesPeopleAndCompaniesOfTheParticipants(t *testing.T) {
	t.Parallel()
	workspace, links := meetingsWorkspace(t, Effects{LinkCompanies: true})
	m := draft("grace@navy.com", "new@rocket.com", "second@rocket.com", "alan@park.com", "free@gmail.com", "ada@example.com")
	m.Participants = append(m.Participants, Participant{Name: "Somebody", Status: ParticipantPending})
	var shown []string
	commits, err := workspace.Write(System(), func(tx *Tx) error {
		_, err := tx.CreateMeeting("1", m, nil)
		shown = linkedTo(tx.State, "1", links)
		return err
	})
	if err != nil || len(commits) != 2 {
		t.Fatalf("got %d commits, %v", len(commits), err)
	}
	if diff := cmp.Diff([]string{"grace", "alan"}, shown); diff != "" {
		t.Errorf("at first: %s", diff)
	}
	// Three people are new. No company is made for Alan, who has none, and no person for a member.
	state := workspace.View()
	if diff := cmp.Diff([]string{"grace", "alan", "people", "people", "people", "navy", "companies"}, linkedTo(state, "1", links)); diff != "" {
		t.Errorf("in the end: %s", diff)
	}
	people := state.standard("people")
	emails, _ := people.Attribute("email_addresses")
	for person := range state.Records(people.ID) {
		address := person.Active(emails)[0].Value.(attribute.EmailAddress).Address
		if isNew := address == "new@rocket.com" || address == "second@rocket.com" || address == "free@gmail.com"; isNew && person.CreatedBy() != System().Actor {
			t.Errorf("%s was made by %v", address, person.CreatedBy())
		}
	}
}

func TestAMeetingThatWasDeletedAtOnceHasNoParticipantsMade(t *testing.T) {
	t.Parallel()
	workspace, _ := meetingsWorkspace(t, Effects{LinkCompanies: true})
	workspace.do(t, func(tx *Tx) error {
		if _, err := tx.CreateMeeting("1", draft("new@rocket.com"), nil); err != nil {
			return err
		}
		return tx.DeleteMeeting("1")
	})
	state := workspace.View()
	if n := state.CountRecords(state.standard("people").ID); n != 2 || state.meetings.Len() != 0 {
		t.Errorf("%d people and %d meetings", n, state.meetings.Len())
	}
}

func TestWhatIsNotWithinTheRulesMakesNoMeeting(t *testing.T) {
	t.Parallel()
	workspace, links := meetingsWorkspace(t, Effects{})
	day, _ := MeetingDay("2026-02-02")
	edit := func(change func(*Meeting)) Meeting {
		m := draft("grace@navy.com")
		change(&m)
		return m
	}
	for name, tc := range map[string]struct {
		draft Meeting
		links []MeetingLink
		want  *attio.Error
	}{
		"an all-day meeting at moments": {edit(func(m *Meeting) { m.AllDay = true }), nil,
			attio.InvalidBody(attio.MeetingDateMissing("data", "start"), attio.MeetingDateMissing("data", "end"))},
		"another meeting until a day": {edit(func(m *Meeting) { m.End = day }), nil, attio.InvalidBody(attio.MeetingDateTimeMissing("data", "end"))},
		"an end before the start":     {edit(func(m *Meeting) { m.Start, m.End = m.End, m.Start }), nil, attio.InvalidBody(attio.MeetingEndBeforeStart())},
		"nobody":                      {edit(func(m *Meeting) { m.Participants = nil }), nil, attio.NoParticipants()},
		"participants who are none": {edit(func(m *Meeting) { m.Participants = []Participant{{}, {Email: "grace@navy"}, {Name: "Grace"}} }), nil,
			attio.InvalidBody(attio.ParticipantNameless(0), attio.ParticipantAddressInvalid(1))},
		"a record of an unknown object": {draft("grace@navy.com"), []MeetingLink{links["navy"], {"robots", "1"}}, attio.MeetingLinkNotFound()},
		"a record of another object":    {draft("grace@navy.com"), []MeetingLink{{"people", links["navy"].Record}}, attio.MeetingLinkNotFound()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := workspace.View()
			err := workspace.Update(System(), func(tx *Tx) error {
				_, err := tx.CreateMeeting("1", tc.draft, tc.links)
				return err
			})
			if diff := cmp.Diff(error(tc.want), err); diff != "" {
				t.Error(diff)
			}
			if workspace.View() != before {
				t.Error("something changed")
			}
		})
	}
}
