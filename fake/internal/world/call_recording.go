package world

import (
	"iter"
	"net/url"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// CallRecording is the recording of a call during a meeting, with which it is deleted.
type CallRecording struct {
	ID         attio.ID
	Meeting    attio.ID
	VideoURL   string    // empty for none; the fake never fetches it
	Captured   bool      // by Attio's own call recorder; clients see the video of no other recording
	Transcript []Segment // nil for none
	ReadyAt    time.Time // when its processing ends, which the webhook event call-recording.created waits for
	Failed     bool      // whether the processing fails
	CreatedAt  time.Time
	CreatedBy  attio.Actor
}

// CallStatus is how far the processing of a call recording is.
type CallStatus string

// The statuses of Attio's API.
const (
	CallProcessing CallStatus = "processing"
	CallCompleted  CallStatus = "completed"
	CallFailed     CallStatus = "failed"
)

// How long the processing of a new recording takes. Attio says only that it takes some time; that this holds for
// recordings without a video is assumed.
const (
	videoProcessing      = time.Minute
	transcriptProcessing = 5 * time.Second
)

// Status returns the status of the processing at a moment.
func (r *CallRecording) Status(at time.Time) CallStatus {
	switch {
	case at.Before(r.ReadyAt):
		return CallProcessing
	case r.Failed:
		return CallFailed
	}
	return CallCompleted
}

// CallRecordings yields the call recordings, in the order in which they were made.
func (s *State) CallRecordings() iter.Seq[*CallRecording] { return s.callRecordings.All() }

// CallRecording returns the call recording with an id.
func (s *State) CallRecording(id attio.ID) (*CallRecording, bool) { return s.callRecordings.Get(id) }

// CallRecordingOf returns the call recording of a meeting that has an id.
func (s *State) CallRecordingOf(meeting, id attio.ID) (*CallRecording, bool) {
	recording, ok := s.callRecordings.Get(id)
	return recording, ok && recording.Meeting == meeting
}

// CallRecordingsOf yields the call recordings of a meeting in ascending order of their ids.
func (s *State) CallRecordingsOf(meeting attio.ID) iter.Seq[*CallRecording] {
	return func(yield func(*CallRecording) bool) {
		for id := range s.attachedTo(meeting, ThingCallRecording) {
			if recording, ok := s.callRecordings.Get(id); ok && !yield(recording) {
				return
			}
		}
	}
}

// CreateCallRecording makes a call recording of a meeting from a draft. It is processed from now on, unless the draft
// says when processing ended. Every error is an answer of the API.
func (tx *Tx) CreateCallRecording(id attio.ID, draft CallRecording) (*CallRecording, error) {
	if _, ok := tx.Meeting(draft.Meeting); !ok {
		return nil, attio.ReferencedMeetingNotFound()
	}
	if !tx.Plan.hasCallRecordings() {
		return nil, attio.CallRecordingsNotOnPlan()
	}
	if draft.VideoURL != "" {
		if err := checkVideo(draft.VideoURL); err != nil {
			return nil, err
		}
	}
	recording := draft
	recording.ID, recording.CreatedAt, recording.CreatedBy = id, tx.Now, tx.Author.Actor
	if recording.ReadyAt.IsZero() {
		recording.ReadyAt = tx.Now.Add(recording.processing())
	}
	if recording.ReadyAt = recording.ReadyAt.UTC().Truncate(time.Millisecond); recording.ReadyAt.After(LastTime) {
		recording.ReadyAt = LastTime.Truncate(time.Millisecond)
	}
	recording.Failed = recording.Failed || unreachable(recording.VideoURL)
	put(tx, &recording)
	return &recording, nil
}

// DeleteCallRecording removes a call recording with its transcript. Every error is an answer of the API.
func (tx *Tx) DeleteCallRecording(meeting, id attio.ID) error {
	recording, ok := tx.CallRecordingOf(meeting, id)
	if !ok {
		return attio.ReferencedCallRecordingNotFound()
	}
	drop(tx, recording)
	return nil
}

func (r *CallRecording) processing() time.Duration {
	if r.VideoURL == "" {
		return transcriptProcessing
	}
	return videoProcessing
}

// checkVideo checks the URL of a video against those rules of Attio's OpenAPI document that need no network.
func checkVideo(address string) error {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(address), ":")
	if !strings.EqualFold(scheme, "https") {
		return attio.VideoNotHTTPS()
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	if !strings.HasSuffix(strings.ToLower(rest), ".mp4") {
		return attio.VideoNotMP4()
	}
	return nil
}

// unreachable reports whether a URL has a host below .invalid, where no host exists (RFC 2606). The processing of a
// recording from there fails. Attio checks whether it can reach the URL and would refuse the request at once, in words
// that were never seen.
func unreachable(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && strings.HasSuffix(strings.ToLower(u.Hostname()), ".invalid")
}

func (r *CallRecording) identity() (Thing, attio.ID)             { return ThingCallRecording, r.ID }
func (r *CallRecording) attachedTo() []attio.ID                  { return []attio.ID{r.Meeting} }
func (r *CallRecording) without(attio.ID) (*CallRecording, bool) { return nil, false }
func (r *CallRecording) followed(*merger) *CallRecording         { return r }
