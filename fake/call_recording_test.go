package fake_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// withCalls is a workspace with a meeting, whose clock stands still.
func withCalls() []fake.Option {
	return []fake.Option{fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)), fake.YAML(`
version: 1
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    meetings: {kickoff: {start: 2026-01-15T09:00:00Z, participants: [grace@example.org]}}
    call_recordings:
      first: {meeting: kickoff, created_at: 2026-01-15T10:00:00Z, transcript: [{speaker: Ada, start_time: 0, end_time: 1, speech: Hello}]}
    emails:
      hello: {sent_at: 2026-01-14T09:00:00Z, subject: Hello, from: Grace Hopper <grace@example.org>, to: [ada@acme.example.com]}
`)}
}

func TestACallRecordingFromGoIsThatOfClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withCalls()...)
	acme := srv.Workspace("acme")
	noon := srv.Now()
	first := acme.CallRecording("first")
	made := acme.AddCallRecording(fake.CallRecording{Meeting: "kickoff", VideoURL: "https://example.com/call.mp4", Captured: true})
	failed := acme.AddCallRecording(fake.CallRecording{Meeting: first.Meeting, Transcript: []fake.Segment{{Speech: "Oh", Speaker: "Ada"}}, Failed: true, ReadyAt: noon.Add(time.Hour)})
	want := []fake.CallRecording{
		{
			ID: fake.ID("acme/call_recordings/first"), Meeting: fake.ID("acme/meetings/kickoff"), Transcript: []fake.Segment{{Speech: "Hello", End: 1, Speaker: "Ada"}},
			ReadyAt: noon.Add(-2 * time.Hour), CreatedAt: noon.Add(-2 * time.Hour),
		},
		{ID: made.ID, Meeting: first.Meeting, VideoURL: "https://example.com/call.mp4", Captured: true, ReadyAt: noon.Add(time.Minute), CreatedAt: noon},
		{ID: failed.ID, Meeting: first.Meeting, Transcript: []fake.Segment{{Speech: "Oh", Speaker: "Ada"}}, Failed: true, ReadyAt: noon.Add(time.Hour), CreatedAt: noon},
	}
	if diff := cmp.Diff(want, acme.CallRecordings()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, []fake.CallRecording{first, acme.CallRecording(made.ID), failed}); diff != "" {
		t.Error(diff)
	}
	path := "/v2/meetings/" + first.Meeting + "/call_recordings/" + made.ID
	if status, body := send(t, srv, http.MethodGet, path, ""); status != 200 || !strings.Contains(body, `"status":"processing"`) || !strings.Contains(body, `"video_url":null`) {
		t.Errorf("%d %s", status, body)
	}
	srv.Advance(time.Minute)
	if status, body := send(t, srv, http.MethodGet, path, ""); status != 200 || !strings.Contains(body, `"status":"completed"`) || !strings.Contains(body, `"video_url":"https://example.com/call.mp4"`) {
		t.Errorf("%d %s", status, body)
	}
	if status, body := send(t, srv, http.MethodDelete, path, ""); status != 204 || body != "" || len(acme.CallRecordings()) != 2 {
		t.Errorf("%d %s", status, body)
	}
}

func TestAMistakeWithACallRecordingEndsTheTest(t *testing.T) {
	t.Parallel()
	for want, mistake := range map[string]func(*fake.Workspace){
		`fake: workspace "acme" has no call recording "second"; name one by its key in the scenario or its id`: func(w *fake.Workspace) { w.CallRecording("second") },
		`fake: workspace "acme" has no meeting "lunch"; name one by its key in the scenario or its id`: func(w *fake.Workspace) {
			w.AddCallRecording(fake.CallRecording{Meeting: "lunch"})
		},
		`fake: workspace "acme": Invalid video URL protocol. Only https is supported`: func(w *fake.Workspace) {
			w.AddCallRecording(fake.CallRecording{Meeting: "kickoff", VideoURL: "call.mp4"})
		},
	} {
		var test recorder
		srv := fake.New(&test, append(withCalls(), fake.WithoutSocket())...)
		mistake(srv.Workspace("acme"))
		srv.Close()
		if diff := cmp.Diff([]string{want}, test.fatal); diff != "" {
			t.Error(diff)
		}
	}
}
