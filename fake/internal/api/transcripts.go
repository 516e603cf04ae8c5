package api

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// callTranscript is the transcript in the answer about a call recording.
type callTranscript struct {
	Segments      []callSegment `json:"segments"`
	RawTranscript string        `json:"raw_transcript"`
}

// callSegment is a segment of a transcript, in a request and in an answer.
type callSegment struct {
	Speech    string      `json:"speech"`
	StartTime float64     `json:"start_time"`
	EndTime   float64     `json:"end_time"`
	Speaker   callSpeaker `json:"speaker"`
}

// callSpeaker is a speaker. An e-mail address may be sent, but is not answered.
type callSpeaker struct {
	Name string `json:"name"`
}

// transcript is the answer of the deprecated endpoint that has only the transcript.
type transcript struct {
	ID            callRecordingID `json:"id"`
	Transcript    []callSegment   `json:"transcript"`
	RawTranscript string          `json:"raw_transcript"`
	WebURL        string          `json:"web_url"`
}

// segmentsPerPage is how many segments a page of a transcript has; each page has the whole text. Attio's number is not
// known; this is the maximum of the other listings of meetings.
const segmentsPerPage = 200

// transcriptQuery has the parameters of a request for a transcript.
type transcriptQuery struct {
	Cursor *string `json:"cursor"`
}

var transcriptShape = shape.Object(shape.Optional("cursor", shape.String()))

// getTranscript answers GET …/call_recordings/{call_recording_id}/transcript.
func getTranscript(c *Call) (any, error) {
	meeting, id, err := c.callRecordingPath()
	if err != nil {
		return nil, err
	}
	query, err := shape.Query[transcriptQuery](transcriptShape, c.query())
	if err != nil {
		return nil, err
	}
	now, state := c.Workspace.Now(), c.Workspace.View()
	r, err := callRecordingOf(state, meeting, id)
	if err != nil {
		return nil, err
	}
	segments, ok := r.TranscriptAt(now)
	if !ok {
		return nil, attio.TranscriptNotFound(string(r.ID))
	}
	cursors := c.cursors(r.ID)
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	rest := segments[after.index(len(segments)):]
	page := rest[:min(len(rest), segmentsPerPage)]
	answer := cursorPage{Data: transcript{
		ID:            callRecordingID{state.ID, r.Meeting, r.ID},
		Transcript:    renderSegments(page),
		RawTranscript: world.RawTranscript(segments),
		WebURL:        callURL(state, r) + "/transcript",
	}}
	if len(page) < len(rest) {
		next := cursors.encode(position{strconv.Itoa(len(segments) - len(rest) + len(page))})
		answer.Pagination.NextCursor = &next
	}
	return answer, nil
}

// index returns the number in a position of a list that never changes: 0 at the beginning, and length at most.
func (p position) index(length int) int {
	if len(p) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(p[0]) // written by this server
	return min(max(n, 0), length)
}

func renderSegments(segments []world.Segment) []callSegment {
	rendered := make([]callSegment, len(segments))
	for i, s := range segments {
		rendered[i] = callSegment{s.Speech, s.Start, s.End, callSpeaker{s.Speaker}}
	}
	return rendered
}

// readSegments returns the segments that were sent, never nil.
func readSegments(sent []callSegment) []world.Segment {
	segments := make([]world.Segment, len(sent))
	for i, s := range sent {
		segments[i] = world.Segment{Speech: s.Speech, Start: s.StartTime, End: s.EndTime, Speaker: s.Speaker.Name}
	}
	return segments
}
