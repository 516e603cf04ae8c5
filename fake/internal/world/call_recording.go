package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// CallRecording is the recording of a call during a meeting.
type CallRecording struct {
	ID        attio.ID
	CreatedAt time.Time
}

// CallRecordings yields the call recordings, in the order in which they were made.
func (s *State) CallRecordings() iter.Seq[*CallRecording] { return s.callRecordings.All() }

// CallRecording returns the call recording with an id.
func (s *State) CallRecording(id attio.ID) (*CallRecording, bool) { return s.callRecordings.Get(id) }

func (r *CallRecording) identity() (Thing, attio.ID)             { return ThingCallRecording, r.ID }
func (r *CallRecording) attachedTo() []attio.ID                  { return nil }
func (r *CallRecording) without(attio.ID) (*CallRecording, bool) { return nil, false }
