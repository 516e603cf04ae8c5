package exercise

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Requests returns at least one request of every operation. Each of them succeeds in a fresh workspace, or is answered
// with 501 if the operation is not built. Together they name a thing of the workspace wherever the API accepts such a
// name.
func Requests() []Request {
	var all []Request
	for _, rows := range [][]Request{schema, records, entries, activities, around, talk, files, provisioning, notBuilt} {
		all = append(all, rows...)
	}
	return all
}

// Of returns the requests of one operation.
func Of(op *attio.Operation) []Request {
	var of []Request
	for _, r := range Requests() {
		if r.Operation == op.Name {
			of = append(of, r)
		}
	}
	return of
}

func get(op, path string) Request { return Request{Operation: op, Method: "GET", Path: path} }
func del(op, path string) Request { return Request{Operation: op, Method: "DELETE", Path: path} }
func post(op, path, body string) Request {
	return Request{Operation: op, Method: "POST", Path: path, Body: body}
}
func put(op, path, body string) Request {
	return Request{Operation: op, Method: "PUT", Path: path, Body: body}
}
func patch(op, path, body string) Request {
	return Request{Operation: op, Method: "PATCH", Path: path, Body: body}
}

// data wraps a body in data, as nearly every operation expects.
func data(json string) string { return `{"data":` + json + `}` }

const (
	plain     = `"description":null,"is_required":false,"is_unique":false,"is_multiselect":false,"config":{}`
	ships     = "/v2/objects/<objects/ships_~W>"
	hms       = ships + "/records/<ships_~W/hms>"
	sales     = "/v2/lists/<lists/sales_~W>"
	navy      = sales + "/entries/<lists/sales_~W/entries/navy>"
	allOf     = "/v2/objects/<objects/companies>/views/<objects/companies/views/all>"
	listAll   = sales + "/views/<lists/sales_~W/views/all>"
	visits    = "/v2/activities/<activities/visits_~W>"
	calls     = "/v2/activities/<activities/phone_calls>"
	kickoff   = "/v2/meetings/<meetings/kickoff>"
	recording = kickoff + "/call_recordings/<call_recordings/talk>"
	attribute = "/attributes/<objects/ships_~W/attributes/"

	reference = `{"target_object":"<objects/companies>","target_record_id":"<companies/army>"}`
	member    = `{"referenced_actor_type":"workspace-member","referenced_actor_id":"<members/bob_~W>"}`
)

