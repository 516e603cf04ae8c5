package attio

import (
	"slices"
	"time"
)

// Operations returns every operation of Attio's API of October 2026, in the order of its documentation.
// Those of SCIM and OAuth are in tables of their own; the app runtime is another API.
func Operations() []*Operation { return slices.Clone(operations) }

// Why operations are not built.
const (
	noSQL = "SQL is for Attio's Enterprise plan, and its functions and results are published in part only"
)

var operations = []*Operation{
	read("objects.list", "GET /v2/objects", "object_configuration:read"),
	write("objects.create", "POST /v2/objects",
		"object_configuration:read-write").denies("create objects in this workspace").overQuota(ObjectQuotaExceeded),
	read("objects.get", "GET /v2/objects/{object}", "object_configuration:read"),
	write("objects.update", "PATCH /v2/objects/{object}", "object_configuration:read-write").denies("update this object"),
	write("objects.delete", "DELETE /v2/objects/{object}",
		"object_configuration:read-write", "record_permission:read-write").denies("delete this object"),

	read("object_views.list", "GET /v2/objects/{object}/views", "object_configuration:read"),
	write("object_views.create", "POST /v2/objects/{object}/views", "view:read-write", "object_configuration:read"),
	read("object_views.get", "GET /v2/objects/{object}/views/{view_id}", "view:read", "object_configuration:read"),
	write("object_views.update", "PATCH /v2/objects/{object}/views/{view_id}", "view:read-write", "object_configuration:read"),
	write("object_views.delete", "DELETE /v2/objects/{object}/views/{view_id}", "view:read-write", "object_configuration:read"),

	read("records.query", "POST /v2/objects/{object}/records/query",
		"record_permission:read", "object_configuration:read").accurateTo(time.Millisecond),
	write("records.create", "POST /v2/objects/{object}/records",
		"record_permission:read-write", "object_configuration:read").denies("create this record"),
	write("records.upsert", "PUT /v2/objects/{object}/records",
		"record_permission:read-write", "object_configuration:read").denies("create or update records of this object"),
	write("records.merge", "POST /v2/objects/{object}/records/merge",
		"record_permission:read-write", "object_configuration:read").denies("merge these records").perSecond(5),
	read("records.get", "GET /v2/objects/{object}/records/{record_id}", "record_permission:read", "object_configuration:read"),
	write("records.overwrite", "PUT /v2/objects/{object}/records/{record_id}",
		"record_permission:read-write", "object_configuration:read").denies("update this record"),
	write("records.update", "PATCH /v2/objects/{object}/records/{record_id}",
		"record_permission:read-write", "object_configuration:read").denies("update this record"),
	write("records.delete", "DELETE /v2/objects/{object}/records/{record_id}",
		"object_configuration:read", "record_permission:read-write").denies("delete this record"),

	read("record_values.list", "GET /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values",
		"record_permission:read", "object_configuration:read"),
	write("record_values.replace", "PUT /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values",
		"record_permission:read-write", "object_configuration:read").denies("write the value history of this attribute"),

	read("record_entries.list", "GET /v2/objects/{object}/records/{record_id}/entries",
		"record_permission:read", "object_configuration:read", "list_entry:read"),

	read("records.search", "POST /v2/objects/records/search", "record_permission:read", "object_configuration:read"),

	read("attributes.list", "GET /v2/{target}/{identifier}/attributes", "object_configuration:read"),
	write("attributes.create", "POST /v2/{target}/{identifier}/attributes",
		"object_configuration:read-write").denies("create this attribute"),
	read("attributes.get", "GET /v2/{target}/{identifier}/attributes/{attribute}", "object_configuration:read"),
	write("attributes.update", "PATCH /v2/{target}/{identifier}/attributes/{attribute}",
		"object_configuration:read-write").denies("update this attribute"),

	read("options.list", "GET /v2/{target}/{identifier}/attributes/{attribute}/options", "object_configuration:read"),
	write("options.create", "POST /v2/{target}/{identifier}/attributes/{attribute}/options",
		"object_configuration:read-write").denies("create this select option"),
	write("options.update", "PATCH /v2/{target}/{identifier}/attributes/{attribute}/options/{option}",
		"object_configuration:read-write").denies("update this select option"),

	read("statuses.list", "GET /v2/{target}/{identifier}/attributes/{attribute}/statuses", "object_configuration:read"),
	write("statuses.create", "POST /v2/{target}/{identifier}/attributes/{attribute}/statuses",
		"object_configuration:read-write").denies("create this status"),
	write("statuses.update", "PATCH /v2/{target}/{identifier}/attributes/{attribute}/statuses/{status}",
		"object_configuration:read-write").denies("update this status"),

	read("activities.list", "GET /v2/activities", "activity_configuration:read"),
	write("activities.create", "POST /v2/activities",
		"activity_configuration:read-write").denies("create activities in this workspace").offPlan(ActivitiesNotOnPlan),
	read("activities.get", "GET /v2/activities/{activity}", "activity_configuration:read"),
	write("activities.update", "PATCH /v2/activities/{activity}",
		"activity_configuration:read-write").denies("update this activity"),
	write("activities.delete", "DELETE /v2/activities/{activity}",
		"activity_configuration:read-write", "activity_record:read-write").denies("delete this activity"),

	read("activity_records.query", "POST /v2/activities/{activity}/records/query",
		"activity_record:read", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.create", "POST /v2/activities/{activity}/records",
		"activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read").
		denies("create this activity record").offPlan(activityRecordsNotOnPlan),
	write("activity_records.upsert", "PUT /v2/activities/{activity}/records",
		"activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read").
		denies("create or update records of this activity").offPlan(activityRecordsNotOnPlan),
	read("activity_records.get", "GET /v2/activities/{activity}/records/{record_id}",
		"activity_record:read", "activity_configuration:read", "object_configuration:read", "record_permission:read"),
	write("activity_records.overwrite", "PUT /v2/activities/{activity}/records/{record_id}",
		"activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read").
		denies("update this activity record"),
	write("activity_records.update", "PATCH /v2/activities/{activity}/records/{record_id}",
		"activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read").
		denies("update this activity record"),
	write("activity_records.delete", "DELETE /v2/activities/{activity}/records/{record_id}",
		"activity_record:read-write", "activity_configuration:read", "object_configuration:read", "record_permission:read").
		denies("delete this activity record"),

	read("lists.list", "GET /v2/lists", "list_configuration:read"),
	write("lists.create", "POST /v2/lists", "list_configuration:read-write").offPlan(ListPermissionsNotOnPlan),
	read("lists.get", "GET /v2/lists/{list}", "list_configuration:read"),
	write("lists.update", "PATCH /v2/lists/{list}", "list_configuration:read-write"),

	read("list_views.list", "GET /v2/lists/{list}/views", "list_configuration:read"),
	write("list_views.create", "POST /v2/lists/{list}/views",
		"view:read-write", "list_configuration:read").denies("create this view"),
	read("list_views.get", "GET /v2/lists/{list}/views/{view_id}", "view:read", "list_configuration:read"),
	write("list_views.update", "PATCH /v2/lists/{list}/views/{view_id}",
		"view:read-write", "list_configuration:read").denies("update this view"),
	write("list_views.delete", "DELETE /v2/lists/{list}/views/{view_id}",
		"view:read-write", "list_configuration:read").denies("delete this view"),

	read("entries.query", "POST /v2/lists/{list}/entries/query",
		"list_entry:read", "list_configuration:read").accurateTo(time.Millisecond),
	write("entries.create", "POST /v2/lists/{list}/entries",
		"list_entry:read-write", "list_configuration:read").denies("create entries in this list"),
	write("entries.upsert", "PUT /v2/lists/{list}/entries",
		"list_entry:read-write", "list_configuration:read").denies("create or update entries in this list"),
	read("entries.get", "GET /v2/lists/{list}/entries/{entry_id}", "list_entry:read", "list_configuration:read"),
	write("entries.overwrite", "PUT /v2/lists/{list}/entries/{entry_id}",
		"list_entry:read-write", "list_configuration:read").denies("update entries in this list"),
	write("entries.update", "PATCH /v2/lists/{list}/entries/{entry_id}",
		"list_entry:read-write", "list_configuration:read").denies("update entries in this list"),
	write("entries.delete", "DELETE /v2/lists/{list}/entries/{entry_id}",
		"list_entry:read-write", "list_configuration:read").denies("delete entries in this list"),

	read("entry_values.list", "GET /v2/lists/{list}/entries/{entry_id}/attributes/{attribute}/values",
		"list_entry:read", "list_configuration:read"),
	write("entry_values.replace", "PUT /v2/lists/{list}/entries/{entry_id}/attributes/{attribute}/values",
		"list_entry:read-write", "list_configuration:read").denies("write the value history of this attribute"),

	read("workspace_members.list", "GET /v2/workspace_members", "user_management:read"),
	read("workspace_members.get", "GET /v2/workspace_members/{workspace_member_id}", "user_management:read"),

	read("notes.list", "GET /v2/notes", "note:read", "object_configuration:read", "record_permission:read").perSecond(10),
	write("notes.create", "POST /v2/notes", "note:read-write", "object_configuration:read", "record_permission:read"),
	read("notes.get", "GET /v2/notes/{note_id}", "note:read", "object_configuration:read", "record_permission:read"),
	write("notes.update", "PATCH /v2/notes/{note_id}",
		"note:read-write", "object_configuration:read", "record_permission:read"),
	write("notes.delete", "DELETE /v2/notes/{note_id}", "note:read-write"),

	read("tasks.list", "GET /v2/tasks",
		"task:read", "object_configuration:read", "record_permission:read", "user_management:read"),
	write("tasks.create", "POST /v2/tasks",
		"task:read-write", "object_configuration:read", "record_permission:read", "user_management:read").overLimit(taskLimitReached),
	read("tasks.get", "GET /v2/tasks/{task_id}",
		"task:read", "object_configuration:read", "record_permission:read", "user_management:read"),
	write("tasks.update", "PATCH /v2/tasks/{task_id}",
		"task:read-write", "object_configuration:read", "record_permission:read", "user_management:read").overLimit(taskLimitReached),
	write("tasks.delete", "DELETE /v2/tasks/{task_id}", "task:read-write"),

	read("threads.list", "GET /v2/threads", "comment:read"),
	read("threads.get", "GET /v2/threads/{thread_id}", "comment:read"),

	write("comments.create", "POST /v2/comments", "comment:read-write"),
	read("comments.get", "GET /v2/comments/{comment_id}", "comment:read"),
	write("comments.delete", "DELETE /v2/comments/{comment_id}", "comment:read-write").deniesWith(commentOfAnother),

	read("emails.list", "GET /v2/emails",
		"email:read", "record_permission:read", "object_configuration:read").workspaceTokensOnly(),

	write("sequences.unsubscribe", "POST /v2/sequences/unsubscribed_emails", "sequence_unsubscribe:read-write"),

	read("meetings.list", "GET /v2/meetings", "meeting:read", "record_permission:read").workspaceTokensOnly(),
	write("meetings.create", "POST /v2/meetings", "meeting:read-write", "record_permission:read"),
	read("meetings.get", "GET /v2/meetings/{meeting_id}", "meeting:read", "record_permission:read"),
	write("meetings.overwrite", "PUT /v2/meetings/{meeting_id}", "meeting:read-write", "record_permission:read"),
	write("meetings.update", "PATCH /v2/meetings/{meeting_id}", "meeting:read-write", "record_permission:read"),
	write("meetings.delete", "DELETE /v2/meetings/{meeting_id}", "meeting:read-write"),

	read("call_recordings.list", "GET /v2/meetings/{meeting_id}/call_recordings", "meeting:read", "call_recording:read"),
	write("call_recordings.create", "POST /v2/meetings/{meeting_id}/call_recordings",
		"meeting:read", "call_recording:read-write").overQuota(callRecordingQuotaExceeded).offPlan(CallRecordingsNotOnPlan).perSecond(1),
	read("call_recordings.get", "GET /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}",
		"meeting:read", "call_recording:read"),
	write("call_recordings.delete", "DELETE /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}",
		"meeting:read", "call_recording:read-write"),

	read("transcripts.get", "GET /v2/meetings/{meeting_id}/call_recordings/{call_recording_id}/transcript",
		"meeting:read", "call_recording:read").workspaceTokensOnly(),

	read("files.list", "GET /v2/files", "object_configuration:read", "record_permission:read", "file:read"),
	write("files.create", "POST /v2/files", "file:read-write", "object_configuration:read", "record_permission:read"),
	write("files.upload", "POST /v2/files/upload",
		"file:read-write", "object_configuration:read", "record_permission:read").
		takesUpload().overQuota(fileQuotaExceeded).offPlan(filesNotOnPlan).perSecond(1),
	read("files.get", "GET /v2/files/{file_id}", "file:read", "object_configuration:read", "record_permission:read"),
	write("files.delete", "DELETE /v2/files/{file_id}",
		"file:read-write", "object_configuration:read", "record_permission:read"),
	read("files.download", "GET /v2/files/{file_id}/download",
		"object_configuration:read", "record_permission:read", "file:read"),

	read("webhooks.list", "GET /v2/webhooks", "webhook:read").workspaceTokensOnly(),
	write("webhooks.create", "POST /v2/webhooks", "webhook:read-write").workspaceTokensOnly().withoutAccurateAt(),
	read("webhooks.get", "GET /v2/webhooks/{webhook_id}", "webhook:read").workspaceTokensOnly(),
	write("webhooks.update", "PATCH /v2/webhooks/{webhook_id}", "webhook:read-write").workspaceTokensOnly().withoutAccurateAt(),
	write("webhooks.delete", "DELETE /v2/webhooks/{webhook_id}", "webhook:read-write").workspaceTokensOnly(),

	read("self.identify", "GET /v2/self").answersAnyone().withoutAccurateAt(),

	read("sql.query", "POST /v2/sql", "record_permission:read", "object_configuration:read").perSecond(2).unbuilt(noSQL),
}
