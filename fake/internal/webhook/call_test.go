package webhook

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const (
	meetingID = attio.ID("11111111-0000-4000-8000-000000000000")
	callID    = attio.ID("22222222-0000-4000-8000-000000000000")
)

// meet makes a meeting with a call recording whose processing ends two minutes after noon.
func meet(tx *world.Tx) error {
	_, err := tx.CreateMeeting(meetingID, world.Meeting{
		Title: "Talk", Start: world.MeetingTime{At: noon}, End: world.MeetingTime{At: noon.Add(time.Hour)},
		Participants: []world.Participant{{Email: "grace@example.org", Status: world.ParticipantAccepted}},
	}, nil)
	if err == nil {
		_, err = tx.CreateCallRecording(callID, world.CallRecording{Meeting: meetingID, ReadyAt: noon.Add(2 * time.Minute)})
	}
	return err
}

// told makes a webhook for complete call recordings and returns what its receiver gets.
func (r *rig) told() *inbox {
	r.t.Helper()
	receiver := &inbox{clock: r.world.Clock}
	r.Handle("https://calls.internal/", receiver)
	url, subscriptions := "https://calls.internal/", []world.Subscription{{EventType: "call-recording.created"}}
	r.update(func(tx *world.Tx) error {
		_, err := tx.CreateWebhook(attio.PathID("calls"), secret, world.WebhookEdit{TargetURL: &url, Subscriptions: &subscriptions})
		return err
	})
	return receiver
}

func TestACallRecordingIsToldOfWhenItsProcessingEndsIfItIsThereThen(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		meanwhile func(*rig)
		want      []time.Duration // when the receiver gets an event
	}{
		"it is there": {func(*rig) {}, []time.Duration{2 * time.Minute}},
		"it is deleted": {func(r *rig) {
			r.update(func(tx *world.Tx) error { return tx.DeleteCallRecording(meetingID, callID) })
		}, nil},
		"its meeting is deleted": {func(r *rig) {
			r.update(func(tx *world.Tx) error { return tx.DeleteMeeting(meetingID) })
		}, nil},
		"the world is reset":       {func(r *rig) { r.world.Reset(); r.told() }, nil},
		"the workspace is removed": {func(r *rig) { r.world.Remove(r.workspace) }, nil},
		"the webhook is deleted": {func(r *rig) {
			r.update(func(tx *world.Tx) error { return tx.DeleteWebhook(attio.PathID("calls")) })
		}, nil},
		"the clock goes back": {func(r *rig) { r.world.Clock.Advance(-time.Hour); r.world.Clock.Advance(time.Hour) }, []time.Duration{2 * time.Minute}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon, Frozen: true})
				receiver := r.told()
				r.update(meet)
				r.world.Clock.Advance(time.Minute)
				tc.meanwhile(r)
				r.world.Clock.Advance(24 * time.Hour)
				if diff := cmp.Diff(tc.want, receiver.times()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestAWebhookThatComesDuringTheProcessingIsToldOfACallRecording(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.update(meet)
		receiver := r.told()
		time.Sleep(time.Hour)
		want := fmt.Sprintf(`{"webhook_id":%q,"events":[{"event_type":"call-recording.created","id":{"workspace_id":%q,"meeting_id":%q,"call_recording_id":%q},`+
			`"actor":{"type":"system","id":null}}]}`, attio.PathID("calls"), attio.PathID("acme"), meetingID, callID)
		if _, bodies := receiver.all(); !cmp.Equal([]string{want}, bodies) {
			t.Error(cmp.Diff([]string{want}, bodies))
		}
		if got := r.Deliveries()[0]; !got.CreatedAt.Equal(noon.Add(2 * time.Minute)) {
			t.Errorf("the delivery is of %v", got.CreatedAt)
		}
	})
}

func TestACallRecordingOfASeedASnapshotOrACloneIsToldOfToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		receiver := r.told()
		r.update(meet)
		snapshot := r.world.Snapshot()
		r.world.Clock.Advance(time.Minute)
		if _, err := r.world.Clone(r.workspace, "twin"); err != nil {
			t.Fatal(err)
		}
		r.world.Clock.Advance(time.Hour)
		r.world.Restore(snapshot)
		r.world.Clock.Advance(time.Hour)
		if diff := cmp.Diff([]time.Duration{2 * time.Minute, 2 * time.Minute, 2 * time.Minute}, receiver.times()); diff != "" {
			t.Error(diff)
		}

		w := world.New(&world.Seed{Clock: world.Start{At: noon, Frozen: true}, Workspaces: []*world.State{snapshot.Workspaces()[0]}})
		e := NewEngine(w, nil)
		defer e.Close()
		again := &inbox{clock: w.Clock}
		e.Handle("https://calls.internal/", again)
		for range 2 {
			w.Clock.Advance(time.Hour)
			w.Reset()
		}
		if diff := cmp.Diff([]time.Duration{2 * time.Minute, 2 * time.Minute}, again.times()); diff != "" {
			t.Error(diff)
		}
	})
}