var schema = []Request{
	get("self.identify", "/v2/self"),
	get("objects.list", "/v2/objects"),
	post("objects.create", "/v2/objects", data(`{"api_slug":"planes","singular_noun":"Plane","plural_noun":"Planes"}`)),
	get("objects.get", ships),
	get("objects.get", "/v2/objects/ships_~W"),
	patch("objects.update", ships, data(`{"singular_noun":"Vessel"}`)),
	del("objects.delete", ships),

	get("object_views.list", "/v2/objects/<objects/companies>/views?show_archived=true&limit=10"),
	post("object_views.create", "/v2/objects/<objects/companies>/views", data(`{"title":"New","type":"table",`+
		`"filter":{"and":[{"attribute":"tier_~W","op":"eq","value":"<objects/companies/attributes/tier_~W/options/Gold ~W>"}]},`+
		`"sorts":[{"attribute":"<objects/companies/attributes/tier_~W>","direction":"asc"}],`+
		`"attributes":[{"attribute":["<objects/companies/attributes/team>",{"object":"<objects/people>","attribute":"<objects/people/attributes/job_title>"}]}]}`)),
	post("object_views.create", "/v2/objects/<objects/companies>/views", data(`{"title":"Newer","type":"table"}`)),
	get("object_views.get", allOf),
	patch("object_views.update", allOf, data(`{"title":"Every"}`)),
	del("object_views.delete", allOf),

	get("attributes.list", ships+"/attributes?limit=5&show_archived=true"),
	get("attributes.list", sales+"/attributes"),
	post("attributes.create", ships+"/attributes", data(`{"title":"Nick","api_slug":"nick","type":"text",`+plain+`}`)),
	post("attributes.create", ships+"/attributes", data(`{"title":"Fleet","api_slug":"fleet","type":"record-reference",`+
		`"description":null,"is_required":false,"is_unique":false,"is_multiselect":true,"config":{"record_reference":{"allowed_objects":["<objects/ships_~W>"]}},`+
		`"default_value":{"type":"static","template":[{"target_object":"<objects/ships_~W>","target_record_id":"<ships_~W/hms>"}]}}`)),
	post("attributes.create", ships+"/attributes", data(`{"title":"Yard","api_slug":"yard","type":"record-reference",`+
		`"description":null,"is_required":false,"is_unique":false,"is_multiselect":true,"config":{"record_reference":{"allowed_objects":["companies"]}},`+
		`"default_value":{"type":"static","template":[{"target_object":"companies","domains":[{"domain":"navy.~W.example.com"}]}]}}`)),
	post("attributes.create", ships+"/attributes", data(`{"title":"Maker","api_slug":"maker","type":"record-reference",`+plain+
		`,"relationship":{"object":"<objects/people>","title":"Made","api_slug":"made","is_multiselect":true}}`)),
	post("attributes.create", sales+"/attributes", data(`{"title":"Helper","api_slug":"helper","type":"actor-reference",`+plain+
		`,"default_value":{"type":"static","template":[`+member+`]}}`)),
	get("attributes.get", ships+attribute+"code>"),
	get("attributes.get", sales+"/attributes/<lists/sales_~W/attributes/stage>"),
	patch("attributes.update", ships+attribute+"code>", data(`{"title":"Number"}`)),
	patch("attributes.update", ships+attribute+"owner>", data(`{"default_value":{"type":"static","template":[`+reference+`]}}`)),
	patch("attributes.update", ships+attribute+"captain>", data(`{"default_value":{"type":"static","template":[`+member+`]}}`)),
	patch("attributes.update", ships+attribute+"area>", data(`{"default_value":{"type":"static","template":[{"option":"<objects/ships_~W/attributes/area/options/South ~W>"}]}}`)),
	patch("attributes.update", ships+attribute+"phase>", data(`{"default_value":{"type":"static","template":[{"status":"<objects/ships_~W/attributes/phase/statuses/Done ~W>"}]}}`)),
	patch("attributes.update", ships+attribute+"owner>", data(`{"default_value":{"type":"static","template":[{"target_object":"companies","domains":[{"domain":"navy.~W.example.com"}]}]}}`)),
	patch("attributes.update", ships+attribute+"near>", data(`{"config":{"record_reference":{"allowed_objects":["<objects/people>","<objects/ships_~W>"]}}}`)),
	get("options.list", ships+attribute+"area>/options?show_archived=true"),
	post("options.create", ships+attribute+"area>/options", data(`{"title":"East"}`)),
	patch("options.update", ships+attribute+"area>/options/<objects/ships_~W/attributes/area/options/North ~W>", data(`{"title":"N"}`)),
	patch("options.update", ships+attribute+"area>/options/North%20~W", data(`{"title":"N"}`)),
	get("statuses.list", sales+"/attributes/<lists/sales_~W/attributes/stage>/statuses"),
	post("statuses.create", sales+"/attributes/<lists/sales_~W/attributes/stage>/statuses", data(`{"title":"Lost"}`)),
	patch("statuses.update", sales+"/attributes/<lists/sales_~W/attributes/stage>/statuses/<lists/sales_~W/attributes/stage/statuses/Won ~W>", data(`{"title":"Gained"}`)),

	get("lists.list", "/v2/lists"),
	post("lists.create", "/v2/lists", data(`{"name":"New","api_slug":"new","parent_object":"<objects/people>","workspace_access":null,`+
		`"workspace_member_access":[{"workspace_member_id":"<members/ada_~W>","level":"full-access"}]}`)),
	get("lists.get", sales),
	get("lists.get", "/v2/lists/sales_~W"),
	patch("lists.update", sales, data(`{"name":"Deals","workspace_member_access":[{"workspace_member_id":"<members/bob_~W>","level":"full-access"}]}`)),
	get("list_views.list", sales+"/views?limit=10"),
	post("list_views.create", sales+"/views", data(`{"title":"New","type":"table"}`)),
	get("list_views.get", listAll),
	patch("list_views.update", listAll, data(`{"title":"Every"}`)),
	del("list_views.delete", listAll),

	get("workspace_members.list", "/v2/workspace_members"),
	get("workspace_members.get", "/v2/workspace_members/<members/ada_~W>"),
}

