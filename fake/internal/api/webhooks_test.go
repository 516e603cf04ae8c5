package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

const webhookScenario = `
version: 1
seed: 7
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}, reader: {scopes: ["webhook:read"]}}
    lists: {sales: {parent_object: companies}}
  globex:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    lists: {other: {parent_object: companies}}
`

const hooks = "/v2/webhooks"

// newWebhookClient starts a server whose clock is frozen.
func newWebhookClient(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(webhookScenario), fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))
}

// hookBody is a body with subscriptions in JSON.
func hookBody(target, subscriptions string) json.RawMessage {
	return json.RawMessage(`{"data":{"target_url":` + quote(target) + `,"subscriptions":[` + subscriptions + `]}}`)
}

func every(eventType string) string { return `{"event_type":"` + eventType + `","filter":null}` }

// madeHook is the part of an answer that differs from webhook to webhook.
type madeHook struct {
	Data struct {
		ID struct {
			WebhookID string `json:"webhook_id"`
		}
		Secret string
	}
}

func (c *client) makeHook(target, subscriptions string) madeHook {
	c.t.Helper()
	got := c.do(http.MethodPost, hooks, hookBody(target, subscriptions))
	if got.Status != 200 {
		c.t.Fatalf("%d %s", got.Status, got.Body)
	}
	var m madeHook
	decode(c.t, got.Body, &m)
	return m
}

// shownHook is a webhook of acme in a listing.
func shownHook(id, target, subscriptions string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","webhook_id":"` + id + `"},"target_url":` + quote(target) +
		`,"status":"active","subscriptions":[` + subscriptions + `],"created_at":"2026-01-15T12:00:00.000000000Z"}`
}

func TestTheSecretIsInTheAnswerThatMakesAWebhookAlone(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	got := c.do(http.MethodPost, hooks, hookBody("https://example.com/hook", every("record.created")))
	var m madeHook
	decode(t, got.Body, &m)
	id, shown := m.Data.ID.WebhookID, shownHook(m.Data.ID.WebhookID, "https://example.com/hook", every("record.created"))
	c.wants(got, 200, `{"data":`+strings.TrimSuffix(shown, "}")+`,"secret":"`+m.Data.Secret+`"}}`)
	if len(m.Data.Secret) != 64 || strings.Trim(m.Data.Secret, "0123456789abcdef") != "" {
		t.Errorf("the secret is %q", m.Data.Secret)
	}
	c.wants(c.get(hooks+"/"+id), 200, `{"data":`+shown+`}`)
	c.wants(c.get(hooks), 200, `{"data":[`+shown+`]}`)
	c.wants(c.do(http.MethodPatch, hooks+"/"+id, J{"data": J{}}), 200, `{"data":`+shown+`}`)
	if again := newWebhookClient(t).makeHook("https://example.com/hook", every("record.created")); again != m {
		t.Errorf("under the same seed comes %v, not %v", again, m)
	}
}

func TestAFilterIsEchoedAsItWasWritten(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	people, sales := fake.ID("acme/objects/people"), fake.ID("acme/lists/sales")
	written := `{"event_type":"record.updated","filter":{"$and":[{"field":"id.object_id","operator":"equals","value":"` + people + `"}]}},` +
		`{"event_type":"record.updated","filter":{"$or":[{"value":"system","operator":"not_equals","field":"actor.type"},{"operator":"equals","field":"actor.id","value":"<é>"}]}},` +
		`{"event_type":"list-entry.created","filter":{"$and":[{"field":"id.list_id","operator":"not_equals","value":"` + sales + `"}]}},` +
		`{"event_type":"activity-record.deleted","filter":{"$and":[]}}`
	id := c.makeHook("https://example.com/hook", strings.ReplaceAll(written, `,"operator"`, ` , "operator"`)).Data.ID.WebhookID
	c.wants(c.get(hooks+"/"+id), 200, `{"data":`+shownHook(id, "https://example.com/hook", written)+`}`)
}

