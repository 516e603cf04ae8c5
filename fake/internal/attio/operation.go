package attio

import (
	"slices"
	"strings"
	"time"
)

// Operation is one operation of Attio's REST API. Routing, scope checks, the journal, docs/operations.md
// and the tests all read the same table of them.
type Operation struct {
	Name   string  // how this project calls it: "records.create"
	Method string  // "POST"
	Path   string  // "/v2/objects/{object}/records"
	Scopes []Scope // what the token needs, in the order of Attio's OpenAPI document
	Write  bool    // counts against the write limit; a query by POST is a read

	listScopes []Scope // the same when {target} is "lists"
}

// ScopesFor returns the scopes that a request needs. Attributes, options and statuses share one
// path for objects and lists, and each target asks for the scopes of its own configuration.
func (o *Operation) ScopesFor(target string) []Scope {
	if target == "lists" && o.listScopes != nil {
		return o.listScopes
	}
	return o.Scopes
}

// SendsAccurateAt reports whether a success carries the x-accurate-at header. Recorded in May 2026:
// every read and most writes do; deletes, writes of webhooks and /v2/self do not.
func (o *Operation) SendsAccurateAt() bool {
	switch o.Name {
	case "self.identify", "webhooks.create", "webhooks.update":
		return false
	}
	return o.Method != "DELETE"
}

// AccurateAt is the value of the header x-accurate-at at a moment: to the millisecond for the queries of
// records and entries, in 15 of 15 captures of 2025 and 2026, and to the microsecond elsewhere, in 56 of 56.
func (o *Operation) AccurateAt(now time.Time) Time {
	if o.Name == "records.query" || o.Name == "entries.query" {
		return Time{now.Truncate(time.Millisecond)}
	}
	return Time{now.Truncate(time.Microsecond)}
}

// Names reports whether a name means an operation: its own, "records.create", or that of all of its resource,
// "records.*".
func Names(name, operation string) bool {
	resource, all := strings.CutSuffix(name, "*")
	return operation == name || all && strings.HasSuffix(resource, ".") && strings.HasPrefix(operation, resource)
}

// NamesAny reports whether a name means any operation of the table.
func NamesAny(name string) bool {
	return slices.ContainsFunc(operations, func(op *Operation) bool { return Names(name, op.Name) })
}

// Operations returns every operation of Attio's API of October 2026, in the order of its
// documentation. SCIM, OAuth and the app runtime are other APIs.
func Operations() []*Operation { return slices.Clone(operations) }

