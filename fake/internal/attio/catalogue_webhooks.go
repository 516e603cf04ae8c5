package attio

import (
	"fmt"
	"net/http"
)

// WebhookNotFound answers an unknown webhook in a path. From Attio's OpenAPI document.
func WebhookNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Webhook with ID \"%s\" was not found.", id))
}

// WebhookNotFoundOnDelete answers the deletion of an unknown webhook. From Attio's OpenAPI document.
func WebhookNotFoundOnDelete() *Error { return notFound("Webhook not found") }

// RelatedListNotFound answers a subscription whose filter names an unknown list. From Attio's OpenAPI
// document.
func RelatedListNotFound() *Error { return invalid("Related list not found", nil) }

// RelatedObjectNotFound answers a subscription whose filter names an unknown object, in the words of
// that for a list.
func RelatedObjectNotFound() *Error { return invalid("Related object not found", nil) }

// RelatedActivityNotFound is RelatedObjectNotFound for an activity.
func RelatedActivityNotFound() *Error { return invalid("Related activity not found", nil) }

// WebhookConflict answers a subscription that the workspace already has, or that a request repeats. From Attio's
// OpenAPI document of October 2026.
func WebhookConflict() *Error {
	return &Error{Status: http.StatusConflict, Type: typeRequest, Code: "uniqueness_conflict",
		Message: "Each subscription must have a unique combination of target URL, event type and filter."}
}
