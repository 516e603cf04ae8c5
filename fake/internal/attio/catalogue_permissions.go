package attio

import "net/http"

// What a workspace's plan and a member's access do not allow. Attio's OpenAPI document of October 2026 says which
// operations each of the two can refuse.

// ObjectQuotaExceeded answers an object more than the plan allows. The document has the sentence.
func ObjectQuotaExceeded() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: quotaExceeded,
		Message: "You have met your plan's object limit. Please upgrade your plan to create more objects."}
}

// callRecordingQuotaExceeded and fileQuotaExceeded are in this project's words: the document has the code alone.
func callRecordingQuotaExceeded() *Error {
	return forbidden(quotaExceeded, "You have met your plan's call recording limit. Please upgrade your plan to create more call recordings.")
}

func fileQuotaExceeded() *Error {
	return forbidden(quotaExceeded, "You have met your plan's file storage limit. Please upgrade your plan to upload more files.")
}

// ListPermissionsNotOnPlan answers a list with access levels that the plan lacks. The document has the sentence.
func ListPermissionsNotOnPlan() *Error {
	return forbidden(billingError, "You attempted to create a List using permissions features that are not currently supported on your plan. "+
		"Please upgrade, contact sales, or try a different access configuration for your list.")
}

// CallRecordingsNotOnPlan answers a call recording on a plan without them. It and filesNotOnPlan are in this
// project's words: the document has the code alone.
func CallRecordingsNotOnPlan() *Error {
	return forbidden(billingError, "You attempted to create a call recording, which is not currently supported on your plan. Please upgrade or contact sales.")
}

func filesNotOnPlan() *Error {
	return forbidden(billingError, "You attempted to upload a file, which is not currently supported on your plan. Please upgrade or contact sales.")
}

// taskLimitReached answers one task too many. The document has the code; the limit is not known, and the words are
// this project's.
func taskLimitReached() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "limit_reached",
		Message: "You have reached the limit of tasks."}
}

// notPermitted is what Attio says to a token that has the scopes but not the permission, with what the operation does.
// The document has it for each operation that says so, except for those of the views of lists, which are made after them.
const notPermitted = "You do not have the necessary permissions to %s."

// commentOfAnother is what the document has for the deletion of somebody else's comment.
const commentOfAnother = "You are not authorized to delete this comment."

// NotPermitted answers a request of a token that lacks the permission, and not a scope, for the operation.
func NotPermitted(op *Operation) *Error { return forbidden("unauthorized", op.Denial) }

// WorkspaceTokenNeeded answers a user's token where only those of workspaces will do. Attio's OpenAPI document of October
// 2026 says which operations those are and not what they answer; the words are this project's.
func WorkspaceTokenNeeded() *Error {
	return forbidden("unauthorized", "The token provided acts for a user, and this request requires one that acts for the workspace.")
}

const (
	quotaExceeded = "quota_exceeded"
	billingError  = "billing_error"
)

func forbidden(code, message string) *Error {
	return &Error{Status: http.StatusForbidden, Type: typeAuth, Code: code, Message: message}
}
