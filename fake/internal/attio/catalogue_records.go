package attio

import (
	"fmt"
	"net/http"
	"strings"
)

// ObjectNotFound answers an unknown object in a path. From Attio's OpenAPI document.
func ObjectNotFound(slugOrID string) *Error {
	return notFound(fmt.Sprintf("Object with slug/ID \"%s\" not found.", slugOrID))
}

// StandardObjectDisabled answers a path or a body that names a disabled standard object, by its slug or its id. Logged by two connectors, for a query of deals; that other operations say it too is assumed.
func StandardObjectDisabled(id ID) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "standard_object_disabled",
		Message: fmt.Sprintf("The Standard object with slug/ID \"%s\" must be enabled by a Workspace admin before it can be used.", id)}
}

// ListNotFound answers an unknown list in a path. From Attio's OpenAPI document.
func ListNotFound(slugOrID string) *Error {
	return notFound(fmt.Sprintf("List with slug/ID \"%s\" not found.", slugOrID))
}

// RecordNotFound answers an unknown record in a path. From Attio's OpenAPI document.
func RecordNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Record with ID \"%s\" not found.", id))
}

// AttributeNotFoundInValues answers an unknown or archived attribute among the values of a write.
// Quoted by several clients.
func AttributeNotFoundInValues(slugOrID string) *Error {
	return valueNotFound("Cannot find attribute with slug/ID \"%s\".", slugOrID)
}

// AttributeNotWritable answers a value for an attribute that Attio computes. The words are this
// project's; the code is the one of the history writes.
func AttributeNotWritable(slug string) *Error {
	return systemEdit(fmt.Sprintf("Cannot write to attribute with slug \"%s\", its values are set by Attio.", slug))
}

// MissingValue answers a record that lacks a required value. Probed in October 2026.
func MissingValue(attribute ID) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "missing_value",
		Message: fmt.Sprintf("Required value for attribute with ID \"%s\" was not provided.", attribute)}
}

// UniquenessConflict answers a value that other records have. Logged in production in August 2026.
func UniquenessConflict(slug string, records []ID) *Error {
	ids := make([]string, len(records))
	for i, id := range records {
		ids[i] = string(id)
	}
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "uniqueness_conflict",
		Message: fmt.Sprintf("A value provided for attribute with slug \"%s\" conflicts with one already in the system. "+
			"This attribute has a uniqueness constraint. Please ensure all values for this attribute do not exist on another record. "+
			"Conflicting record IDs: %s", slug, strings.Join(ids, ", "))}
}

// MatchingAttributeNotFound answers an upsert by an attribute that the object does not have. From
// Attio's OpenAPI document.
func MatchingAttributeNotFound(slugOrID string) *Error {
	return valueNotFound("No attribute was found for matching_attribute slug/ID \"%s\".", slugOrID)
}

// MatchingAttributeNotUnique answers an upsert by an attribute that is not unique. Pasted by a user.
func MatchingAttributeNotUnique() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "matching_attribute_definition_not_unique",
		Message: "The matching attribute specified is not a unique attribute."}
}

// SeveralRecordsMatched answers an upsert by a value that several records have, from before the attribute was
// unique. Attio's OpenAPI document has the code, for the records of activities; the words are made like those
// for entries.
func SeveralRecordsMatched(slug string) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "multiple_match_results",
		Message: fmt.Sprintf("Multiple records were found for the given value of matching attribute with slug \"%s\". "+
			"Please remove duplicates or use the update or create record endpoints instead.", slug)}
}

// HistoryNotShown answers a listing of the former values of an attribute that Attio fills in itself.
// From Attio's OpenAPI document.
func HistoryNotShown() *Error {
	return invalid("Cannot set show_historic param to true when querying a COMINT attribute.", nil)
}
