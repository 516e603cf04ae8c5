package probe

import "strings"

// note is the body of a new note on the probe's own record.
func note(rest string) string {
	return data(`{"parent_object":"<object>","parent_record_id":"<record>",` + rest + `}`)
}

// around are notes and tasks.
func around() []Probe {
	return []Probe{
		known(recorded, "notes.create", post("/v2/notes", note(`"title":"Probe <tag>","format":"markdown","content":"# One\n\n- a **bold** word\n- a [link](https://example.com)"`)).
			keeps("note", "data.id.note_id").making("a note").comparing("content_plaintext", "content_markdown", "title")),
		known(recorded, "notes.get", get("/v2/notes/<note>")),
		known(recorded, "notes.list", get("/v2/notes?parent_object=<object>&parent_record_id=<record>")).needs("note"),
		known(documented, "notes.unknown", get("/v2/notes/"+nobody)),
		known(recorded, "notes.title_number", post("/v2/notes", note(`"title":5,"format":"plaintext","content":"c"`))),
		known(documented, "notes.update", patch("/v2/notes/<note>", data(`{"title":"Probed <tag>"}`)).comparing("title")),
		decided("notes.markdown", patch("/v2/notes/<note>", data(`{"format":"markdown","content":"| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n`+"`code`"+`"}`)).comparing("content_plaintext", "content_markdown")),
		decided("notes.escaped", patch("/v2/notes/<note>", data(`{"format":"plaintext","content":"a *b* _c_ # d [e](f)"}`)).comparing("content_plaintext", "content_markdown")),
		decided("notes.format_missing", patch("/v2/notes/<note>", data(`{"content":"plain"}`))),
		decided("patch.empty_note", patch("/v2/notes/<note>", data(`{}`))),
		decided("notes.created_at_future", post("/v2/notes", note(`"title":"T","format":"plaintext","content":"c","created_at":"2999-01-01T00:00:00Z"`))),
		decided("notes.created_at_early", post("/v2/notes", note(`"title":"T","format":"plaintext","content":"c","created_at":"1969-01-01T00:00:00Z"`))),
		decided("notes.unknown_record", get("/v2/notes?parent_object=<object>&parent_record_id="+nobody)),
		decided("notes.half_filter", get("/v2/notes?parent_object=<object>")),

		known(recorded, "tasks.create", post("/v2/tasks", data(`{"content":"Probe <tag>","format":"plaintext","deadline_at":"2020-12-31T00:00:00Z","is_completed":false,`+
			`"linked_records":[{"target_object":"<object>","target_record_id":"<record>"}],"assignees":[]}`)).keeps("task", "data.id.task_id").making("a task").comparing("content_plaintext", "deadline_at", "target_object_id")),
		known(recorded, "tasks.get", get("/v2/tasks/<task>")),
		known(recorded, "tasks.list", get("/v2/tasks?linked_object=<object>&linked_record_id=<record>")).needs("task"),
		known(recorded, "tasks.update", patch("/v2/tasks/<task>", data(`{"is_completed":true}`)).comparing("is_completed")),
		decided("patch.empty_task", patch("/v2/tasks/<task>", data(`{}`))),
		decided("tasks.reference_bad", patch("/v2/tasks/<task>", data(`{"linked_records":[{"target_record_id":"<record>"}]}`))),
		decided("tasks.unknown_link", patch("/v2/tasks/<task>", data(`{"linked_records":[{"target_object":"<object>","target_record_id":"`+nobody+`"}]}`))),
		known(recorded, "tasks.delete", del("/v2/tasks/<task>").removing("a task")),
	}
}

const meeting = `"title":"Probe <tag>","description":"","start":{"datetime":"2020-01-16T12:00:00Z","timezone":"UTC"},"end":{"datetime":"2020-01-16T13:00:00Z","timezone":"UTC"},"is_all_day":false,` +
	`"participants":[{"email_address":"<email>","is_organizer":true,"status":"accepted"}],`

const meetings = "/v2/meetings/<meeting>"

