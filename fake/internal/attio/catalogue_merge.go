package attio

import (
	"fmt"
	"net/http"
)

// SelfMerge answers a merge of a record with itself. From Attio's OpenAPI document of October 2026.
func SelfMerge() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "self_merge", Message: "A record cannot be merged into itself."}
}

// MergedRecordNotFound answers a merge of a record that is not there, or was merged already. The sentence is from Attio's
// OpenAPI document of October 2026, which has two codes beside it; that this one is for what the body names, as it is in
// other operations, is assumed.
func MergedRecordNotFound(id ID) *Error {
	err := RecordNotFound(string(id))
	err.Code = "value_not_found"
	return err
}

// MergeInProgress answers a write of a record, or of an entry of one, that two others are still being merged into. Attio's OpenAPI
// document has the code; the words are this project's.
func MergeInProgress(id ID) *Error {
	return mergeInProgress(http.StatusBadRequest, id)
}

// MergeInProgressOnRead is MergeInProgress for reading.
func MergeInProgressOnRead(id ID) *Error {
	return mergeInProgress(http.StatusNotFound, id)
}

func mergeInProgress(status int, id ID) *Error {
	return &Error{Status: status, Type: typeRequest, Code: "merge_in_progress",
		Message: fmt.Sprintf("A merge into record with ID \"%s\" is still in progress. Please try again later.", id)}
}