var records = []Request{
	post("records.query", ships+"/records/query", `{}`),
	post("records.query", "/v2/objects/<objects/companies>/records/query", `{"filter_view_id":"<objects/companies/views/all>"}`),
	post("records.query", "/v2/objects/<objects/companies>/records/query", `{"filter":{"tier_~W":"Gold ~W"},"sorts":[{"attribute":"tier_~W","direction":"asc"}]}`),
	post("records.query", ships+"/records/query", `{"filter":{"$and":[{"record_id":"<ships_~W/hms>"},{"owner":{"target_record_id":"<companies/navy>"}},`+
		`{"captain":{"referenced_actor_type":"workspace-member","referenced_actor_id":"<members/ada_~W>"}},{"phase":"Open ~W"},{"area":"North ~W"},`+
		`{"path":[["ships_~W","owner"],["companies","name"]],"constraints":{"$contains":"a"}}]},"sorts":[{"attribute":"crew","direction":"desc"}],"limit":3,"offset":0}`),
	post("records.create", ships+"/records", data(`{"values":{"code":"new-1","crew":5,"sails":true,"price":12.5,"launched":"2024-02-29","seen":"2026-01-01T00:00:00Z","stars":4,`+
		`"phase":{"status":"<objects/ships_~W/attributes/phase/statuses/Open ~W>"},"area":[{"option":"<objects/ships_~W/attributes/area/options/North ~W>"}],`+
		`"owner":`+reference+`,"captain":`+member+`,"site":"new.example.org","mail":"new@example.org","phone":"+12125550118",`+
		`"port":"1 Infinite Loop, Cupertino, CA, 95014, US"}}`)),
	post("records.create", "/v2/objects/people/records", data(`{"values":{"name":"Backus, John","email_addresses":["john@example.org"],`+
		`"company":{"target_object":"companies","domains":[{"domain":"army.~W.example.com"}]}}}`)),
	post("records.create", ships+"/records", data(`{"values":{"phase":"Done ~W","area":["South ~W"],"captain":"bob@~W.example.com"}}`)),
	put("records.upsert", ships+"/records?matching_attribute=<objects/ships_~W/attributes/code>", data(`{"values":{"code":"H","owner":`+reference+`}}`)),
	put("records.upsert", "/v2/objects/companies/records?matching_attribute=domains", data(`{"values":{"domains":["sea.example.org"]}}`)),
	post("records.merge", "/v2/objects/people/records/merge", data(`{"primary_record_id":"<people/grace>","secondary_record_id":"<people/alan>"}`)),
	post("records.merge", ships+"/records/merge", data(`{"primary_record_id":"<ships_~W/hms>","secondary_record_id":"<ships_~W/old>"}`)),
	get("records.get", hms),
	put("records.overwrite", hms, data(`{"values":{"owner":`+reference+`,"area":["South ~W"]}}`)),
	patch("records.update", hms, data(`{"values":{"owner":[`+reference+`],"captain":`+member+`}}`)),
	patch("records.update", "/v2/objects/<objects/companies>/records/<companies/navy>", data(`{"values":{"team":[{"target_object":"people","target_record_id":"<people/alan>"}]}}`)),
	del("records.delete", ships+"/records/<ships_~W/old>"),
	get("record_values.list", hms+attribute+"owner>/values?show_historic=true&limit=5"),
	put("record_values.replace", hms+attribute+"near>/values", data(`{"values":[{"value":`+reference+`,"active_from":"2026-01-02T00:00:00Z","active_until":null}],"replace_history":true}`)),
	put("record_values.replace", hms+attribute+"phase>/values", data(`{"values":[{"value":"Open ~W","active_from":"2026-01-02T00:00:00Z","active_until":"2026-01-03T00:00:00Z"},`+
		`{"value":{"status":"<objects/ships_~W/attributes/phase/statuses/Done ~W>"},"active_from":"2026-01-03T00:00:00Z","active_until":null}],"replace_history":true}`)),
	get("record_entries.list", "/v2/objects/<objects/companies>/records/<companies/navy>/entries?limit=5"),
	post("records.search", "/v2/objects/records/search", `{"query":"navy","limit":5,"objects":["companies","<objects/ships_~W>"],"request_as":{"type":"workspace"}}`),
	post("records.search", "/v2/objects/records/search", `{"query":"navy","limit":5,"objects":["companies"],"request_as":{"type":"workspace-member","workspace_member_id":"<members/ada_~W>"}}`),
	post("records.search", "/v2/objects/records/search", `{"query":"navy","limit":5,"objects":["companies"],"request_as":{"type":"workspace-member","email_address":"ada@~W.example.com"}}`),
}

