package control_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const settled = `
version: 1
seed: 7
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users:
  ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}
  bob: {first_name: Bob, last_name: Byte, email: bob@example.com}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}}}, ships: {singular_noun: Ship, plural_noun: Ships}}
    threads: {hello: {record: people/grace, content: Hello}}
    emails: {first: {sent_at: 2026-01-14T09:00:00Z, from: grace@example.com, to: [ada@example.com], subject: Hello}}
    unsubscribed: [grace@example.com]
  globex: {members: {bob: admin}}
`

// settling is one request and what it leads to.
type settling struct {
	method, path, body string
	want               answer
}

func TestAMemberIsAddedSuspendedAndRenamed(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(settled))
	var added struct{ ID string }
	got := c.do("POST", "/_fake/workspaces/acme/members", `{"email_address":"eve@example.com","first_name":"Eve"}`)
	if err := json.Unmarshal([]byte(got.Body), &added); err != nil {
		t.Fatal(got)
	}
	member := func(id, user, email, first, last, access string) answer {
		return answer{200, fmt.Sprintf(`{"id":%q,"user":%q,"email_address":%q,"first_name":%q,"last_name":%q,"access_level":%q}`, id, user, email, first, last, access)}
	}
	bob := fake.ID("acme/members/bob")
	if diff := cmp.Diff(member(added.ID, "eve", "eve@example.com", "Eve", "", "member"), got); diff != "" {
		t.Error(diff)
	}
	for _, step := range []settling{
		{"PATCH", "/members/eve", `{"access_level":"admin"}`, member(added.ID, "eve", "eve@example.com", "Eve", "", "admin")},
		{"PATCH", "/members/bob@example.com", `{"access_level":"suspended"}`, member(bob, "bob", "bob@example.com", "Bob", "Byte", "suspended")},
		{"PATCH", "/members/" + bob, `{"first_name":"Robert","access_level":"member"}`, member(bob, "bob", "bob@example.com", "Robert", "Byte", "member")},
		{"PATCH", "/members/bob", `{}`, answer{400, `{"error":"say what to change: {\"access_level\": \"suspended\"}, {\"first_name\": \"Grace\"} or {\"last_name\": \"Hopper\"}"}`}},
		{"PATCH", "/members/bob", `{"access_level":"owner","first_name":"X"}`, answer{400, `{"error":"unknown access level \"owner\"; known: admin, member, suspended"}`}},
		{"PATCH", "/members/rob", `{"access_level":"admin"}`, answer{404, `{"error":"unknown member \"rob\"; did you mean \"bob\"? Known: ada, bob, eve"}`}},
		{"POST", "/members", `{"email_address":"bob@example.com"}`, answer{409, `{"error":"bob@example.com is a member of the workspace already"}`}},
		{"POST", "/members", `{"email_address":"bob"}`, answer{400, `{"error":"a member needs an e-mail address; \"bob\" is not one"}`}},
		{"POST", "/members", `{"email_address":"x@example.com","access_level":"owner"}`, answer{400, `{"error":"unknown access level \"owner\"; known: admin, member, suspended"}`}},
		{"POST", "/members", `{}`, answer{400, `{"error":"email_address is missing; it has to be an e-mail address"}`}},
	} {
		if diff := cmp.Diff(step.want, c.do(step.method, "/_fake/workspaces/acme"+step.path, step.body)); diff != "" {
			t.Errorf("%s %s: %s", step.method, step.path, diff)
		}
	}
	if got := c.server.Workspace("globex").Member("bob"); got.FirstName != "Robert" || got.Access != fake.AccessAdmin {
		t.Errorf("in another workspace the same user is %v", got)
	}
	c.do("POST", "/_fake/reset", "")
	if got := c.server.Workspace("acme").Member("bob"); got.FirstName != "Bob" {
		t.Errorf("after a reset the member is %v", got)
	}
}

