package control_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestTheLogOfDeliveriesIsFilteredFlushedAndRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, fake.FixedClock(nine))
		acme := c.server.Workspace("acme")
		var failed bool
		hook := acme.WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if !failed {
				failed = true
				http.Error(w, "not now", http.StatusServiceUnavailable)
				return
			}
			_, _ = io.WriteString(w, `{"ok":true}`)
		}), "record.created", "record.deleted")
		created := acme.Create("people", fake.Values{"name": "Hopper, Grace"})
		synctest.Wait()
		acme.Create("people", fake.Values{"name": "Lovelace, Ada"})
		synctest.Wait()
		logged := c.server.Deliveries()
		first, second := logged[0], logged[1]

		entry := func(d fake.Delivery, state, next, attempts string) string {
			return fmt.Sprintf(`{"id":%q,"workspace":"acme","webhook_id":%q,"target_url":%q,"event_types":["record.created"],"state":%q,`+
				`"created_at":"2026-01-15T09:00:00.000000000Z","next_attempt_at":%s,"header":{"Attio-Signature":%q,"Content-Type":"application/json",`+
				`"Idempotency-Key":%q,"User-Agent":"fakeattio","X-Attio-Signature":%q},"body":%s,"attempts":[%s]}`,
				d.ID, hook.ID, hook.TargetURL, state, next, d.Header.Get("Attio-Signature"), d.ID, d.Header.Get("Attio-Signature"), d.Body, attempts)
		}
		refused := `{"time":"2026-01-15T09:00:00.000000000Z","duration_ms":0,"status":503,"response":"not now\n"}`
		taken := `{"time":"2026-01-15T09:00:00.000000000Z","duration_ms":0,"status":200,"response":{"ok":true}}`
		retrying := entry(first, "retrying", `"2026-01-15T09:03:00.000000000Z"`, refused)
		for query, want := range map[string]string{
			"":                             retrying + "," + entry(second, "delivered", "null", taken),
			"?state=retrying":              retrying,
			"?state=delivered":             entry(second, "delivered", "null", taken),
			"?event_type=record.deleted":   "",
			"?workspace=acme&state=failed": "",
			"?webhook=" + fake.ID("other"): "",
			"?webhook=" + hook.ID + "&event_type=record.created&state=retrying": retrying,
		} {
			if diff := cmp.Diff(answer{200, `{"deliveries":[` + want + `]}`}, c.do("GET", "/_fake/deliveries"+query, "")); diff != "" {
				t.Errorf("%s: %s", query, diff)
			}
		}
		if !strings.Contains(string(first.Body), created.ID()) {
			t.Errorf("the body: %s", first.Body)
		}

		if got := c.do("POST", "/_fake/deliveries/flush", ""); got != (answer{204, ""}) {
			t.Errorf("flush: %v", got)
		}
		again := c.do("POST", "/_fake/deliveries/"+first.ID+"/redeliver", "")
		if diff := cmp.Diff(answer{200, entry(first, "pending", "null", refused+","+taken)}, again); diff != "" {
			t.Errorf("redeliver: %s", diff)
		}
		synctest.Wait()
		want := `{"deliveries":[` + entry(first, "delivered", "null", refused+","+taken+","+taken) + "," + entry(second, "delivered", "null", taken) + `]}`
		if diff := cmp.Diff(answer{200, want}, c.do("GET", "/_fake/deliveries", "")); diff != "" {
			t.Error(diff)
		}
		c.do("POST", "/_fake/reset", "")
		if got := c.do("GET", "/_fake/deliveries", ""); got != (answer{200, `{"deliveries":[]}`}) {
			t.Errorf("after a reset: %v", got)
		}
	})
}

func TestAWebhookIsTestedOverTheControlAPI(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, fake.FixedClock(nine))
		acme := c.server.Workspace("acme")
		hook := acme.WebhookTo(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "workspace-member.created", "activity.deleted")
		for body, kind := range map[string]string{"": "workspace-member.created", `{"event_type":"activity.deleted"}`: "activity.deleted"} {
			var got struct {
				EventTypes []string `json:"event_types"`
				Test       bool
				Body       struct {
					WebhookID string `json:"webhook_id"`
					Events    []struct {
						EventType string `json:"event_type"`
						ID        struct {
							Member string `json:"workspace_member_id"`
						}
					}
				}
			}
			answered := c.do("POST", "/_fake/webhooks/"+hook.ID+"/test", body)
			if err := json.Unmarshal([]byte(answered.Body), &got); err != nil || answered.Status != 200 {
				t.Fatalf("%s: %v", body, answered)
			}
			if !got.Test || got.EventTypes[0] != kind || got.Body.WebhookID != hook.ID || got.Body.Events[0].EventType != kind {
				t.Errorf("%s: %+v", body, got)
			}
			if kind == "workspace-member.created" && got.Body.Events[0].ID.Member != fake.ID("acme/members/ada") {
				t.Errorf("the event is not about a member of the workspace: %+v", got)
			}
		}
		clone := c.do("POST", "/_fake/workspaces/acme/clone", `{"slug":"other"}`)
		if clone.Status != 200 {
			t.Fatal(clone)
		}
		path := "/_fake/webhooks/" + hook.ID + "/test"
		ambiguous := answer{400, fmt.Sprintf(`{"error":"the workspaces acme and other both have a webhook %s; choose one with ?workspace="}`, hook.ID)}
		if diff := cmp.Diff(ambiguous, c.do("POST", path, "")); diff != "" {
			t.Error(diff)
		}
		if got := c.do("POST", path+"?workspace=other", ""); got.Status != 200 || !strings.Contains(got.Body, fake.ID("other")) {
			t.Errorf("in the clone: %v", got)
		}
	})
}

