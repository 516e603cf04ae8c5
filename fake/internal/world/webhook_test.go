package world

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// on is a subscription to an event type with a filter in JSON.
func on(t testing.TB, eventType, filter string) Subscription {
	t.Helper()
	s := Subscription{EventType: eventType}
	if err := json.Unmarshal([]byte(filter), &s.Filter); err != nil {
		t.Fatal(err)
	}
	return s
}

func hook(target string, subscriptions ...Subscription) WebhookEdit {
	return WebhookEdit{TargetURL: &target, Subscriptions: &subscriptions}
}

func TestAFilterComparesTheFieldsOfAnEvent(t *testing.T) {
	t.Parallel()
	event := map[string]string{"id.object_id": "people", "actor.type": "api-token", "list_id": ""}
	field := func(path string) (string, bool) { v := event[path]; return v, v != "" }
	const isPeople, isSystem = `{"field":"id.object_id","operator":"equals","value":"people"}`, `{"field":"actor.type","operator":"equals","value":"system"}`
	for filter, want := range map[string]bool{
		`null`:                        true,
		`{"$and":[]}`:                 true,
		`{"$or":[]}`:                  false,
		`{"$and":[` + isPeople + `]}`: true,
		`{"$and":[` + isSystem + `]}`: false,
		`{"$and":[` + isPeople + `,` + isSystem + `]}`:                                    false,
		`{"$or":[` + isPeople + `,` + isSystem + `]}`:                                     true,
		`{"$or":[` + isSystem + `,` + isSystem + `]}`:                                     false,
		`{"$and":[{"field":"id.object_id","operator":"not_equals","value":"people"}]}`:    false,
		`{"$and":[{"field":"id.object_id","operator":"not_equals","value":"companies"}]}`: true,
		`{"$and":[{"field":"id.object_id","operator":"equals","value":"People"}]}`:        false,
		`{"$and":[{"field":"list_id","operator":"equals","value":""}]}`:                   false, // list_id is null
		`{"$and":[{"field":"list_id","operator":"not_equals","value":"sales"}]}`:          true,
		`{"$and":[{"field":"no.such.field","operator":"equals","value":"people"}]}`:       false,
		`{"$and":[{"field":"no.such.field","operator":"not_equals","value":"people"}]}`:   true,
		`{"$or":[` + isPeople + `],"$and":[` + isSystem + `]}`:                            true,
	} {
		if got := on(t, "record.created", filter).Filter.Passes(field); got != want {
			t.Errorf("%s: %v", filter, got)
		}
	}
}

func TestAWorkspaceHasASubscriptionOnce(t *testing.T) {
	t.Parallel()
	const a, b = `{"field":"actor.type","operator":"equals","value":"system"}`, `{"operator":"not_equals","field":"id.record_id","value":"1"}`
	const target = "https://example.com/hook"
	old := []Subscription{
		on(t, "record.created", `null`),
		on(t, "record.updated", `{"$and":[`+a+`,`+b+`]}`),
		on(t, "record.deleted", `{"$or":[`+a+`]}`),
		on(t, "task.created", `{"$and":[]}`),
	}
	for _, tc := range []struct {
		name string
		edit WebhookEdit
		want error
	}{
		{"the same", hook(target, old[1]), attio.WebhookConflict()},
		{"none for an empty $and", hook(target, on(t, "task.created", `null`)), attio.WebhookConflict()},
		{"an empty $and for none", hook(target, on(t, "record.created", `{"$and":[]}`)), attio.WebhookConflict()},
		{"another order of keys and conditions", hook(target, on(t, "record.updated",
			`{"$and":[{"value":"1","operator":"not_equals","field":"id.record_id"},{"value":"system","field":"actor.type","operator":"equals"}]}`)), attio.WebhookConflict()},
		{"one of several", hook(target, on(t, "note.created", `null`), old[0]), attio.WebhookConflict()},
		{"twice in one webhook", hook("https://example.com/other", old[0], on(t, "record.created", `null`)), attio.WebhookConflict()},
		{"another target", hook("https://example.com/other", old...), nil},
		{"another event type", hook(target, on(t, "record.merged", `null`)), nil},
		{"an empty $or for none", hook(target, on(t, "record.created", `{"$or":[]}`)), nil},
		{"$and for $or", hook(target, on(t, "record.deleted", `{"$and":[`+a+`]}`)), nil},
		{"fewer conditions", hook(target, on(t, "record.updated", `{"$and":[`+a+`]}`)), nil},
		{"another value", hook(target, on(t, "record.deleted", `{"$or":[{"field":"actor.type","operator":"equals","value":"app"}]}`)), nil},
		{"none at all", hook(target), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			workspace := acme(t, New(seed(t)))
			must(t, workspace, func(tx *Tx) error {
				_, first := tx.CreateWebhook("1", "secret", hook(target, old...))
				_, again := tx.UpdateWebhook("1", hook(target, old...)) // a webhook does not conflict with itself
				_, other := tx.CreateWebhook("2", "secret", hook("https://example.com/third"))
				return errors.Join(first, again, other)
			})
			compare := func(what string, write func(*Tx) error) {
				err := workspace.Update(Author{}, write)
				if diff := cmp.Diff(tc.want, err); diff != "" {
					t.Errorf("%s: (-want +got)\n%s", what, diff)
				}
			}
			compare("a change", func(tx *Tx) error { _, err := tx.UpdateWebhook("2", tc.edit); return err })
			must(t, workspace, func(tx *Tx) error { return tx.DeleteWebhook("2") })
			compare("a new one", func(tx *Tx) error { _, err := tx.CreateWebhook("3", "secret", tc.edit); return err })
		})
	}
}

