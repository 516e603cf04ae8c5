package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestAFlushTriesEverythingThatWaitsOnceWithoutMovingTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		receiver := &inbox{clock: r.world.Clock, answer: func(n int) int {
			if n == 1 {
				return http.StatusServiceUnavailable
			}
			return http.StatusOK
		}}
		r.answered(receiver.ServeHTTP)
		r.add(60)
		synctest.Wait()
		if got := r.states(); got[Retrying] != 1 || got[Delivered] != 24 || got[Pending] != 35 {
			t.Errorf("before the flush: %v", got)
		}
		if err := r.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[State]int{Delivered: 60}, r.states()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(make([]time.Duration, 61), receiver.times()); diff != "" {
			t.Error(diff)
		}
		if err := r.Flush(t.Context()); err != nil || len(receiver.times()) != 61 {
			t.Errorf("another flush: %v, %d requests", err, len(receiver.times()))
		}
	})
}

func TestAFlushWaitsForWhatIsBeingSentAlready(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.answered(func(http.ResponseWriter, *http.Request) { time.Sleep(time.Second) })
		r.add(1)
		synctest.Wait()
		if err := r.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := r.states(); !cmp.Equal(got, map[State]int{Delivered: 1}) {
			t.Errorf("after the flush: %v", got)
		}
	})
}

func TestAFlushThatFailsLeavesTheRetriesAsTheyAre(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		r.answered((&inbox{answer: always(http.StatusInternalServerError)}).ServeHTTP)
		r.add(1)
		synctest.Wait()
		r.world.Clock.Advance(time.Minute)
		if err := r.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := r.Deliveries()[0]
		if len(got.Attempts) != 2 || got.State != Retrying || !got.Due.Equal(noon.Add(7*time.Minute)) {
			t.Errorf("%s after %d attempts, due %v", got.State, len(got.Attempts), got.Due)
		}
	})
}

func TestAFlushEndsWithItsContextAReset(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  func(*rig, context.CancelFunc)
		want error
	}{
		"its context": {func(_ *rig, cancel context.CancelFunc) { cancel() }, context.Canceled},
		"a reset":     {func(r *rig, _ context.CancelFunc) { r.world.Reset() }, errUndone},
		"the end":     {func(r *rig, _ context.CancelFunc) { r.Close() }, errClosed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon})
				r.answered(func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() })
				r.add(2)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				done := make(chan error)
				go func() { done <- r.Flush(ctx) }()
				synctest.Wait()
				start := time.Now()
				tc.end(r, cancel)
				if err := <-done; !errors.Is(err, tc.want) || time.Since(start) != 0 {
					t.Errorf("after %v: %v", time.Since(start), err)
				}
			})
		})
	}
}

func TestADeliveryIsDeliveredAgainByHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		receiver := &inbox{clock: r.world.Clock}
		id := r.answered(receiver.ServeHTTP)
		r.add(1)
		synctest.Wait()
		first := r.Deliveries()[0]

		moved := "https://moved.internal/"
		r.Handle(moved, receiver)
		r.update(func(tx *world.Tx) error {
			_, err := tx.UpdateWebhook(id, world.WebhookEdit{TargetURL: &moved})
			tx.SetWebhookStatus(id, world.WebhookInactive)
			return err
		})
		got, err := r.Redeliver(first.ID)
		if err != nil || got.State != Pending || got.URL != moved {
			t.Errorf("%v: %+v", err, got)
		}
		synctest.Wait()
		keys, bodies := receiver.all()
		if diff := cmp.Diff([]string{string(first.ID), string(first.ID)}, keys); diff != "" {
			t.Errorf("the keys: %s", diff)
		}
		if diff := cmp.Diff([]string{r.body(id, 1), r.body(id, 1)}, bodies); diff != "" {
			t.Errorf("the bodies: %s", diff)
		}
		if got := r.Deliveries(); len(got) != 1 || got[0].State != Delivered || len(got[0].Attempts) != 2 {
			t.Errorf("the log: %+v", got)
		}
	})
}

