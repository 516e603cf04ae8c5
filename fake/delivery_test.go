package fake_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const webhookSecret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

func TestAReceiverWithACertificateOfItsOwnIsToldOfWhatClientsDo(t *testing.T) {
	t.Parallel()
	type message struct{ Path, Type, Body, Signature, Legacy, Key string }
	got := make(chan message, 1)
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- message{r.URL.Path, r.Header.Get("Content-Type"), string(body),
			r.Header.Get("Attio-Signature"), r.Header.Get("X-Attio-Signature"), r.Header.Get("Idempotency-Key")}
	}))
	t.Cleanup(receiver.Close)
	srv := fake.New(t, fake.WebhookClient(receiver.Client()))
	acme := srv.Workspace("acme")
	hook := acme.AddWebhook(fake.Webhook{TargetURL: receiver.URL + "/hook", Secret: webhookSecret, Subscriptions: fake.Subscribe("record.created")})
	person := acme.Create("people", fake.Values{"name": "Hopper, Grace"})
	if err := srv.AwaitDeliveries(t.Context(), 1); err != nil {
		t.Fatal(err)
	}

	people := acme.Object("people").ID
	body := fmt.Sprintf(`{"webhook_id":%q,"events":[{"event_type":"record.created","id":{"workspace_id":%q,"object_id":%q,"record_id":%q},`+
		`"actor":{"type":"workspace-member","id":%q}}]}`, hook.ID, fake.ID("acme"), people, person.ID(), fake.ID("acme/members/ada"))
	sum := hmac.New(sha256.New, []byte(webhookSecret))
	sum.Write([]byte(body))
	signature := hex.EncodeToString(sum.Sum(nil))
	logged := srv.Deliveries(fake.DeliveryFilter{Webhook: hook.ID, Event: "record.created", State: fake.DeliveryDelivered})
	if len(logged) != 1 || len(srv.Deliveries(fake.DeliveryFilter{Event: "record.deleted"})) != 0 {
		t.Fatalf("the log: %+v", srv.Deliveries())
	}
	want := message{"/hook", "application/json", body, signature, signature, logged[0].ID}
	if diff := cmp.Diff(want, <-got); diff != "" {
		t.Error(diff)
	}
	if !fake.VerifySignature(signature, []byte(body), webhookSecret) || fake.VerifySignature(signature, []byte(body+" "), webhookSecret) {
		t.Error("the signature is not checked")
	}
	if logged[0].Header.Get("Attio-Signature") != signature || string(logged[0].Body) != body || logged[0].Attempts[0].Status != http.StatusOK {
		t.Errorf("the log: %+v", logged[0])
	}
}

func TestThreeDaysOfRetriesPassInOneAdvance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
		acme := srv.Workspace("acme")
		var requests atomic.Int32
		hook := acme.WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.WriteHeader(http.StatusInternalServerError)
		}), "record.created")
		acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		srv.Advance(3 * 24 * time.Hour)
		if got := acme.Webhook(hook.ID).Status; got != fake.WebhookDegraded || requests.Load() != 11 {
			t.Errorf("after three days it is %s, after %d requests", got, requests.Load())
		}
		srv.Advance(7 * 24 * time.Hour)
		acme.Create("people", fake.Values{"name": "Lovelace, Ada"})
		if got := acme.Webhook(hook.ID).Status; got != fake.WebhookInactive || len(srv.Deliveries()) != 1 {
			t.Errorf("after a week more it is %s, and had %d deliveries", got, len(srv.Deliveries()))
		}
		srv.Reset()
		if len(srv.Deliveries()) != 0 || len(acme.Webhooks()) != 0 {
			t.Errorf("a reset leaves %v and %v", srv.Deliveries(), acme.Webhooks())
		}
	})
}

func TestDeliveriesAreFlushedRedeliveredAndTested(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
		acme := srv.Workspace("acme")
		answers := []int{500, 200, 200, 500, 200}
		var keys []string
		hook := acme.WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			keys = append(keys, r.Header.Get("Idempotency-Key"))
			w.WriteHeader(answers[len(keys)-1])
		}), "record.created", "task.created")
		acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		synctest.Wait()
		waiting := srv.Deliveries(fake.DeliveryFilter{State: fake.DeliveryRetrying})
		if len(waiting) != 1 || !waiting[0].NextAttempt.Equal(srv.Now().Add(3*time.Minute)) {
			t.Fatalf("after a failure: %+v", srv.Deliveries())
		}
		srv.FlushDeliveries()
		if got := srv.Deliveries()[0]; got.State != fake.DeliveryDelivered || len(got.Attempts) != 2 {
			t.Errorf("after the flush: %+v", got)
		}
		if got := srv.Redeliver(waiting[0].ID); got.State != fake.DeliveryPending {
			t.Errorf("a redelivery is %s", got.State)
		}
		if err := srv.AwaitDeliveries(t.Context(), 2); err != nil {
			t.Error(err)
		}
		test := acme.TestWebhook(hook.ID, "task.created")
		if err := srv.AwaitDeliveries(t.Context(), 3); err != nil {
			t.Error(err)
		}
		if got := srv.Deliveries(fake.DeliveryFilter{Event: "task.created"}); len(got) != 1 || got[0].ID != test.ID || got[0].State != fake.DeliveryFailed || !got[0].Test {
			t.Errorf("the test event: %+v", got)
		}
		first := waiting[0].ID
		if diff := cmp.Diff([]string{first, first, first, test.ID}, keys); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDeliveriesMayComeTwiceAndInReverse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket())
		acme := srv.Workspace("acme")
		var came []string
		acme.WebhookTo(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			came = append(came, string(body))
		}), "record.created")
		srv.SetWebhookChaos(fake.WebhookChaos{Reorder: 2, Duplicate: 1})
		first := acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		second := acme.Create("people", fake.Values{"name": "Lovelace, Ada"})
		if err := srv.AwaitDeliveries(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		if len(came) != 4 || !strings.Contains(came[0], second.ID()) || !strings.Contains(came[1], first.ID()) || came[0] != came[2] || came[1] != came[3] {
			t.Errorf("came %q", came)
		}
	})
}

