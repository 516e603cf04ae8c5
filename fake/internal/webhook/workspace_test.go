package webhook

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// clone clones a workspace of the rig.
func (r *rig) clone(slug string) *rig {
	r.t.Helper()
	workspace, err := r.world.Clone(r.workspace, slug)
	if err != nil {
		r.t.Fatal(err)
	}
	twin := *r
	twin.workspace = workspace
	return &twin
}

// statesOf counts the deliveries of a workspace in the log by their state.
func (r *rig) statesOf(slug string) map[State]int {
	count := make(map[State]int)
	for _, d := range r.Deliveries() {
		if d.Workspace == slug {
			count[d.State]++
		}
	}
	return count
}

func TestTheWebhooksOfACloneAreItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		receiver := &inbox{answer: always(http.StatusInternalServerError)}
		id := r.answered(receiver.ServeHTTP)
		r.add(1)
		synctest.Wait()
		twin := r.clone("twin")
		if diff := cmp.Diff(map[State]int{}, r.statesOf("twin")); diff != "" {
			t.Errorf("a clone begins with deliveries: %s", diff)
		}
		twin.update(func(tx *world.Tx) error { return tx.DeleteWebhook(id) })
		if diff := cmp.Diff(map[State]int{Retrying: 1}, r.states()); diff != "" {
			t.Errorf("the deletion of the clone's webhook counts for the original: %s", diff)
		}
		other := r.clone("other")
		other.add(2)
		r.world.Clock.Advance(3 * 24 * time.Hour)
		r.world.Remove(other.workspace)
		if got := []world.WebhookStatus{r.status(id), other.status(id)}; !cmp.Equal(got, []world.WebhookStatus{world.WebhookDegraded, world.WebhookDegraded}) {
			t.Errorf("they are %v", got)
		}
		if diff := cmp.Diff(map[State]int{Failed: 2}, r.statesOf("other")); diff != "" {
			t.Error(diff)
		}
		r.world.Clock.Advance(7 * 24 * time.Hour)
		if got := []world.WebhookStatus{r.status(id), other.status(id)}; !cmp.Equal(got, []world.WebhookStatus{world.WebhookInactive, world.WebhookDegraded}) {
			t.Errorf("a week later they are %v, of which one was removed", got)
		}
	})
}

func TestADegradedWebhookBecomesInactiveInCloneAndSnapshotAWeekAfterItWasDegraded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		id := r.hook(hookURL)
		r.update(func(tx *world.Tx) error { tx.SetWebhookStatus(id, world.WebhookDegraded); return nil })
		r.world.Clock.Advance(5 * 24 * time.Hour)
		twin, snapshot := r.clone("twin"), r.world.Snapshot()
		for _, of := range []func(){func() {}, func() { r.world.Restore(snapshot) }} {
			of()
			r.world.Clock.Advance(2*24*time.Hour - time.Second)
			if a, b := r.status(id), twin.status(id); a != world.WebhookDegraded || b != world.WebhookDegraded {
				t.Errorf("before the end of the week they are %s and %s", a, b)
			}
			r.world.Clock.Advance(time.Second)
			if a, b := r.status(id), twin.status(id); a != world.WebhookInactive || b != world.WebhookInactive {
				t.Errorf("after the week they are %s and %s", a, b)
			}
		}
	})
}

func TestDeliveriesAreAwaitedByWorkspace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.answered((&inbox{}).ServeHTTP)
		twin := r.clone("twin")
		r.add(3)
		twin.add(1)
		synctest.Wait()
		for _, tc := range []struct {
			of    *world.Workspace
			ended int
		}{{r.workspace, 3}, {twin.workspace, 1}, {nil, 4}} {
			if err := r.Await(t.Context(), tc.of, tc.ended); err != nil {
				t.Fatal(err)
			}
			if ended, _ := r.count(tc.of); ended != tc.ended {
				t.Errorf("%d have ended, not %d", ended, tc.ended)
			}
		}
		r.world.Remove(twin.workspace)
		if ended, _ := r.count(nil); ended != 4 {
			t.Errorf("without one of the workspaces %d have ended", ended)
		}
		if got := r.statesOf("twin"); !cmp.Equal(got, map[State]int{Delivered: 1}) {
			t.Errorf("of the workspace that was removed the log has %v", got)
		}
		if _, err := r.Redeliver(r.Deliveries()[3].ID); err == nil || err.Error() != `the workspace "twin" of this delivery does not exist any more` {
			t.Errorf("a redelivery: %v", err)
		}
	})
}
