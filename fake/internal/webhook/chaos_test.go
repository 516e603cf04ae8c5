package webhook

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestChaosStaysWithinWhatAttioAllowsItself(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		chaos  Chaos
		add    func(*rig)
		bodies [][]int         // the tasks in each delivery
		at     []time.Duration // when it arrived
	}{
		"without any": {
			Chaos{}, func(r *rig) { r.add(3) },
			[][]int{{1}, {2}, {3}}, []time.Duration{0, 0, 0},
		},
		"each delivery comes three times": {
			Chaos{Duplicate: 2}, func(r *rig) { r.add(2) },
			[][]int{{1}, {2}, {1}, {2}, {1}, {2}}, make([]time.Duration, 6),
		},
		"three at a time come in reverse, what is left a second later": {
			Chaos{Reorder: 3}, func(r *rig) { r.add(7) },
			[][]int{{3}, {2}, {1}, {6}, {5}, {4}, {7}}, []time.Duration{0, 0, 0, 0, 0, 0, time.Second},
		},
		"each comes late": {
			Chaos{Delay: time.Hour}, func(r *rig) { r.add(1); time.Sleep(time.Minute); r.add(1) },
			[][]int{{1}, {2}}, []time.Duration{time.Hour, time.Hour + time.Minute},
		},
		"the events of one write come together": {
			Chaos{Batch: 3}, func(r *rig) {
				r.update(func(tx *world.Tx) error {
					for range 7 {
						if err := r.task(tx); err != nil {
							return err
						}
					}
					return nil
				})
				r.add(1)
			},
			[][]int{{1, 2, 3}, {4, 5, 6}, {7}, {8}}, make([]time.Duration, 4),
		},
		"two answers to each are lost, so it comes again as Attio retries": {
			Chaos{LoseAnswers: 2}, func(r *rig) { r.add(1); time.Sleep(time.Minute); r.add(1) },
			[][]int{{1}, {2}, {1}, {2}, {1}, {2}},
			[]time.Duration{0, time.Minute, 3 * time.Minute, 4 * time.Minute, 9 * time.Minute, 10 * time.Minute},
		},
		"what was lost comes in copies once it is delivered": {
			Chaos{LoseAnswers: 1, Duplicate: 1}, func(r *rig) { r.add(1) },
			[][]int{{1}, {1}, {1}}, []time.Duration{0, 3 * time.Minute, 3 * time.Minute},
		},
		"all at once": {
			Chaos{Duplicate: 1, Reorder: 2, Delay: time.Minute, Batch: 9}, func(r *rig) { r.add(2) },
			[][]int{{2}, {1}, {2}, {1}}, slices.Repeat([]time.Duration{time.Minute}, 4),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon})
				r.disturb(tc.chaos)
				receiver := &inbox{clock: r.world.Clock}
				id := r.answered(receiver.ServeHTTP)
				tc.add(r)
				time.Sleep(24 * time.Hour)
				var want []string
				for _, tasks := range tc.bodies {
					want = append(want, r.body(id, tasks...))
				}
				_, got := receiver.all()
				if tc.chaos.Duplicate > 0 { // the order of copies and others does not matter
					slices.Sort(want)
					slices.Sort(got)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(tc.at, receiver.times()); diff != "" {
					t.Error(diff)
				}
				for _, d := range r.Deliveries() {
					if d.State != Delivered || len(d.Attempts) != tc.chaos.Duplicate+tc.chaos.LoseAnswers+1 {
						t.Errorf("%s after %d attempts", d.State, len(d.Attempts))
					}
				}
			})
		})
	}
}

func TestACopyThatFailsIsNotRetried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.disturb(Chaos{Duplicate: 5})
		id := r.answered((&inbox{answer: func(n int) int { return []int{500, 200, 409}[n-1] }}).ServeHTTP)
		r.add(1)
		time.Sleep(24 * time.Hour)
		got := r.Deliveries()[0]
		if got.State != Delivered || len(got.Attempts) != 3 || r.status(id) != world.WebhookActive {
			t.Errorf("%s after %d attempts, the webhook is %s", got.State, len(got.Attempts), r.status(id))
		}
	})
}

func TestACopyThatIsDroppedTakesNothingBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		r.disturb(Chaos{Duplicate: 100}) // 24 of them are sent in the first second
		id := r.answered((&inbox{}).ServeHTTP)
		r.add(1)
		synctest.Wait()
		r.update(func(tx *world.Tx) error { return tx.DeleteWebhook(id) })
		if got := r.Deliveries()[0]; got.State != Delivered || got.Reason != "" || len(got.Attempts) != 25 {
			t.Errorf("%s after %d attempts: %s", got.State, len(got.Attempts), got.Reason)
		}
	})
}

func TestALostAnswerIsAFailureToAttio(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.disturb(Chaos{LoseAnswers: maxChaos})
		receiver := &inbox{clock: r.world.Clock, answer: func(n int) int { return []int{500, 204}[(n-1)%2] }}
		id := r.answered(receiver.ServeHTTP)
		r.add(1)
		time.Sleep(72 * time.Hour)
		got := r.Deliveries()[0]
		if got.State != Failed || r.status(id) != world.WebhookDegraded {
			t.Errorf("%s, the webhook is %s", got.State, r.status(id))
		}
		var told []string
		for _, a := range got.Attempts[:2] {
			told = append(told, fmt.Sprint(a.Status, " ", a.Error))
		}
		if diff := cmp.Diff([]string{"500 ", "204 the receiver's answer was lost"}, told); diff != "" || len(got.Attempts) != 1+maxRetries {
			t.Errorf("%d attempts: %s", len(got.Attempts), diff)
		}
		r.disturb(Chaos{LoseAnswers: 1})
		r.Hasten(time.Second)
		began := len(receiver.times())
		if _, err := r.Redeliver(got.ID); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if got := r.Deliveries()[0]; got.State != Retrying || len(receiver.times())-began != 2 {
			t.Errorf("%s after another %d attempts", got.State, len(receiver.times())-began)
		}
	})
}

func (r *rig) disturb(c Chaos) {
	r.t.Helper()
	if err := r.SetChaos(c); err != nil {
		r.t.Fatal(err)
	}
}

func TestChaosMayBeAsMuchAsItIsAllowed(t *testing.T) {
	t.Parallel()
	r := newRig(t, world.Start{At: noon})
	most := Chaos{Duplicate: maxChaos, Reorder: maxChaos, Batch: maxChaos, LoseAnswers: maxChaos}
	if err := r.SetChaos(most); err != nil || r.Chaos() != most {
		t.Errorf("%+v: %v", r.Chaos(), err)
	}
}

func TestChaosThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, world.Start{At: noon})
	for want, chaos := range map[string]Chaos{
		"duplicate is -1; it has to be from 0 to 1000":    {Duplicate: -1},
		"reorder is 1001; it has to be from 0 to 1000":    {Reorder: 1001},
		"batch is -5; it has to be from 0 to 1000":        {Batch: -5},
		"delay is -1s; it cannot be negative":             {Delay: -time.Second},
		"lose_answers is -1; it has to be from 0 to 1000": {LoseAnswers: -1},
	} {
		if err := r.SetChaos(chaos); err == nil || err.Error() != want || r.Chaos() != (Chaos{}) {
			t.Errorf("%+v: %v", chaos, err)
		}
	}
}
