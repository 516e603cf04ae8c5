package scenario_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestWebhooksAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
workspaces:
  acme:
    lists: {sales: {parent_object: companies}}
    webhooks:
      sync:
        target_url: https://sync.example.com/attio
        subscriptions: [record.created, {event_type: record.updated}, {event_type: task.created, filter: null}]
      lists:
        target_url: http://receiver:9000/hook
        secret: not very secret
        status: degraded
        created_at: 2025-03-01T00:00:00.1239Z
        subscriptions:
          - event_type: record.deleted
            filter: {$and: [{field: id.object_id, operator: equals, value: people}]}
          - event_type: list-entry.created
            filter: {$or: [{value: sales, operator: not_equals, field: id.list_id}, {field: actor.type, operator: equals, value: people}]}
      idle: {target_url: https://sync.example.com/attio, subscriptions: []}
`)
	people, sales := string(attio.PathID("acme/objects/people")), string(attio.PathID("acme/lists/sales"))
	var got []world.Webhook
	for w := range seed.Workspaces[0].Webhooks() {
		got = append(got, *w)
	}
	secret := got[0].Secret
	start := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)
	want := []world.Webhook{
		{
			ID: attio.PathID("acme/webhooks/sync"), TargetURL: "https://sync.example.com/attio", Secret: secret, Status: world.WebhookActive, CreatedAt: start,
			Subscriptions: []world.Subscription{{EventType: "record.created"}, {EventType: "record.updated"}, {EventType: "task.created"}},
		},
		{
			ID: attio.PathID("acme/webhooks/lists"), TargetURL: "http://receiver:9000/hook", Secret: "not very secret", Status: world.WebhookDegraded,
			CreatedAt: time.Date(2025, time.March, 1, 0, 0, 0, 123e6, time.UTC),
			Subscriptions: []world.Subscription{
				{EventType: "record.deleted", Filter: &world.EventFilter{
					Conditions: []world.EventCondition{{Field: "id.object_id", Operator: "equals", Value: people}},
					Written:    []byte(`{"$and":[{"field":"id.object_id","operator":"equals","value":"` + people + `"}]}`),
				}},
				{EventType: "list-entry.created", Filter: &world.EventFilter{
					Any:        true,
					Conditions: []world.EventCondition{{Field: "id.list_id", Operator: "not_equals", Value: sales}, {Field: "actor.type", Operator: "equals", Value: "people"}},
					Written:    []byte(`{"$or":[{"value":"` + sales + `","operator":"not_equals","field":"id.list_id"},{"field":"actor.type","operator":"equals","value":"people"}]}`),
				}},
			},
		},
		{ID: attio.PathID("acme/webhooks/idle"), TargetURL: "https://sync.example.com/attio", Secret: got[2].Secret, Status: world.WebhookActive, Subscriptions: []world.Subscription{}, CreatedAt: start},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(secret) != 64 || strings.Trim(secret, "0123456789abcdef") != "" || secret == got[2].Secret {
		t.Errorf("the derived secrets are %q and %q", secret, got[2].Secret)
	}
}

func TestWebhooksMayBeAList(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
workspaces:
  acme:
    webhooks: [{target_url: "http://receiver:9000/hook", secret: "0123", subscriptions: [record.created]}, {target_url: "https://example.com", subscriptions: []}]
`)
	var ids []attio.ID
	for w := range seed.Workspaces[0].Webhooks() {
		ids = append(ids, w.ID)
	}
	if diff := cmp.Diff([]attio.ID{attio.PathID("acme/webhooks/1"), attio.PathID("acme/webhooks/2")}, ids); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