var operations = []*Operation{
	read("objects.list", "GET /v2/objects", "object_configuration:read"),
	write("objects.create", "POST /v2/objects", "object_configuration:read-write"),
	read("objects.get", "GET /v2/objects/{object}", "object_configuration:read"),
	write("objects.update", "PATCH /v2/objects/{object}", "object_configuration:read-write"),
	write("objects.delete", "DELETE /v2/objects/{object}", "object_configuration:read-write", "record_permission:read-write"),
	read("object_views.list", "GET /v2/objects/{object}/views", "object_configuration:read"),
	write("object_views.create", "POST /v2/objects/{object}/views", "view:read-write", "object_configuration:read"),
	read("object_views.get", "GET /v2/objects/{object}/views/{view_id}", "view:read", "object_configuration:read"),
	write("object_views.update", "PATCH /v2/objects/{object}/views/{view_id}", "view:read-write", "object_configuration:read"),
	write("object_views.delete", "DELETE /v2/objects/{object}/views/{view_id}", "view:read-write", "object_configuration:read"),
	read("records.query", "POST /v2/objects/{object}/records/query", "record_permission:read", "object_configuration:read"),
	write("records.create", "POST /v2/objects/{object}/records", "record_permission:read-write", "object_configuration:read"),
	write("records.upsert", "PUT /v2/objects/{object}/records", "record_permission:read-write", "object_configuration:read"),
	write("records.merge", "POST /v2/objects/{object}/records/merge", "record_permission:read-write", "object_configuration:read"),
	read("records.get", "GET /v2/objects/{object}/records/{record_id}", "record_permission:read", "object_configuration:read"),
	write("records.overwrite", "PUT /v2/objects/{object}/records/{record_id}", "record_permission:read-write", "object_configuration:read"),
	write("records.update", "PATCH /v2/objects/{object}/records/{record_id}", "record_permission:read-write", "object_configuration:read"),
	write("records.delete", "DELETE /v2/objects/{object}/records/{record_id}", "object_configuration:read", "record_permission:read-write"),
	read("record_values.list", "GET /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values", "record_permission:read", "object_configuration:read"),
	write("record_values.replace", "PUT /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values", "record_permission:read-write", "object_configuration:read"),
	read("record_entries.list", "GET /v2/objects/{object}/records/{record_id}/entries", "record_permission:read", "object_configuration:read", "list_entry:read"),
	read("records.search", "POST /v2/objects/records/search", "record_permission:read", "object_configuration:read"),
	read("attributes.list", "GET /v2/{target}/{identifier}/attributes", "object_configuration:read"),
	write("attributes.create", "POST /v2/{target}/{identifier}/attributes", "object_configuration:read-write"),
	read("attributes.get", "GET /v2/{target}/{identifier}/attributes/{attribute}", "object_configuration:read"),
	write("attributes.update", "PATCH /v2/{target}/{identifier}/attributes/{attribute}", "object_configuration:read-write"),
	read("options.list", "GET /v2/{target}/{identifier}/attributes/{attribute}/options", "object_configuration:read"),
	write("options.create", "POST /v2/{target}/{identifier}/attributes/{attribute}/options", "object_configuration:read-write"),
	write("options.update", "PATCH /v2/{target}/{identifier}/attributes/{attribute}/options/{option}", "object_configuration:read-write"),
	read("statuses.list", "GET /v2/{target}/{identifier}/attributes/{attribute}/statuses", "object_configuration:read"),
	write("statuses.create", "POST /v2/{target}/{identifier}/attributes/{attribute}/statuses", "object_configuration:read-write"),
	write("statuses.update", "PATCH /v2/{target}/{identifier}/attributes/{attribute}/statuses/{status}", "object_configuration:read-write"),
	read("activities.list", "GET /v2/activities", "activity_configuration:read"),
	write("activities.create", "POST /v2/activities", "activity_configuration:read-write"),
	read("activities.get", "GET /v2/activities/{activity}", "activity_configuration:read"),
	write("activities.update", "PATCH /v2/activities/{activity}", "activity_configuration:read-write"),
	write("activities.delete", "DELETE /v2/activities/{activity}", "activity_configuration:read-write", "activity_record:read-write"),
	read("activity_records.query", "POST /v2/activities/{activity}/records/query", "activity_record:read", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.create", "POST /v2/activities/{activity}/records", "activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.upsert", "PUT /v2/activities/{activity}/records", "activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	read("activity_records.get", "GET /v2/activities/{activity}/records/{record_id}", "activity_record:read", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.overwrite", "PUT /v2/activities/{activity}/records/{record_id}", "activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.update", "PATCH /v2/activities/{activity}/records/{record_id}", "activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.delete", "DELETE /v2/activities/{activity}/records/{record_id}", "activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	read("lists.list", "GET /v2/lists", "list_configuration:read"),
	write("lists.create", "POST /v2/lists", "list_configuration:read-write"),
	read("lists.get", "GET /v2/lists/{list}", "list_configuration:read"),
	write("lists.update", "PATCH /v2/lists/{list}", "list_configuration:read-write"),
	read("list_views.list", "GET /v2/lists/{list}/views", "list_configuration:read"),
	write("list_views.create", "POST /v2/lists/{list}/views", "view:read-write", "list_configuration:read"),
	read("list_views.get", "GET /v2/lists/{list}/views/{view_id}", "view:read", "list_configuration:read"),
	write("list_views.update", "PATCH /v2/lists/{list}/views/{view_id}", "view:read-write", "list_configuration:read"),
	write("list_views.delete", "DELETE /v2/lists/{list}/views/{view_id}", "view:read-write", "list_configuration:read"),
	read("entries.query", "POST /v2/lists/{list}/entries/query", "list_entry:read", "list_configuration:read"),
	write("entries.create", "POST /v2/lists/{list}/entries", "list_entry:read-write", "list_configuration:read"),
	write("entries.upsert", "PUT /v2/lists/{list}/entries", "list_entry:read-write", "list_configuration:read"),
	read("entries.get", "GET /v2/lists/{list}/entries/{entry_id}", "list_entry:read", "list_configuration:read"),
	write("entries.overwrite", "PUT /v2/lists/{list}/entries/{entry_id}", "list_entry:read-write", "list_configuration:read"),
	write("entries.update", "PATCH /v2/lists/{list}/entries/{entry_id}", "list_entry:read-write", "list_configuration:read"),
	write("entries.delete", "DELETE /v2/lists/{list}/entries/{entry_id}", "list_entry:read-write", "list_configuration:read"),
	read("entry_values.list", "GET /v2/lists/{list}/entries/{entry_id}/attributes/{attribute}/values", "list_entry:read", "list_configuration:read"),
	write("entry_values.replace", "PUT /v2/lists/{list}/entries/{entry_id}/attributes/{attribute}/values", "list_entry:read-write", "list_configuration:read"),
	read("workspace_members.list", "GET /v2/workspace_members", "user_management:read"),
	read("workspace_members.get", "GET /v2/workspace_members/{workspace_member_id}", "user_management:read"),
	read("notes.list", "GET /v2/notes", "note:read", "object_configuration:read", "record_permission:read"),
	write("notes.create", "POST /v2/notes", "note:read-write", "object_configuration:read", "record_permission:read"),
	read("notes.get", "GET /v2/notes/{note_id}", "note:read", "object_configuration:read", "record_permission:read"),
	write("notes.update", "PATCH /v2/notes/{note_id}", "note:read-write", "object_configuration:read", "record_permission:read"),
	write("notes.delete", "DELETE /v2/notes/{note_id}", "note:read-write"),
	read("tasks.list", "GET /v2/tasks", "task:read", "object_configuration:read", "record_permission:read", "user_management:read"),
	write("tasks.create", "POST /v2/tasks", "task:read-write", "object_configuration:read", "record_permission:read", "user_management:read"),
	read("tasks.get", "GET /v2/tasks/{task_id}", "task:read", "object_configuration:read", "record_permission:read", "user_management:read"),
	write("tasks.update", "PATCH /v2/tasks/{task_id}", "task:read-write", "object_configuration:read", "record_permission:read", "user_management:read"),
	write("tasks.delete", "DELETE /v2/tasks/{task_id}", "task:read-write"),
	read("threads.list", "GET /v2/threads", "comment:read"),
	read("threads.get", "GET /v2/threads/{thread_id}", "comment:read"),
	write("comments.create", "POST /v2/comments", "comment:read-write"),
	read("comments.get", "GET /v2/comments/{comment_id}", "comment:read"),
	write("comments.delete", "DELETE /v2/comments/{comment_id}", "comment:read-write"),
	read("emails.list", "GET /v2/emails", "email:read", "record_permission:read", "object_configuration:read"),
	write("sequences.unsubscribe", "POST /v2/sequences/unsubscribed_emails", "sequence_unsubscribe:read-write"),
	read("meetings.list", "GET /v2/meetings", "meeting:read", "record_permission:read"),
	write("meetings.create", "POST /v2/meetings", "meeting:read-write", "record_permission:read"),
	read("meetings.get", "GET /v2/meetings/{meeting_id}", "meeting:read", "record_permission:read"),
	write("meetings.overwrite", "PUT /v2/meetings/{meeting_id}", "meeting:read-write", "record_permission:read"),
	write("meetings.update", "PATCH /v2/meetings/{meeting_id}", "meeting:read-write", "record_permission:read"),
	write("meetings.delete", "DELETE /v2/meetings/{meeting_id}", "meeting:read-write"),
	read("call_recordings.list", "GET /v2/meetings/{meeting_id}/call_recordings", "meeting:read", "call_recording:read"),
	write("call_recordings.create", "POST /v2/meetings/{meeting_id}/call_recordings", "meeting:read", "call_recording:read-write"),
	read("call_recordings.get", "GET /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}", "meeting:read", "call_recording:read"),
	write("call_recordings.delete", "DELETE /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}", "meeting:read", "call_recording:read-write"),
	read("transcripts.get", "GET /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}/transcript", "meeting:read", "call_recording:read"),
	read("files.list", "GET /v2/files", "object_configuration:read", "record_permission:read", "file:read"),
	write("files.create", "POST /v2/files", "file:read-write", "object_configuration:read", "record_permission:read"),
	write("files.upload", "POST /v2/files/upload", "file:read-write", "object_configuration:read", "record_permission:read"),
	read("files.get", "GET /v2/files/{file_id}", "file:read", "object_configuration:read", "record_permission:read"),
	write("files.delete", "DELETE /v2/files/{file_id}", "file:read-write", "object_configuration:read", "record_permission:read"),
	read("files.download", "GET /v2/files/{file_id}/download", "object_configuration:read", "record_permission:read", "file:read"),
	read("webhooks.list", "GET /v2/webhooks", "webhook:read"),
	write("webhooks.create", "POST /v2/webhooks", "webhook:read-write"),
	read("webhooks.get", "GET /v2/webhooks/{webhook_id}", "webhook:read"),
	write("webhooks.update", "PATCH /v2/webhooks/{webhook_id}", "webhook:read-write"),
	write("webhooks.delete", "DELETE /v2/webhooks/{webhook_id}", "webhook:read-write"),
	read("self.identify", "GET /v2/self"),
	read("sql.query", "POST /v2/sql", "record_permission:read", "object_configuration:read"),
}

func read(name, route string, scopes ...Scope) *Operation {
	method, path, _ := strings.Cut(route, " ")
	op := &Operation{Name: name, Method: method, Path: path, Scopes: scopes}
	if strings.Contains(path, "{target}") {
		op.listScopes = make([]Scope, len(scopes))
		for i, s := range scopes {
			op.listScopes[i] = Scope(strings.Replace(string(s), "object_configuration", "list_configuration", 1))
		}
	}
	return op
}

func write(name, route string, scopes ...Scope) *Operation {
	op := read(name, route, scopes...)
	op.Write = true
	return op
}
