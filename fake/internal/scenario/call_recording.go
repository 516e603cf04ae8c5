package scenario

import (
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// callRecording is the recording of a call during a meeting.
type callRecording struct {
	placed
	Meeting    name            `yaml:"meeting,required" doc:"The key of the meeting."`
	VideoURL   string          `yaml:"video_url" doc:"The address of the video: https, and ending in .mp4. Nothing is ever fetched from it."`
	Captured   bool            `yaml:"captured" doc:"Whether Attio's own call recorder made it. Clients see the video of such recordings only."`
	Transcript *callTranscript `yaml:"transcript" doc:"Who said what. Without it there is no transcript."`
	ReadyAt    *moment         `yaml:"ready_at" doc:"When its processing ends. By default when it was created."`
	Failed     bool            `yaml:"failed" doc:"Whether the processing fails."`
	CreatedAt  *moment         `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	CreatedBy  author          `yaml:"created_by" doc:"Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
	identified `yaml:"inline"`
}

// callTranscript is a transcript, which may be empty.
type callTranscript []callSegment

func (t *callTranscript) decode(d *decoder, f yamltree.Field) {
	var segments []callSegment
	decodeInto(d, f, &segments)
	if len(segments) > world.MaxSegments {
		d.problems.Add(f.At, "a transcript has at most %d segments, this one has %d", world.MaxSegments, len(segments))
	}
	*t = segments
}

func (*callTranscript) schema() schema {
	s := schemaFor[[]callSegment]()
	s["maxItems"] = world.MaxSegments
	return s
}

// callSegment is what one speaker says without a break.
type callSegment struct {
	placed
	Speech    string  `yaml:"speech,required" doc:"The words."`
	StartTime seconds `yaml:"start_time,required" doc:"When it starts, in seconds from the start of the recording."`
	EndTime   seconds `yaml:"end_time,required" doc:"When it ends, in seconds from the start of the recording."`
	Speaker   string  `yaml:"speaker,required" doc:"The name of the speaker."`
}

// seconds is a time in a recording.
type seconds float64

func (s *seconds) decode(d *decoder, f yamltree.Field) {
	n, err := strconv.ParseFloat(f.Value.Text, 64)
	if f.Value.Kind != yamltree.KindNumber || err != nil || n < 0 {
		d.problems.Add(f.Value.Position, "%s must be a number of seconds, 0 or more", subject(f))
		return
	}
	*s = seconds(n)
}

func (*seconds) schema() schema { return schema{"type": "number", "minimum": 0} }

func (c *idCollector) callRecordings(w *workspace) {
	collectAll(c, "call_recordings/", w.CallRecordings)
}

// addCallRecordings creates the call recordings, by the rules of the API.
func (b *builder) addCallRecordings() {
	for i := range b.workspace.CallRecordings.items {
		b.addCallRecording(&b.workspace.CallRecordings.items[i])
	}
}

func (b *builder) addCallRecording(r *item[callRecording]) {
	if r.value.wrong || r.value.node == nil {
		return // which is reported
	}
	key := string(r.value.Meeting)
	if _, ok := b.workspace.Meetings.get(key); !ok {
		b.problems.AddUnknown(r.value.at("meeting"), "meeting", key, b.workspace.Meetings.keys())
		return
	}
	meeting := b.meetingID(key)
	if _, ok := b.tx.Meeting(meeting); !ok {
		return // which is reported
	}
	created := at(r.value.CreatedAt, b.created)
	draft := world.CallRecording{
		Meeting: meeting, VideoURL: r.value.VideoURL, Captured: r.value.Captured,
		ReadyAt: at(r.value.ReadyAt, created), Failed: r.value.Failed,
	}
	if r.value.Transcript != nil {
		draft.Transcript = make([]world.Segment, 0, len(*r.value.Transcript))
		for _, s := range *r.value.Transcript {
			draft.Transcript = append(draft.Transcript, world.Segment{
				Speech: s.Speech, Start: float64(s.StartTime), End: float64(s.EndTime), Speaker: s.Speaker,
			})
		}
	}
	b.write(created, b.authorOf(r.value.CreatedBy))
	id := b.id("call_recordings/" + r.key)
	b.named(id, r.key, r.at)
	if _, err := b.tx.CreateCallRecording(id, draft); err != nil {
		b.refuse(r.value.at("video_url"), err, "")
	}
}

func (e *exporter) callRecordings() any {
	return attached(e, slices.Collect(e.state.CallRecordings()),
		func(r *world.CallRecording) attio.ID { return r.ID },
		func(r *world.CallRecording) string { return e.keys[r.Meeting] },
		func(r *world.CallRecording, key string) any {
			m := yamltree.MappingOf("meeting", yamltree.Text(e.keys[r.Meeting]))
			m.PutIf(r.VideoURL != "", "video_url", yamltree.Text(r.VideoURL))
			m.PutIf(r.Captured, "captured", boolean(true))
			if r.Transcript != nil {
				transcript := yamltree.Sequence{}
				for _, s := range r.Transcript {
					transcript = append(transcript, yamltree.MappingOf("speaker", yamltree.Text(s.Speaker), "start_time", number(s.Start), "end_time", number(s.End), "speech", yamltree.Text(s.Speech)))
				}
				m.Put("transcript", transcript)
			}
			m.PutIf(!r.ReadyAt.Equal(r.CreatedAt), "ready_at", timestamp(r.ReadyAt))
			m.PutIf(r.Failed, "failed", boolean(true))
			e.putCreatedBy(m, r.CreatedAt, r.CreatedBy)
			e.putID(m, "call_recordings/"+key, r.ID)
			return m
		})
}
