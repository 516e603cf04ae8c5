package world

import (
	"iter"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Meeting is an event in a calendar.
type Meeting struct {
	ID           attio.ID
	Title        string
	Description  string
	AllDay       bool
	Start        MeetingTime
	End          MeetingTime // the meeting is over at this moment, or before this day
	Participants []Participant
	Linked       []attribute.RecordReference // each record once, in the order in which they were linked
	Synced       bool                        // from a member's calendar, where alone it can be deleted
	CreatedAt    time.Time
	CreatedBy    attio.Actor
}

// MeetingTime is when a meeting starts or ends: a moment or, of an all-day meeting, a day.
type MeetingTime struct {
	At   time.Time // in the time zone if there is one, else in UTC; a day is its midnight in UTC
	Zone string    // the IANA name of the time zone; empty for none
}

// Participant is somebody invited to a meeting.
type Participant struct {
	Email     string // normalized; empty for one who has only a name
	Name      string // only of one without an address
	Organizer bool
	Status    ParticipantStatus
}

// ParticipantStatus is what a participant answered to the invitation.
type ParticipantStatus string

// The answers, in the order of Attio's OpenAPI document.
const (
	ParticipantAccepted  ParticipantStatus = "accepted"
	ParticipantTentative ParticipantStatus = "tentative"
	ParticipantDeclined  ParticipantStatus = "declined"
	ParticipantPending   ParticipantStatus = "pending"
)

// ParticipantStatuses lists the answers in the order of Attio's OpenAPI document.
func ParticipantStatuses() []ParticipantStatus {
	return []ParticipantStatus{ParticipantAccepted, ParticipantTentative, ParticipantDeclined, ParticipantPending}
}

// Meetings yields the meetings, in the order in which they were made.
func (s *State) Meetings() iter.Seq[*Meeting] { return s.meetings.All() }

// Meeting returns the meeting with an id.
func (s *State) Meeting(id attio.ID) (*Meeting, bool) { return s.meetings.Get(id) }

func (m *Meeting) identity() (Thing, attio.ID) { return ThingMeeting, m.ID }

func (m *Meeting) attachedTo() []attio.ID {
	records := make([]attio.ID, len(m.Linked))
	for i, linked := range m.Linked {
		records[i] = linked.Record
	}
	return records
}

// without returns the meeting without a link: it outlives the records.
func (m *Meeting) without(record attio.ID) (*Meeting, bool) {
	left := *m
	left.Linked = slices.DeleteFunc(slices.Clone(m.Linked), func(linked attribute.RecordReference) bool {
		return linked.Record == record
	})
	return &left, true
}