func TestAWebhookIsChangedPartByPart(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	id := c.makeHook("https://example.com/1", every("record.created")+","+every("record.updated")).Data.ID.WebhookID
	path := hooks + "/" + id
	for _, tc := range []struct{ body, target, subscriptions string }{
		{`{"target_url":"https://example.com/2"}`, "https://example.com/2", every("record.created") + "," + every("record.updated")},
		{`{"subscriptions":[` + every("record.updated") + `,` + every("task.deleted") + `]}`, "https://example.com/2", every("record.updated") + "," + every("task.deleted")},
		{`{"subscriptions":[]}`, "https://example.com/2", ""},
		{`{"target_url":"https://example.com/3","subscriptions":[` + every("note.created") + `],"status":"inactive","secret":"x"}`, "https://example.com/3", every("note.created")},
		{`{}`, "https://example.com/3", every("note.created")},
	} {
		want := `{"data":` + shownHook(id, tc.target, tc.subscriptions) + `}`
		c.wants(c.do(http.MethodPatch, path, json.RawMessage(`{"data":`+tc.body+`}`)), 200, want)
		c.wants(c.get(path), 200, want)
	}
	c.wants(c.do(http.MethodDelete, path, nil), 200, `{}`)
	c.wants(c.get(hooks), 200, `{"data":[]}`)
}

