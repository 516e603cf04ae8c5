package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Meeting is an event in a calendar.
type Meeting struct {
	ID           attio.ID
	Title        string
	Description  string
	AllDay       bool // whether it starts and ends on days
	Start        MeetingTime
	End          MeetingTime // the meeting is over at this moment, or before this day
	Participants []Participant
	Linked       []attribute.RecordReference // each record once, in the order in which they were linked
	Synced       bool                        // from a member's calendar, where alone it can be deleted
	CreatedAt    time.Time
	CreatedBy    attio.Actor
}

// Meetings yields the meetings, in the order in which they were made.
func (s *State) Meetings() iter.Seq[*Meeting] { return s.meetings.All() }

// Meeting returns the meeting with an id.
func (s *State) Meeting(id attio.ID) (*Meeting, bool) { return s.meetings.Get(id) }

func (m *Meeting) identity() (Thing, attio.ID) { return ThingMeeting, m.ID }

func (m *Meeting) attachedTo() []attio.ID {
	return linkedIDs(m.Linked)
}

// without returns the meeting without a link: it outlives the records.
func (m *Meeting) without(record attio.ID) (*Meeting, bool) {
	left := *m
	left.Linked = withoutRecord(m.Linked, record)
	return &left, true
}
