package scenario_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestCallRecordingsAreSeeded(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    meetings: {kickoff: {start: 2026-01-14T09:00:00Z, participants: [grace@example.org]}}
    call_recordings:
      plain: {meeting: kickoff}
      whole:
        meeting: kickoff
        video_url: https://example.com/call.mp4
        captured: true
        failed: true
        ready_at: 2026-01-14T11:00:00.5Z
        created_at: 2026-01-14T10:00:00Z
        created_by: system
        transcript: [{speaker: Ada, speech: Hello, start_time: 0.51, end_time: 2}]
      silent: {meeting: kickoff, transcript: []}
`)
	start, meeting := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC), attio.PathID("acme/meetings/kickoff")
	ada := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/ada")}
	want := []*world.CallRecording{
		{ID: attio.PathID("acme/call_recordings/plain"), Meeting: meeting, ReadyAt: start, CreatedAt: start, CreatedBy: ada},
		{
			ID: attio.PathID("acme/call_recordings/whole"), Meeting: meeting, VideoURL: "https://example.com/call.mp4", Captured: true, Failed: true,
			Transcript: []world.Segment{{Speech: "Hello", Start: 0.51, End: 2, Speaker: "Ada"}},
			ReadyAt:    time.Date(2026, time.January, 14, 11, 0, 0, 500_000_000, time.UTC),
			CreatedAt:  time.Date(2026, time.January, 14, 10, 0, 0, 0, time.UTC), CreatedBy: attio.Actor{Type: attio.ActorSystem},
		},
		{ID: attio.PathID("acme/call_recordings/silent"), Meeting: meeting, Transcript: []world.Segment{}, ReadyAt: start, CreatedAt: start, CreatedBy: ada},
	}
	if diff := cmp.Diff(want, slices.Collect(seed.Workspaces[0].CallRecordings())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCRMHasCallRecordingsInTwoStatesAndEmailsBothWays(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("crm")).Workspaces[0]
	statuses := map[world.CallStatus]int{}
	for r := range state.CallRecordings() {
		statuses[r.Status(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC))]++
	}
	if diff := cmp.Diff(map[world.CallStatus]int{world.CallCompleted: 2, world.CallFailed: 1}, statuses); diff != "" {
		t.Error(diff)
	}
	mail := state.Mail()
	directions := map[bool]int{}
	hidden := 0
	for e := range state.Emails() {
		directions[mail.IsOutbound(e)]++
		if !mail.Shows(e, false) {
			hidden++
		} else if len(mail.LinkedRecords(mail.Participants(e))) == 0 {
			t.Errorf("%q has no records", e.Subject)
		}
	}
	if diff := cmp.Diff(map[bool]int{true: 1, false: 4}, directions); diff != "" || hidden != 1 {
		t.Errorf("%d are hidden %s", hidden, diff)
	}
}
