package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// written is a body that an operation accepts, with %s where another key can be added.
type written struct {
	path, body string
	strict     bool // other keys are refused
	empty      bool // the body may be missing
}

// bodies lists every place in a body for which Attio's OpenAPI document of October 2026 says whether it accepts other
// keys, by operation.
func bodies() map[string][]written {
	id := func(path string) string { return fake.ID("acme/" + path) }
	grace := `"parent_object":"people","parent_record_id":"` + id("people/grace") + `"`
	author := `"format":"plaintext","content":"x","author":{"type":"workspace-member","id":"` + id("members/ada") + `"}`
	day, upload := `"start":{"date":"2026-01-02"},"end":{"date":"2026-01-03"}`, `{"object":"people","record_id":"`+id("people/grace")+`",`
	attribute := `"title":"y","description":null,"api_slug":"y","type":"text","is_required":false,"is_unique":false,"is_multiselect":false,"config":{}`
	with := func(old, by, in string) string { return strings.Replace(in, old, by, 1) }
	meeting := `{"data":{"title":"x","description":"","is_all_day":true,` + day + `,"participants":[{"email_address":"a@example.com","is_organizer":true,"status":"accepted"}]}}`
	task := `{"data":{"content":"x","format":"plaintext","deadline_at":null,"is_completed":false,"assignees":[],"linked_records":[]%s}}`
	apollo, entry := "/v2/objects/projects/records/"+id("projects/apollo"), "/v2/lists/sales/entries/"+id("lists/sales/entries/other")
	talk, hook := "/v2/meetings/"+id("meetings/talk"), "/v2/webhooks/"+id("webhooks/new")
	values, links := `{"data":{"values":{"code":"B"}%s}}`, `{"data":{"linked_records":[]%s}}`
	const calls = "/v2/activities/phone_calls"
	intro := calls + "/records/" + id("activities/phone_calls/records/intro")
	open := func(path, body string) written { return written{path: path, body: body} }
	strict := func(path, body string) written { return written{path: path, body: body, strict: true} }
	history := func(path string) []written {
		item := `{"value":"A","active_from":"2026-01-02T00:00:00Z","active_until":null%s}`
		return []written{
			strict(path+"/values", `{"data":{"values":[`+item+`],"replace_history":true}}`),
			strict(path+"/values", `{"data":{"values":[`+with("%s", "", item)+`],"replace_history":true%s}}`),
			strict(path+"/values", `{"data":{"values":[`+with("%s", "", item)+`],"replace_history":true}%s}`),
		}
	}
	query := func(path string) []written { return []written{{path: path, body: `{"limit":1%s}`, empty: true}} }
	return map[string][]written{
		"objects.create":    {open("/v2/objects", `{"data":{"api_slug":"x","singular_noun":"x","plural_noun":"xs"%s}}`)},
		"objects.update":    {open("/v2/objects/projects", `{"data":{"singular_noun":"Y"%s}}`)},
		"records.query":     query("/v2/objects/people/records/query"),
		"records.create":    {open("/v2/objects/projects/records", values)},
		"records.upsert":    {strict("/v2/objects/projects/records?matching_attribute=key", `{"data":{"values":{"code":"B","key":"k"}%s}}`)},
		"records.overwrite": {strict(apollo, values)},
		"records.update":    {strict(apollo, values)},
		"records.merge": {
			strict("/v2/objects/people/records/merge", `{"data":{"primary_record_id":"`+id("people/grace")+`","secondary_record_id":"`+id("people/alan")+`"%s}}`),
			open("/v2/objects/people/records/merge", `{"data":{"primary_record_id":"`+id("people/grace")+`","secondary_record_id":"`+id("people/alan")+`"}%s}`),
		},
		"record_values.replace": history(apollo + "/attributes/code"),
		"entry_values.replace":  history(entry + "/attributes/size"),
		"records.search":        {open("/v2/objects/records/search", `{"query":"x","objects":["people"],"request_as":{"type":"workspace"}%s}`)},
		"attributes.create": {
			strict("/v2/objects/projects/attributes", `{"data":{`+attribute+`%s}}`),
			strict("/v2/objects/projects/attributes", `{"data":{`+with("text", "record-reference", attribute)+`,"relationship":{"object":"people","title":"z","api_slug":"z","is_multiselect":true%s}}}`),
		},
		"attributes.update":          {strict("/v2/objects/projects/attributes/code", `{"data":{"title":"Code"%s}}`)},
		"options.create":             {open("/v2/objects/projects/attributes/colour/options", `{"data":{"title":"Blue"%s}}`)},
		"options.update":             {open("/v2/objects/projects/attributes/colour/options/Red", `{"data":{"title":"Pink"%s}}`)},
		"statuses.create":            {open("/v2/objects/projects/attributes/phase/statuses", `{"data":{"title":"Done"%s}}`)},
		"statuses.update":            {open("/v2/objects/projects/attributes/phase/statuses/Doing", `{"data":{"title":"Now"%s}}`)},
		"activities.create":          {open("/v2/activities", `{"data":{"api_slug":"x","singular_noun":"x","plural_noun":"xs","extends":"calls"%s}}`)},
		"activities.update":          {strict(calls, `{"data":{"singular_noun":"Call"%s}}`)},
		"activity_records.query":     query(calls + "/records/query"),
		"activity_records.create":    {open(calls+"/records", values)},
		"activity_records.upsert":    {strict(calls+"/records?matching_attribute=key", `{"data":{"values":{"code":"B","key":"k"}%s}}`)},
		"activity_records.overwrite": {strict(intro, values)},
		"activity_records.update":    {strict(intro, values)},
		"lists.create":               {open("/v2/lists", `{"data":{"name":"x","api_slug":"x","parent_object":"people","workspace_access":"full-access","workspace_member_access":[]%s}}`)},
		"lists.update":               {open("/v2/lists/sales", `{"data":{"name":"Sold"%s}}`)},
		"object_views.create":        {open("/v2/objects/people/views", `{"data":{"title":"x","type":"table"%s}}`)},
		"object_views.update":        {open("/v2/objects/people/views/"+id("objects/people/views/all"), `{"data":{"title":"Every"%s}}`)},
		"list_views.create":          {open("/v2/lists/sales/views", `{"data":{"title":"x","type":"table"%s}}`)},
		"list_views.update":          {open("/v2/lists/sales/views/"+id("lists/sales/views/all"), `{"data":{"title":"Every"%s}}`)},
		"entries.query":              query("/v2/lists/sales/entries/query"),
		"entries.create":             {open("/v2/lists/sales/entries", `{"data":{`+grace+`,"entry_values":{}%s}}`)},
		"entries.upsert":             {open("/v2/lists/sales/entries", `{"data":{`+with(id("people/grace"), id("people/alan"), grace)+`,"entry_values":{}%s}}`)},
		"entries.overwrite":          {strict(entry, `{"data":{"entry_values":{}%s}}`)},
		"entries.update":             {strict(entry, `{"data":{"entry_values":{}%s}}`)},
		"notes.create":               {open("/v2/notes", `{"data":{`+grace+`,"title":"x","format":"plaintext","content":"x"%s}}`)},
		"notes.update":               {strict("/v2/notes/"+id("notes/memo"), `{"data":{"title":"x"%s}}`)},
		"tasks.create":               {open("/v2/tasks", task)},
		"tasks.update":               {strict("/v2/tasks/"+id("tasks/call"), `{"data":{"is_completed":true%s}}`)},
		"comments.create": {
			strict("/v2/comments", `{"data":{`+author+`,"record":{"object":"people","record_id":"`+id("people/grace")+`"}%s}}`),
			strict("/v2/comments", `{"data":{`+author+`,"entry":{"list":"sales","entry_id":"`+id("lists/sales/entries/other")+`"}%s}}`),
			strict("/v2/comments", `{"data":{`+author+`,"thread_id":"`+id("threads/open")+`"%s}}`),
		},
		"sequences.unsubscribe": {
			strict("/v2/sequences/unsubscribed_emails", `{"data":{"email_addresses":["a@example.com"]%s}}`),
			strict("/v2/sequences/unsubscribed_emails", `{"data":{"email_addresses":["a@example.com"]}%s}`),
		},
		"meetings.create": {
			open("/v2/meetings", with(`"is_all_day":true`, `"is_all_day":true%s`, meeting)),
			strict("/v2/meetings", with(`"2026-01-02"`, `"2026-01-02"%s`, meeting)),
			strict("/v2/meetings", with(`"2026-01-03"`, `"2026-01-03"%s`, meeting)),
		},
		"meetings.overwrite":     {strict(talk, links)},
		"meetings.update":        {strict(talk, links)},
		"call_recordings.create": {open(talk+"/call_recordings", `{"data":{"video_url":"https://video.example.com/a.mp4"%s}}`)},
		"files.create": {
			strict("/v2/files", upload+`"file_type":"folder","name":"x"%s}`),
			strict("/v2/files", upload+`"file_type":"connected-folder","storage_provider":"box","external_provider_file_id":"1"%s}`),
			strict("/v2/files", upload+`"file_type":"connected-file","storage_provider":"box","external_provider_file_id":"2"%s}`),
		},
		"webhooks.create": {open("/v2/webhooks", `{"data":{"target_url":"https://example.com/x","subscriptions":[]%s}}`)},
		"webhooks.update": {open(hook, `{"data":{"subscriptions":[]%s}}`)},
	}
}

