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
	AllDay       bool // starts and ends on days instead of moments
	Start        MeetingTime
	End          MeetingTime // exclusive: the first moment, or day, after the meeting
	Participants []Participant
	Linked       []attribute.RecordReference // without duplicates, in the order in which they were linked
	Synced       bool                        // from a member's calendar, the only place where it can be deleted
	CreatedAt    time.Time
	CreatedBy    attio.Actor
}

// Meetings yields the meetings in the order in which they were made.
func (s *State) Meetings() iter.Seq[*Meeting] { return s.meetings.All() }

// Meeting returns the meeting with an id.
func (s *State) Meeting(id attio.ID) (*Meeting, bool) { return s.meetings.Get(id) }

func (m *Meeting) identity() (Thing, attio.ID) { return ThingMeeting, m.ID }

func (m *Meeting) attachedTo() []attio.ID {
	return linkedIDs(m.Linked)
}

// without returns the meeting without the link to a record: a meeting outlives its records.
func (m *Meeting) without(record attio.ID) (*Meeting, bool) {
	left := *m
	left.Linked = withoutRecord(m.Linked, record)
	return &left, true
}

func (m *Meeting) followed(merge *merger) *Meeting {
	next := *m
	next.Linked = merge.movedReferences(m.Linked)
	return &next
}
