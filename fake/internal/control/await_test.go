package control_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const hooked = `
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    webhooks: {mine: {target_url: "inbox://mine", subscriptions: [record.created]}, down: {target_url: "http://down.internal/", subscriptions: [record.created]}}
`

func createPerson(c client) answer {
	return c.do("POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Hopper, Grace"}}}`, with(c.server.Token("acme")))
}

// Each list is asked for before anything is there, and answers once it is.
func TestAListIsAwaited(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/_fake/requests?operation=records.create&await=2", "/_fake/deliveries?state=retrying&await=2", "/_fake/deliveries?state=delivered&await=2", "/_fake/inboxes/mine?await=2"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, fake.YAML(hooked))
				c.server.HandleWebhooks("http://down.internal/", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }))
				answered := make(chan answer)
				go func() { answered <- c.do("GET", path, "") }()
				for range 2 {
					synctest.Wait()
					select {
					case got := <-answered:
						t.Fatalf("it did not wait, but answered %v", got)
					default:
					}
					createPerson(c)
				}
				if got := <-answered; got.Status != 200 || strings.Count(got.Body, `"number"`)+strings.Count(got.Body, `"attempts"`) != 2 {
					t.Errorf("%v", got)
				}
				c.server.Close() // in the bubble
			})
		})
	}
}

func TestAwaitingWithoutStateWaitsForDeliveriesThatHaveEnded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, fake.YAML(hooked))
		c.server.HandleWebhooks("http://down.internal/", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }))
		createPerson(c)
		got := c.do("GET", "/_fake/deliveries?await=2&timeout=3s", "")
		want := answer{409, `{"error":"after 3s, 1 of 2 deliveries that meet the parameters have ended; 1 wait, and 0 are being sent; ` +
			`the next that waits for the server's clock goes at 2026-01-15T12:03:00Z, and it is 2026-01-15T12:00:00Z: advance the clock or flush the deliveries"}`}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		c.server.Close()
	})
}

func TestWaitingEndsWithTheTimeTheClientAndTheServer(t *testing.T) {
	t.Parallel()
	t.Run("the time", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := newClient(t, fake.YAML(hooked))
			start := time.Now()
			got := c.do("GET", "/_fake/requests?await=1", "")
			if diff := cmp.Diff(answer{409, `{"error":"after 5s, 0 of 1 requests that meet the parameters have been answered"}`}, got); diff != "" || time.Since(start) != 5*time.Second {
				t.Errorf("after %v: %s", time.Since(start), diff)
			}
			got = c.do("GET", "/_fake/inboxes/mine?await=1&timeout=1m", "")
			if diff := cmp.Diff(answer{409, `{"error":"after 1m0s, 0 of 1 messages have come to inbox://mine; of the deliveries, 0 wait, and 0 are being sent"}`}, got); diff != "" {
				t.Error(diff)
			}
			c.server.Close()
		})
	})
	t.Run("the client", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := newClient(t, fake.YAML(hooked))
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error)
			go func() {
				request, _ := http.NewRequestWithContext(ctx, "GET", c.server.URL+"/_fake/deliveries?await=1&timeout=1m", nil)
				_, err := c.server.Client().Do(request)
				ended <- err
			}()
			synctest.Wait()
			start := time.Now()
			cancel()
			if err := <-ended; err == nil {
				t.Error("it was answered")
			}
			c.server.Close() // which waits for requests under way
			if took := time.Since(start); took != 0 {
				t.Errorf("it took %v to end", took)
			}
		})
	})
	t.Run("the server", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := newClient(t, fake.YAML(hooked))
			answered := make(chan answer)
			go func() { answered <- c.do("GET", "/_fake/requests?await=1&timeout=1m", "") }()
			synctest.Wait()
			start := time.Now()
			c.server.Close()
			if diff := cmp.Diff(answer{503, `{"error":"the server is closing"}`}, <-answered); diff != "" || time.Since(start) != 0 {
				t.Errorf("after %v: %s", time.Since(start), diff)
			}
		})
	})
}

func TestAMistakeInWaitingIsNamed(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for query, want := range map[string]string{
		"await=0":             `await is \"0\"; it has to be a number of items from 1 to 10000`,
		"await=10001":         `await is \"10001\"; it has to be a number of items from 1 to 10000`,
		"await=all":           `await is \"all\"; it has to be a number of items from 1 to 10000`,
		"timeout=1s":          `timeout needs await, which says how many items to wait for`,
		"await=1&timeout=61s": `timeout is \"61s\"; it has to be a duration up to 1m, such as \"500ms\" or \"10s\"`,
		"await=1&timeout=-1s": `timeout is \"-1s\"; it has to be a duration up to 1m, such as \"500ms\" or \"10s\"`,
		"await=1&timeout=5":   `timeout is \"5\"; it has to be a duration up to 1m, such as \"500ms\" or \"10s\"`,
	} {
		for _, path := range []string{"/_fake/requests?", "/_fake/deliveries?"} {
			if diff := cmp.Diff(answer{400, `{"error":"` + want + `"}`}, c.do("GET", path+query, "")); diff != "" {
				t.Errorf("%s%s: %s", path, query, diff)
			}
		}
	}
}

func TestAPartOfTheDeliveriesIsListed(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(strings.Replace(hooked, `, down: {target_url: "http://down.internal/", subscriptions: [record.created]}`, "", 1)))
	for range 3 {
		createPerson(c)
	}
	var all, some struct{ Deliveries []struct{ ID string } }
	c.decode("/_fake/deliveries?await=3", &all)
	for query, want := range map[string][]struct{ ID string }{"limit=2": all.Deliveries[:2], "last=2": all.Deliveries[1:], "last=9": all.Deliveries} {
		c.decode("/_fake/deliveries?"+query, &some)
		if diff := cmp.Diff(want, some.Deliveries); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	for query, want := range map[string]string{
		"limit=0":        `limit is \"0\"; it has to be a number, 1 or more`,
		"last=none":      `last is \"none\"; it has to be a number, 1 or more`,
		"last=1&limit=1": `limit asks for the first items and last for the last ones; use one of them`,
	} {
		if diff := cmp.Diff(answer{400, `{"error":"` + want + `"}`}, c.do("GET", "/_fake/deliveries?"+query, "")); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}
