package webhook_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// eventScenario has one thing of every kind.
const eventScenario = `
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects:
      companies:
        views: {all: {title: All}}
        records: {navy: {domains: [navy.com]}, army: {}}
      people: {records: {grace: {job_title: Admiral, company: {record: companies/navy}}, alan: {}}}
      ships:
        singular_noun: Ship
        plural_noun: Ships
        attributes:
          code: {type: text, is_unique: true}
          area: {type: select, is_multiselect: true, options: [North, South]}
          phase: {type: status, statuses: [Open, Done]}
          owner: {type: record-reference, relationship: {object: companies, title: Ships, api_slug: ships, is_multiselect: true}}
        records: {hms: {code: H, area: [North], phase: Open, owner: {record: companies/navy}}}
    lists:
      sales:
        parent_object: companies
        attributes: {stage: {type: status, statuses: [Lead, Won]}, amount: number}
        views: {all: {title: All}}
        entries: {navy: {record: navy, stage: Lead, amount: 1}}
      fleet: {parent_object: ships, entries: {berth: {record: hms}}}
    tasks: {call: {content: Call, linked_records: [companies/navy]}}
    threads:
      hm: {record: companies/navy, content: Hm., replies: {ah: Ah.}}
      oh: {entry: sales/navy, content: Oh.}
    meetings: {kickoff: {start: 2026-01-15T12:00:00Z, participants: [ada@example.com], created_by: {token: full}}}
    call_recordings: {talk: {meeting: kickoff}}
    files: {plan: {record: companies/navy, name: plan.txt, text: Sail.}}
    webhooks: {hook: {target_url: "http://receiver", subscriptions: [record.created]}}
`

// paths are the things of eventScenario whose ids tests name, below acme.
var paths = []string{
	"members/ada", "members/bob", "people/grace", "people/alan", "companies/navy", "companies/army", "ships/hms",
	"objects/people", "objects/companies", "objects/ships", "lists/sales", "lists/fleet", "lists/sales/entries/navy", "lists/fleet/entries/berth",
	"objects/people/attributes/company", "objects/people/attributes/job_title", "objects/people/attributes/email_addresses", "objects/people/attributes/name",
	"objects/companies/attributes/team", "objects/companies/attributes/domains", "objects/companies/attributes/name", "objects/companies/attributes/ships",
	"objects/ships/attributes/code", "objects/ships/attributes/area", "objects/ships/attributes/phase", "objects/ships/attributes/owner",
	"lists/sales/attributes/stage", "lists/sales/attributes/amount",
	"tasks/call", "threads/hm", "threads/hm/replies/ah", "threads/oh", "meetings/kickoff", "call_recordings/talk", "files/plan", "notes/memo",
	"objects/companies/views/all", "lists/sales/views/all", "webhooks/hook",
}

func id(path string) string { return string(attio.PathID("acme/" + path)) }

// observer is a world with its API; it records every event.
type observer struct {
	t      *testing.T
	world  *world.World
	api    http.Handler
	events []webhook.Event
	names  map[string]string
}

func (o *observer) Committed(c world.Commit) { o.events = append(o.events, webhook.Events(c)...) }
func (o *observer) Added(*world.Workspace)   {}
func (o *observer) Removed(*world.Workspace) {}
func (o *observer) WasReset()                {}

