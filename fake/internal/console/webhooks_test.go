package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// hooked is a workspace with a webhook to an inbox, and one whose receiver nobody has started.
const hooked = `
version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users:
  ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}
workspaces:
  acme:
    members: {ada: admin}
    tokens:
      full: {token: secret, scopes: all}
    webhooks:
      mine: {target_url: "inbox://mine", secret: hush, subscriptions: [record.created, {event_type: record.deleted, filter: {$and: [{field: id.object_id, operator: equals, value: people}]}}]}
`

func newHooked(t *testing.T) (b *browser, webhook string) {
	t.Helper()
	b = newBrowser(t, fake.YAML(hooked))
	return b, fake.ID("acme/webhooks/mine")
}

// delivered makes a record, and returns the path of the page of its delivery.
func (b *browser) delivered() string {
	b.t.Helper()
	b.call("POST", "/v2/objects/people/records", "secret", `{"data":{"values":{"name":"Hopper, Grace"}}}`)
	b.call("GET", "/_fake/deliveries?await=1", "", "")
	for _, link := range find(b.get("/_fake/console/webhooks").find("#deliveries")[0], "a") {
		if strings.HasPrefix(attr(link, "href"), "/_fake/console/webhooks/deliveries/") {
			return attr(link, "href")
		}
	}
	b.t.Fatal("the page lists no delivery")
	return ""
}

func TestWebhooksAreListedWithTheirFilters(t *testing.T) {
	t.Parallel()
	b, id := newHooked(t)
	want := "inbox://mine Status active Workspace acme Id " + id + " Secret Show hush Events record.created record.deleted " +
		`{"$and":[{"field":"id.object_id","operator":"equals","value":"` + fake.ID("acme/objects/people") + `"}]}` +
		" Give up Degrade Test event record.created record.deleted Send"
	if got := b.get("/_fake/console/webhooks").text(".webhook"); got != want {
		t.Error(cmp.Diff(want, got))
	}
	if got := newBrowser(t, fake.YAML("version: 1\nworkspaces: {acme: {}}")).get("/_fake/console/webhooks").text(".empty-title"); got != "No webhook\nNothing was delivered yet" {
		t.Errorf("without webhooks: %q", got)
	}
}

func TestAWebhookIsGivenUpAndBroughtBack(t *testing.T) {
	t.Parallel()
	b, id := newHooked(t)
	for _, status := range []string{"inactive", "degraded", "active"} {
		to := b.post("/_fake/console/webhooks/"+id+"/status?workspace=acme", url.Values{"in": {"acme"}, "status": {status}})
		if to != "/_fake/console/webhooks?workspace=acme" {
			t.Errorf("%s leads to %s", status, to)
		}
		if got := textOf(find(b.get(to).find(".webhook")[0], ".badge")[0]); got != status {
			t.Errorf("got %s, want %s", got, status)
		}
	}
	got := b.do(http.MethodPost, "/_fake/console/webhooks/"+id+"/status", url.Values{"in": {"acme"}, "status": {"actve"}})
	if want := `unknown status "actve"; did you mean "active"? Known: active, degraded, inactive`; got.status != http.StatusUnprocessableEntity || got.text(".mistake") != want {
		t.Errorf("got %d %s", got.status, got.text(".mistake"))
	}
}

func TestATestEventIsDelivered(t *testing.T) {
	t.Parallel()
	b, id := newHooked(t)
	b.post("/_fake/console/webhooks/"+id+"/test", url.Values{"in": {"acme"}, "event_type": {"record.deleted"}})
	b.call("GET", "/_fake/deliveries?await=1", "", "")
	want := [][]string{{"2026-01-15 09:00:00", "record.deleted test", "delivered", "1", "200", "inbox://mine", "acme"}}
	if got := b.get("/_fake/console/webhooks").rows(); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	got := b.do(http.MethodPost, "/_fake/console/webhooks/"+id+"/test", url.Values{"in": {"acme"}, "event_type": {"note.created"}})
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".mistake"), "note.created") {
		t.Errorf("got %d %s", got.status, got.text(".mistake"))
	}
}

func TestDeliveriesAreFiltered(t *testing.T) {
	t.Parallel()
	b, id := newHooked(t)
	b.delivered()
	for query, want := range map[string]string{
		"event_type=record.created":  "1 ",
		"event_type=record.deleted":  "0 ",
		"state=delivered":            "1 ",
		"state=failed":               "0 ",
		"webhook=" + id:              "1 ",
		"workspace=acme":             "1 ",
		"skip=1":                     "0 ",
		"event_type=record.crated":   `0 unknown event type "record.crated"; did you mean "record.created"?`,
		"state=lost":                 `0 unknown state "lost"; `,
		"webhook=" + id + "&state=x": `0 unknown state "x"; `,
	} {
		page := b.do(http.MethodGet, "/_fake/console/webhooks?"+query, nil)
		got := map[bool]string{true: "1 ", false: "0 "}[len(page.rows()) == 1] + page.text(".mistake")
		if !strings.HasPrefix(got, want) || (page.status == http.StatusOK) != (page.text(".mistake") == "") {
			t.Errorf("%s: %d %s", query, page.status, got)
		}
	}
}

