package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestADeliveryIsSignedAndSaysOnlyWhatAttioSays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		type request struct {
			Method, Host, URI string
			Header            http.Header
			Body              string
		}
		got := make(chan request, 1)
		id := r.answered(func(w http.ResponseWriter, q *http.Request) {
			body, _ := io.ReadAll(q.Body)
			got <- request{q.Method, q.Host, q.RequestURI, q.Header, string(body)}
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, "thanks")
		})
		r.add(1)
		synctest.Wait()

		sum := hmac.New(sha256.New, []byte(secret))
		sum.Write([]byte(r.body(id, 1)))
		signature := hex.EncodeToString(sum.Sum(nil))
		logged := r.Deliveries()
		want := request{"POST", "receiver.internal", "/hook", http.Header{
			"Content-Type": {"application/json"}, "User-Agent": {"fakeattio"}, "Idempotency-Key": {string(logged[0].ID)},
			"Attio-Signature": {signature}, "X-Attio-Signature": {signature},
		}, r.body(id, 1)}
		if diff := cmp.Diff(want, <-got); diff != "" {
			t.Error(diff)
		}
		wanted := []Delivery{{
			ID: logged[0].ID, Workspace: "acme", Webhook: id, URL: hookURL, Events: []string{"task.created"},
			State: Delivered, CreatedAt: noon, Attempts: []Attempt{{At: noon, Status: 202, Response: []byte("thanks")}},
		}}
		if diff := cmp.Diff(wanted, logged, cmpopts.IgnoreUnexported(Delivery{})); diff != "" {
			t.Error(diff)
		}
		header, body := logged[0].Message()
		if diff := cmp.Diff(want, request{"POST", "receiver.internal", "/hook", header, string(body)}); diff != "" {
			t.Errorf("the log shows another request: %s", diff)
		}
	})
}

func TestADeliveryThatFailsIsTriedAgainWithTheSameKey(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		receiver := &inbox{clock: r.world.Clock, answer: func(n int) int { return []int{500, 404, 301, 200, 200}[n-1] }}
		id := r.answered(receiver.ServeHTTP)
		r.add(1)
		synctest.Wait()
		if got := r.Deliveries()[0]; got.State != Retrying || !got.Due.Equal(noon.Add(3*time.Minute)) {
			t.Errorf("after the first failure it is %s until %v", got.State, got.Due)
		}
		time.Sleep(time.Hour)
		r.add(1)
		synctest.Wait()
		keys, bodies := receiver.all()
		if diff := cmp.Diff([]string{r.body(id, 1), r.body(id, 1), r.body(id, 1), r.body(id, 1), r.body(id, 2)}, bodies); diff != "" {
			t.Error(diff)
		}
		if keys[0] == keys[4] || keys[0] == "" || len(slices.Compact(slices.Clone(keys))) != 2 {
			t.Errorf("the keys are %v", keys)
		}
		if diff := cmp.Diff([]time.Duration{0, 3 * time.Minute, 9 * time.Minute, 21 * time.Minute, time.Hour}, receiver.times()); diff != "" {
			t.Error(diff)
		}
		var attempts []Attempt
		for _, a := range r.Deliveries()[0].Attempts {
			attempts = append(attempts, Attempt{Status: a.Status, Error: a.Error})
		}
		if diff := cmp.Diff([]Attempt{{Status: 500}, {Status: 404}, {Status: 301, Error: "redirects are not followed"}, {Status: 200}}, attempts); diff != "" {
			t.Error(diff)
		}
		if got := r.status(id); got != world.WebhookActive {
			t.Errorf("the webhook is %s", got)
		}
	})
}

func TestASuccessIsFrom200To299AndARedirectFrom300To399(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		state   State
		mistake string
	}{
		200: {Delivered, ""},
		299: {Delivered, ""},
		300: {Retrying, "redirects are not followed"},
		399: {Retrying, "redirects are not followed"},
		400: {Retrying, ""},
	} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon, Frozen: true})
				r.answered((&inbox{answer: always(status)}).ServeHTTP)
				r.add(1)
				synctest.Wait()
				got := r.Deliveries()[0]
				if attempt := got.Attempts[0]; got.State != want.state || attempt.Status != status || attempt.Error != want.mistake {
					t.Errorf("%s after %+v", got.State, attempt)
				}
			})
		})
	}
}

