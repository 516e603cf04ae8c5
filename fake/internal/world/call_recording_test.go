package world

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// withMeeting is a workspace with a meeting, on a plan.
func withMeeting(t testing.TB, plan Plan) *Workspace {
	t.Helper()
	workspace := acme(t, New(seed(t)))
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		tx.Plan = plan
		_, err := tx.CreateMeeting("meeting", Meeting{
			Title: "Kick-off", Start: MeetingTime{At: noon}, End: MeetingTime{At: noon.Add(time.Hour)},
			Participants: []Participant{{Email: "grace@example.org", Status: ParticipantAccepted}},
		}, nil)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return workspace
}

// record makes a call recording of the meeting.
func record(workspace *Workspace, draft CallRecording) (*CallRecording, error) {
	draft.Meeting = "meeting"
	var made *CallRecording
	err := workspace.Update(Author{}, func(tx *Tx) error {
		var err error
		made, err = tx.CreateCallRecording("recording", draft)
		return err
	})
	return made, err
}

func TestTheProcessingOfACallRecordingEndsAtItsMoment(t *testing.T) {
	t.Parallel()
	const video = "https://example.com/call.mp4"
	later := noon.Add(time.Hour)
	for name, tc := range map[string]struct {
		draft CallRecording
		ready time.Time
		ends  CallStatus
	}{
		"with a video":                     {CallRecording{VideoURL: video}, noon.Add(time.Minute), CallCompleted},
		"with a transcript":                {CallRecording{Transcript: []Segment{}}, noon.Add(5 * time.Second), CallCompleted},
		"with both":                        {CallRecording{VideoURL: video, Transcript: []Segment{}}, noon.Add(time.Minute), CallCompleted},
		"that says when":                   {CallRecording{VideoURL: video, ReadyAt: later}, later, CallCompleted},
		"that fails":                       {CallRecording{VideoURL: video, Failed: true}, noon.Add(time.Minute), CallFailed},
		"from where there is nothing":      {CallRecording{VideoURL: "https://files.Example.INVALID:8443/call.mp4?a=b"}, noon.Add(time.Minute), CallFailed},
		"from a host that only looks like": {CallRecording{VideoURL: "https://x.invalid.example.com/a.invalid/b.mp4"}, noon.Add(time.Minute), CallCompleted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made, err := record(withMeeting(t, ""), tc.draft)
			if err != nil {
				t.Fatal(err)
			}
			got := []CallStatus{made.Status(noon), made.Status(tc.ready.Add(-time.Millisecond)), made.Status(tc.ready), made.Status(later.Add(time.Hour))}
			if diff := cmp.Diff([]CallStatus{CallProcessing, CallProcessing, tc.ends, tc.ends}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnAddressThatCannotBeAVideosIsRefused(t *testing.T) {
	t.Parallel()
	const protocol, file = "Invalid video URL protocol. Only https is supported", "Invalid video URL file type. Only .mp4 is supported"
	for address, want := range map[string]string{
		"https://example.com/call.mp4":         "",
		"HTTPS://example.com/CALL.MP4":         "",
		"https://example.com/call.mp4?t=a.mov": "",
		"https://example.com/call.mp4#x":       "",
		" https://example.com/call.mp4 ":       "",
		"http://example.com/call.mp4":          protocol,
		"ftp://example.com/call.mp4":           protocol,
		"httpss://example.com/call.mp4":        protocol,
		"call.mp4":                             protocol,
		"https://example.com/call.mov":         file,
		"https://example.com/call?file=a.mp4":  file,
		"https://example.com/call#.mp4":        file,
		"https://example.com/":                 file,
	} {
		got := ""
		if _, err := record(withMeeting(t, PlanPro), CallRecording{VideoURL: address}); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestCallRecordingsAreOfThePlansThatHaveThem(t *testing.T) {
	t.Parallel()
	for plan, allowed := range map[Plan]bool{"": true, PlanFree: false, PlanPlus: false, PlanPro: true, PlanEnterprise: true} {
		if _, err := record(withMeeting(t, plan), CallRecording{Transcript: []Segment{}}); (err == nil) != allowed {
			t.Errorf("%q: %v", plan, err)
		}
	}
}

func TestACallRecordingGoesWithItsMeeting(t *testing.T) {
	t.Parallel()
	workspace := withMeeting(t, "")
	if _, err := record(workspace, CallRecording{Transcript: []Segment{}}); err != nil {
		t.Fatal(err)
	}
	commits, err := workspace.Write(Author{}, func(tx *Tx) error { return tx.DeleteMeeting("meeting") })
	if err != nil {
		t.Fatal(err)
	}
	var gone []Thing
	for _, change := range commits[0].Changes {
		if change.After == nil {
			gone = append(gone, change.Thing)
		}
	}
	if diff := cmp.Diff([]Thing{ThingMeeting, ThingCallRecording}, gone); diff != "" {
		t.Error(diff)
	}
	for r := range workspace.View().CallRecordings() {
		t.Errorf("%s is still there", r.ID)
	}
}

func TestACallRecordingIsFoundWithItsMeetingOnly(t *testing.T) {
	t.Parallel()
	workspace := withMeeting(t, "")
	if _, err := record(workspace, CallRecording{Transcript: []Segment{}}); err != nil {
		t.Fatal(err)
	}
	for _, path := range [][2]attio.ID{{"other", "recording"}, {"meeting", "other"}} {
		if _, ok := workspace.View().CallRecordingOf(path[0], path[1]); ok {
			t.Errorf("found %v", path)
		}
		err := workspace.Update(Author{}, func(tx *Tx) error { return tx.DeleteCallRecording(path[0], path[1]) })
		if err == nil || err.Error() != "The referenced call recording was not found." {
			t.Errorf("%v: %v", path, err)
		}
	}
	if err := workspace.Update(Author{}, func(tx *Tx) error { return tx.DeleteCallRecording("meeting", "recording") }); err != nil {
		t.Error(err)
	}
}

// No URL causes a panic, and only https is allowed.
func TestAnyAddressIsAllowedOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringMatching(`(https?:)?(//)?[a-z.%\[\]: @]{0,12}(\.invalid)?/?[a-z%?#]{0,5}(\.mp4)?`).Draw(t, "address")
		err := checkVideo(address)
		if err == nil && (len(address) < 6 || address[:6] != "https:") {
			t.Errorf("%q is allowed", address)
		}
		unreachable(address)
	})
}