// bodiesScenario has the things that the bodies name.
const bodiesScenario = `
version: 1
workspaces:
  acme:
    objects:
      people: {views: {all: {title: All}}, records: {alan: {name: "Turing, Alan"}}}
      projects: {attributes: {key: {type: text, is_unique: true}}}
    lists: {sales: {views: {all: {title: All}}}}
    activities: {phone_calls: {attributes: {key: {type: text, is_unique: true}}}}
    notes: {memo: {record: people/grace, title: Memo}}
    tasks: {call: {content: Call}}
    threads: {open: {record: people/grace, content: Hm}}
`

// withBodies returns every operation that is built and accepts a JSON body, with its bodies.
func withBodies(t *testing.T, each func(op *attio.Operation, sent written)) {
	all := bodies()
	for _, op := range attio.Operations() {
		sent, ok := all[op.Name]
		takes := slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch}, op.Method) && op.Name != "files.upload"
		switch {
		case api.Built(op) && takes && !ok:
			t.Errorf("%s takes a body; add one to bodies", op.Name)
		case api.Built(op) && !takes && ok:
			t.Errorf("%s takes no body; remove it from bodies", op.Name)
		}
		for _, one := range sent {
			each(op, one)
		}
	}
}

func newBodies(t *testing.T) *client {
	return newClient(t, fake.YAML(sentencesScenario), fake.YAML(bodiesScenario), fake.FixedClock(noon))
}

