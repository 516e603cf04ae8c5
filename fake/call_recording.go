package fake

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// CallRecording is a recording of a call during a meeting, as of when it was read or made.
type CallRecording struct {
	ID      string // AddCallRecording makes one
	Meeting string // the meeting's id; to AddCallRecording also its key in the scenario
	// VideoURL is where the video is: an https address that ends in .mp4, or empty for none. Nothing is ever
	// fetched from there. Below a host that ends in .invalid there is no video, and the processing of the
	// recording fails.
	VideoURL string
	// Captured says whether Attio's own call recorder made it. Only of such recordings clients see the video.
	Captured   bool
	Transcript []Segment // nil for none
	// ReadyAt is when its processing ends. To AddCallRecording zero means a minute after now, or five seconds
	// after now where there is no video, as it is with what a client makes; the server's Advance gets there.
	ReadyAt   time.Time
	Failed    bool // whether the processing fails then
	CreatedAt time.Time
}

// Segment is what one speaker says in a call without a pause.
type Segment struct {
	Speech     string
	Start, End float64 // in seconds from the start of the recording
	Speaker    string  // the name
}

// AddCallRecording makes a call recording of a meeting, as POST …/call_recordings does. A mistake fails the test with
// Attio's message.
func (w *Workspace) AddCallRecording(r CallRecording) CallRecording {
	w.server.helper()
	meeting := w.Meeting(r.Meeting)
	if meeting.ID == "" {
		return CallRecording{}
	}
	if err := world.CheckTime(r.ReadyAt); err != nil && !r.ReadyAt.IsZero() {
		w.server.fatalf("fake: workspace %q: add a call recording: ReadyAt: %v", w.Slug(), err)
		return CallRecording{}
	}
	draft := world.CallRecording{
		Meeting: attio.ID(meeting.ID), VideoURL: r.VideoURL, Captured: r.Captured, ReadyAt: r.ReadyAt, Failed: r.Failed,
	}
	if r.Transcript != nil {
		draft.Transcript = []world.Segment{}
		for _, s := range r.Transcript {
			draft.Transcript = append(draft.Transcript, world.Segment(s))
		}
	}
	id := w.server.world.NewID()
	var added CallRecording
	w.update(func(tx *world.Tx) error {
		made, err := tx.CreateCallRecording(id, draft)
		if err == nil {
			added = newCallRecording(made)
		}
		return err
	})
	return added
}

// DeleteCallRecording deletes a call recording with its transcript, named by its key in the scenario or its id.
func (w *Workspace) DeleteCallRecording(keyOrID string) {
	w.server.helper()
	if found := w.CallRecording(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteCallRecording(attio.ID(found.Meeting), attio.ID(found.ID)) })
	}
}

// CallRecording returns a call recording by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) CallRecording(keyOrID string) CallRecording {
	w.server.helper()
	found, ok := w.state().CallRecording(w.keyed("call_recordings", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no call recording %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return CallRecording{}
	}
	return newCallRecording(found)
}

// CallRecordings returns the call recordings of all meetings, in the order in which they were made.
func (w *Workspace) CallRecordings() []CallRecording {
	var recordings []CallRecording
	for r := range w.state().CallRecordings() {
		recordings = append(recordings, newCallRecording(r))
	}
	return recordings
}

func newCallRecording(r *world.CallRecording) CallRecording {
	recording := CallRecording{
		ID: string(r.ID), Meeting: string(r.Meeting), VideoURL: r.VideoURL, Captured: r.Captured,
		ReadyAt: r.ReadyAt, Failed: r.Failed, CreatedAt: r.CreatedAt,
	}
	if r.Transcript != nil {
		recording.Transcript = []Segment{}
		for _, s := range r.Transcript {
			recording.Transcript = append(recording.Transcript, Segment(s))
		}
	}
	return recording
}
