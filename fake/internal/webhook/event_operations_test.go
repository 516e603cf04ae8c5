package webhook_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// operation is some calls of one operation and their events.
type operation struct {
	name     string // of the operation
	does     string // a description, if there are several
	overlay  string // what acme has in addition in the scenario
	requests []request
	want     []string
}

func calls(requests ...request) []request { return requests }

func post(path, data string) request {
	return request{"POST", "/v2/" + path, `{"data":` + data + `}`, ""}
}
func put(path, data string) request {
	return request{"PUT", "/v2/" + path, `{"data":` + data + `}`, ""}
}
func patch(path, data string) request {
	return request{"PATCH", "/v2/" + path, `{"data":` + data + `}`, ""}
}
func del(path string) request { return request{"DELETE", "/v2/" + path, "", ""} }

const (
	grace = "objects/people/records/<people/grace>"
	memo  = "notes/<notes/memo>"
	entry = "lists/sales/entries/<lists/sales/entries/navy>"

	graceUpdated = "record.updated object_id=objects/people record_id=people/grace attribute_id=objects/people/attributes/"
	navyUpdated  = "record.updated object_id=objects/companies record_id=companies/navy attribute_id=objects/companies/attributes/"
	armyUpdated  = "record.updated object_id=objects/companies record_id=companies/army attribute_id=objects/companies/attributes/"
	shipUpdated  = "record.updated object_id=objects/ships record_id=ships/hms attribute_id=objects/ships/attributes/"
	newPerson    = "record.created object_id=objects/people record_id=new"

	ofNavy       = " parent_object_id=objects/companies parent_record_id=companies/navy"
	entryUpdated = "list-entry.updated list_id=lists/sales entry_id=lists/sales/entries/navy attribute_id=lists/sales/attributes/"
	newEntry     = "list-entry.created list_id=lists/sales entry_id=new parent_object_id=objects/companies parent_record_id=companies/"
	onNavy       = " object_id=objects/companies record_id=companies/navy list_id=null entry_id=null"
	onEntry      = " object_id=objects/companies record_id=companies/navy list_id=lists/sales entry_id=lists/sales/entries/navy"

	newAttribute = `"description":null,"is_required":false,"is_unique":false,"is_multiselect":false,"config":{}`
)

