package attio

import (
	"fmt"
	"net/http"
)

// ListConflict answers a slug that another list has. From Attio's OpenAPI document, for a new list; the same
// words for a change are assumed.
func ListConflict(slug string) *Error {
	return slugConflict(fmt.Sprintf("A list with api_slug \"%s\" already exists.", slug))
}

// ParentObjectNotFound answers a new list of the records of an unknown object. From Attio's OpenAPI
// document.
func ParentObjectNotFound(slugOrID string) *Error {
	return notFound(fmt.Sprintf("Parent object with slug/ID \"%s\" not found.", slugOrID))
}

// FullAccessMissing answers a list to which nobody has full access, which Attio's OpenAPI document
// forbids. The words are this project's.
func FullAccessMissing() *Error {
	return invalid("Lists must have workspace_access set to \"full-access\" or at least one workspace_member_access with level \"full-access\".", nil)
}

// ListAttributeConflict is AttributeConflict for an attribute of a list. From Attio's OpenAPI document.
func ListAttributeConflict() *Error {
	return slugConflict("An attribute with the same API slug already exists on this list. Please choose a different API slug.")
}

// RelationshipOfList answers a relationship of an attribute of a list: Attio's OpenAPI document knows
// them between objects only. The words are this project's.
func RelationshipOfList() *Error {
	return invalid("Attributes of lists cannot have a relationship.", nil)
}

// ListNotFoundOnCreate answers a new entry of an unknown list. From Attio's OpenAPI document.
func ListNotFoundOnCreate(slugOrID string) *Error {
	return notFound(fmt.Sprintf("Could not find list with slug/ID \"%s\".", slugOrID))
}

// ListNotFoundOnUpsert answers the upsert of an entry of an unknown list. From Attio's OpenAPI document.
func ListNotFoundOnUpsert(slugOrID string) *Error {
	return notFound(fmt.Sprintf("List with slug/ID \"%s\" was not found.", slugOrID))
}

// EntryNotFound answers an unknown entry in a path, in the words of that for a record. Attio's own were
// never seen.
func EntryNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Entry with ID \"%s\" not found.", id))
}

// ParentRecordNotFound answers an entry of an unknown record. From Attio's OpenAPI document.
func ParentRecordNotFound(id ID) *Error {
	return valueNotFound("Parent record with slug/ID \"%s\" not found.", id)
}

// ParentObjectMismatch answers an entry of a record of another object than the list's. The words are
// this project's.
func ParentObjectMismatch(object, list string) *Error {
	return invalid(fmt.Sprintf("Records of object with slug/ID \"%s\" cannot be added to list \"%s\", which has another parent object.", object, list), nil)
}

// SeveralEntriesOfParent answers the upsert of an entry of a record that has several. From Attio's
// OpenAPI document, with its mistake.
func SeveralEntriesOfParent() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "multiple_match_results",
		Message: "Multiple entries were founds for the given parent record. " +
			"Please remove duplicates or use the update or create entry endpoints instead."}
}

// ParentImmutable answers another parent for an entry. From Attio's OpenAPI document.
func ParentImmutable() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "immutable_value",
		Message: "The parent record for a list entry cannot be updated once created."}
}