func TestANewTargetMayBringAConflict(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	must(t, workspace, func(tx *Tx) error {
		_, first := tx.CreateWebhook("1", "secret", hook("https://example.com/1", on(t, "record.created", `null`)))
		_, second := tx.CreateWebhook("2", "secret", hook("https://example.com/2", on(t, "record.created", `null`)))
		return errors.Join(first, second)
	})
	err := workspace.Update(Author{}, func(tx *Tx) error {
		_, err := tx.UpdateWebhook("2", WebhookEdit{TargetURL: new("https://example.com/1")})
		return err
	})
	if diff := cmp.Diff(error(attio.WebhookConflict()), err); diff != "" {
		t.Error(diff)
	}
}

func TestAFilterNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	state := build(t, func(tx *Tx) { newList(t, tx, "sales", "companies") })
	people, sales, deals := string(attio.PathID("acme/objects/people")), string(attio.PathID("acme/lists/sales")), string(attio.PathID("acme/objects/deals"))
	for _, tc := range []struct {
		field, value string
		want         error
	}{
		{"id.object_id", people, nil},
		{"parent_object_id", people, nil},
		{"object_id", people, nil},
		{"id.list_id", sales, nil},
		{"list_id", sales, nil},
		{"id.record_id", "anything", nil},
		{"event_type", "anything", nil},
		{"id.list_id", people, attio.RelatedListNotFound()},
		{"list_id", "sales", attio.RelatedListNotFound()}, // filters take ids, not slugs
		{"id.object_id", "people", attio.RelatedObjectNotFound()},
		{"parent_object_id", sales, attio.RelatedObjectNotFound()},
		{"id.object_id", deals, attio.StandardObjectDisabled(attio.ID(deals))},
	} {
		w := New(&Seed{Workspaces: []*State{state}})
		raw, _ := json.Marshal(EventCondition{tc.field, FilterEquals, tc.value})
		err := acme(t, w).Update(Author{}, func(tx *Tx) error {
			_, err := tx.CreateWebhook("1", "secret", hook("https://example.com", on(t, "note.created", `{"$or":[`+string(raw)+`]}`)))
			return err
		})
		if diff := cmp.Diff(tc.want, err); diff != "" {
			t.Errorf("%s %s: (-want +got)\n%s", tc.field, tc.value, diff)
		}
	}
}

func TestTheStatusOfAWebhookIsKept(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	must(t, workspace, func(tx *Tx) error {
		_, err := tx.CreateWebhook("1", "secret", hook("https://example.com/1"))
		tx.SetWebhookStatus("1", WebhookDegraded)
		tx.SetWebhookStatus("2", WebhookDegraded) // does nothing
		return err
	})
	after := must(t, workspace, func(tx *Tx) error {
		_, err := tx.UpdateWebhook("1", WebhookEdit{TargetURL: new("https://example.com/2")})
		return err
	})
	var got []Webhook
	for w := range after.Webhooks() {
		got = append(got, *w)
	}
	want := []Webhook{{ID: "1", TargetURL: "https://example.com/2", Secret: "secret", Status: WebhookDegraded, DegradedAt: noon, CreatedAt: noon}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAFilterReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	const written = `{"$or":[{"value":"<1>","field":"actor.id","operator":"not_equals"}]}`
	s := on(t, "record.created", written)
	if got := string(s.Filter.Written); got != written {
		t.Errorf("got %s", got)
	}
	want := []EventCondition{{"actor.id", FilterNotEquals, "<1>"}}
	if diff := cmp.Diff(want, s.Filter.Conditions); diff != "" || !s.Filter.Any {
		t.Errorf("any %v %s", s.Filter.Any, diff)
	}
}

func TestSecretsRepeatUnderASeed(t *testing.T) {
	t.Parallel()
	n := int64(7)
	one, same, other := NewIDs(&n, "x"), NewIDs(&n, "x"), NewIDs(nil, "x")
	secret := one.Secret()
	if len(secret) != 64 || secret != same.Secret() || secret == one.Secret() || secret == other.Secret() {
		t.Errorf("got %q", secret)
	}
}