func TestATokenIsMadeWithScopesAndRevoked(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(settled))
	var made struct{ Token string }
	got := c.do("POST", "/_fake/workspaces/acme/tokens", `{"name":"reader","scopes":["record_permission:read","object_configuration:read"],"kind":"app","authorized_by":"bob"}`)
	if err := json.Unmarshal([]byte(got.Body), &made); err != nil {
		t.Fatal(got)
	}
	if diff := cmp.Diff(answer{200, `{"name":"reader","token":"` + made.Token + `","scopes":["object_configuration:read","record_permission:read"]}`}, got); diff != "" {
		t.Error(diff)
	}
	list := func() int { return c.do("GET", "/v2/objects", "", with(made.Token)).Status }
	if list() != 200 {
		t.Error("it is refused")
	}
	for _, step := range []settling{
		{"POST", "/tokens", `{"name":"reader"}`, answer{409, `{"error":"the name \"reader\" is taken by another token"}`}},
		{"POST", "/tokens", `{"scopes":["note:reed"]}`, answer{400, `{"error":"unknown scope \"note:reed\"; did you mean \"note:read\"?"}`}},
		{"POST", "/tokens", `{"scopes":"all"}`, answer{400, `{"error":"scopes is \"all\"; it has to be a list of texts"}`}},
		{"POST", "/tokens", `{"scopes":[],"all_scopes":true}`, answer{400, `{"error":"a token has scopes or all_scopes, not both"}`}},
		{"POST", "/tokens", `{"kind":"key"}`, answer{400, `{"error":"unknown kind of token \"key\"; known: api-key, app"}`}},
		{"POST", "/tokens", `{"authorized_by":"rob"}`, answer{400, `{"error":"unknown member \"rob\"; did you mean \"bob\"? Known: ada, bob"}`}},
		{"DELETE", "/tokens/raeder", ``, answer{404, `{"error":"unknown token \"raeder\"; did you mean \"reader\"? Known: full, reader"}`}},
		{"DELETE", "/tokens/reader", ``, answer{204, ""}},
	} {
		if diff := cmp.Diff(step.want, c.do(step.method, "/_fake/workspaces/acme"+step.path, step.body)); diff != "" {
			t.Errorf("%s %s: %s", step.method, step.path, diff)
		}
	}
	if list() != 401 {
		t.Error("it is not refused after it was revoked")
	}
	if got := c.do("POST", "/_fake/workspaces/acme/tokens", ""); got.Status != 200 || !strings.Contains(got.Body, `"scopes":[]`) {
		t.Errorf("without a body: %v", got)
	}
	if got := c.do("POST", "/_fake/workspaces/acme/tokens", `{"name":"boss","all_scopes":true}`); got.Status != 200 || !strings.Contains(got.Body, `"note:read-write"`) {
		t.Errorf("with all scopes: %v", got)
	}
}