func TestWebhooksAreListedByTheirIDs(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	c.as(c.server.Token("globex")).makeHook("https://example.com/other", every("record.created"))
	shown := map[string]string{}
	for i := range 12 {
		target := fmt.Sprintf("https://example.com/%d", i)
		id := c.makeHook(target, every("record.created")).Data.ID.WebhookID
		shown[id] = shownHook(id, target, every("record.created"))
	}
	var ids []string
	for id := range shown {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	page := func(from, until int) string {
		var all []string
		for _, id := range ids[from:until] {
			all = append(all, shown[id])
		}
		return `{"data":[` + strings.Join(all, ",") + `]}`
	}
	for query, want := range map[string]string{
		"":                    page(0, 10),
		"?limit=10":           page(0, 10),
		"?limit=11":           page(0, 11),
		"?limit=100":          page(0, 12),
		"?offset=5":           page(5, 12),
		"?limit=10&offset=1":  page(1, 11),
		"?offset=12":          page(12, 12),
		"?offset=1000000&x=1": page(12, 12),
	} {
		c.wants(c.get(hooks+query), 200, want)
	}
	for query, issue := range map[string]string{
		"?limit=9":   `{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 10"}`,
		"?limit=101": `{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 100"}`,
		"?offset=-1": `{"code":"too_small","path":["offset"],"message":"Number must be greater than or equal to 0"}`,
	} {
		c.wants(c.get(hooks+query), 400, `{"status_code":400,"type":"invalid_request_error","code":"validation_type",`+
			`"message":"Query params validation error.","validation_errors":[`+issue+`]}`)
	}
}

func TestWhatIsNoWebhookOfTheWorkspaceIsRefused(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	foreign := c.as(c.server.Token("globex")).makeHook("https://example.com/other", every("record.created")).Data.ID.WebhookID
	const unknown = "23e42eaf-323a-41da-b5bb-fd67eebda553"
	patch := json.RawMessage(`{"data":{}}`)
	for _, id := range []string{unknown, foreign} {
		was := notFound(`Webhook with ID "` + id + `" was not found.`)
		c.wants(c.get(hooks+"/"+id), 404, was)
		c.wants(c.do(http.MethodPatch, hooks+"/"+id, patch), 404, was)
		c.wants(c.do(http.MethodDelete, hooks+"/"+id, nil), 404, notFound("Webhook not found"))
	}
	const noID = `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",` +
		`"validation_errors":[{"code":"invalid_string","path":["webhook_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`
	c.wants(c.get(hooks+"/hook"), 400, noID)
	c.wants(c.do(http.MethodPatch, hooks+"/hook", patch), 400, noID)
	c.wants(c.do(http.MethodDelete, hooks+"/hook", nil), 400, noID)

	for _, got := range []answer{
		c.as(c.server.Token("acme/reader")).do(http.MethodPost, hooks, patch),
		c.as(c.server.Token("acme/reader")).do(http.MethodPatch, hooks+"/hook", patch),
		c.as(c.server.Token("acme/reader")).do(http.MethodDelete, hooks+"/hook", nil),
	} {
		c.wants(got, 403, refusal("403", "auth_error", "unauthorized",
			"The API Key provided is not authorized to perform the requested action. This request requires scopes: Read-Write access to the Webhooks scope."))
	}
}

func TestASubscriptionThatIsThereAlreadyIsAConflict(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	const target, other = "https://example.com/hook", "https://example.com/other"
	c.makeHook(target, every("record.created"))
	second := hooks + "/" + c.makeHook(other, every("record.created")).Data.ID.WebhookID
	conflict := refusal("409", "invalid_request_error", "uniqueness_conflict",
		"Each subscription must have a unique combination of target URL, event type and filter.")
	same := `{"event_type":"record.created","filter":{"$and":[]}}`
	before := c.get(hooks).Body
	c.wants(c.do(http.MethodPost, hooks, hookBody(target, every("task.created")+","+same)), 409, conflict)
	c.wants(c.do(http.MethodPatch, second, J{"data": J{"target_url": target}}), 409, conflict)
	c.wants(c.do(http.MethodPatch, second, hookBody(other, every("note.created")+","+every("note.created"))), 409, conflict)
	const once, again = `{"event_type":"task.created","filter":{"$and":[{"field":"actor.type","operator":"equals","value":"app"},{"field":"id.task_id","operator":"not_equals","value":"1"}]}}`,
		`{"filter":{"$and":[{"value":"1","operator":"not_equals","field":"id.task_id"},{"value":"app","operator":"equals","field":"actor.type"}]},"event_type":"task.created"}`
	c.wants(c.do(http.MethodPost, hooks, hookBody("https://example.com/third", once+","+again)), 409, conflict)
	if diff := cmp.Diff(before, c.get(hooks).Body); diff != "" {
		t.Errorf("a refusal left something behind\n%s", diff)
	}
	c.as(c.server.Token("globex")).makeHook(target, every("record.created")) // another workspace may have the same
}

func TestAFilterCannotNameWhatTheWorkspaceLacks(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	by := func(field, value string) string {
		return `{"event_type":"list-entry.created","filter":{"$or":[{"field":"` + field + `","operator":"equals","value":"` + value + `"}]}}`
	}
	const noList, noObject = "Related list not found", "Related object not found"
	id := c.makeHook("https://example.com/1", "").Data.ID.WebhookID
	for _, tc := range []struct{ field, value, message string }{
		{"id.list_id", fake.ID("globex/lists/other"), noList},
		{"id.list_id", "sales", noList},
		{"parent_object_id", "people", noObject},
	} {
		want := refusal("400", "invalid_request_error", "validation_type", tc.message)
		c.wants(c.do(http.MethodPost, hooks, hookBody("https://example.com/2", by(tc.field, tc.value))), 400, want)
		c.wants(c.do(http.MethodPatch, hooks+"/"+id, hookBody("https://example.com/2", by(tc.field, tc.value))), 400, want)
	}
}

func TestWebhooksAreAsRecorded(t *testing.T) {
	t.Parallel()
	const seeded = `
version: 1
workspaces:
  acme:
    webhooks:
      one: {target_url: https://example.com/webhook-test, subscriptions: [note.created], status: %s}
      two: {target_url: https://example.com/updated-webhook, subscriptions: [note.created], status: %[1]s}
      six: {target_url: https://example.com/webhook, subscriptions: [note.created], status: %[1]s}
`
	exact := contract.Exact("status", "event_type", "filter", "code", "message", "path", "expected", "received", "validation_errors")
	as := func(id, key string) contract.Edit { return contract.Replace(id, fake.ID("acme/webhooks/"+key)) }
	post := func(body string) contract.Edit {
		return func(r *contract.Recording) { r.Method, r.Path, r.Body = http.MethodPost, hooks, json.RawMessage(body) }
	}
	for name, tc := range map[string]struct {
		seeded  string // the status of the seeded webhooks; empty for none
		edits   []contract.Edit
		options []contract.Option
	}{
		"kyle__webhooks_create_get_delete_0": {options: []contract.Option{contract.Ignore("secret")}},
		"kyle__webhooks_create_get_delete_1": {seeded: "active", edits: []contract.Edit{as("61da62a7-f6c5-4182-8392-59ecb1e0f47a", "one")},
			options: []contract.Option{contract.Ignore("event_type", "target_url")}},
		"kyle__webhooks_create_get_delete_2":   {seeded: "active", edits: []contract.Edit{as("61da62a7-f6c5-4182-8392-59ecb1e0f47a", "one")}},
		"kyle__webhooks_list_0":                {},
		"nango__create_webhook":                {options: []contract.Option{contract.Ignore("secret")}},
		"nango__delete_webhook":                {seeded: "active", edits: []contract.Edit{as("4831cfcb-5bd2-4819-9506-b517b3b0e4c0", "two")}},
		"nango__get_webhook":                   {seeded: "active", edits: []contract.Edit{as("e41a3c19-9e37-4f98-9d42-4d40a9b368a3", "one")}},
		"nango__list_webhooks":                 {seeded: "active", options: []contract.Option{contract.EachLikeSome()}},
		"nango__update_webhook":                {seeded: "active", edits: []contract.Edit{as("3c089b11-e4af-4de1-8eb3-cc17c0ba5f48", "two")}},
		"nango__webhooks":                      {seeded: "degraded", options: []contract.Option{contract.EachLikeSome()}},
		"rbeene__api_response_webhooks_create": {edits: []contract.Edit{post(`{"data":{}}`)}},
		"rbeene__api_response_webhooks_list":   {edits: []contract.Edit{func(r *contract.Recording) { r.Method, r.Path = http.MethodGet, hooks }}},
		"rbeene__webhooks_create_webhook_error_response_": {edits: []contract.Edit{post(
			`{"data":{"target_url":"https://example.com","subscriptions":[{"event_type":"record.created"}]}}`)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenarios := []fake.Option{fake.YAML(recordedWorkspace)}
			if tc.seeded != "" {
				scenarios = append(scenarios, fake.YAML(fmt.Sprintf(seeded, tc.seeded)))
			}
			c := newClient(t, scenarios...)
			recording := contract.FindRecording(t, name)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording, tc.edits...)
			for _, difference := range contract.Compare(recording, got, append(tc.options, exact)...) {
				t.Error(difference)
			}
		})
	}
}

