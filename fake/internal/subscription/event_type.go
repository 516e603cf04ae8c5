package subscription

import "slices"

// eventTypes are those that Attio lists where it refuses another: first those of its OpenAPI document, in
// its order, then those that came with activities in autumn 2026, whose place is assumed.
var eventTypes = []string{
	"call-recording.created",
	"comment.created", "comment.resolved", "comment.unresolved", "comment.deleted",
	"list.created", "list.updated", "list.deleted",
	"list-attribute.created", "list-attribute.updated",
	"list-entry.created", "list-entry.updated", "list-entry.deleted",
	"object-attribute.created", "object-attribute.updated",
	"note.created", "note-content.updated", "note.updated", "note.deleted",
	"record.created", "record.merged", "record.updated", "record.deleted",
	"task.created", "task.updated", "task.deleted",
	"workspace-member.created",

	"activity.created", "activity.updated", "activity.deleted",
	"activity-attribute.created", "activity-attribute.updated",
	"activity-record.created", "activity-record.updated", "activity-record.deleted",
}

// EventTypes lists the types of events that a webhook can subscribe to.
func EventTypes() []string { return slices.Clone(eventTypes) }