func TestAResetEndsTheChaosAndARestoreDoesNot(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	snapshot := srv.Snapshot()
	srv.SetWebhookChaos(fake.WebhookChaos{Duplicate: 1})
	for _, tc := range []struct {
		after func()
		want  int // how often a delivery comes
	}{{func() { srv.Restore(snapshot) }, 2}, {srv.Reset, 1}} {
		tc.after()
		acme := srv.Workspace("acme")
		acme.WebhookTo(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "record.created")
		acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		if err := srv.AwaitDeliveries(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if got := len(srv.Deliveries()[0].Attempts); got != tc.want {
			t.Errorf("it came %d times, not %d", got, tc.want)
		}
	}
}

func TestClonesOnOneServerHearOfThemselvesAlone(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	acme := srv.Workspace("acme")
	hook := acme.WebhookTo(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "record.created")
	for i := range 3 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			own := acme.Clone(t)
			for range i {
				own.Create("people", fake.Values{"name": "Hopper, Grace"})
			}
			if err := own.AwaitDeliveries(t.Context(), i); err != nil {
				t.Fatal(err)
			}
			got := own.Deliveries(fake.DeliveryFilter{Webhook: hook.ID})
			for _, d := range got {
				if !strings.Contains(string(d.Body), fake.ID(own.Slug())) || d.State != fake.DeliveryDelivered {
					t.Errorf("%s: %s", d.State, d.Body)
				}
			}
			if len(got) != i {
				t.Errorf("%d deliveries, not %d", len(got), i)
			}
		})
	}
}

func TestAwaitSaysThatTheClockStands(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
		acme := srv.Workspace("acme")
		acme.WebhookTo(http.NotFoundHandler(), "record.created")
		acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := srv.AwaitDeliveries(ctx, 1); err == nil || !strings.Contains(err.Error(), "advance the clock or flush the deliveries") {
			t.Errorf("got %v", err)
		}
	})
}

func TestMistakesWithDeliveriesEndTheTest(t *testing.T) {
	t.Parallel()
	for want, mistake := range map[string]func(*fake.Server){
		`fake: redeliver: the delivery "nothing" does not exist`: func(s *fake.Server) { s.Redeliver("nothing") },
		`fake: webhook chaos: delay is -1s; it cannot be negative`: func(s *fake.Server) {
			s.SetWebhookChaos(fake.WebhookChaos{Delay: -time.Second})
		},
	} {
		func() {
			srv, err := fake.Start(fake.WithoutSocket())
			if err != nil {
				t.Fatal(err)
			}
			defer srv.Close()
			defer func() {
				if got := recover(); got != want {
					t.Errorf("got %v, want %s", got, want)
				}
			}()
			mistake(srv)
		}()
	}
}

func TestCloseEndsDeliveriesAtOnceAndLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, err := fake.Start(fake.WithoutSocket())
		if err != nil {
			t.Fatal(err)
		}
		acme := srv.Workspace("acme")
		acme.WebhookTo(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), "record.created")
		acme.WebhookTo(http.NotFoundHandler(), "record.created")
		for range 100 {
			acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		}
		advanced := make(chan struct{})
		go func() {
			srv.Advance(time.Hour)
			close(advanced)
		}()
		synctest.Wait()
		start := time.Now()
		srv.Close()
		srv.Close()
		<-advanced
		if took := time.Since(start); took != 0 {
			t.Errorf("Close took %v", took)
		}
		acme.Create("people", fake.Values{"name": "Lovelace, Ada"})
	}) // which fails if a goroutine is left
}

func TestAServerWithoutDeliveriesHasNoGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	srv, err := fake.Start(fake.WithoutSocket(), fake.Scenario("crm"))
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	if got := runtime.NumGoroutine(); got > before {
		t.Errorf("%d goroutines more", got-before)
	}
}
