package api

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// callRecording is a call recording in a listing. No recording has one; its keys are those of Attio's
// OpenAPI document in their order.
type callRecording struct {
	ID             callRecordingID  `json:"id"`
	Status         world.CallStatus `json:"status"`
	WebURL         string           `json:"web_url"`
	CreatedByActor attio.Actor      `json:"created_by_actor"`
	CreatedAt      attio.Time       `json:"created_at"`
}

type callRecordingID struct {
	WorkspaceID     attio.ID `json:"workspace_id"`
	MeetingID       attio.ID `json:"meeting_id"`
	CallRecordingID attio.ID `json:"call_recording_id"`
}

// wholeCallRecording is one call recording with what was recorded. Those in listings and of a creation
// do not have it.
type wholeCallRecording struct {
	callRecording
	VideoURL   *string         `json:"video_url"`
	Transcript *callTranscript `json:"transcript"`
}

// callRecordingBody is the body of a request that creates a call recording.
type callRecordingBody struct {
	Data struct {
		VideoURL   string         `json:"video_url"`
		Transcript *[]callSegment `json:"transcript"`
	} `json:"data"`
}

var createCallRecordingShape = shape.Object(shape.Required("data", shape.Refine(shape.Object(
	shape.Optional("video_url", shape.String().URL()),
	shape.Optional("transcript", shape.Array(shape.Object(
		shape.Required("speech", shape.String()),
		shape.Required("start_time", shape.Number().Min(0)),
		shape.Required("end_time", shape.Number()),
		shape.Required("speaker", shape.Object(
			shape.Required("name", shape.String()),
			shape.Optional("email_address", shape.String().Email()),
		)),
	)).Max(world.MaxSegments)),
), attio.CallRecordingEmpty, recordsSomething)))

// recordsSomething reports whether a body has a video or a transcript. Each of the two is optional; that at least
// one is required is assumed.
func recordsSomething(data any) bool {
	m, ok := data.(*shape.Members)
	if !ok {
		return true
	}
	_, video := m.Get("video_url")
	_, transcript := m.Get("transcript")
	return video || transcript
}

// callRecordingsQuery has the parameters of a listing of call recordings.
type callRecordingsQuery struct {
	Limit  int     `json:"limit"`
	Cursor *string `json:"cursor"`
}

var listCallRecordingsShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(1).Max(200), 50),
	shape.Optional("cursor", shape.String().Min(1)),
)

// listCallRecordings answers GET …/call_recordings, as they were made. Attio's order is not known.
func listCallRecordings(c *Call) (any, error) {
	meeting, err := c.id("meeting_id")
	if err != nil {
		return nil, err
	}
	query, err := shape.Query[callRecordingsQuery](listCallRecordingsShape, c.query())
	if err != nil {
		return nil, err
	}
	now, state := c.Workspace.Now(), c.Workspace.View()
	if _, ok := state.Meeting(meeting); !ok {
		return nil, attio.MeetingNotFound(string(meeting))
	}
	cursors := c.cursors(meeting)
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	return pageOf(cursors, callRecordingsAfter(state, meeting, after), query.Limit, callRecordingPosition,
		func(r *world.CallRecording) any { return renderCallRecording(state, r, now) }), nil
}

// callRecordingsAfter yields the call recordings of a meeting that come after a position, oldest first.
func callRecordingsAfter(state *world.State, meeting attio.ID, after position) iter.Seq[*world.CallRecording] {
	recordings := slices.SortedStableFunc(state.CallRecordingsOf(meeting), func(a, b *world.CallRecording) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	recordings = slices.DeleteFunc(recordings, func(r *world.CallRecording) bool {
		return slices.Compare(callRecordingPosition(r), after) <= 0
	})
	return slices.Values(recordings)
}

// callRecordingPosition is what call recordings are sorted by: timestamps have one width, so that text
// compares as time.
func callRecordingPosition(r *world.CallRecording) position {
	return position{attio.Time{Time: r.CreatedAt}.String(), string(r.ID)}
}

// getCallRecording answers GET …/call_recordings/{call_recording_id}.
func getCallRecording(c *Call) (any, error) {
	meeting, id, err := c.callRecordingPath()
	if err != nil {
		return nil, err
	}
	now, state := c.Workspace.Now(), c.Workspace.View()
	r, err := callRecordingOf(state, meeting, id)
	if err != nil {
		return nil, err
	}
	whole := wholeCallRecording{callRecording: renderCallRecording(state, r, now)}
	if r.Captured && r.VideoURL != "" && r.Status(now) == world.CallCompleted {
		whole.VideoURL = &r.VideoURL
	}
	if segments, ok := r.TranscriptAt(now); ok {
		whole.Transcript = &callTranscript{renderSegments(segments), world.RawTranscript(segments)}
	}
	return envelope{whole}, nil
}

// createCallRecording answers POST …/call_recordings.
func createCallRecording(c *Call) (any, error) {
	meeting, err := c.id("meeting_id")
	if err != nil {
		return nil, err
	}
	body, err := shape.Body[callRecordingBody](createCallRecordingShape, c.json())
	if err != nil {
		return nil, err
	}
	draft := world.CallRecording{Meeting: meeting, VideoURL: body.Data.VideoURL}
	if sent := body.Data.Transcript; sent != nil {
		draft.Transcript = readSegments(*sent)
	}
	return answerWrite(c, func(tx *world.Tx) (*world.CallRecording, error) { return tx.CreateCallRecording(c.newID(), draft) },
		func(state *world.State, r *world.CallRecording) callRecording {
			return renderCallRecording(state, r, r.CreatedAt)
		})
}

// deleteCallRecording answers DELETE …/call_recordings/{call_recording_id}, unlike every other deletion
// without a body.
func deleteCallRecording(c *Call) (any, error) {
	meeting, id, err := c.callRecordingPath()
	if err != nil {
		return nil, err
	}
	return noContent{}, c.update(func(tx *world.Tx) error { return tx.DeleteCallRecording(meeting, id) })
}

// callRecordingOf returns a call recording of a meeting.
func callRecordingOf(state *world.State, meeting, id attio.ID) (*world.CallRecording, error) {
	r, ok := state.CallRecordingOf(meeting, id)
	if !ok {
		return nil, attio.CallRecordingNotFound(string(id))
	}
	return r, nil
}

// callRecordingPath returns the ids in the path, and reports every one that is invalid.
func (c *Call) callRecordingPath() (meeting, recording attio.ID, err error) {
	var issues []attio.Issue
	read := func(name string) attio.ID {
		id, ok := attio.ParseID(c.vars.get(name))
		if !ok {
			issues = append(issues, attio.InvalidUUID(name))
		}
		return id
	}
	meeting, recording = read("meeting_id"), read("call_recording_id")
	if issues != nil {
		return "", "", attio.InvalidPath(issues...)
	}
	return meeting, recording, nil
}

func renderCallRecording(state *world.State, r *world.CallRecording, now time.Time) callRecording {
	return callRecording{
		ID:             callRecordingID{state.ID, r.Meeting, r.ID},
		Status:         r.Status(now),
		WebURL:         callURL(state, r),
		CreatedByActor: r.CreatedBy,
		CreatedAt:      attio.Time{Time: r.CreatedAt},
	}
}

// callURL is where people see a call recording. From Attio's OpenAPI document.
func callURL(state *world.State, r *world.CallRecording) string {
	return "https://app.attio.com/" + state.Slug + "/calls/" + string(r.Meeting) + "/" + string(r.ID)
}