func observe(t *testing.T, overlay string) *observer {
	t.Helper()
	sources := []scenario.Source{scenario.Text("events", eventScenario)}
	if overlay != "" {
		sources = append(sources, scenario.Text("overlay", "version: 1\nworkspaces: {acme: "+overlay+"}\n"))
	}
	seed, err := scenario.Load(sources...)
	if err != nil {
		t.Fatal(err)
	}
	o := &observer{t: t, world: world.New(seed), names: make(map[string]string)}
	o.world.Clock.Freeze(true)
	o.world.Watch(o)
	workspace, _ := o.world.Workspace("acme")
	if err := workspace.Update(world.Author{}, func(tx *world.Tx) error {
		_, err := tx.CreateNote(attio.ID(id("notes/memo")), world.NoteDraft{Object: "companies", Record: attio.ID(id("companies/navy")), Title: "Memo"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	o.events = nil // ignore the events of the preparation
	o.api = api.New(o.world, slog.New(slog.DiscardHandler))
	for _, path := range paths {
		o.names[id(path)] = path
	}
	return o
}

// request is a call of the API. Its path and body can name things of paths in <>.
type request struct {
	method, path, body string
	contentType        string // empty for JSON
}

func (o *observer) send(r request) (int, string) {
	o.t.Helper()
	named := func(s string) string {
		for _, path := range paths {
			s = strings.ReplaceAll(s, "<"+path+">", id(path))
		}
		return s
	}
	sent := httptest.NewRequest(r.method, "https://api.attio.com"+named(r.path), strings.NewReader(named(r.body)))
	sent.Header.Set("Authorization", "Bearer "+attio.DerivedToken("acme", "full"))
	sent.Header.Set("Content-Type", "application/json")
	if r.contentType != "" {
		sent.Header.Set("Content-Type", r.contentType)
	}
	got := httptest.NewRecorder()
	o.api.ServeHTTP(got, sent)
	return got.Code, got.Body.String()
}

// told describes events briefly: "record.updated object_id=objects/people record_id=people/grace". An id that the
// scenario does not have is shown as new.
func (o *observer) told() []string {
	o.t.Helper()
	var all []string
	for _, e := range o.events {
		said := e.Type
		for _, m := range flatten(o.t, e.JSON) {
			value := m.value
			if name, ok := o.names[value]; ok {
				value = name
			} else if _, isID := attio.ParseID(value); isID {
				value = "new"
			}
			switch m.path {
			case "event_type", "id.workspace_id", "actor.type", "actor.id":
			default:
				said += " " + strings.TrimPrefix(m.path, "id.") + "=" + value
			}
		}
		all = append(all, said)
	}
	return all
}

// leaf is a text or null in JSON.
type leaf struct{ path, value string }

// flatten returns the leaves of an object in order; null is one.
func flatten(t testing.TB, raw []byte) []leaf {
	t.Helper()
	var leaves []leaf
	var open []string
	key, dec := "", json.NewDecoder(bytes.NewReader(raw))
	for range 100 {
		token, err := dec.Token()
		if err != nil {
			return leaves
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '{' {
				open = append(open, key)
			} else {
				open = open[:len(open)-1]
			}
			key = ""
		case string:
			if key == "" {
				key = token
				continue
			}
			leaves, key = append(leaves, leaf{strings.TrimPrefix(strings.Join(append(open[:len(open):len(open)], key), "."), "."), token}), ""
		case nil:
			leaves, key = append(leaves, leaf{strings.TrimPrefix(strings.Join(append(open[:len(open):len(open)], key), "."), "."), "null"}), ""
		default:
			t.Fatalf("%s has a %v", raw, token)
		}
	}
	t.Fatalf("%s does not end", raw)
	return nil
}

func TestAnUpdatedNoteIsToldAsReceived(t *testing.T) {
	t.Parallel()
	var received struct{ Events []json.RawMessage }
	if err := json.Unmarshal(contract.FindRecording(t, "amp__webhook_note_updated").Body, &received); err != nil {
		t.Fatal(err)
	}
	o := observe(t, "")
	o.send(request{method: "PATCH", path: "/v2/notes/<notes/memo>", body: `{"data":{"title":"Other"}}`})
	if len(o.events) != 1 {
		t.Fatalf("told of %d events", len(o.events))
	}
	recording := contract.Recording{Answer: contract.Answer{Body: received.Events[0]}}
	for _, difference := range contract.Compare(recording, contract.Answer{Body: o.events[0].JSON}, contract.Exact("event_type")) {
		t.Error(difference)
	}
}

// documented are the paths of the leaves of each type of event, in the order of Attio's document.
func documented(t testing.TB) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(contract.Facts(t), "openapi-webhooks.json"))
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Required   []string
		Properties map[string]json.RawMessage
	}
	var document struct {
		Webhooks map[string]struct {
			Post struct {
				RequestBody struct {
					Content map[string]struct {
						Schema struct {
							Properties struct{ Events struct{ Items object } }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]string)
	for kind, hook := range document.Webhooks {
		items := hook.Post.RequestBody.Content["application/json"].Schema.Properties.Events.Items
		for _, key := range items.Required {
			var inner object
			if err := json.Unmarshal(items.Properties[key], &inner); err != nil {
				t.Fatal(err)
			}
			if inner.Required == nil {
				all[kind] = append(all[kind], key)
			}
			for _, below := range inner.Required {
				all[kind] = append(all[kind], key+"."+below)
			}
		}
	}
	return all
}

func TestEveryEventHasTheKeysOfTheDocument(t *testing.T) {
	t.Parallel()
	document := documented(t)
	seen := make(map[string]bool)
	for _, tc := range operations {
		o := observe(t, tc.overlay)
		for _, r := range tc.requests {
			o.send(r)
		}
		for _, e := range o.events {
			var got []string
			for _, l := range flatten(t, e.JSON) {
				got = append(got, l.path)
			}
			if diff := cmp.Diff(document[e.Type], got); diff != "" {
				t.Errorf("%s (-document +ours)\n%s", e.Type, diff)
			}
			seen[e.Type] = true
		}
	}
	if len(seen) < 15 {
		t.Errorf("the operations cause %d types of events only", len(seen))
	}
}

func TestAnEventIsSentAsInTheDocumentsExample(t *testing.T) {
	t.Parallel()
	o := observe(t, "")
	o.send(request{method: "PATCH", path: "/v2/lists/sales/entries/<lists/sales/entries/navy>", body: `{"data":{"entry_values":{"amount":2}}}`})
	want := fmt.Sprintf(`{"event_type":"list-entry.updated","id":{"workspace_id":"%s","list_id":"%s","entry_id":"%s","attribute_id":"%s"},`+
		`"parent_object_id":"%s","parent_record_id":"%s","actor":{"type":"api-token","id":"%s"}}`,
		attio.PathID("acme"), id("lists/sales"), id("lists/sales/entries/navy"), id("lists/sales/attributes/amount"),
		id("objects/companies"), id("companies/navy"), id("tokens/full"))
	if len(o.events) != 1 || string(o.events[0].JSON) != want {
		t.Errorf("want %s, got %s", want, o.events[0].JSON)
	}
}

func TestTheActorIsWhoWrote(t *testing.T) {
	t.Parallel()
	o := observe(t, "{effects: {link_companies: true}, tokens: {app: {scopes: all, kind: app}}}")
	workspace, _ := o.world.Workspace("acme")
	o.send(request{method: "POST", path: "/v2/objects/people/records", body: `{"data":{"values":{"email_addresses":["ida@navy.com"]}}}`})
	for _, author := range []attio.Actor{{Type: attio.ActorWorkspaceMember, ID: "m"}, {Type: attio.ActorApp, ID: "a"}} {
		if err := workspace.Update(world.Author{Actor: author}, func(tx *world.Tx) error { return tx.DeleteTask(attio.ID(id("tasks/call"))) }); err != nil {
			t.Fatal(err)
		}
		o.world.Reset()
	}
	var got []string
	for _, e := range o.events {
		_, actor, _ := strings.Cut(string(e.JSON), `"actor":`)
		got = append(got, e.Type+" "+actor)
	}
	key := `{"type":"api-token","id":"` + id("tokens/full") + `"}}`
	want := []string{
		"record.created " + key,
		`record.updated {"type":"system","id":null}}`, // the company of the person
		`record.updated {"type":"system","id":null}}`, // the team of the company
		`task.deleted {"type":"workspace-member","id":"m"}}`,
		`task.deleted {"type":"app","id":"a"}}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestASubscriptionTakesTheEventsOfItsTypeThatPassItsFilter(t *testing.T) {
	t.Parallel()
	o := observe(t, "")
	o.send(request{method: "POST", path: "/v2/comments", body: `{"data":{"format":"plaintext","content":"Hm.","author":{"type":"workspace-member","id":"<members/ada>"},` +
		`"record":{"object":"companies","record_id":"<companies/army>"}}}`})
	if len(o.events) != 1 {
		t.Fatalf("got %v", o.told())
	}
	condition := func(field, operator, value string) string {
		return `{"field":"` + field + `","operator":"` + operator + `","value":"` + value + `"}`
	}
	army, navy := id("companies/army"), id("companies/navy")
	for _, tc := range []struct {
		eventType, filter string
		want              bool
	}{
		{"comment.created", `null`, true},
		{"comment.deleted", `null`, false},
		{"comment", `null`, false},
		{"comment.created", `{"$and":[` + condition("record_id", "equals", army) + `]}`, true},
		{"comment.deleted", `{"$and":[` + condition("record_id", "equals", army) + `]}`, false},
		{"comment.created", `{"$and":[` + condition("record_id", "equals", navy) + `]}`, false},
		{"comment.created", `{"$and":[` + condition("record_id", "not_equals", navy) + `]}`, true},
		{"comment.created", `{"$or":[` + condition("record_id", "equals", navy) + `,` + condition("record_id", "equals", army) + `]}`, true},
		{"comment.created", `{"$and":[` + condition("record_id", "equals", army) + `,` + condition("actor.type", "equals", "api-token") + `]}`, true},
		{"comment.created", `{"$and":[` + condition("actor.type", "not_equals", "api-token") + `]}`, false},
		{"comment.created", `{"$and":[` + condition("actor.id", "equals", id("tokens/full")) + `]}`, true},
		{"comment.created", `{"$and":[` + condition("id.workspace_id", "equals", string(attio.PathID("acme"))) + `]}`, true},
		{"comment.created", `{"$and":[` + condition("event_type", "equals", "comment.created") + `]}`, true},
		{"comment.created", `{"$and":[` + condition("record_id", "equals", strings.ToUpper(army)) + `]}`, false},
		// A value that is null or missing equals nothing.
		{"comment.created", `{"$and":[` + condition("list_id", "equals", "null") + `]}`, false},
		{"comment.created", `{"$and":[` + condition("list_id", "equals", "") + `]}`, false},
		{"comment.created", `{"$and":[` + condition("list_id", "not_equals", id("lists/sales")) + `]}`, true},
		{"comment.created", `{"$and":[` + condition("id.record_id", "equals", army) + `]}`, false},
		{"comment.created", `{"$and":[` + condition("id.record_id", "not_equals", army) + `]}`, true},
		{"comment.created", `{"$and":[` + condition("comment_id", "not_equals", "x") + `]}`, true},
		{"comment.created", `{"$and":[` + condition("id", "equals", army) + `]}`, false},
		{"comment.created", `{"$and":[` + condition("actor", "not_equals", army) + `]}`, true},
		{"comment.created", `{"$or":[]}`, false},
	} {
		sub := world.Subscription{EventType: tc.eventType}
		if err := json.Unmarshal([]byte(tc.filter), &sub.Filter); err != nil {
			t.Fatal(err)
		}
		if got := webhook.Matches(sub, o.events[0]); got != tc.want {
			t.Errorf("%s %s: %v", tc.eventType, tc.filter, got)
		}
	}
}

func TestACallRecordingIsKnownAtOnceOnlyWhereItIsComplete(t *testing.T) {
	t.Parallel()
	o := observe(t, "{plan: enterprise}")
	workspace, _ := o.world.Workspace("acme")
	now := o.world.Clock.Now().Truncate(time.Millisecond)
	for i, draft := range []world.CallRecording{
		{ReadyAt: now}, {ReadyAt: now, Failed: true}, {ReadyAt: now.Add(time.Millisecond)}, {VideoURL: "https://videos.invalid/1.mp4"},
	} {
		draft.Meeting = attio.ID(id("meetings/kickoff"))
		if err := workspace.Update(world.Author{}, func(tx *world.Tx) error {
			_, err := tx.CreateCallRecording(attio.ID(id(strconv.Itoa(i))), draft)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"call-recording.created meeting_id=meetings/kickoff call_recording_id=new"}, o.told()); diff != "" {
		t.Fatal(diff)
	}
	var paths []string
	for _, l := range flatten(t, o.events[0].JSON) {
		paths = append(paths, l.path)
	}
	if diff := cmp.Diff(documented(t)["call-recording.created"], paths); diff != "" {
		t.Errorf("(-document +ours)\n%s", diff)
	}
}

func TestAThreadIsResolvedAndOpenedAgain(t *testing.T) {
	t.Parallel()
	o := observe(t, "")
	workspace, _ := o.world.Workspace("acme")
	for _, change := range []func(*world.Tx) error{
		func(tx *world.Tx) error { return tx.ResolveThread(attio.ID(id("threads/oh"))) },
		func(tx *world.Tx) error { return tx.ResolveThread(attio.ID(id("threads/oh"))) }, // does nothing
		func(tx *world.Tx) error { return tx.UnresolveThread(attio.ID(id("threads/oh"))) },
	} {
		if err := workspace.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, change); err != nil {
			t.Fatal(err)
		}
	}
	const on = " comment_id=threads/oh thread_id=threads/oh object_id=objects/companies record_id=companies/navy list_id=lists/sales entry_id=lists/sales/entries/navy"
	if diff := cmp.Diff([]string{"comment.resolved" + on, "comment.unresolved" + on}, o.told()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatOnlyAnAdminDoes(t *testing.T) {
	t.Parallel()
	o := observe(t, "")
	workspace, _ := o.world.Workspace("acme")
	do := func(change func(*world.Tx) error) {
		t.Helper()
		if err := workspace.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, change); err != nil {
			t.Fatal(err)
		}
	}
	do(func(tx *world.Tx) error {
		return tx.AddMember("new", &world.User{Email: "new@example.com"}, world.Regular)
	})
	do(func(tx *world.Tx) error { return tx.SetAccess("new", world.Suspended) })
	do(func(tx *world.Tx) error { tx.Rename("Other"); return nil })
	do(func(tx *world.Tx) error { tx.EnableObject("deals"); return nil })
	if err := workspace.AddToken(world.Token{ID: "key", Value: "value"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"workspace-member.created workspace_member_id=new"}, o.told()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
