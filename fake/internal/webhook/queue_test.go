package webhook

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestTheTargetForWhichMostDeliveriesWaitGivesWay(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		waiting      []int // by target
		known        int   // the index of the last target found; -1 for none
		latest, want int
	}{
		"the latest, where all are alike":          {[]int{3, 3, 3}, -1, 1, 1},
		"the latest, where the last one has less":  {[]int{2, 3, 4}, 0, 2, 2},
		"the one found last, while it has more":    {[]int{9, 1, 5}, 0, 2, 0},
		"the longest, where the latest has little": {[]int{1, 2, 6, 0}, -1, 3, 2},
		"not one found last that has been emptied": {[]int{0, 2, 6, 1}, 0, 3, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &era{targets: make(map[string]*target)}
			var targets []*target
			for i, n := range tc.waiting {
				target := &target{queue: queue{waiting: &e.waiting}}
				for range n {
					target.queue.put(new(delivery), time.Time{})
				}
				targets = append(targets, target)
				e.targets[fmt.Sprint(i)] = target
			}
			if tc.known >= 0 {
				e.waiting.most = targets[tc.known]
			}
			if got := e.busiest(targets[tc.latest]); got != targets[tc.want] {
				t.Errorf("a target for which %d wait gives way", got.queue.len())
			}
		})
	}
}

// BenchmarkWriteToDeadTargets measures a write that causes events for 300 webhooks whose receivers do not answer.
func BenchmarkWriteToDeadTargets(b *testing.B) {
	r := newRig(b, world.Start{})
	for i := range 300 {
		url := fmt.Sprintf("https://dead%d.internal/", i)
		r.Handle(url, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("nobody is there") }))
		r.hook(url)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.add(1)
	}
}

func TestDeliveriesOfOneEventShareIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		first, second := r.hook("https://dead1.internal/"), r.hook("https://dead2.internal/")
		r.add(1)
		r.update(func(tx *world.Tx) error { return tx.DeleteTask(taskID(1)) }) // does not change the event
		logged := r.Deliveries()
		if len(logged) != 2 || &logged[0].events[0][0] != &logged[1].events[0][0] {
			t.Fatalf("%d deliveries do not share their event", len(logged))
		}
		header, body := logged[0].Message()
		if string(body) != r.body(first, 1) || header.Get("Attio-Signature") != Sign(body, secret) || len(body) != logged[0].bodySize() {
			t.Errorf("the first says %s with %v", body, header)
		}
		if _, body := logged[1].Message(); string(body) != r.body(second, 1) {
			t.Errorf("the second says %s", body)
		}
	})
}
