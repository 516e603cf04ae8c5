package scenario

import (
	"reflect"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// callRecording is the recording of a call during a meeting.
type callRecording struct {
	placed
	Meeting    name            `yaml:"meeting,required" doc:"The key of the meeting."`
	VideoURL   string          `yaml:"video_url" doc:"Where the video is, an https address that ends in .mp4. Nothing is ever fetched from there."`
	Captured   bool            `yaml:"captured" doc:"Whether Attio's own call recorder made it. Only of such recordings clients see the video."`
	Transcript *callTranscript `yaml:"transcript" doc:"Who said what. Without it there is no transcript."`
	ReadyAt    *moment         `yaml:"ready_at" doc:"Until when it is processed, by default when it was made."`
	Failed     bool            `yaml:"failed" doc:"Whether the processing fails."`
	CreatedAt  *moment         `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	CreatedBy  author          `yaml:"created_by" doc:"Who made it: a user, {token: name}, or the word system. By default the first admin."`
	ID         uuid            `yaml:"id" doc:"The id, where it is not the one that derives from its place."`

	wrong bool // what is written does not have the form, which is reported
}

func (r *callRecording) decode(d *decoder, f yamltree.Field) {
	before := d.problems.Reported()
	d.decodeStruct(f, reflect.ValueOf(r).Elem())
	r.wrong = d.problems.Reported() > before
}

func (*callRecording) schema() schema { return structSchema(reflect.TypeFor[callRecording]()) }

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

// callSegment is what somebody says without a break.
type callSegment struct {
	placed
	Speech    string  `yaml:"speech,required" doc:"What is said."`
	StartTime seconds `yaml:"start_time,required" doc:"When it begins, in seconds from the start of the recording."`
	EndTime   seconds `yaml:"end_time,required" doc:"When it ends."`
	Speaker   string  `yaml:"speaker,required" doc:"The name of who says it."`
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