// operations lists every operation that writes.
var operations = []operation{
	{name: "objects.create", requests: calls(post("objects", `{"api_slug":"planes","singular_noun":"Plane","plural_noun":"Planes"}`))},
	{name: "objects.update", requests: calls(patch("objects/ships", `{"singular_noun":"Vessel"}`))},
	{name: "objects.delete", requests: calls(del("objects/ships")), want: []string{
		"list.deleted list_id=lists/fleet",
		navyUpdated + "ships",
		"record.deleted object_id=objects/ships record_id=ships/hms",
		"list-entry.deleted list_id=lists/fleet entry_id=lists/fleet/entries/berth parent_object_id=objects/ships parent_record_id=ships/hms",
	}},

	{name: "records.create", requests: calls(post("objects/people/records", `{"values":{"job_title":"Captain","name":"Hopper, Grace"}}`)), want: []string{newPerson}},
	{name: "records.create", does: "with a relationship", requests: calls(post("objects/people/records", `{"values":{"company":{"target_object":"companies","target_record_id":"<companies/army>"}}}`)),
		want: []string{newPerson, armyUpdated + "team"}},
	{name: "records.create", does: "refused", requests: calls(post("objects/ships/records", `{"values":{"code":"H"}}`))},
	{name: "records.upsert", does: "a new one", requests: calls(put("objects/companies/records?matching_attribute=domains", `{"values":{"domains":["sea.com"]}}`)),
		want: []string{"record.created object_id=objects/companies record_id=new"}},
	{name: "records.upsert", does: "one that is there", requests: calls(put("objects/companies/records?matching_attribute=domains", `{"values":{"domains":["navy.com"],"name":"Navy"}}`)),
		want: []string{navyUpdated + "name"}},
	{name: "records.upsert", does: "and nothing is new", requests: calls(put("objects/companies/records?matching_attribute=domains", `{"values":{"domains":["navy.com"]}}`))},
	{name: "records.update", requests: calls(patch(grace, `{"values":{"job_title":"Captain","name":"Hopper, Grace"}}`)), want: []string{graceUpdated + "job_title", graceUpdated + "name"}},
	{name: "records.update", does: "the same value", requests: calls(patch(grace, `{"values":{"job_title":"Admiral"}}`))},
	{name: "records.update", does: "in two requests", requests: calls(patch(grace, `{"values":{"job_title":"Captain"}}`), patch(grace, `{"values":{"job_title":"Admiral"}}`)),
		want: []string{graceUpdated + "job_title", graceUpdated + "job_title"}},
	{name: "records.update", does: "a relationship", requests: calls(patch(grace, `{"values":{"company":{"target_object":"companies","target_record_id":"<companies/army>"}}}`)),
		want: []string{graceUpdated + "company", navyUpdated + "team", armyUpdated + "team"}},
	{name: "records.update", does: "a relationship from its other side", requests: calls(patch("objects/companies/records/<companies/army>", `{"values":{"team":[{"target_object":"people","target_record_id":"<people/grace>"}]}}`)),
		want: []string{armyUpdated + "team", graceUpdated + "company", navyUpdated + "team"}},
	{name: "records.update", does: "one more of several values", requests: calls(patch("objects/ships/records/<ships/hms>", `{"values":{"area":["South"]}}`)), want: []string{shipUpdated + "area"}},
	{name: "records.overwrite", requests: calls(put(grace, `{"values":{"company":[]}}`)), want: []string{graceUpdated + "company", navyUpdated + "team"}},
	{name: "records.overwrite", does: "the same values", requests: calls(put("objects/ships/records/<ships/hms>", `{"values":{"area":["North"],"phase":"Open","code":"H"}}`))},
	{name: "records.delete", requests: calls(del(grace)), want: []string{navyUpdated + "team", "record.deleted object_id=objects/people record_id=people/grace"}},
	{name: "records.delete", does: "with all that hangs on it", requests: calls(del("objects/companies/records/<companies/navy>")), want: []string{
		graceUpdated + "company", shipUpdated + "owner",
		"record.deleted object_id=objects/companies record_id=companies/navy",
		"note.deleted note_id=notes/memo" + ofNavy,
		"task.updated task_id=tasks/call",
		"comment.deleted comment_id=threads/oh thread_id=threads/oh" + onEntry, // in the order of the ids
		"comment.deleted comment_id=threads/hm/replies/ah thread_id=threads/hm" + onNavy,
		"comment.deleted comment_id=threads/hm thread_id=threads/hm" + onNavy,
		"list-entry.deleted list_id=lists/sales entry_id=lists/sales/entries/navy" + ofNavy,
	}},
	{name: "records.merge", requests: calls(post("objects/companies/records/merge", `{"primary_record_id":"<companies/navy>","secondary_record_id":"<companies/army>"}`)), want: []string{
		"record.merged object_id=objects/companies record_id=new duplicate_object_id=objects/companies duplicate_record_id=companies/navy",
		"record.merged object_id=objects/companies record_id=new duplicate_object_id=objects/companies duplicate_record_id=companies/army",
	}},
	{name: "record_values.replace", requests: calls(put(grace+"/attributes/job_title/values", `{"values":[{"value":"Captain","active_from":"2020-01-01T00:00:00Z","active_until":null}],"replace_history":true}`))},

	{name: "attributes.create", does: "of an object", requests: calls(post("objects/ships/attributes", `{"title":"Name","api_slug":"name","type":"text",`+newAttribute+`}`)),
		want: []string{"object-attribute.created object_id=objects/ships attribute_id=new"}},
	{name: "attributes.create", does: "with a relationship", requests: calls(post("objects/ships/attributes", `{"title":"Captain","api_slug":"captain","type":"record-reference",`+newAttribute+
		`,"relationship":{"object":"people","title":"Ship","api_slug":"ship","is_multiselect":false}}`)),
		want: []string{"object-attribute.created object_id=objects/people attribute_id=new", "object-attribute.created object_id=objects/ships attribute_id=new"}},
	{name: "attributes.create", does: "of a list", requests: calls(post("lists/sales/attributes", `{"title":"Name","api_slug":"name","type":"text",`+newAttribute+`}`)),
		want: []string{"list-attribute.created list_id=lists/sales attribute_id=new"}},
	{name: "attributes.update", does: "of an object", requests: calls(patch("objects/ships/attributes/code", `{"title":"Number"}`), patch("objects/ships/attributes/code", `{"title":"Number"}`)),
		want: []string{"object-attribute.updated object_id=objects/ships attribute_id=objects/ships/attributes/code"}},
	{name: "attributes.update", does: "of a list", requests: calls(patch("lists/sales/attributes/amount", `{"is_archived":true}`)),
		want: []string{"list-attribute.updated list_id=lists/sales attribute_id=lists/sales/attributes/amount"}},
	{name: "options.create", requests: calls(post("objects/ships/attributes/area/options", `{"title":"East"}`))},
	{name: "options.update", requests: calls(patch("objects/ships/attributes/area/options/North", `{"title":"N"}`))},
	{name: "statuses.create", requests: calls(post("lists/sales/attributes/stage/statuses", `{"title":"Lost"}`))},
	{name: "statuses.update", requests: calls(patch("lists/sales/attributes/stage/statuses/Won", `{"title":"Gained"}`))},

	{name: "lists.create", requests: calls(post("lists", `{"name":"New","api_slug":"new","parent_object":"people","workspace_access":"full-access","workspace_member_access":[]}`)),
		want: []string{"list.created list_id=new"}},
	{name: "lists.update", requests: calls(patch("lists/sales", `{"name":"Deals"}`), patch("lists/sales", `{"name":"Deals"}`)), want: []string{"list.updated list_id=lists/sales"}},
	{name: "entries.create", requests: calls(post("lists/sales/entries", `{"parent_object":"companies","parent_record_id":"<companies/army>","entry_values":{"amount":3}}`)), want: []string{newEntry + "army"}},
	{name: "entries.upsert", does: "a new one", requests: calls(put("lists/sales/entries", `{"parent_object":"companies","parent_record_id":"<companies/army>","entry_values":{}}`)), want: []string{newEntry + "army"}},
	{name: "entries.upsert", does: "one that is there", requests: calls(put("lists/sales/entries", `{"parent_object":"companies","parent_record_id":"<companies/navy>","entry_values":{"stage":"Won","amount":1}}`)),
		want: []string{entryUpdated + "stage" + ofNavy}},
	{name: "entries.update", requests: calls(patch(entry, `{"entry_values":{"stage":"Won","amount":2}}`)), want: []string{entryUpdated + "stage" + ofNavy, entryUpdated + "amount" + ofNavy}},
	{name: "entries.overwrite", requests: calls(put(entry, `{"entry_values":{"stage":"Lead","amount":[]}}`)), want: []string{entryUpdated + "amount" + ofNavy}},
	{name: "entries.delete", requests: calls(del(entry)), want: []string{
		"list-entry.deleted list_id=lists/sales entry_id=lists/sales/entries/navy" + ofNavy,
		"comment.deleted comment_id=threads/oh thread_id=threads/oh" + onEntry,
	}},
	{name: "entry_values.replace", requests: calls(put(entry+"/attributes/stage/values", `{"values":[{"value":"Won","active_from":"2020-01-01T00:00:00Z","active_until":null}],"replace_history":true}`))},

	{name: "notes.create", requests: calls(post("notes", `{"parent_object":"people","parent_record_id":"<people/grace>","title":"T","format":"plaintext","content":"C"}`)),
		want: []string{"note.created note_id=new parent_object_id=objects/people parent_record_id=people/grace"}},
	{name: "notes.update", does: "its title", requests: calls(patch(memo, `{"title":"Other"}`)), want: []string{"note.updated note_id=notes/memo" + ofNavy}},
	{name: "notes.update", does: "its content", requests: calls(patch(memo, `{"format":"plaintext","content":"Other"}`)), want: []string{"note-content.updated note_id=notes/memo" + ofNavy}},
	{name: "notes.update", does: "both", requests: calls(patch(memo, `{"title":"Other","format":"plaintext","content":"Other"}`)),
		want: []string{"note.updated note_id=notes/memo" + ofNavy, "note-content.updated note_id=notes/memo" + ofNavy}},
	{name: "notes.update", does: "and nothing is new", requests: calls(patch(memo, `{"title":"Memo"}`))},
	{name: "notes.delete", requests: calls(del(memo)), want: []string{"note.deleted note_id=notes/memo" + ofNavy}},
	{name: "tasks.create", requests: calls(post("tasks", `{"content":"Write","format":"plaintext","deadline_at":null,"is_completed":false,"linked_records":[],"assignees":[]}`)),
		want: []string{"task.created task_id=new"}},
	{name: "tasks.update", requests: calls(patch("tasks/<tasks/call>", `{"is_completed":true}`), patch("tasks/<tasks/call>", `{"is_completed":true}`)), want: []string{"task.updated task_id=tasks/call"}},
	{name: "tasks.delete", requests: calls(del("tasks/<tasks/call>")), want: []string{"task.deleted task_id=tasks/call"}},

	{name: "comments.create", does: "on a record", requests: calls(post("comments", `{"format":"plaintext","content":"So.","author":{"type":"workspace-member","id":"<members/ada>"},`+
		`"record":{"object":"companies","record_id":"<companies/navy>"}}`)), want: []string{"comment.created comment_id=new thread_id=new" + onNavy}},
	{name: "comments.create", does: "on an entry", requests: calls(post("comments", `{"format":"plaintext","content":"So.","author":{"type":"workspace-member","id":"<members/ada>"},`+
		`"entry":{"list":"sales","entry_id":"<lists/sales/entries/navy>"}}`)), want: []string{"comment.created comment_id=new thread_id=new" + onEntry}},
	{name: "comments.create", does: "in a thread", requests: calls(post("comments", `{"format":"plaintext","content":"So.","author":{"type":"workspace-member","id":"<members/ada>"},`+
		`"thread_id":"<threads/hm>"}`)), want: []string{"comment.created comment_id=new thread_id=threads/hm" + onNavy}},
	{name: "comments.delete", does: "a reply", requests: calls(del("comments/<threads/hm/replies/ah>")), want: []string{"comment.deleted comment_id=threads/hm/replies/ah thread_id=threads/hm" + onNavy}},
	{name: "comments.delete", does: "a thread", requests: calls(del("comments/<threads/hm>")), want: []string{
		"comment.deleted comment_id=threads/hm thread_id=threads/hm" + onNavy,
		"comment.deleted comment_id=threads/hm/replies/ah thread_id=threads/hm" + onNavy,
	}},

	{name: "meetings.create", requests: calls(post("meetings", `{"title":"Talk","description":"","start":{"datetime":"2026-01-16T12:00:00Z","timezone":"UTC"},`+
		`"end":{"datetime":"2026-01-16T13:00:00Z","timezone":"UTC"},"is_all_day":false,"participants":[{"email_address":"bob@example.com","is_organizer":true,"status":"accepted"}],"linked_records":[]}`))},
	{name: "meetings.overwrite", requests: calls(put("meetings/<meetings/kickoff>", `{"linked_records":[]}`))},
	{name: "meetings.update", requests: calls(patch("meetings/<meetings/kickoff>", `{"linked_records":[{"object":"people","record_id":"<people/alan>"}]}`))},
	{name: "meetings.delete", requests: calls(del("meetings/<meetings/kickoff>"))},
	{name: "call_recordings.create", overlay: "{plan: enterprise}", requests: calls(post("meetings/<meetings/kickoff>/call_recordings", `{"video_url":"https://videos.example.com/1.mp4"}`))}, // the event is sent when it is complete
	{name: "call_recordings.delete", requests: calls(del("meetings/<meetings/kickoff>/call_recordings/<call_recordings/talk>"))},

	{name: "files.create", requests: calls(request{"POST", "/v2/files", `{"file_type":"folder","object":"companies","record_id":"<companies/navy>","name":"Plans"}`, ""})},
	{name: "files.upload", requests: calls(request{"POST", "/v2/files/upload", strings.ReplaceAll(
		"--x\nContent-Disposition: form-data; name=\"object\"\n\ncompanies\n--x\nContent-Disposition: form-data; name=\"record_id\"\n\n<companies/navy>\n"+
			"--x\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\nContent-Type: text/plain\n\nhello\n--x--\n", "\n", "\r\n"), "multipart/form-data; boundary=x"})},
	{name: "files.delete", requests: calls(del("files/<files/plan>"))},
	{name: "sequences.unsubscribe", requests: calls(post("sequences/unsubscribed_emails", `{"email_addresses":["x@example.com"]}`))},
	{name: "object_views.create", requests: calls(post("objects/companies/views", `{"title":"New","type":"table"}`))},
	{name: "object_views.update", requests: calls(patch("objects/companies/views/<objects/companies/views/all>", `{"title":"Every"}`))},
	{name: "object_views.delete", requests: calls(del("objects/companies/views/<objects/companies/views/all>"))},
	{name: "list_views.create", requests: calls(post("lists/sales/views", `{"title":"New","type":"table"}`))},
	{name: "list_views.update", requests: calls(patch("lists/sales/views/<lists/sales/views/all>", `{"title":"Every"}`))},
	{name: "list_views.delete", requests: calls(del("lists/sales/views/<lists/sales/views/all>"))},
	{name: "webhooks.create", requests: calls(post("webhooks", `{"target_url":"https://example.com","subscriptions":[]}`))},
	{name: "webhooks.update", requests: calls(patch("webhooks/<webhooks/hook>", `{"target_url":"https://example.com"}`))},
	{name: "webhooks.delete", requests: calls(del("webhooks/<webhooks/hook>"))},
}