func TestUnknownKeysAreRefusedWhereAttioRefusesThem(t *testing.T) {
	t.Parallel()
	withBodies(t, func(op *attio.Operation, sent written) {
		c := newBodies(t)
		got := c.send(op.Method, sent.path, strings.Replace(sent.body, "%s", `,"zzz":1`, 1))
		refused := got.Status == 400 && strings.Contains(got.Body, `"message":"Body payload validation error."`)
		if refused != sent.strict || !sent.strict && got.Status >= 300 {
			t.Errorf("%s with another key: strict %v, got %d %s\n%s", op.Name, sent.strict, got.Status, got.Body, sent.body)
		}
		if c := newBodies(t); sent.strict {
			if got := c.send(op.Method, sent.path, strings.Replace(sent.body, "%s", "", 1)); got.Status >= 300 {
				t.Errorf("%s without another key: got %d %s", op.Name, got.Status, got.Body)
			}
		}
	})
}

// Ignoring a body would answer as if there were none: a query with a filter would return everything.
func TestABodyOfAnotherContentTypeIsRefused(t *testing.T) {
	t.Parallel()
	c := newBodies(t)
	withBodies(t, func(op *attio.Operation, sent written) {
		body := strings.Replace(sent.body, "%s", "", 1)
		without := c.do(op.Method, sent.path, nil)
		for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "text/json"} {
			got := c.do(op.Method, sent.path, raw("%s", body), header("Content-Type", contentType))
			want := without
			if sent.empty {
				want = answer{Status: 400, Body: badRequest("validation_type", "Body payload validation error.")}
			}
			if got.Status != 400 || got.Body != want.Body || !strings.Contains(got.Body, `"message":"Body payload validation error."`) {
				t.Errorf("%s as %q: got %d %s\nwant 400 %s", op.Name, contentType, got.Status, got.Body, want.Body)
			}
		}
		if got := c.do(op.Method, sent.path, nil); sent.empty != (got.Status == 200) {
			t.Errorf("%s without a body: %d %s", op.Name, got.Status, got.Body)
		}
	})
}

func TestAnEmptyChangeChangesNothing(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/v2/objects/projects/attributes/code", "/v2/objects/projects/attributes/colour/options/Red", "/v2/objects/projects/attributes/phase/statuses/Doing",
		"/v2/lists/sales", "/v2/lists/sales/attributes/size", "/v2/objects/people/views/" + fake.ID("acme/objects/people/views/all"), "/v2/lists/sales/views/" + fake.ID("acme/lists/sales/views/all"),
		"/v2/notes/" + fake.ID("acme/notes/memo"), "/v2/tasks/" + fake.ID("acme/tasks/call"), "/v2/webhooks/" + fake.ID("acme/webhooks/old"),
	} {
		c := newBodies(t)
		got := c.send("PATCH", path, `{"data":{}}`)
		if got.Status != 200 {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
		if read := c.get(path); read.Status == 200 && read.Body != got.Body {
			t.Errorf("%s: the change answered %s, and reading it %s", path, got.Body, read.Body)
		}
		for _, request := range c.server.Requests() {
			if len(request.Changes) > 0 {
				t.Errorf("%s changed %v", path, request.Changes)
			}
		}
	}
}