func TestARedeliveryOfOneThatWaitsGoesAtOnceAndIsRetriedAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		receiver := &inbox{clock: r.world.Clock, answer: always(http.StatusInternalServerError)}
		r.answered(receiver.ServeHTTP)
		r.add(1)
		synctest.Wait()
		r.world.Clock.Advance(21 * time.Minute)
		if _, err := r.Redeliver(r.Deliveries()[0].ID); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		r.world.Clock.Advance(3 * time.Minute)
		want := []time.Duration{0, 3 * time.Minute, 9 * time.Minute, 21 * time.Minute, 21 * time.Minute, 24 * time.Minute}
		if diff := cmp.Diff(want, receiver.times()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhatIsUnknownIsNotRedelivered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		id := r.answered((&inbox{}).ServeHTTP)
		r.add(1)
		synctest.Wait()
		if _, err := r.Redeliver("nothing"); !errors.Is(err, ErrUnknown) || err.Error() != `the delivery "nothing" does not exist` {
			t.Errorf("a delivery that there is not: %v", err)
		}
		r.update(func(tx *world.Tx) error { return tx.DeleteWebhook(id) })
		if _, err := r.Redeliver(r.Deliveries()[0].ID); !errors.Is(err, ErrUnknown) {
			t.Errorf("a webhook that is gone: %v", err)
		}
	})
}

func TestATestEventIsSentOnceAndChangesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		receiver := &inbox{answer: always(http.StatusInternalServerError)}
		id := r.answered(receiver.ServeHTTP)
		r.disturb(Chaos{Duplicate: 3, Delay: time.Hour})
		r.update(func(tx *world.Tx) error { tx.SetWebhookStatus(id, world.WebhookInactive); return nil })
		r.add(1)
		webhook, _ := r.workspace.View().Webhook(id)
		if _, err := r.Test(r.workspace, webhook, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Test(r.workspace, webhook, "task.deleted"); err == nil || err.Error() != `the webhook does not subscribe to "task.deleted", but to task.created` {
			t.Errorf("a type that it does not subscribe to: %v", err)
		}
		time.Sleep(24 * time.Hour)
		if _, bodies := receiver.all(); !cmp.Equal([]string{r.body(id, 1)}, bodies) {
			t.Error(cmp.Diff([]string{r.body(id, 1)}, bodies))
		}
		if got := r.Deliveries(); len(got) != 1 || got[0].State != Failed || !got[0].Test || r.status(id) != world.WebhookInactive {
			t.Errorf("%+v", got)
		}
	})
}

func TestAwaitReturnsWithTheNthDeliveryThatEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.answered((&inbox{answer: func(n int) int { return []int{500, 200, 500, 200}[n-1] }}).ServeHTTP)
		r.add(2)
		start := time.Now()
		for i, want := range []time.Duration{0, 0, 9 * time.Minute} {
			if err := r.Await(t.Context(), nil, i); err != nil || time.Since(start) != want {
				t.Errorf("%d: after %v: %v", i, time.Since(start), err)
			}
		}
	})
}

func TestAnAwaitThatGivesUpSaysWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		r.answered((&inbox{answer: always(http.StatusInternalServerError)}).ServeHTTP)
		r.add(1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := r.Await(ctx, nil, 2)
		want := "0 of 2 deliveries have ended, 1 wait, and 0 are being sent; the next that waits for the server's clock " +
			"goes at 2026-01-15T12:03:00Z, and it is 2026-01-15T12:00:00Z: advance the clock or flush the deliveries: context deadline exceeded"
		if !errors.Is(err, context.DeadlineExceeded) || err.Error() != want {
			t.Errorf("got %v", err)
		}
		r.Close()
		if err := r.Await(t.Context(), r.workspace, 1); !errors.Is(err, errClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestWhatIsAwaitedIsCountedByWorkspace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		block := make(chan struct{})
		defer close(block)
		r.answered(func(http.ResponseWriter, *http.Request) { <-block })
		twin, err := r.world.Clone(r.workspace, "twin") // its webhook has the same target
		if err != nil {
			t.Fatal(err)
		}
		r.add(1)
		for range 2 {
			if err := twin.Update(world.Author{}, r.task); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		for _, tc := range []struct {
			of   *world.Workspace
			want string
		}{
			{r.workspace, "0 of 9 deliveries have ended, 0 wait, and 1 are being sent"},
			{twin, "0 of 9 deliveries have ended, 2 wait, and 0 are being sent"},
			{nil, "0 of 9 deliveries have ended, 2 wait, and 1 are being sent"},
		} {
			if got := r.progress(tc.of, 9); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		}
	})
}