func TestEveryOperationMakesKnownWhatItChanged(t *testing.T) {
	t.Parallel()
	for _, tc := range operations {
		t.Run(strings.TrimSpace(tc.name+" "+tc.does), func(t *testing.T) {
			t.Parallel()
			o := observe(t, tc.overlay)
			for _, r := range tc.requests {
				if status, body := o.send(r); tc.does == "refused" != (status >= 400) {
					t.Fatalf("%s %s: %d %s", r.method, r.path, status, body)
				}
			}
			if diff := cmp.Diff(tc.want, o.told()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for _, e := range o.events {
				if !strings.HasSuffix(string(e.JSON), `,"actor":{"type":"api-token","id":"`+id("tokens/full")+`"}}`) {
					t.Errorf("the actor is not the token: %s", e.JSON)
				}
			}
		})
	}
}

func TestEveryOperationThatWritesIsAmongThem(t *testing.T) {
	t.Parallel()
	for _, op := range attio.Operations() {
		known := slices.ContainsFunc(operations, func(o operation) bool { return o.name == op.Name })
		if known != (op.Write && api.Built(op)) {
			t.Errorf("%s: it writes and is built: %v, and has its events here: %v", op.Name, op.Write && api.Built(op), known)
		}
	}
	for _, tc := range operations {
		for _, r := range tc.requests {
			if op, ok := operationOf(r); !ok || op != tc.name {
				t.Errorf("%s %s is %s, not %s", r.method, r.path, op, tc.name)
			}
		}
	}
}

// operationOf returns the name of a request's operation.
func operationOf(r request) (string, bool) {
	path, _, _ := strings.Cut(r.path, "?")
	for named := range strings.SplitSeq(strings.Join(paths, "\n"), "\n") {
		path = strings.ReplaceAll(path, "<"+named+">", "x")
	}
	path = strings.NewReplacer("<people/grace>", "x").Replace(path)
	steps := strings.Split(path, "/")
	for _, op := range attio.Operations() {
		pattern := strings.Split(op.Path, "/")
		same := op.Method == r.method && len(pattern) == len(steps)
		for i := range pattern {
			same = same && (strings.HasPrefix(pattern[i], "{") && (pattern[i] != "{target}" || steps[i] == "objects" || steps[i] == "lists") || pattern[i] == steps[i])
		}
		if same {
			return op.Name, true
		}
	}
	return "", false
}
