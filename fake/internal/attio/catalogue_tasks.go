package attio

import "fmt"

// TaskNotFound answers an unknown task in a path. From Attio's OpenAPI document.
func TaskNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Could not find Task with ID \"%s\".", id))
}

// OnlyRecordsOfObjectsLinkable answers a link of a task to anything but a record of an object. From Attio's OpenAPI document.
func OnlyRecordsOfObjectsLinkable() *Error {
	return invalid("Only standard or custom object records can be linked to.", nil)
}

// TaskContentTooLong answers the content of a task that has too many characters.
func TaskContentTooLong(limit int) *Error {
	return InvalidBody(Issue{Code: "too_big", Path: []any{"data", "content"},
		Message: fmt.Sprintf("String must contain at most %d character(s)", limit)})
}