// The recordings of one client were trimmed: they lack the headers and the secret.
func TestSubscriptionsAreEchoedAsRecorded(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"amp__create_subscribe_core_obj", "amp__create_subscribe_core_standard_obj", "amp__create_subscribe_standard_obj"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newWebhookClient(t)
			recording := contract.FindRecording(t, name)
			type answered struct {
				Data struct {
					TargetURL     string          `json:"target_url"`
					Subscriptions json.RawMessage `json:"subscriptions"`
				} `json:"data"`
			}
			var want, got answered
			body := strings.ReplaceAll(string(recording.Answer.Body), "0e80364d-70b1-44d3-b7ba-0a6a564a7152", fake.ID("acme/objects/companies"))
			decode(t, body, &want)
			sent := J{"data": J{"target_url": want.Data.TargetURL, "subscriptions": want.Data.Subscriptions}}
			decode(t, c.do(http.MethodPost, hooks, sent).Body, &got)
			var compacted bytes.Buffer
			if err := json.Compact(&compacted, want.Data.Subscriptions); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(compacted.String(), string(got.Data.Subscriptions)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAWebhookIsNotLetSendWhereItsMakerCouldNot(t *testing.T) {
	t.Parallel()
	c := newWebhookClient(t)
	made := hooks + "/" + c.makeHook("https://example.com/hook", every("record.created")).Data.ID.WebhookID
	for target, message := range map[string]string{
		"http://127.0.0.1:8080/_fake/reset": "a webhook cannot send to /_fake, which is the control API of this or another fake; name a receiver of yours",
		"http://2852039166/latest":          "a webhook cannot send to a link-local address, or to one from which machines get their metadata; name a receiver of yours",
		"https://169.254.169.254/":          "a webhook cannot send to a link-local address, or to one from which machines get their metadata; name a receiver of yours",
	} {
		refused := `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
			`"validation_errors":[{"code":"custom","path":["data","target_url"],"message":"` + message + `"}]}`
		c.wants(c.do(http.MethodPost, hooks, J{"data": J{"target_url": target, "subscriptions": []J{}}}), 400, refused)
		c.wants(c.do(http.MethodPatch, made, J{"data": J{"target_url": target}}), 400, refused)
	}
}
