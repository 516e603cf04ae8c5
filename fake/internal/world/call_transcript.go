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

// TranscriptAt returns the transcript that clients see at a moment: once processing has completed. ok is false if there
// is none. That a transcript which a client sent waits for processing too is assumed.
func (r *CallRecording) TranscriptAt(at time.Time) ([]Segment, bool) {
	if r.Transcript == nil || r.Status(at) != CallCompleted {
		return nil, false
	}
	return r.Transcript, true
}

// RawTranscript writes a transcript as text, as in the example of Attio's OpenAPI document: a line for all that one
// speaker says at a stretch, with the minute and second at which it begins.
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

// maxSeconds is the longest time that RawTranscript writes; a client may send any number.
const maxSeconds = 1 << 40
