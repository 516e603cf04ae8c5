package attio

import "fmt"

// ReferencedMeetingNotFound answers a call recording of an unknown meeting. From Attio's OpenAPI document.
func ReferencedMeetingNotFound() *Error {
	return notFound("The referenced meeting was not found.")
}

// CallRecordingNotFound answers an unknown call recording in a path, also one of another meeting. From
// Attio's OpenAPI document; that its transcript is answered so too is assumed.
func CallRecordingNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Call recording with ID \"%s\" was not found.", id))
}

// ReferencedCallRecordingNotFound is CallRecordingNotFound for a deletion. From Attio's OpenAPI document.
func ReferencedCallRecordingNotFound() *Error {
	return notFound("The referenced call recording was not found.")
}

// TranscriptNotFound answers the transcript of a call recording that has none, or none yet. Attio's own
// answer was never seen; this one has the form of that for the recording.
func TranscriptNotFound(recording string) *Error {
	return notFound(fmt.Sprintf("Transcript for call recording with ID \"%s\" was not found.", recording))
}

// VideoNotHTTPS answers a video of another protocol than https. From Attio's OpenAPI document.
func VideoNotHTTPS() *Error {
	return invalid("Invalid video URL protocol. Only https is supported", nil)
}

// VideoNotMP4 answers a video that Attio's OpenAPI document does not allow, in the words of that for
// the protocol.
func VideoNotMP4() *Error {
	return invalid("Invalid video URL file type. Only .mp4 is supported", nil)
}

// CallRecordingEmpty is the message of an issue about a call recording with neither a video nor a transcript. The words
// are this project's.
const CallRecordingEmpty = "Call recordings must have a video_url or a transcript"