var entries = []Request{
	post("entries.query", sales+"/entries/query", `{}`),
	post("entries.query", sales+"/entries/query", `{"filter_view_id":"<lists/sales_~W/views/all>"}`),
	post("entries.query", sales+"/entries/query", `{"filter":{"$and":[{"entry_id":"<lists/sales_~W/entries/navy>"},{"parent_record":{"target_record_id":"<companies/navy>"}},`+
		`{"stage":"Lead ~W"},{"owner":{"referenced_actor_type":"workspace-member","referenced_actor_id":"<members/ada_~W>"}}]},"limit":2}`),
	post("entries.create", sales+"/entries", data(`{"parent_object":"<objects/companies>","parent_record_id":"<companies/army>",`+
		`"entry_values":{"stage":{"status":"<lists/sales_~W/attributes/stage/statuses/Won ~W>"},"amount":3,"owner":`+member+`}}`)),
	put("entries.upsert", sales+"/entries", data(`{"parent_object":"<objects/companies>","parent_record_id":"<companies/navy>","entry_values":{"stage":"Won ~W"}}`)),
	get("entries.get", navy),
	put("entries.overwrite", navy, data(`{"entry_values":{"stage":"Lead ~W","amount":[]}}`)),
	patch("entries.update", navy, data(`{"entry_values":{"stage":"Won ~W","owner":`+member+`}}`)),
	del("entries.delete", navy),
	get("entry_values.list", navy+"/attributes/<lists/sales_~W/attributes/stage>/values?show_historic=true"),
	put("entry_values.replace", navy+"/attributes/<lists/sales_~W/attributes/owner>/values",
		data(`{"values":[{"value":`+member+`,"active_from":"2026-01-02T00:00:00Z","active_until":null}],"replace_history":true}`)),
}

var around = []Request{
	get("notes.list", "/v2/notes"),
	get("notes.list", "/v2/notes?parent_object=<objects/companies>&parent_record_id=<companies/navy>&limit=5"),
	post("notes.create", "/v2/notes", data(`{"parent_object":"<objects/people>","parent_record_id":"<people/grace>","title":"T","format":"markdown","content":"# C","meeting_id":"<meetings/kickoff>"}`)),
	get("notes.get", "/v2/notes/<notes/memo>"),
	patch("notes.update", "/v2/notes/<notes/memo>", data(`{"title":"Other"}`)),
	patch("notes.update", "/v2/notes/<notes/memo>", data(`{"format":"plaintext","content":"Other"}`)),
	del("notes.delete", "/v2/notes/<notes/memo>"),

	get("tasks.list", "/v2/tasks"),
	get("tasks.list", "/v2/tasks?linked_object=<objects/companies>&linked_record_id=<companies/navy>&assignee=<members/ada_~W>&is_completed=false"),
	get("tasks.list", "/v2/tasks?assignee=ada@~W.example.com&sort=created_at:desc"),
	post("tasks.create", "/v2/tasks", data(`{"content":"Do","format":"plaintext","deadline_at":null,"is_completed":false,`+
		`"linked_records":[{"target_object":"<objects/companies>","target_record_id":"<companies/navy>"}],"assignees":[`+member+`,{"workspace_member_email_address":"ada@~W.example.com"}]}`)),
	post("tasks.create", "/v2/tasks", data(`{"content":"Do","format":"plaintext","deadline_at":null,"is_completed":false,`+
		`"linked_records":[{"target_object":"companies","domains":[{"domain":"navy.~W.example.com"}]}],"assignees":[]}`)),
	get("tasks.get", "/v2/tasks/<tasks/call>"),
	patch("tasks.update", "/v2/tasks/<tasks/call>", data(`{"is_completed":true,"linked_records":[{"target_object":"<objects/people>","target_record_id":"<people/grace>"}],"assignees":[`+member+`]}`)),
	patch("tasks.update", "/v2/tasks/<tasks/call>", data(`{"linked_records":[{"target_object":"companies","domains":[{"domain":"navy.~W.example.com"}]}]}`)),
	del("tasks.delete", "/v2/tasks/<tasks/call>"),

	get("emails.list", "/v2/emails?linked_object=<objects/people>&linked_record_ids=<people/grace>"),
	get("emails.list", "/v2/emails?participants=grace@~W.example.com"),
	get("emails.list", "/v2/emails?domain=~W.example.com&sent_after=2026-01-01T00:00:00Z"),
	post("sequences.unsubscribe", "/v2/sequences/unsubscribed_emails", data(`{"email_addresses":["x@example.com"]}`)),

	get("webhooks.list", "/v2/webhooks?limit=10"),
	post("webhooks.create", "/v2/webhooks", data(`{"target_url":"https://receiver.invalid/new","subscriptions":[{"event_type":"record.updated",`+
		`"filter":{"$and":[{"field":"id.object_id","operator":"equals","value":"<objects/people>"},{"field":"id.record_id","operator":"equals","value":"<people/grace>"}]}}]}`)),
	get("webhooks.get", "/v2/webhooks/<webhooks/hook>"),
	patch("webhooks.update", "/v2/webhooks/<webhooks/hook>", data(`{"target_url":"https://receiver.invalid/other"}`)),
	del("webhooks.delete", "/v2/webhooks/<webhooks/hook>"),
}

