package webhook

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestASlowReceiverCostsNeitherTimeNorMemoryWithoutBound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		receiver := &inbox{}
		free := make(chan struct{})
		id := r.answered(func(w http.ResponseWriter, q *http.Request) {
			select {
			case <-free:
				receiver.ServeHTTP(w, q)
			case <-q.Context().Done():
			}
		})
		const events = 12_000
		start := time.Now()
		r.add(1)
		synctest.Wait() // one is being sent
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		r.add(events)
		runtime.GC()
		runtime.ReadMemStats(&after)
		if took := time.Since(start); took != 0 {
			t.Errorf("the API waited %v", took)
		}
		// The tasks themselves are part of it.
		if grown := int(after.HeapAlloc) - int(before.HeapAlloc); grown > 64<<20 {
			t.Errorf("%d MB more are in use", grown>>20)
		}
		if diff := cmp.Diff(map[State]int{Pending: maxWaiting + 1, Dropped: events - maxWaiting}, r.states()); diff != "" {
			t.Errorf("the log has %s", diff)
		}
		if err := r.Await(t.Context(), nil, events-maxWaiting); err != nil {
			t.Errorf("what has no room is not dropped: %v", err)
		}

		close(free)
		time.Sleep(time.Hour)
		synctest.Wait()
		_, bodies := receiver.all()
		var want []string
		for n := events - maxWaiting + 2; n <= events+1; n++ {
			want = append(want, r.body(id, n))
		}
		want = append([]string{r.body(id, 1)}, want...)
		if !slices.Equal(want, bodies) {
			t.Errorf("%d came, from %s to %s", len(bodies), bodies[0], bodies[len(bodies)-1])
		}
	})
}

// Not parallel: it measures memory.
func TestManyDeadTargetsCostNeitherMemoryNorOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		const dead, writes = 50, maxLogged / 50 // fill the log once
		attempts := atomic.Int64{}
		for i := range dead {
			url := fmt.Sprintf("https://dead%d.internal/", i)
			r.Handle(url, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { attempts.Add(1); panic("nobody is there") }))
			r.hook(url)
		}
		receiver := &inbox{}
		r.answered(receiver.ServeHTTP)
		heap := func() int {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			return int(m.HeapAlloc)
		}
		write := func() {
			for range writes {
				start := time.Now()
				r.add(1)
				if took := time.Since(start); took != 0 {
					t.Errorf("the API waited %v", took)
				}
				time.Sleep(50 * time.Millisecond) // 20 a second, less than the rate of a target that answers
			}
			synctest.Wait()
		}
		empty, start := heap(), time.Now()
		write()
		full := heap()
		write()
		// A delivery takes about 1.5 KiB, and the second round makes as many as the first.
		if first, second := full-empty, heap()-full; first > maxLogged*3<<10 || second > first/4 {
			t.Errorf("the first %d deliveries take %d KiB, and as many again %d KiB more", dead*writes, first>>10, second>>10)
		}
		states := r.states()
		if states[Dropped] == 0 || r.era.waiting.all > maxWaiting {
			t.Errorf("%d wait, and the log has %v", r.era.waiting.all, states)
		}
		for _, d := range r.Deliveries() {
			if d.State == Dropped && (d.URL == hookURL || d.Reason != noRoom) {
				t.Fatalf("dropped for %s: %s", d.URL, d.Reason)
			}
		}
		if keys, _ := receiver.all(); len(keys) != 2*writes {
			t.Errorf("%d came to the target that answers", len(keys))
		}
		most := int64(dead * (deadAfter + 1 + int(time.Since(start)/deadPause)))
		if got := attempts.Load(); got > most || got < most/2 {
			t.Errorf("%d attempts were made at dead targets, at most %d should be", got, most)
		}
	})
}

func TestTheLogForgetsTheOldest(t *testing.T) {
	t.Parallel()
	var l log
	deliveries := make([]*delivery, 3)
	for i := range deliveries {
		deliveries[i] = &delivery{Delivery: Delivery{ID: attio.ID(rune('a' + i)), events: [][]byte{nil}}}
		deliveries[i].events[0] = make([]byte, maxBytes/4-deliveries[i].bodySize())
		l.add(deliveries[i])
	}
	l.attempt(deliveries[0], Attempt{Response: make([]byte, maxBytes/8-attemptBytes)})
	l.attempt(deliveries[1], Attempt{Error: strings.Repeat("x", maxBytes/8-attemptBytes)})
	if len(l.deliveries) != 3 {
		t.Fatalf("within its bounds it keeps %d", len(l.deliveries))
	}
	l.attempt(deliveries[2], Attempt{})
	l.attempt(deliveries[0], Attempt{Response: make([]byte, maxBytes)})
	if _, ok := l.get("a"); ok || len(l.deliveries) != 2 || len(deliveries[0].Attempts) != 0 || l.bytes != maxBytes/2+maxBytes/8+attemptBytes {
		t.Errorf("it keeps %d of %d bytes", len(l.deliveries), l.bytes)
	}
}

