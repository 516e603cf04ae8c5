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

// WebhookConflict answers a subscription that the workspace has already. The status and the code are
// those of Attio's OpenAPI document; the words are this project's.
func WebhookConflict(targetURL, eventType string) *Error {
	return &Error{Status: http.StatusConflict, Type: typeRequest, Code: "uniqueness_conflict",
		Message: fmt.Sprintf("A subscription to \"%s\" with the same filter already exists for the target URL \"%s\".", eventType, targetURL)}
}