func TestWhatOnlyTheAppCanDoIsDone(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(settled))
	acme, thread := c.server.Workspace("acme"), fake.ID("acme/threads/hello")
	resolved := answer{200, fmt.Sprintf(`{"id":%q,"resolved":true,"resolved_at":"2026-01-15T12:00:00.000000000Z","resolved_by":%q}`, thread, fake.ID("acme/members/bob"))}
	reopened := answer{200, fmt.Sprintf(`{"id":%q,"resolved":false,"resolved_at":null,"resolved_by":null}`, thread)}
	for _, step := range []settling{
		{"PATCH", "", `{"name":"Acme Ltd"}`, answer{204, ""}},
		{"PATCH", "", `{}`, answer{400, `{"error":"name is missing; it has to be the new name"}`}},

		{"PUT", "/objects/deals/enabled", ``, answer{204, ""}},
		{"PUT", "/objects/deals/enabled", ``, answer{204, ""}},
		{"PUT", "/objects/deal/enabled", ``, answer{404, `{"error":"unknown standard object \"deal\"; did you mean \"deals\"? Known: companies, deals, people, users, workspaces"}`}},
		{"DELETE", "/objects/ships", ``, answer{204, ""}},
		{"DELETE", "/objects/ships", ``, answer{404, `{"error":"unknown object \"ships\"; known: companies, people, deals"}`}},

		{"POST", "/threads/hello/resolve", `{"member":"bob"}`, resolved},
		{"POST", "/threads/" + thread + "/resolve", ``, resolved},
		{"POST", "/threads/hello/reopen", ``, reopened},
		{"POST", "/threads/hello/resolve", `{"member":"rob"}`, answer{400, `{"error":"unknown member \"rob\"; did you mean \"bob\"? Known: system, ada, bob"}`}},
		{"POST", "/threads/none/resolve", ``, answer{404, `{"error":"workspace \"acme\" has no thread \"none\"; name one by its key in the scenario or its id"}`}},
		{"POST", "/threads/none/reopen", ``, answer{404, `{"error":"workspace \"acme\" has no thread \"none\"; name one by its key in the scenario or its id"}`}},

		{"POST", "/emails", `{"from":"grace","to":["ada@example.com"]}`, answer{400, `{"error":"add e-mail \"\": from: \"grace\" is not an e-mail address that Attio accepts; write one like grace@example.com or Grace Hopper <grace@example.com>"}`}},
		{"POST", "/emails", `{"to":["ada@example.com"]}`, answer{400, `{"error":"from is missing; it has to be an e-mail address"}`}},
		{"POST", "/emails", `{"from":"a@example.com","to":["b@example.com"],"sent_at":"1960-01-01T00:00:00Z"}`, answer{400, `{"error":"sent_at: 1960-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31"}`}},
		{"DELETE", "/emails/first", ``, answer{204, ""}},
		{"DELETE", "/emails/first", ``, answer{404, `{"error":"workspace \"acme\" has no e-mail \"first\"; name one by its key in the scenario or its id"}`}},

		{"PUT", "/protected-recipients/Example.com", ``, answer{204, ""}},
		{"PUT", "/protected-recipients/example.com", ``, answer{204, ""}},
		{"DELETE", "/protected-recipients/example.org", ``, answer{404, `{"error":"unknown protected recipient \"example.org\"; did you mean \"example.com\"?"}`}},
		{"DELETE", "/protected-recipients/example.com", ``, answer{204, ""}},
		{"DELETE", "/protected-recipients/example.com", ``, answer{404, `{"error":"unknown protected recipient \"example.com\"; there is none"}`}},

		{"DELETE", "/unsubscribed/grace@example.com", ``, answer{204, ""}},
	} {
		if diff := cmp.Diff(step.want, c.do(step.method, "/_fake/workspaces/acme"+step.path, step.body)); diff != "" {
			t.Errorf("%s %s %s: %s", step.method, step.path, step.body, diff)
		}
	}
	if got := c.do("DELETE", "/_fake/workspaces/acme/unsubscribed/grace@example.com", ""); got.Status != 404 {
		t.Errorf("an address that is not on the list: %v", got)
	}
	if got := c.do("POST", "/_fake/workspaces/acme/emails", `{"from":"Grace <grace@example.com>","to":["ada@example.com"],"cc":["bob@example.com"],"subject":"Hi","sent_at":"2026-01-14T00:00:00Z"}`); got.Status != 200 {
		t.Error(got)
	}
	sent := acme.Emails()
	if len(sent) != 1 || sent[0].Subject != "Hi" || sent[0].CC[0] != "bob@example.com" || sent[0].Mailbox != "ada@example.com" {
		t.Errorf("the e-mails are %v", sent)
	}
	if acme.Name() != "Acme Ltd" || acme.Object("deals").ID == "" || len(acme.Unsubscribed()) != 0 {
		t.Errorf("%s, %v, %v", acme.Name(), acme.Object("deals"), acme.Unsubscribed())
	}
	for _, path := range []string{"/members", "/tokens", "/emails"} {
		if got := c.do("POST", "/_fake/workspaces/acne"+path, `{"email_address":"x@example.com"}`); path == "/members" && got != (answer{404, `{"error":"unknown workspace \"acne\"; did you mean \"acme\"? Known: acme, globex"}`}) {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func TestAWebhookThatWasGivenUpIsBroughtBack(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(inboxed))
	id := fake.ID("acme/webhooks/mine")
	for _, status := range []string{"inactive", "degraded", "active"} {
		if got := c.do("PUT", "/_fake/webhooks/"+id+"/status", `{"status":"`+status+`"}`); got != (answer{204, ""}) {
			t.Errorf("%s: %v", status, got)
		}
		if got := c.server.Workspace("acme").Webhook("mine").Status; string(got) != status {
			t.Errorf("it is %s, not %s", got, status)
		}
	}
	for body, want := range map[string]answer{
		`{"status":"activ"}`: {400, `{"error":"unknown status \"activ\"; did you mean \"active\"? Known: active, degraded, inactive"}`},
		`{}`:                 {400, `{"error":"status is missing; it has to be \"active\", \"degraded\" or \"inactive\""}`},
	} {
		if diff := cmp.Diff(want, c.do("PUT", "/_fake/webhooks/"+id+"/status", body)); diff != "" {
			t.Error(diff)
		}
	}
}
