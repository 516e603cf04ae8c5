package world

import (
	"testing"
	"time"
)

func TestATranscriptReadsAsText(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		segments []Segment
		want     string
	}{
		"none": {nil, ""},
		"the example of the OpenAPI document": {
			[]Segment{
				{"Hello,", 0.51, 0.81, "Alex Bell"}, {"Mr Watson,", 0.81, 1.41, "Alex Bell"}, {"come", 1.41, 1.71, "Alex Bell"},
				{"I'm", 4.21, 4.51, "Tom Watson"}, {"here.", 4.51, 4.91, "Tom Watson"},
			},
			"[00:00] Alex Bell: Hello, Mr Watson, come\n[00:04] Tom Watson: I'm here.",
		},
		"more than an hour": {[]Segment{{"Still here?", 3_725.9, 3_727, "Ada"}}, "[62:05] Ada: Still here?"},
		"no end of time":    {[]Segment{{"Oh.", 1e300, 1, "Ada"}}, "[18325193796:16] Ada: Oh."},
		"by turns": {
			[]Segment{{"A", 59.999, 60, "Ada"}, {"B", 60, 61, "Bob"}, {"C", 61, 62, "Ada"}},
			"[00:59] Ada: A\n[01:00] Bob: B\n[01:01] Ada: C",
		},
	} {
		if got := RawTranscript(tc.segments); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestATranscriptIsThereOnceTheRecordingIsCompleted(t *testing.T) {
	t.Parallel()
	said := []Segment{{"Hello", 0, 1, "Ada"}}
	for name, tc := range map[string]struct {
		recording CallRecording
		at        time.Duration
		there     bool
	}{
		"while it is processed":     {CallRecording{Transcript: said, ReadyAt: noon}, -time.Millisecond, false},
		"when it is completed":      {CallRecording{Transcript: said, ReadyAt: noon}, 0, true},
		"an empty one":              {CallRecording{Transcript: []Segment{}, ReadyAt: noon}, 0, true},
		"where the recording fails": {CallRecording{Transcript: said, ReadyAt: noon, Failed: true}, time.Hour, false},
		"where there is none":       {CallRecording{ReadyAt: noon}, time.Hour, false},
	} {
		if got, there := tc.recording.TranscriptAt(noon.Add(tc.at)); there != tc.there || there && len(got) != len(tc.recording.Transcript) {
			t.Errorf("%s: %v %t", name, got, there)
		}
	}
}