var talk = []Request{
	get("threads.list", "/v2/threads?object=<objects/companies>&record_id=<companies/navy>"),
	get("threads.list", "/v2/threads?list=<lists/sales_~W>&entry_id=<lists/sales_~W/entries/navy>"),
	get("threads.get", "/v2/threads/<threads/hm>?limit=10"),
	post("comments.create", "/v2/comments", data(`{"format":"plaintext","content":"So.","author":{"type":"workspace-member","id":"<members/ada_~W>"},`+
		`"record":{"object":"<objects/companies>","record_id":"<companies/navy>"}}`)),
	post("comments.create", "/v2/comments", data(`{"format":"plaintext","content":"So.","author":{"type":"workspace-member","id":"<members/ada_~W>"},`+
		`"entry":{"list":"<lists/sales_~W>","entry_id":"<lists/sales_~W/entries/navy>"}}`)),
	post("comments.create", "/v2/comments", data(`{"format":"plaintext","content":"So.","author":{"type":"workspace-member","id":"<members/ada_~W>"},"thread_id":"<threads/hm>"}`)),
	get("comments.get", "/v2/comments/<threads/hm>"),
	del("comments.delete", "/v2/comments/<threads/hm/replies/ah>"),

	get("meetings.list", "/v2/meetings"),
	get("meetings.list", "/v2/meetings?linked_object=<objects/companies>&linked_record_id=<companies/navy>&limit=5"),
	get("meetings.list", "/v2/meetings?participants=grace@~W.example.com&sort=start_desc"),
	post("meetings.create", "/v2/meetings", data(`{"title":"Talk","description":"","start":{"datetime":"2026-01-16T12:00:00Z","timezone":"UTC"},`+
		`"end":{"datetime":"2026-01-16T13:00:00Z","timezone":"UTC"},"is_all_day":false,`+
		`"participants":[{"email_address":"bob@~W.example.com","is_organizer":true,"status":"accepted"}],`+
		`"linked_records":[{"object":"<objects/companies>","record_id":"<companies/navy>"}],"external_ref":{"ical_uid":"m-1","provider":"google","is_recurring":false}}`)),
	get("meetings.get", kickoff),
	put("meetings.overwrite", kickoff, data(`{"linked_records":[{"object":"<objects/people>","record_id":"<people/grace>"}]}`)),
	patch("meetings.update", kickoff, data(`{"linked_records":[{"object":"<objects/people>","record_id":"<people/alan>"}]}`)),
	del("meetings.delete", kickoff),
	get("call_recordings.list", kickoff+"/call_recordings?limit=10"),
	post("call_recordings.create", kickoff+"/call_recordings", data(`{"video_url":"https://videos.example.com/2.mp4"}`)),
	get("call_recordings.get", recording),
	get("transcripts.get", recording+"/transcript"),
	del("call_recordings.delete", recording),
}