func TestTheChaosOfDeliveriesIsReadBack(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	none := answer{200, `{"duplicate":0,"reorder":0,"delay":"0s","batch":0,"lose_answers":0}`}
	set := answer{200, `{"duplicate":1,"reorder":3,"delay":"1m30s","batch":10,"lose_answers":2}`}
	steps := []struct {
		method, body string
		want         answer
	}{
		{"GET", "", none},
		{"PUT", `{"duplicate":1,"reorder":3,"delay":"90s","batch":10,"lose_answers":2}`, set},
		{"PUT", `{"duplicate":-1}`, answer{400, `{"error":"duplicate is -1; it has to be from 0 to 1000"}`}},
		{"PUT", `{"lose_answers":1001}`, answer{400, `{"error":"lose_answers is 1001; it has to be from 0 to 1000"}`}},
		{"PUT", `{"delay":"soon"}`, answer{400, `{"error":"delay: \"soon\" is not a duration; write one such as \"90s\", \"1h30m\" or \"24h\""}`}},
		{"PUT", `{"jitter":1}`, answer{400, `{"error":"unknown key \"jitter\"; known: duplicate, reorder, delay, batch, lose_answers"}`}},
		{"GET", "", set},
		{"PUT", `{}`, none},
	}
	for _, step := range steps {
		if diff := cmp.Diff(step.want, c.do(step.method, "/_fake/webhooks/chaos", step.body)); diff != "" {
			t.Errorf("%s %s: %s", step.method, step.body, diff)
		}
	}
}

func TestMistakesWithDeliveriesAreNamed(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	acme := c.server.Workspace("acme")
	hook := acme.WebhookTo(http.NotFoundHandler(), "task.created")
	for name, tc := range map[string]struct {
		method, path, body string
		want               answer
	}{
		"an unknown parameter":    {"GET", "/_fake/deliveries?hook=1", "", answer{400, `{"error":"unknown parameter \"hook\"; known: workspace, webhook, state, event_type, limit, last, await, timeout"}`}},
		"what is badly escaped":   {"GET", "/_fake/deliveries?state=%", "", answer{400, `{"error":"the query \"state=%\" is malformed; separate parameters with & and write %25 for a percent sign"}`}},
		"a semicolon":             {"GET", "/_fake/deliveries?state=failed;workspace=acme", "", answer{400, `{"error":"the query \"state=failed;workspace=acme\" is malformed; separate parameters with & and write %25 for a percent sign"}`}},
		"an unknown state":        {"GET", "/_fake/deliveries?state=retryin", "", answer{400, `{"error":"unknown state \"retryin\"; did you mean \"retrying\"? Known: pending, retrying, delivered, failed, dropped"}`}},
		"a parameter twice":       {"GET", "/_fake/deliveries?state=failed&state=dropped", "", answer{400, `{"error":"state is given more than once"}`}},
		"no such delivery":        {"POST", "/_fake/deliveries/x/redeliver", "", answer{404, `{"error":"the delivery \"x\" does not exist"}`}},
		"no such webhook":         {"POST", "/_fake/webhooks/x/test", "", answer{404, `{"error":"there is no webhook x"}`}},
		"not subscribed":          {"POST", "/_fake/webhooks/" + hook.ID + "/test", `{"event_type":"note.created"}`, answer{400, `{"error":"the webhook does not subscribe to \"note.created\", but to task.created"}`}},
		"in a workspace without":  {"POST", "/_fake/webhooks/" + hook.ID + "/test?workspace=globex", "", answer{404, `{"error":"there is no webhook ` + hook.ID + `"}`}},
		"an unknown workspace":    {"POST", "/_fake/webhooks/" + hook.ID + "/test?workspace=acne", "", answer{404, `{"error":"unknown workspace \"acne\"; did you mean \"acme\"? Known: acme, globex"}`}},
		"deliveries of one":       {"GET", "/_fake/deliveries?workspace=acne", "", answer{400, `{"error":"unknown workspace \"acne\"; did you mean \"acme\"? Known: acme, globex"}`}},
		"an unknown event type":   {"GET", "/_fake/deliveries?event_type=record.craeted", "", answer{400, `{"error":"unknown event type \"record.craeted\"; did you mean \"record.created\"?"}`}},
		"a key for a webhook":     {"GET", "/_fake/deliveries?webhook=hook", "", answer{400, `{"error":"\"hook\" is not the id of a webhook"}`}},
		"a body of another shape": {"POST", "/_fake/webhooks/" + hook.ID + "/test", `{"type":"x"}`, answer{400, `{"error":"unknown key \"type\"; known: event_type"}`}},
	} {
		if diff := cmp.Diff(tc.want, c.do(tc.method, tc.path, tc.body)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
