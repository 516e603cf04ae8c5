package attio

import (
	"fmt"
	"net/http"
)

// What a workspace's plan and a member's access do not allow. Which of the two refuses which operation is
// of Attio's OpenAPI document of October 2026.

// QuotaExceeded is how an operation answers when the plan's quota is used up; nil for an operation that no
// quota bounds. The document has the sentence of objects; the other two are this project's.
func QuotaExceeded(operation string) *Error {
	switch operation {
	case "objects.create":
		return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "quota_exceeded",
			Message: "You have met your plan's object limit. Please upgrade your plan to create more objects."}
	case "call_recordings.create":
		return forbidden("quota_exceeded", "You have met your plan's call recording limit. Please upgrade your plan to create more call recordings.")
	case "files.upload":
		return forbidden("quota_exceeded", "You have met your plan's file storage limit. Please upgrade your plan to upload more files.")
	}
	return nil
}

// NotOnPlan is how an operation answers when the plan lacks what it needs; nil for an operation that every
// plan has. The document has the sentence of lists; the other two are this project's.
func NotOnPlan(operation string) *Error {
	switch operation {
	case "lists.create":
		return forbidden("billing_error", "You attempted to create a List using permissions features that are not currently supported on your plan. "+
			"Please upgrade, contact sales, or try a different access configuration for your list.")
	case "call_recordings.create":
		return forbidden("billing_error", "You attempted to create a call recording, which is not currently supported on your plan. Please upgrade or contact sales.")
	case "files.upload":
		return forbidden("billing_error", "You attempted to upload a file, which is not currently supported on your plan. Please upgrade or contact sales.")
	}
	return nil
}

// LimitReached is how an operation answers when there may be no more of its things; nil for one without
// such a limit. The document has the code, of tasks; the limit and the words are not known, these are this
// project's.
func LimitReached(operation string) *Error {
	switch operation {
	case "tasks.create", "tasks.update":
		return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "limit_reached",
			Message: "You have reached the limit of tasks."}
	}
	return nil
}

// NotPermitted answers a write that a member's access to a list does not allow. The sentences are of the
// document; those of views are made after them.
func NotPermitted(operation string) *Error {
	return forbidden("unauthorized", fmt.Sprintf("You do not have the necessary permissions to %s.", deeds[operation]))
}

// deeds says what each operation does that needs access to a list.
var deeds = map[string]string{
	"attributes.create":    "create this attribute",
	"attributes.update":    "update this attribute",
	"entries.create":       "create entries in this list",
	"entries.delete":       "delete entries in this list",
	"entries.overwrite":    "update entries in this list",
	"entries.update":       "update entries in this list",
	"entries.upsert":       "create or update entries in this list",
	"entry_values.replace": "write the value history of this attribute",
	"list_views.create":    "create this view",
	"list_views.delete":    "delete this view",
	"list_views.update":    "update this view",
	"options.create":       "create this select option",
	"options.update":       "update this select option",
	"statuses.create":      "create this status",
	"statuses.update":      "update this status",
}

func forbidden(code, message string) *Error {
	return &Error{Status: http.StatusForbidden, Type: typeAuth, Code: code, Message: message}
}
