package fake

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Meeting is an event in a calendar, as it was when it was read or made.
type Meeting struct {
	ID          string // AddMeeting makes one
	Title       string
	Description string
	AllDay      bool // whether it starts and ends on days
	// Start has the time zone of the meeting if that is one of time.LoadLocation; in UTC it has none. Of an
	// all-day meeting only the date counts, which Meeting gives as midnight in UTC.
	Start time.Time
	// End is as Start. It is not part of the meeting any more: an all-day meeting ends on the day after its
	// last one. To AddMeeting zero means an hour after Start, or the next day.
	End          time.Time
	Participants []Participant // one at least
	// Linked are the records that it is linked to. AddMeeting adds the people who have the addresses of
	// participants; a meeting that was found has the records as they are now.
	Linked    []Record
	Synced    bool // whether it comes from a member's calendar, so that clients cannot delete it
	CreatedAt time.Time
}

// Participant is somebody invited to a meeting, with an address or a name.
type Participant struct {
	Email     string
	Name      string // of somebody without an address
	Status    ParticipantStatus
	Organizer bool
}

// ParticipantStatus is what a participant answered to the invitation.
type ParticipantStatus string

// The answers of Attio. To AddMeeting empty means ParticipantAccepted.
const (
	ParticipantAccepted  ParticipantStatus = "accepted"
	ParticipantTentative ParticipantStatus = "tentative"
	ParticipantDeclined  ParticipantStatus = "declined"
	ParticipantPending   ParticipantStatus = "pending"
)

// AddMeeting makes a meeting, as POST /v2/meetings does. A mistake fails the test with what Attio says
// of it.
func (w *Workspace) AddMeeting(m Meeting) Meeting {
	w.server.helper()
	if m.Start.IsZero() {
		w.server.fatalf("fake: meeting %q needs a Start", m.Title)
		return Meeting{}
	}
	draft := world.Meeting{
		Title: m.Title, Description: m.Description, AllDay: m.AllDay, Synced: m.Synced,
		Start: meetingTime(m.Start, m.AllDay), End: meetingTime(m.End, m.AllDay),
	}
	if m.End.IsZero() && m.AllDay {
		draft.End = meetingTime(m.Start.AddDate(0, 0, 1), true)
	} else if m.End.IsZero() {
		draft.End = meetingTime(m.Start.Add(time.Hour), false)
	}
	if !world.Writable(draft.Start.At.UTC()) || !world.Writable(draft.End.At.UTC()) {
		w.server.fatalf("fake: meeting %q: Start and End are in years of four digits", m.Title)
		return Meeting{}
	}
	known := []ParticipantStatus{ParticipantAccepted, ParticipantTentative, ParticipantDeclined, ParticipantPending}
	for _, p := range m.Participants {
		if p.Status == "" {
			p.Status = ParticipantAccepted
		}
		if !slices.Contains(known, p.Status) {
			w.server.fatalf("fake: meeting %q: %s", m.Title, suggest.Unknown("answer", string(p.Status), texts(known)))
			return Meeting{}
		}
		draft.Participants = append(draft.Participants, world.Participant{
			Email: p.Email, Name: p.Name, Organizer: p.Organizer, Status: world.ParticipantStatus(p.Status),
		})
	}
	var links []world.MeetingLink
	for _, r := range m.Linked {
		if r.inner == nil {
			w.server.fatalf("fake: meeting %q is linked to a record that is none", m.Title)
			return Meeting{}
		}
		if !w.state().HasRecord(r.kind.Common().ID, r.inner.ID) { // Attio's answer does not say which
			w.server.fatalf("fake: meeting %q is linked to %v, which workspace %q does not have", m.Title, r, w.Slug())
			return Meeting{}
		}
		links = append(links, world.MeetingLink{Object: string(r.kind.Common().ID), Record: r.inner.ID})
	}
	id := w.server.world.NewID()
	var added Meeting
	w.update(func(tx *world.Tx) error {
		made, err := tx.CreateMeeting(id, draft, links)
		if err == nil {
			added = newMeeting(w, tx.State, made)
		}
		return err
	})
	return added
}

// Meeting returns a meeting by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Meeting(keyOrID string) Meeting {
	w.server.helper()
	state := w.state()
	found, ok := state.Meeting(w.keyed("meetings", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no meeting %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return Meeting{}
	}
	return newMeeting(w, state, found)
}

// Meetings returns all meetings, oldest first: in the order in which they were made.
func (w *Workspace) Meetings() []Meeting {
	var meetings []Meeting
	state := w.state()
	for m := range state.Meetings() {
		meetings = append(meetings, newMeeting(w, state, m))
	}
	return meetings
}

func newMeeting(w *Workspace, state *world.State, m *world.Meeting) Meeting {
	meeting := Meeting{
		ID: string(m.ID), Title: m.Title, Description: m.Description, AllDay: m.AllDay, Start: m.Start.At, End: m.End.At,
		Synced: m.Synced, CreatedAt: m.CreatedAt,
	}
	for _, p := range m.Participants {
		meeting.Participants = append(meeting.Participants, Participant{p.Email, p.Name, ParticipantStatus(p.Status), p.Organizer})
	}
	for _, linked := range m.Linked {
		kind, _ := state.Schema.Kind(linked.Object)
		record, _ := state.Record(linked.Object, linked.Record)
		meeting.Linked = append(meeting.Linked, Record{reading{w, state.Schema, kind, record}})
	}
	return meeting
}

// meetingTime is t as the API would be told of it.
func meetingTime(t time.Time, day bool) world.MeetingTime {
	if day {
		return world.MeetingTime{At: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Day: true}
	}
	read := world.MeetingTime{At: t.UTC().Truncate(time.Millisecond)}
	if zone := world.Zone(t.Location().String()); zone != time.UTC {
		read.At, read.Zone = read.At.In(zone), zone.String()
	}
	return read
}
