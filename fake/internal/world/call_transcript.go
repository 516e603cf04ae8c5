package world

import (
	"fmt"
	"strings"
	"time"
)

// MaxSegments is how many segments a transcript has at most. From Attio's OpenAPI document.
const MaxSegments = 4000

// Segment is what somebody says in a call without a break.
type Segment struct {
	Speech     string
	Start, End float64 // in seconds from the start of the recording
	Speaker    string  // the name
}

// TranscriptAt returns the transcript as clients have it at a moment: once the processing has
// completed, and false where there is none. That one which a client sent waits for that too is assumed.
func (r *CallRecording) TranscriptAt(at time.Time) ([]Segment, bool) {
	if r.Transcript == nil || r.Status(at) != CallCompleted {
		return nil, false
	}
	return r.Transcript, true
}

// RawTranscript writes a transcript as text, as the example of Attio's OpenAPI document is written: a line
// for all that one speaker says at a stretch, with the minute and the second at which it begins.
func RawTranscript(segments []Segment) string {
	var b strings.Builder
	for i, s := range segments {
		switch {
		case i > 0 && segments[i-1].Speaker == s.Speaker:
			b.WriteByte(' ')
		default:
			if i > 0 {
				b.WriteByte('\n')
			}
			seconds := int64(min(s.Start, maxSeconds))
			fmt.Fprintf(&b, "[%02d:%02d] %s: ", seconds/60, seconds%60, s.Speaker)
		}
		b.WriteString(s.Speech)
	}
	return b.String()
}

// maxSeconds is the longest time that a transcript writes; a client may send any number.
const maxSeconds = 1 << 40