func TestADeliveryShowsItsAttemptsAndHowItsSignatureWasComputed(t *testing.T) {
	t.Parallel()
	b, _ := newHooked(t)
	path := b.delivered()
	got := b.get(path)
	if text := got.text(".timeline"); !strings.HasPrefix(text, "2026-01-15 09:00:00 200") {
		t.Errorf("attempts: %s", text)
	}
	delivery := b.server.Deliveries()[0]
	signature := delivery.Header.Get("Attio-Signature")
	text := got.text("main")
	for _, want := range []string{"Attio-Signature " + signature + " is that of the body", "Secret hush", "printf %s '" + string(delivery.Body) + "' \\ | openssl dgst -sha256 -hmac 'hush'", "record.created delivered"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if to := b.post(strings.TrimSuffix(path, "?workspace=acme")+"/redeliver", url.Values{}); to != path {
		t.Errorf("redelivering leads to %s", to)
	}
	b.call("GET", "/_fake/inboxes/mine?await=2", "", "")
	if got := find(b.get(path).find(".timeline")[0], "li"); len(got) != 2 {
		t.Errorf("%d attempts after it was redelivered", len(got))
	}
	for _, gone := range []string{"/_fake/console/webhooks/deliveries/x", "/_fake/console/webhooks/inboxes/other"} {
		if status := b.do(http.MethodGet, gone, nil).status; status != http.StatusNotFound {
			t.Errorf("%s: %d", gone, status)
		}
	}
	if status := b.do(http.MethodPost, "/_fake/console/webhooks/deliveries/x/redeliver", url.Values{}).status; status != http.StatusNotFound {
		t.Errorf("redelivering none: %d", status)
	}
}

func TestWaitingDeliveriesAreFlushed(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(hooked))
	b.post("/_fake/console/webhooks/chaos", url.Values{"delay": {"1h"}, "duplicate": {"0"}, "reorder": {""}, "batch": {"0"}})
	b.call("POST", "/v2/objects/people/records", "secret", `{"data":{"values":{"name":"Hopper, Grace"}}}`)
	if got := b.get("/_fake/console/webhooks").rows()[0][2]; got != "pending next at 2026-01-15 10:00:00" {
		t.Errorf("before: %s", got)
	}
	b.post("/_fake/console/webhooks/flush", url.Values{})
	if got := b.get("/_fake/console/webhooks").rows()[0][2]; got != "delivered" {
		t.Errorf("after: %s", got)
	}
}

func TestChaosIsSetOrRefusedAtItsField(t *testing.T) {
	t.Parallel()
	b, _ := newHooked(t)
	b.post("/_fake/console/webhooks/chaos", url.Values{"duplicate": {"2"}, "delay": {"90s"}, "lose_answers": {"3"}})
	got := b.get("/_fake/console/webhooks")
	var values []string
	for _, field := range []string{"duplicate", "delay", "lose_answers"} {
		values = append(values, attr(got.find("#chaos-" + field)[0], "value"))
	}
	if diff := cmp.Diff([]string{"2", "1m30s", "3"}, values); diff != "" {
		t.Error(diff)
	}
	for field, tc := range map[string]struct{ value, want string }{
		"duplicate":    {"many", `duplicate is "many"; it has to be a whole number`},
		"reorder":      {"2000", "reorder is 2000; it has to be from 0 to 1000"},
		"delay":        {"soon", `delay: "soon" is not a duration; write one such as "90s", "1h30m" or "24h"`},
		"batch":        {"-1", "batch is -1; it has to be from 0 to 1000"},
		"lose_answers": {"1001", "lose_answers is 1001; it has to be from 0 to 1000"},
	} {
		got := b.do(http.MethodPost, "/_fake/console/webhooks/chaos", url.Values{field: {tc.value}})
		input := got.find("#chaos-" + field)[0]
		if got.status != http.StatusUnprocessableEntity || got.text("#chaos-"+field+"-mistake") != tc.want || attr(input, "value") != tc.value || attr(input, "aria-invalid") != "true" {
			t.Errorf("%s: %d %s", field, got.status, got.text(".mistake"))
		}
	}
}

func TestAnInboxShowsItsMessagesAndIsEmptied(t *testing.T) {
	t.Parallel()
	b, _ := newHooked(t)
	if got := b.get("/_fake/console/webhooks").text("#inboxes"); got != "Inboxes mine 0 messages" {
		t.Errorf("got %q", got)
	}
	b.delivered()
	got := b.get("/_fake/console/webhooks/inboxes/mine?workspace=acme")
	if text := got.text("h2"); !strings.Contains(text, "1 record.created") {
		t.Errorf("got %s", text)
	}
	if text := got.text("#message-1"); !strings.Contains(text, `"event_type": "record.created"`) {
		t.Errorf("got %s", text)
	}
	to := b.post("/_fake/console/webhooks/inboxes/mine/clear?workspace=acme", url.Values{})
	if got := b.get(to).text(".empty-title"); got != "The inbox is empty" {
		t.Errorf("got %q", got)
	}
}