func TestAResetDropsEverything(t *testing.T) {
	t.Parallel()
	for name, reset := range map[string]func(*rig, *world.Snapshot){
		"reset":   func(r *rig, _ *world.Snapshot) { r.world.Reset() },
		"restore": func(r *rig, s *world.Snapshot) { r.world.Restore(s) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon})
				snapshot := r.world.Snapshot()
				receiver := &inbox{answer: always(http.StatusInternalServerError)}
				r.answered(receiver.ServeHTTP)
				r.Handle("https://hanging.internal/", http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() }))
				r.hook("https://hanging.internal/")
				r.add(30)
				synctest.Wait()
				start := time.Now()
				reset(r, snapshot)
				synctest.Wait()
				if len(r.Deliveries()) != 0 || time.Since(start) != 0 {
					t.Errorf("after %v: %v", time.Since(start), r.states())
				}
				requests, _ := receiver.all()
				time.Sleep(4 * 24 * time.Hour)
				if got, _ := receiver.all(); len(got) != len(requests) {
					t.Errorf("%d more came", len(got)-len(requests))
				}
				r.tasks = 0
				r.answered(receiver.ServeHTTP)
				r.add(1)
				synctest.Wait()
				if got := r.states(); !cmp.Equal(got, map[State]int{Retrying: 1}) {
					t.Errorf("afterwards it goes on with %v", got)
				}
			})
		})
	}
}

func TestASeedsDegradedWebhookBecomesInactiveAWeekAfterTheStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		id, url := attio.PathID("acme/webhooks/1"), hookURL
		state, err := world.Build("acme", "Acme", noon, func(tx *world.Tx) error {
			_, err := tx.CreateWebhook(id, secret, world.WebhookEdit{TargetURL: &url})
			tx.SetWebhookStatus(id, world.WebhookDegraded)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		w := world.New(&world.Seed{Clock: world.Start{At: noon, Frozen: true}, Workspaces: []*world.State{state}})
		e := NewEngine(w, nil)
		defer e.Close()
		workspace, _ := w.Workspace("acme")
		for range 2 {
			for _, want := range []world.WebhookStatus{world.WebhookDegraded, world.WebhookInactive} {
				w.Clock.Advance(84 * time.Hour)
				if webhook, _ := workspace.View().Webhook(id); webhook.Status != want {
					t.Errorf("at %v it is %s", w.Clock.Now().Sub(noon), webhook.Status)
				}
			}
			w.Reset()
		}
	})
}

// receivers are on real sockets, each broken in its own way.
func badReceivers(t *testing.T, arrived chan<- string) map[string]string {
	t.Helper()
	urls := make(map[string]string)
	serve := func(name string, h http.HandlerFunc) {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			_, _ = io.Copy(io.Discard, q.Body) // only then a server notices that its client is gone
			arrived <- name
			h(w, q)
		}))
		t.Cleanup(server.Close)
		urls[name] = server.URL
	}
	serve("hanging", func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() })
	serve("redirecting", func(w http.ResponseWriter, q *http.Request) {
		http.Redirect(w, q, "/elsewhere", http.StatusTemporaryRedirect)
	})
	serve("endless", func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write([]byte(strings.Repeat("x", 1000))); err != nil {
				return
			}
		}
	})
	serve("dripping", func(w http.ResponseWriter, q *http.Request) {
		_, _ = w.Write([]byte("x"))
		_ = http.NewResponseController(w).Flush()
		<-q.Context().Done()
	})
	serve("breaking", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	serve("failing", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) })
	serve("fine", func(http.ResponseWriter, *http.Request) {})

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	urls["dead"] = "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	urls["of no address"] = "http://receiver.invalid:99999/"
	return urls
}

func TestBadReceiversDelayNobodyAndEndWithTheEngine(t *testing.T) {
	arrived := make(chan string, 100)
	urls := badReceivers(t, arrived)
	before := engineGoroutines()
	r := newRig(t, world.Start{})
	names := make(map[attio.ID]string)
	for name, url := range urls {
		names[r.hook(url)] = name
	}
	r.add(1)
	for missing := len(urls) - 2; missing > 0; missing-- {
		<-arrived // they do not wait for each other
	}
	if err := r.Await(t.Context(), nil, 2); err != nil { // the endless receiver and the good one
		t.Fatal(err)
	}
	r.stop()

	got := make(map[string]Attempt)
	states := make(map[string]State)
	for _, d := range r.Deliveries() {
		states[names[d.Webhook]] = d.State
		for _, a := range d.Attempts {
			got[names[d.Webhook]] = Attempt{Status: a.Status, Response: a.Response}
		}
	}
	for name, want := range map[string]Attempt{
		"endless": {Status: 200, Response: []byte(strings.Repeat("x", maxResponse))},
		"fine":    {Status: 200, Response: []byte{}},
	} {
		if diff := cmp.Diff(want, got[name]); diff != "" || states[name] != Delivered {
			t.Errorf("%s is %s: %s", name, states[name], diff)
		}
	}
	for name, state := range states {
		if state == Delivered && name != "endless" && name != "fine" {
			t.Errorf("%s is %s", name, state)
		}
	}
	close(arrived)
	for name := range arrived {
		t.Errorf("%s was asked again", name) // such as by following a redirect
	}
	r.add(1) // nothing starts after the end
	if leaked := leaks(before); leaked != "" {
		t.Errorf("the engine left behind:\n%s", leaked)
	}
}

// engineGoroutines lists the goroutines that an engine may have started, including those of its connections.
func engineGoroutines() []string {
	buf := make([]byte, 1<<20)
	var own []string
	for _, stack := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if strings.Contains(stack, "net/http.(*persistConn)") || strings.Contains(stack, "net/http.(*Transport)") || strings.Contains(stack, "webhook.(*Engine)") {
			own = append(own, stack)
		}
	}
	return own
}

// leaks returns new goroutines that are still running after a while.
func leaks(before []string) string {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range 2000 {
		if now := engineGoroutines(); len(now) <= len(before) {
			return ""
		}
		<-tick.C
	}
	return strings.Join(engineGoroutines(), "\n\n")
}
