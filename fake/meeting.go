package fake

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Meeting is an event in a calendar, as of when it was read or made.
type Meeting struct {
	ID          string // AddMeeting makes one
	Title       string
	Description string
	AllDay      bool // whether it starts and ends on days
	// Start has the time zone of the meeting if that is one of time.LoadLocation; in UTC it has none. Of an
	// all-day meeting only the date counts, which Meeting gives as midnight in UTC.
	Start time.Time
	// End is like Start. It is exclusive: an all-day meeting ends on the day after its last one. To AddMeeting zero
	// means an hour after Start, or the next day.
	End          time.Time
	Participants []Participant // one at least
	// Linked are the records that the meeting is linked to. AddMeeting adds the people who have the addresses of
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

// AddMeeting makes a meeting, as POST /v2/meetings does. A mistake fails the test with Attio's message.
func (w *Workspace) AddMeeting(m Meeting) Meeting {
	w.server.helper()
	draft, links, ok := w.meetingDraft(m)
	if !ok {
		return Meeting{}
	}
	id := w.server.world.NewID()
	return w.writeMeeting(func(tx *world.Tx) (*world.Meeting, error) { return tx.CreateMeeting(id, draft, links) })
}

// UpdateMeeting changes a meeting, named by its key in the scenario or its id, as its organizer does in the calendar.
// New participants are linked as AddMeeting links them.
func (w *Workspace) UpdateMeeting(keyOrID string, edit func(*Meeting)) Meeting {
	w.server.helper()
	found := w.Meeting(keyOrID)
	edited := found
	edited.Participants, edited.Linked = slices.Clone(found.Participants), slices.Clone(found.Linked)
	edit(&edited)
	if found.ID == "" || !w.keeps("meeting", keyOrID, fixed{"ID", edited.ID != found.ID}, fixed{"CreatedAt", !edited.CreatedAt.Equal(found.CreatedAt)}) {
		return Meeting{}
	}
	draft, links, ok := w.meetingDraft(edited)
	if !ok {
		return Meeting{}
	}
	return w.writeMeeting(func(tx *world.Tx) (*world.Meeting, error) { return tx.UpdateMeeting(attio.ID(found.ID), draft, links) })
}

// DeleteMeeting deletes a meeting with its call recordings, named by its key in the scenario or its id. One that comes
// from a calendar fails the test, as Attio refuses it.
func (w *Workspace) DeleteMeeting(keyOrID string) {
	w.server.helper()
	if found := w.Meeting(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteMeeting(attio.ID(found.ID)) })
	}
}

// meetingDraft returns a meeting as a request would have it and the records that it is linked to, or fails the test.
func (w *Workspace) meetingDraft(m Meeting) (world.Meeting, []world.MeetingLink, bool) {
	w.server.helper()
	if m.Start.IsZero() {
		w.server.fatalf("fake: meeting %q needs a Start", m.Title)
		return world.Meeting{}, nil, false
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
		return world.Meeting{}, nil, false
	}
	known := []ParticipantStatus{ParticipantAccepted, ParticipantTentative, ParticipantDeclined, ParticipantPending}
	for _, p := range m.Participants {
		if p.Status == "" {
			p.Status = ParticipantAccepted
		}
		if !slices.Contains(known, p.Status) {
			w.server.fatalf("fake: meeting %q: %s", m.Title, suggest.Unknown("answer", string(p.Status), texts(known)))
			return world.Meeting{}, nil, false
		}
		draft.Participants = append(draft.Participants, world.Participant{
			Email: p.Email, Name: p.Name, Organizer: p.Organizer, Status: world.ParticipantStatus(p.Status),
		})
	}
	var links []world.MeetingLink
	for _, r := range m.Linked {
		if r.inner == nil {
			w.server.fatalf("fake: meeting %q is linked to an empty Record", m.Title)
			return world.Meeting{}, nil, false
		}
		if !w.state().HasRecord(r.kind.Common().ID, r.inner.ID) { // Attio's answer does not say which
			w.server.fatalf("fake: meeting %q is linked to %v, which workspace %q does not have", m.Title, r, w.Slug())
			return world.Meeting{}, nil, false
		}
		links = append(links, world.MeetingLink{Object: string(r.kind.Common().ID), Record: r.inner.ID})
	}
	return draft, links, true
}

func (w *Workspace) writeMeeting(write func(*world.Tx) (*world.Meeting, error)) Meeting {
	w.server.helper()
	var written Meeting
	w.update(func(tx *world.Tx) error {
		m, err := write(tx)
		if err == nil {
			written = newMeeting(w, tx.State, m)
		}
		return err
	})
	return written
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

// meetingTime is t as a request would have it.
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