// talk is what people say: comments, meetings and their recordings. The only person in them is the member of the workspace that
// was found first.
func talk() []Probe {
	return []Probe{
		known(recorded, "comments.create", post("/v2/comments", data(`{"format":"plaintext","content":"Probe <tag>","author":{"type":"workspace-member","id":"<member>"},`+
			`"record":{"object":"<object>","record_id":"<record>"}}`)).keeps("comment", "data.id.comment_id").keeps("thread", "data.thread_id").making("a comment").comparing("content_plaintext")),
		known(recorded, "comments.get", get("/v2/comments/<comment>")),
		known(recorded, "threads.list", get("/v2/threads?object=<object>&record_id=<record>")).needs("thread"),
		known(documented, "threads.get", get("/v2/threads/<thread>")),
		known(recorded, "comments.delete", del("/v2/comments/<comment>").removing("a comment")),

		known(documented, "meetings.create", post("/v2/meetings", data(`{`+meeting+`"linked_records":[{"object":"<object>","record_id":"<record>"}]}`)).keeps("meeting", "data.id.meeting_id").making("a meeting").comparing("datetime", "timezone", "is_all_day", "status")),
		decided("meetings.again", post("/v2/meetings", data(`{`+meeting+`"linked_records":[{"object":"<object>","record_id":"<record>"}]}`)).keeps("meeting_again", "data.id.meeting_id").making("another meeting")),
		known(documented, "meetings.get", get(meetings)),
		known(documented, "meetings.list", get("/v2/meetings?linked_object=<object>&linked_record_id=<record>")),
		known(documented, "meetings.update", patch(meetings, data(`{"linked_records":[{"object":"<object>","record_id":"<second>"}]}`)).comparing("object_slug")),
		known(documented, "meetings.overwrite", put(meetings, data(`{"linked_records":[{"object":"<object>","record_id":"<record>"}]}`)).comparing("object_slug")),
		decided("meetings.unknown_object", patch(meetings, data(`{"linked_records":[{"object":"fakeattio_probe_none","record_id":"<record>"}]}`))),
		decided("meetings.unknown_record", patch(meetings, data(`{"linked_records":[{"object":"<object>","record_id":"`+nobody+`"}]}`))),
		known(documented, "call_recordings.create", post(meetings+"/call_recordings",
			data(`{"transcript":[{"speech":"Hello","start_time":0,"end_time":1,"speaker":{"name":"Probe"}}]}`)).keeps("recording", "data.id.call_recording_id")),
		decided("call_recordings.host", post(meetings+"/call_recordings", data(`{"video_url":"http://fakeattio-probe.invalid/1.mp4"}`))),
		known(recorded, "call_recordings.list", get(meetings+"/call_recordings")).needs("recording"),
		known(documented, "call_recordings.get", get(meetings+"/call_recordings/<recording>").ofOthers()),
		decided("transcripts.get", get(meetings+"/call_recordings/"+nobody+"/transcript")),
		known(documented, "call_recordings.delete", del(meetings+"/call_recordings/<recording>")),
		known(documented, "meetings.delete", del(meetings).removing("a meeting")),
		known(documented, "meetings.delete/again", del("/v2/meetings/<meeting_again>").removing("another meeting")),
	}
}

// files are folders and uploads on the probe's own record.
func files() []Probe {
	return []Probe{
		known(documented, "files.create", post("/v2/files", `{"file_type":"folder","object":"<object>","record_id":"<record>","name":"Probe <tag>"}`).keeps("folder", "data.id.file_id").comparing("name", "file_type")),
		known(documented, "files.upload", post("/v2/files/upload", strings.ReplaceAll(field("object", "<object>")+field("record_id", "<record>")+
			"--x\nContent-Disposition: form-data; name=\"file\"; filename=\"probe.txt\"\nContent-Type: text/plain\n\nhello\n--x--\n", "\n", "\r\n")).
			typed("multipart/form-data; boundary=x").keeps("file", "data.id.file_id").comparing("name", "content_type", "content_size")),
		known(recorded, "files.list", get("/v2/files?object=<object>&record_id=<record>")).needs("folder"),
		known(documented, "files.get", get("/v2/files/<folder>")),
		known(documented, "files.download", get("/v2/files/<file>/download")),
		known(documented, "files.delete", del("/v2/files/<file>")),
		known(documented, "sequences.unsubscribe", post("/v2/sequences/unsubscribed_emails", data(`{"email_addresses":[]}`))), // refused: the list cannot be undone
	}
}

// field returns a field of an upload.
func field(name, value string) string {
	return "--x\nContent-Disposition: form-data; name=\"" + name + "\"\n\n" + value + "\n"
}

const ownList = `[{"event_type":"list.updated","filter":{"$and":[{"field":"id.list_id","operator":"equals","value":"<list_id>"}]}}]`

// hooks are webhooks for events of the probe's own list alone.
func hooks() []Probe {
	return []Probe{
		known(recorded, "webhooks.create", post("/v2/webhooks", data(`{"target_url":"https://fakeattio-probe.example.com/<tag>","subscriptions":`+ownList+`}`)).
			keeps("webhook", "data.id.webhook_id").making("a webhook").comparing("target_url", "event_type", "field", "operator")),
		decided("webhooks.http_target", post("/v2/webhooks", data(`{"target_url":"http://fakeattio-probe.example.com/<tag>","subscriptions":`+ownList+`}`))),
		decided("webhooks.activity_filter", post("/v2/webhooks", data(`{"target_url":"https://fakeattio-probe.example.com/<tag>/2",`+
			`"subscriptions":[{"event_type":"activity.updated","filter":{"$and":[{"field":"id.activity_id","operator":"equals","value":"`+nobody+`"}]}}]}`))),
		known(recorded, "webhooks.get", get("/v2/webhooks/<webhook>")),
		known(recorded, "webhooks.update", patch("/v2/webhooks/<webhook>", data(`{"target_url":"https://fakeattio-probe.example.com/<tag>/4"}`)).comparing("target_url")),
		known(recorded, "webhooks.delete", del("/v2/webhooks/<webhook>").removing("a webhook")),
	}
}
