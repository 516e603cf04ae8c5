package control_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const inboxed = `
version: 1
seed: 7
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    webhooks: {mine: {target_url: "inbox://mine", secret: secret, subscriptions: [note.created]}}
`

func TestAnInboxReceivesWhatAWebhookSends(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(inboxed))
	person := c.server.Workspace("acme").Create("people", fake.Values{"name": "Hopper, Grace"})
	for _, title := range []string{"One", "Two"} {
		c.server.Workspace("acme").AddNote(fake.Note{Record: person, Title: title})
	}
	type message struct {
		Number          int
		Time, Workspace string
		WebhookID       string `json:"webhook_id"`
		DeliveryID      string `json:"delivery_id"`
		Headers         map[string]string
		Body            any
		Text            string
	}
	var got struct{ Messages []message }
	c.decode("/_fake/inboxes/mine?await=2", &got)
	for i, m := range got.Messages {
		if !fake.VerifySignature(m.Headers["Attio-Signature"], []byte(m.Text), "secret") || m.Headers["Idempotency-Key"] != m.DeliveryID {
			t.Errorf("it is not signed: %v", m)
		}
		want := message{Number: i + 1, Time: "2026-01-15T12:00:00.000000000Z", Workspace: "acme", WebhookID: fake.ID("acme/webhooks/mine"),
			DeliveryID: m.DeliveryID, Headers: m.Headers, Body: m.Body, Text: m.Text}
		if diff := cmp.Diff(want, m); diff != "" {
			t.Error(diff)
		}
	}
	for query, want := range map[string]int{"": 2, "?last=1": 1, "?limit=1": 1, "?after=1": 1, "?after=2": 0, "?workspace=acme": 2} {
		c.decode("/_fake/inboxes/mine"+query, &got)
		if len(got.Messages) != want {
			t.Errorf("%s: %d messages, want %d", query, len(got.Messages), want)
		}
	}
	for _, step := range []struct {
		method, path string
		want         answer
	}{
		{"GET", "/_fake/inboxes", answer{200, `{"inboxes":[{"name":"mine","messages":2}]}`}},
		{"DELETE", "/_fake/inboxes/mine", answer{204, ""}},
		{"GET", "/_fake/inboxes", answer{200, `{"inboxes":[{"name":"mine","messages":0}]}`}},
		{"GET", "/_fake/inboxes/mine", answer{200, `{"messages":[]}`}},
	} {
		if diff := cmp.Diff(step.want, c.do(step.method, step.path, "")); diff != "" {
			t.Errorf("%s %s: %s", step.method, step.path, diff)
		}
	}
}

func TestAResetEmptiesTheInboxes(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(inboxed))
	hook := fake.ID("acme/webhooks/mine")
	c.do("POST", "/_fake/webhooks/"+hook+"/test", "")
	var got struct{ Messages []any }
	c.decode("/_fake/inboxes/mine?await=1", &got)
	c.do("POST", "/_fake/reset", "")
	if diff := cmp.Diff(answer{200, `{"messages":[]}`}, c.do("GET", "/_fake/inboxes/mine", "")); diff != "" {
		t.Error(diff)
	}
}

func TestAClientMakesAWebhookToAnInbox(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(inboxed))
	for target, want := range map[string]int{"inbox://other": 200, "inbox://an-inbox.of_9": 200, "inbox://": 400, "inbox://Mine": 400, "inbox://a/b": 400, "inbox:mine": 400} {
		body := fmt.Sprintf(`{"data":{"target_url":%q,"subscriptions":[{"event_type":"note.created","filter":null}]}}`, target)
		if got := c.do("POST", "/v2/webhooks", body, with(c.server.Token("acme"))); got.Status != want {
			t.Errorf("%s: %v", target, got)
		}
	}
}

func TestAMistakeWithAnInboxIsNamed(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(inboxed))
	for path, want := range map[string]answer{
		"/_fake/inboxes/mien":                {404, `{"error":"unknown inbox \"mien\"; did you mean \"mine\"?"}`},
		"/_fake/inboxes/Mine":                {400, `{"error":"an inbox is written inbox://name, with a name of up to 100 lower-case letters, digits, hyphens, dots and underscores"}`},
		"/_fake/inboxes/mine?workspace=acne": {400, `{"error":"unknown workspace \"acne\"; did you mean \"acme\"?"}`},
		"/_fake/inboxes/mine?after=first":    {400, `{"error":"after is \"first\"; it has to be the number of a message, such as 17"}`},
		"/_fake/inboxes/mine?await=none":     {400, `{"error":"await is \"none\"; it has to be a number of items from 1 to 10000"}`},
		"/_fake/inboxes/mine?last=0":         {400, `{"error":"last is \"0\"; it has to be a number, 1 or more"}`},
		"/_fake/inboxes/mine?since=now":      {400, `{"error":"unknown parameter \"since\"; known: workspace, after, limit, last, await, timeout"}`},
	} {
		if diff := cmp.Diff(want, c.do("GET", path, "")); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}
