package fake_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func withWebhooks() fake.Option {
	return fake.YAML(`
version: 1
seed: 7
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    webhooks:
      idle:
        target_url: https://example.com/idle
        secret: s3cret
        status: inactive
        created_at: 2025-01-01T00:00:00Z
        subscriptions: [task.created, {event_type: record.updated, filter: {$and: [{field: id.object_id, operator: equals, value: people}]}}]
`)
}

var webhookTime = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

func TestAWebhookOfGoIsOneOfTheAPI(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withWebhooks(), fake.FixedClock(webhookTime))
	acme := srv.Workspace("acme")
	onPeople := json.RawMessage(`{"$and":[{"field":"id.object_id","operator":"equals","value":"` + fake.ID("acme/objects/people") + `"}]}`)
	idle := fake.Webhook{
		ID: fake.ID("acme/webhooks/idle"), TargetURL: "https://example.com/idle", Secret: "s3cret", Status: fake.WebhookInactive,
		Subscriptions: []fake.Subscription{{EventType: "task.created"}, {EventType: "record.updated", Filter: onPeople}},
		CreatedAt:     time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	added := acme.AddWebhook(fake.Webhook{
		TargetURL:     "https://example.com/new",
		Subscriptions: append(fake.Subscribe("record.created", "record.deleted"), fake.Subscription{EventType: "record.updated", Filter: onPeople}),
	})
	want := fake.Webhook{
		ID: added.ID, TargetURL: "https://example.com/new", Secret: added.Secret, Status: fake.WebhookActive, CreatedAt: webhookTime,
		Subscriptions: []fake.Subscription{{EventType: "record.created"}, {EventType: "record.deleted"}, {EventType: "record.updated", Filter: onPeople}},
	}
	if len(added.ID) != 36 || len(added.Secret) != 64 {
		t.Errorf("the id is %q, the secret %q", added.ID, added.Secret)
	}
	for what, diff := range map[string]string{
		"added":         cmp.Diff(want, added),
		"found":         cmp.Diff(want, acme.Webhook(added.ID)),
		"of a scenario": cmp.Diff(idle, acme.Webhook("idle")),
		"all":           cmp.Diff([]fake.Webhook{idle, want}, acme.Webhooks()),
		"with a secret": cmp.Diff("mine", acme.AddWebhook(fake.Webhook{TargetURL: "http://localhost:9000/hook", Secret: "mine"}).Secret),
		"under the seed": cmp.Diff(added, fake.New(t, withWebhooks(), fake.FixedClock(webhookTime)).Workspace("acme").AddWebhook(fake.Webhook{
			TargetURL: want.TargetURL, Subscriptions: want.Subscriptions,
		})),
	} {
		if diff != "" {
			t.Errorf("%s (-want +got)\n%s", what, diff)
		}
	}
	status, body := send(t, srv, http.MethodGet, "/v2/webhooks/"+added.ID, "")
	if shown := `{"data":{"id":{"workspace_id":"` + acme.ID() + `","webhook_id":"` + added.ID + `"},"target_url":"https://example.com/new","status":"active",` +
		`"subscriptions":[{"event_type":"record.created","filter":null},{"event_type":"record.deleted","filter":null},{"event_type":"record.updated","filter":` + string(onPeople) + `}],` +
		`"created_at":"2026-01-15T12:00:00.000000000Z"}}`; status != 200 || body != shown {
		t.Errorf("got %d %s\nwant %s", status, body, shown)
	}
	acme.DeleteWebhook("idle")
	acme.DeleteWebhook(added.ID)
	if left := acme.Webhooks(); len(left) != 1 || left[0].Secret != "mine" {
		t.Errorf("left are %v", left)
	}
}

func TestAMistakeWithAWebhookEndsTheTest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(*fake.Workspace)
		want string
	}{
		"an unknown webhook": {func(w *fake.Workspace) { w.Webhook("old") },
			`fake: workspace "acme" has no webhook "old"; name one by its key in the scenario or its id`},
		"an unknown webhook to delete": {func(w *fake.Workspace) { w.DeleteWebhook("old") },
			`fake: workspace "acme" has no webhook "old"; name one by its key in the scenario or its id`},
		"plain HTTP to somewhere": {func(w *fake.Workspace) { w.AddWebhook(fake.Webhook{TargetURL: "http://example.com"}) },
			`fake: make a webhook of workspace "acme" that sends to "http://example.com": Body payload validation error.` + "\n" +
				`  target_url: a webhook cannot send to this; write an https:// URL, or http:// and a host of this machine or its network, like http://localhost:9000/hook`},
		"the control API": {func(w *fake.Workspace) { w.AddWebhook(fake.Webhook{TargetURL: "http://127.0.0.1:8080/_fake/reset"}) },
			`fake: make a webhook of workspace "acme" that sends to "http://127.0.0.1:8080/_fake/reset": Body payload validation error.` + "\n" +
				`  target_url: a webhook cannot send to /_fake, which is the control API of this or another fake; name a receiver of yours`},
		"an unknown type": {func(w *fake.Workspace) {
			w.AddWebhook(fake.Webhook{TargetURL: "https://example.com", Subscriptions: fake.Subscribe("record.created", "entry.created")})
		}, `subscription 2: unknown event type "entry.created"; did you mean "note.created"?`},
		"an unknown family": {func(w *fake.Workspace) {
			w.AddWebhook(fake.Webhook{TargetURL: "https://example.com", Subscriptions: fake.Subscribe("recrod.*")})
		}, `subscription 1: unknown event type "recrod.*"; did you mean "record.*"?`},
		"no filter": {func(w *fake.Workspace) {
			w.AddWebhook(fake.Webhook{TargetURL: "https://example.com", Subscriptions: []fake.Subscription{{EventType: "task.created", Filter: json.RawMessage(`{}`)}}})
		}, `subscriptions: 0: filter: this is no filter; write {$and: [`},
		"no JSON": {func(w *fake.Workspace) {
			w.AddWebhook(fake.Webhook{TargetURL: "https://example.com", Subscriptions: []fake.Subscription{{EventType: "task.created", Filter: json.RawMessage(`{`)}}})
		}, `unexpected end of JSON input`},
		"the same twice": {func(w *fake.Workspace) {
			w.AddWebhook(fake.Webhook{TargetURL: "https://example.com/idle", Subscriptions: fake.Subscribe("task.created")})
		}, `fake: workspace "acme": Each subscription must have a unique combination of target URL, event type and filter.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withWebhooks(), fake.WithoutSocket())
			defer srv.Close()
			tc.do(srv.Workspace("acme"))
			if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], tc.want) {
				t.Errorf("got %q\nwant %s", test.fatal, tc.want)
			}
		})
	}
}

func TestSubscribeTakesWholeFamiliesOfEvents(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ types, want []string }{
		"a type":                 {[]string{"note.created"}, []string{"note.created"}},
		"a family":               {[]string{"record.*"}, []string{"record.created", "record.merged", "record.updated", "record.deleted"}},
		"a family and one of it": {[]string{"list.deleted", "list.*"}, []string{"list.deleted", "list.created", "list.updated"}},
		"nothing":                {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, s := range fake.Subscribe(tc.types...) {
				got = append(got, s.EventType)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