func TestASampleIsOfSomethingThatTheWorkspaceHasOrMadeUp(t *testing.T) {
	t.Parallel()
	var object, list, record attio.ID
	state, err := world.Build("acme", "Acme", noon, func(tx *world.Tx) error {
		people, _ := tx.Schema.Object("people")
		object, record = people.ID, attio.PathID("acme/people/ada")
		if _, err := tx.CreateRecord(people, record, nil); err != nil {
			return err
		}
		sales, err := tx.CreateList("people", world.ListEdit{Name: new("Sales"), Slug: new("sales"), WorkspaceAccess: new(world.FullAccess)})
		if err == nil {
			list = sales.ID
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := world.NewIDs(new(int64(7)), "test")
	for kind, want := range map[string]string{
		"record.created":             `"id":{"workspace_id":"WORKSPACE","object_id":"OBJECT","record_id":"RECORD"},"actor"`,
		"record.updated":             `"id":{"workspace_id":"WORKSPACE","object_id":"OBJECT","record_id":"RECORD","attribute_id":"new"},"actor"`,
		"record.merged":              `"id":{"workspace_id":"WORKSPACE","object_id":"OBJECT","record_id":"RECORD"},"duplicate_object_id":"OBJECT","duplicate_record_id":"new","actor"`,
		"list.deleted":               `"id":{"workspace_id":"WORKSPACE","list_id":"LIST"},"actor"`,
		"list-attribute.updated":     `"id":{"workspace_id":"WORKSPACE","list_id":"LIST","attribute_id":"new"},"actor"`,
		"task.updated":               `"id":{"workspace_id":"WORKSPACE","task_id":"new"},"actor"`,
		"comment.created":            `"id":{"workspace_id":"WORKSPACE","comment_id":"new"},"thread_id":"new","object_id":"new","record_id":"new","list_id":"new","entry_id":"new","actor"`,
		"list-entry.updated":         `"id":{"workspace_id":"WORKSPACE","list_id":"new","entry_id":"new","attribute_id":"new"},"parent_object_id":"new","parent_record_id":"new","actor"`,
		"note-content.updated":       `"id":{"workspace_id":"WORKSPACE","note_id":"new"},"parent_object_id":"new","parent_record_id":"new","actor"`,
		"call-recording.created":     `"id":{"workspace_id":"WORKSPACE","meeting_id":"new","call_recording_id":"new"},"actor"`,
		"workspace-member.created":   `"id":{"workspace_id":"WORKSPACE","workspace_member_id":"new"},"actor"`,
		"activity-record.deleted":    `"id":{"workspace_id":"WORKSPACE","activity_id":"new","record_id":"new"},"actor"`,
		"activity-attribute.created": `"id":{"workspace_id":"WORKSPACE","activity_id":"new","attribute_id":"new"},"actor"`,
		"object-attribute.updated":   `"id":{"workspace_id":"WORKSPACE","object_id":"new","attribute_id":"new"},"actor"`,
	} {
		event := sample(state, kind, ids.New, noon)
		got := strings.NewReplacer(string(state.ID), "WORKSPACE", string(object), "OBJECT", string(record), "RECORD", string(list), "LIST").Replace(string(event.JSON))
		if !json.Valid(event.JSON) || event.Type != kind {
			t.Errorf("%s: %s", kind, got)
		}
		got = anyID.ReplaceAllString(got, "new")
		if full := `{"event_type":"` + kind + `",` + want + `:{"type":"system","id":null}}`; got != full && !strings.HasPrefix(kind, "object-attribute") {
			t.Errorf("%s: %s", kind, cmp.Diff(full, got))
		}
	}
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

func TestEveryTypeOfEventHasASample(t *testing.T) {
	t.Parallel()
	for _, kind := range subscription.EventTypes() {
		thing, _, _ := strings.Cut(kind, ".")
		if _, ok := shapes[thing]; !ok {
			t.Errorf("%s has none", kind)
		}
	}
}