func TestDeliveriesThatArePointlessDoNotHoldUpTheNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		block, busy := make(chan struct{}), new(inbox)
		id := r.answered(func(w http.ResponseWriter, q *http.Request) { <-block; busy.ServeHTTP(w, q) })
		twin, err := r.world.Clone(r.workspace, "twin") // its webhook has the same target
		if err != nil {
			t.Fatal(err)
		}
		r.add(3)
		if err := twin.Update(world.Author{}, r.task); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the first is being sent
		r.update(func(tx *world.Tx) error { tx.SetWebhookStatus(id, world.WebhookInactive); return nil })
		close(block)
		synctest.Wait()
		if diff := cmp.Diff(map[State]int{Delivered: 2, Dropped: 2}, r.states()); diff != "" {
			t.Error(diff)
		}
		if _, bodies := busy.all(); len(bodies) != 2 {
			t.Errorf("the receiver got %v", bodies)
		}
	})
}

func TestATargetKeepsItsPaceAndItsQueueWhenOthersComeAndGo(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]int{"while nothing waits for it": perSecond, "while something waits": perSecond + 5} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon, Frozen: true})
				receiver := &inbox{clock: r.world.Clock}
				id := r.answered(receiver.ServeHTTP)
				r.add(first)
				synctest.Wait()
				other := "https://other.internal/"
				r.Handle(other, new(inbox))
				r.hook(other)
				r.add(1) // both targets get it, and the other target is new
				synctest.Wait()
				if got := len(receiver.times()); got != perSecond {
					t.Errorf("%d were sent in one second", got)
				}
				r.world.Clock.Advance(time.Minute)
				var want []string
				for task := range first + 1 {
					want = append(want, r.body(id, task+1))
				}
				if _, got := receiver.all(); !cmp.Equal(want, got) {
					t.Errorf("in the end: %s", cmp.Diff(want, got))
				}
			})
		})
	}
}

// schedule is when a delivery that always fails is attempted.
var schedule = []time.Duration{
	0, 3 * time.Minute, 9 * time.Minute, 21 * time.Minute, 45 * time.Minute, 93 * time.Minute, 189 * time.Minute,
	381 * time.Minute, 765 * time.Minute, 1533 * time.Minute, 3069 * time.Minute,
}

func TestTenRetriesInVainDegradeTheWebhook(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		frozen bool
		pass   func(*world.Clock, time.Duration)
	}{
		"as time passes":                  {false, func(_ *world.Clock, d time.Duration) { time.Sleep(d) }},
		"in one advance":                  {false, func(c *world.Clock, d time.Duration) { _ = c.Advance(d) }},
		"in one advance of a stopped one": {true, func(c *world.Clock, d time.Duration) { _ = c.Advance(d) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon, Frozen: tc.frozen})
				receiver := &inbox{clock: r.world.Clock, answer: always(http.StatusInternalServerError)}
				id := r.answered(receiver.ServeHTTP)
				r.add(1)
				tc.pass(r.world.Clock, 3069*time.Minute-time.Millisecond)
				synctest.Wait()
				if diff := cmp.Diff(schedule[:10], receiver.times()); diff != "" || r.status(id) != world.WebhookActive {
					t.Errorf("before the last retry it is %s: %s", r.status(id), diff)
				}
				tc.pass(r.world.Clock, time.Hour)
				synctest.Wait()
				if diff := cmp.Diff(schedule, receiver.times()); diff != "" || r.status(id) != world.WebhookDegraded {
					t.Errorf("after the last retry it is %s: %s", r.status(id), diff)
				}
				if got := r.Deliveries()[0]; got.State != Failed || len(got.Attempts) != 11 || !got.Due.IsZero() {
					t.Errorf("the delivery %s after %d attempts", got.State, len(got.Attempts))
				}

				tc.pass(r.world.Clock, 6*24*time.Hour)
				r.add(1)
				synctest.Wait()
				if len(receiver.times()) != 12 || r.status(id) != world.WebhookDegraded {
					t.Errorf("a degraded webhook got %d requests and is %s", len(receiver.times()), r.status(id))
				}
				tc.pass(r.world.Clock, 24*time.Hour)
				synctest.Wait()
				requests := len(receiver.times())
				r.add(1)
				synctest.Wait()
				if len(receiver.times()) != requests || r.status(id) != world.WebhookInactive || len(r.Deliveries()) != 2 {
					t.Errorf("an inactive webhook got %d requests and is %s", len(receiver.times())-requests, r.status(id))
				}
				tc.pass(r.world.Clock, 3*24*time.Hour)
				synctest.Wait()
				got := r.Deliveries()[1]
				if got.State != Dropped || got.Reason != "the webhook is inactive" || len(receiver.times()) != requests {
					t.Errorf("what waited for an inactive webhook is %s: %s", got.State, got.Reason)
				}
			})
		})
	}
}

