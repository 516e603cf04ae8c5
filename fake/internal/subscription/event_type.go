package subscription

import "slices"

// eventTypes are those of Attio's OpenAPI document of October 2026, in its order, in which the error for an
// unknown type lists them.
var eventTypes = []string{
	"activity.created", "activity.updated", "activity.deleted",
	"activity-attribute.created", "activity-attribute.updated",
	"activity-record.created", "activity-record.deleted",
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
}

// EventTypes lists the types of events that a webhook can subscribe to.
func EventTypes() []string { return slices.Clone(eventTypes) }