var files = []Request{
	get("files.list", "/v2/files?object=<objects/companies>&record_id=<companies/navy>&parent_folder_id=<files/plans>"),
	post("files.create", "/v2/files", `{"file_type":"folder","object":"<objects/companies>","record_id":"<companies/navy>","name":"More","parent_folder_id":"<files/plans>"}`),
	post("files.create", "/v2/files", `{"file_type":"connected-file","object":"<objects/companies>","record_id":"<companies/navy>","storage_provider":"google-drive","external_provider_file_id":"x"}`),
	{Operation: "files.upload", Method: "POST", Path: "/v2/files/upload", ContentType: "multipart/form-data; boundary=x", Body: strings.ReplaceAll(
		field("object", "<objects/companies>")+field("record_id", "<companies/navy>")+field("parent_folder_id", "<files/plans>")+
			"--x\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\nContent-Type: text/plain\n\nhello\n--x--\n", "\n", "\r\n")},
	get("files.get", "/v2/files/<files/plan>"),
	get("files.download", "/v2/files/<files/plan>/download"),
	del("files.delete", "/v2/files/<files/plan>"),
}

// field returns a field of an upload.
func field(name, value string) string {
	return "--x\nContent-Disposition: form-data; name=\"" + name + "\"\n\n" + value + "\n"
}

// activities are the requests of activities, their attributes and their records.
var activities = []Request{
	get("activities.list", "/v2/activities?limit=10"),
	post("activities.create", "/v2/activities", data(`{"api_slug":"demos","singular_noun":"Demo","plural_noun":"Demos","extends":"activities"}`)),
	get("activities.get", visits),
	get("activities.get", "/v2/activities/visits_~W"),
	patch("activities.update", visits, data(`{"singular_noun":"Call in person"}`)),
	del("activities.delete", visits),

	get("attributes.list", visits+"/attributes"),
	post("attributes.create", visits+"/attributes", data(`{"title":"Nick","api_slug":"nick","type":"text",`+plain+`}`)),
	get("attributes.get", visits+"/attributes/<activities/visits_~W/attributes/mood>"),
	patch("attributes.update", visits+"/attributes/<activities/visits_~W/attributes/mood>", data(`{"title":"Temper"}`)),
	get("options.list", "/v2/activities/<activities/phone_calls>/attributes/direction/options"),
	post("options.create", visits+"/attributes/mood/options", data(`{"title":"Fair"}`)),
	patch("options.update", visits+"/attributes/mood/options/<activities/visits_~W/attributes/mood/options/Good ~W>", data(`{"title":"Fine"}`)),
	get("statuses.list", visits+"/attributes/phase/statuses"),
	post("statuses.create", visits+"/attributes/phase/statuses", data(`{"title":"Moved"}`)),
	patch("statuses.update", visits+"/attributes/phase/statuses/Over%20~W", data(`{"title":"Done"}`)),

	post("activity_records.query", calls+"/records/query", `{"filter":{"direction":"Outbound","call":"c1"},`+
		`"sorts":[{"direction":"desc","attribute":"timestamp"},{"direction":"asc","path":[["phone_calls","participants"],["people","name"]]}],"limit":10}`),
	post("activity_records.create", calls+"/records", data(`{"values":{"direction":"Inbound","participants":[{"target_object":"people","target_record_id":"<people/alan>"}]}}`)),
	put("activity_records.upsert", calls+"/records?matching_attribute=call", data(`{"values":{"call":"c1","direction":"Inbound"}}`)),
	get("activity_records.get", calls+"/records/<activities/phone_calls/records/intro>"),
	put("activity_records.overwrite", calls+"/records/<activities/phone_calls/records/intro>", data(`{"values":{"direction":"Inbound"}}`)),
	patch("activity_records.update", visits+"/records/<activities/visits_~W/records/harbour>", data(`{"values":{"mood":"Bad ~W","phase":"Over ~W"}}`)),
	del("activity_records.delete", calls+"/records/<activities/phone_calls/records/intro>"),
}

// notBuilt are answered with 501.
var notBuilt = []Request{
	post("sql.query", "/v2/sql", `{"query":"select 1"}`),
}