func TestASuccessMakesADegradedWebhookActiveAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		id := r.answered((&inbox{}).ServeHTTP)
		r.update(func(tx *world.Tx) error { tx.SetWebhookStatus(id, world.WebhookDegraded); return nil })
		time.Sleep(6 * 24 * time.Hour)
		r.add(1)
		synctest.Wait()
		if got := r.status(id); got != world.WebhookActive {
			t.Errorf("after a success it is %s", got)
		}
		time.Sleep(6 * 24 * time.Hour)
		if got := r.status(id); got != world.WebhookActive {
			t.Errorf("a week later it is %s", got)
		}
	})
}

func TestATargetGets25DeliveriesASecondInOrder(t *testing.T) {
	t.Parallel()
	for name, frozen := range map[string]bool{"on a running clock": false, "on a stopped clock": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon, Frozen: frozen})
				receiver := &inbox{clock: r.world.Clock}
				id := r.answered(receiver.ServeHTTP)
				r.add(110)
				synctest.Wait()
				if got := len(receiver.times()); got != 25 {
					t.Errorf("%d came at once", got)
				}
				if frozen {
					r.world.Clock.Advance(time.Minute)
				} else {
					time.Sleep(time.Minute)
				}
				synctest.Wait()
				var times []time.Duration
				var bodies []string
				for i := range 110 {
					times = append(times, time.Duration(i/25)*time.Second)
					bodies = append(bodies, r.body(id, i+1))
				}
				if diff := cmp.Diff(times, receiver.times()); diff != "" {
					t.Error(diff)
				}
				if _, got := receiver.all(); !slices.Equal(got, bodies) {
					t.Error(cmp.Diff(bodies, got))
				}
			})
		})
	}
}

func TestAReceiverThatNeverAnswersFailsAfterFiveSecondsAndDelaysNobodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		r.answered(func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() })
		other := &inbox{clock: r.world.Clock}
		r.Handle("https://other.internal/", other)
		r.hook("https://other.internal/")
		r.add(3)
		time.Sleep(20 * time.Second)
		if diff := cmp.Diff([]time.Duration{0, 0, 0}, other.times()); diff != "" {
			t.Errorf("the other receiver: %s", diff)
		}
		first := r.Deliveries()[0]
		want := []Attempt{{At: noon, Duration: 5 * time.Second, Error: "no answer within 5s"}}
		if diff := cmp.Diff(want, first.Attempts); diff != "" || !first.Due.Equal(noon.Add(5*time.Second+3*time.Minute)) {
			t.Errorf("due %v: %s", first.Due, diff)
		}
	})
}

func TestAnAdvanceWaitsForReceiversButNotForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon, Frozen: true})
		id := r.answered(func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() })
		r.add(1)
		start := time.Now()
		r.world.Clock.Advance(3 * 24 * time.Hour)
		if took := time.Since(start); took != 55*time.Second || r.status(id) != world.WebhookDegraded {
			t.Errorf("eleven attempts took %v, and the webhook is %s", took, r.status(id))
		}
		r.add(1000)
		start = time.Now()
		r.world.Clock.Advance(24 * time.Hour)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("with a thousand waiting it took %v", took)
		}
	})
}

