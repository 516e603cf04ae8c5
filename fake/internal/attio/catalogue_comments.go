package attio

import "fmt"

// CommentNotFound answers an unknown comment in a path. From Attio's OpenAPI document.
func CommentNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Comment with ID \"%s\" was not found.", id))
}

// CommentNotFoundOnDelete is CommentNotFound for a deletion. From Attio's OpenAPI document.
func CommentNotFoundOnDelete(id string) *Error {
	return notFound(fmt.Sprintf("Could not find Comment with ID \"%s\".", id))
}

// ThreadNotFound answers an unknown thread in a path. From Attio's OpenAPI document.
func ThreadNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Thread with ID \"%s\" was not found.", id))
}

// ThreadsOfNothing answers a listing of threads that names neither a record nor an entry by its two parameters.
// Quoted by a client; the same answer to a listing that names both is assumed.
func ThreadsOfNothing() *Error {
	return invalid("Query parameters must query either by a record or by entry", nil)
}

// TargetThreadNotFound answers a reply to an unknown thread. From Attio's OpenAPI document.
func TargetThreadNotFound() *Error {
	return valueNotFound("The referenced Thread could not be found, it might have been deleted.")
}

// TargetListNotFound answers a body that names an unknown list, in the words of the 404 for a path: the
// real ones are not known.
func TargetListNotFound(slugOrID string) *Error {
	return valueNotFound("List with slug/ID \"%s\" not found.", slugOrID)
}

// TargetEntryNotFound answers a body that names an unknown entry, in the words of the 404 for a path: the
// real ones are not known.
func TargetEntryNotFound(id string) *Error {
	return valueNotFound("Entry with ID \"%s\" not found.", id)
}
