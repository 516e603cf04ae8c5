package attio

import (
	"fmt"
	"net/http"
)

// What Attio says of written values. The issues of a value have paths that are relative to it.

// InvalidValue answers a value that an attribute cannot have. Recorded in July 2025.
func InvalidValue(slug string, issues ...Issue) *Error {
	return invalid(fmt.Sprintf("An invalid value was passed to attribute with slug \"%s\".", slug), issues)
}

// SingleValueForMultiselect is the issue of a multiselect attribute that was not written as an array. The
// sentence was quoted by users of the API in 2026, and so was the one of InvalidValue; that this one stands
// below that one is assumed.
func SingleValueForMultiselect() Issue {
	return Issue{Code: "invalid", Path: []any{}, Message: "Multi-select attribute expects an array but received a single value"}
}

// OptionNotFound answers an unknown title of a select option. Quoted by users of the API in 2025.
func OptionNotFound(title string) *Error {
	return valueNotFound("Cannot find select option with title \"%s\".", title)
}

// OptionIDNotFound answers an unknown id of a select option, in the words for a title: the real ones
// are not known.
func OptionIDNotFound(id ID) *Error {
	return valueNotFound("Cannot find select option with ID \"%s\".", id)
}

// StatusNotFound answers an unknown title of a status. Quoted by users of the API in 2025.
func StatusNotFound(title string) *Error {
	return valueNotFound("Cannot find Status with title \"%s\".", title)
}

// StatusIDNotFound answers an unknown id of a status, in the words for a title: the real ones are not
// known.
func StatusIDNotFound(id ID) *Error {
	return valueNotFound("Cannot find Status with ID \"%s\".", id)
}

// TargetObjectNotFound answers a body that names an unknown object. The sentence is that of the search
// endpoint in Attio's OpenAPI document; for references it is this project's guess.
func TargetObjectNotFound(slugOrID string) *Error {
	return valueNotFound("Object with slug/ID \"%s\" not found.", slugOrID)
}

// TargetRecordNotFound answers a reference to an unknown record, in the words of the 404 for a path:
// the real ones are not known.
func TargetRecordNotFound(id ID) *Error {
	return valueNotFound("Record with ID \"%s\" not found.", id)
}

// TargetRecordNotMatched answers a reference by an attribute whose value no record has. The
// sentence is this project's.
func TargetRecordNotMatched(object, attribute string) *Error {
	return valueNotFound("No record of object with slug/ID \"%s\" was found for matching attribute slug/ID \"%s\".", object, attribute)
}

// TargetRecordAmbiguous answers a reference by an attribute whose value several records have. Attio's
// guide on linking records says that it fails; the code is that of an upsert in the same case, the
// sentence this project's.
func TargetRecordAmbiguous(object, attribute string) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "multiple_match_results",
		Message: fmt.Sprintf("Multiple records of object with slug/ID \"%s\" were found for matching attribute slug/ID \"%s\".", object, attribute)}
}

// TargetMemberNotFound answers a reference to an unknown workspace member, in the words of the 404 for
// a path: the real ones are not known.
func TargetMemberNotFound(id ID) *Error {
	return valueNotFound("Workspace member with ID \"%s\" not found.", id)
}

// TargetMemberEmailNotFound is TargetMemberNotFound for a member named by e-mail address.
func TargetMemberEmailNotFound(email string) *Error {
	return valueNotFound("Workspace member with email address \"%s\" not found.", email)
}

func valueNotFound(format string, args ...any) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "value_not_found", Message: fmt.Sprintf(format, args...)}
}
