package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Meeting is an event in a calendar.
type Meeting struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Meetings yields the meetings, in the order in which they were made.
func (s *State) Meetings() iter.Seq[*Meeting] { return s.meetings.All() }

// Meeting returns the meeting with an id.
func (s *State) Meeting(id attio.ID) (*Meeting, bool) { return s.meetings.Get(id) }

func (m *Meeting) identity() (Thing, attio.ID)       { return ThingMeeting, m.ID }
func (m *Meeting) attachedTo() []attio.ID            { return nil }
func (m *Meeting) without(attio.ID) (*Meeting, bool) { return nil, false }
