package attio

import (
	"fmt"
	"net/http"
)

// NoteNotFound answers an unknown note in a path. From Attio's OpenAPI document.
func NoteNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Note with ID \"%s\" was not found.", id))
}

// NoteTooLarge answers a note with too much content. Status and code are from Attio's OpenAPI document;
// the limit and the words are this project's.
func NoteTooLarge(limit int) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Type: typeRequest, Code: "validation_type",
		Message: fmt.Sprintf("The content of a note can have at most %d bytes.", limit)}
}

// NoteFormatMissing answers new content of a note without a format. That Attio assumes none is this project's
// guess; the words are those for any missing part.
func NoteFormatMissing() *Error {
	return InvalidBody(Issue{Code: "invalid_type", Path: []any{"data", "format"}, Message: "Required",
		Expected: "'plaintext' | 'markdown'", Received: "undefined"})
}