func TestAnAnswerIsReadNoFurtherThan4KB(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		handler http.HandlerFunc
		want    Attempt
	}{
		"an endless answer": {
			func(w http.ResponseWriter, _ *http.Request) {
				for {
					if _, err := io.WriteString(w, strings.Repeat("x", 1000)); err != nil {
						return
					}
				}
			}, Attempt{At: noon, Status: 200, Response: []byte(strings.Repeat("x", 4096))},
		},
		"an answer that never ends": {
			func(w http.ResponseWriter, q *http.Request) {
				w.WriteHeader(http.StatusOK)
				_ = http.NewResponseController(w).Flush()
				<-q.Context().Done()
			}, Attempt{At: noon, Duration: 5 * time.Second, Error: "no answer within 5s"},
		},
		"a handler that ends its goroutine": {
			func(http.ResponseWriter, *http.Request) { runtime.Goexit() },
			Attempt{At: noon, Error: "the handler ended its goroutine, as t.Fatal does"},
		},
		"a receiver that panics": {
			func(http.ResponseWriter, *http.Request) { panic("ouch") },
			Attempt{At: noon, Error: "the connection broke: ouch"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon})
				r.answered(tc.handler)
				r.add(1)
				time.Sleep(6 * time.Second)
				if diff := cmp.Diff([]Attempt{tc.want}, r.Deliveries()[0].Attempts); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestWhatWaitsForAWebhookThatIsGoneIsDropped(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		remove func(*rig)
		want   string
	}{
		"the webhook is inactive": {func(r *rig) {
			r.update(func(tx *world.Tx) error {
				for webhook := range tx.Webhooks() {
					tx.SetWebhookStatus(webhook.ID, world.WebhookInactive)
				}
				return nil
			})
		}, "the webhook is inactive"},
		"the webhook is deleted": {func(r *rig) {
			r.update(func(tx *world.Tx) error {
				for webhook := range tx.Webhooks() {
					return tx.DeleteWebhook(webhook.ID)
				}
				return nil
			})
		}, "the webhook was deleted"},
		"the workspace is removed": {func(r *rig) { r.world.Remove(r.workspace) }, "the workspace was removed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon, Frozen: true})
				receiver := &inbox{answer: always(http.StatusBadGateway)}
				r.answered(receiver.ServeHTTP)
				r.add(30) // 25 of them wait for a retry, and 5 have not been sent
				synctest.Wait()
				tc.remove(r)
				if got := r.states(); !cmp.Equal(got, map[State]int{Dropped: 30}) || r.Deliveries()[0].Reason != tc.want {
					t.Errorf("%v: %s", got, r.Deliveries()[0].Reason)
				}
				if err := r.Await(t.Context(), nil, 30); err != nil {
					t.Error(err)
				}
				r.world.Clock.Advance(24 * time.Hour)
				if keys, _ := receiver.all(); len(keys) != 25 {
					t.Errorf("%d requests", len(keys))
				}
			})
		})
	}
}

func TestAHandlerIsFoundHoweverItsURLIsWritten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, world.Start{At: noon})
		for _, url := range []string{"https://a.internal", "https://a.internal/x|y?z=é", "https://a.internal/%7Eb/#c"} {
			r.Handle(url, &inbox{})
			r.hook(url)
		}
		r.add(1)
		synctest.Wait()
		if got := r.states(); !cmp.Equal(got, map[State]int{Delivered: 3}) {
			t.Errorf("%v: %+v", got, r.Deliveries())
		}
	})
}

func TestWhatIsBeingSentWhenItsWebhookGoesIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		want   State
	}{
		"a failure": {http.StatusBadGateway, Dropped},
		"a success": {http.StatusOK, Delivered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, world.Start{At: noon})
				id := r.answered(func(w http.ResponseWriter, _ *http.Request) {
					time.Sleep(time.Second)
					w.WriteHeader(tc.status)
				})
				r.add(1)
				synctest.Wait()
				r.update(func(tx *world.Tx) error { return tx.DeleteWebhook(id) })
				if err := r.Await(t.Context(), nil, 1); err != nil {
					t.Fatal(err)
				}
				if got := r.Deliveries()[0]; got.State != tc.want || len(got.Attempts) != 1 {
					t.Errorf("%s after %d attempts", got.State, len(got.Attempts))
				}
			})
		})
	}
}
