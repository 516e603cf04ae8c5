package attio

import (
	"fmt"
	"net/http"
	"strings"
)

// What Attio says of filters and sorts. A path leads from the filter to the refused part; its indices
// are strings.

// UnknownFilterAttribute answers an attribute that the object or the list does not have, and a logical
// operator where none is allowed. Pasted by a user of the API in 2025, and logged in production in 2026.
func UnknownFilterAttribute(slug string, path []string) *Error {
	return filterRefusal("unknown_filter_attribute_slug", fmt.Sprintf("Unknown attribute slug: %s.", slug), path)
}

// UnknownFilterObject answers an object or a list in a path that does not exist or is not allowed there.
// The sentence was quoted by a client in 2025, the code is made after that of attributes.
func UnknownFilterObject(slug string, path []string) *Error {
	return filterRefusal("unknown_filter_object_slug", fmt.Sprintf("Unknown object slug: %s.", slug), path)
}

// UnknownFilterOption answers a select option that the attribute does not have. Pasted by a user of
// the API in 2025; that an id has the words for a title is assumed.
func UnknownFilterOption(titleOrID string, path []string) *Error {
	return filterRefusal("unknown_filter_select_option_slug",
		fmt.Sprintf("Unknown select option name for option field constraint: %s", titleOrID), path)
}

// UnknownFilterStatus is UnknownFilterOption for a status; its code and words are made after those.
func UnknownFilterStatus(titleOrID string, path []string) *Error {
	return filterRefusal("unknown_filter_status_slug",
		fmt.Sprintf("Unknown status name for status field constraint: %s", titleOrID), path)
}

// InvalidFilterField answers a field that attributes of a type do not have, or that cannot be filtered
// or sorted by. Quoted by a client in 2025, with the code found in October 2026.
func InvalidFilterField(field, attributeType string, path []string) *Error {
	return filterRefusal("invalid_filter_field",
		fmt.Sprintf("Invalid field '%s' for attribute of type '%s'", field, attributeType), path)
}

// InvalidFilterOperator answers an operator that a field does not take, with the operators that it does, in
// alphabetical order. Probed in August 2026.
func InvalidFilterOperator(operator, field string, allowed []string, path []string) *Error {
	return filterRefusal("invalid_filter_operator", fmt.Sprintf("Invalid operator \"%s\" for field \"%s\", must be one of (\"%s\")",
		operator, field, strings.Join(allowed, "\", \"")), path)
}

// UnknownFilterOperator answers an operator that does not exist. The sentence was quoted by a client in
// 2025; that its code is the one of operators is assumed.
func UnknownFilterOperator(operator string, path []string) *Error {
	return filterRefusal("invalid_filter_operator", "Invalid operator: "+operator, path)
}

// InvalidFilterTimestamp answers a value that is not a date with a time. The first three words were quoted by
// users of the API.
func InvalidFilterTimestamp(value string, path []string) *Error {
	return filterRefusal(filterError, "Invalid timestamp value: "+value, path)
}

// InvalidFilterDate answers a value that is not a date, in words made after those for timestamps.
func InvalidFilterDate(value string, path []string) *Error {
	return filterRefusal(filterError, "Invalid date value: "+value, path)
}

// TooManyConstraintValues answers an $in of more than a hundred values. The words were quoted by two
// users of the API in 2026, their beginning and end are not known.
func TooManyConstraintValues(path []string) *Error {
	return filterRefusal(filterError, "Too many constraint values used.", path)
}

// InvalidFilter answers every other invalid filter. The first sentence is that of Attio's
// OpenAPI document; the detail is this project's.
func InvalidFilter(detail string, path []string) *Error {
	return filterRefusal(filterError, "Error in filter. "+detail, path)
}

// MissingSortField answers a sort without a field by an attribute whose values have several. The code was reported by a client; the words are this project's.
func MissingSortField(slug, attributeType string, path []string) *Error {
	return filterRefusal("missing_sort_field",
		fmt.Sprintf("Missing sort field for attribute \"%s\" of type '%s'", slug, attributeType), path)
}

// FilterWithView answers a query with both a filter and a filter_view_id, which Attio's OpenAPI document forbids.
// The words are this project's.
const FilterWithView = "Cannot be used together with filter"

// FilterViewNotFound answers an unknown view in a query. The words are this project's.
func FilterViewNotFound(id string) *Error {
	return valueNotFound("View with ID \"%s\" not found.", id)
}

// filterError is the code of filter errors that have none of their own.
const filterError = "filter_error"

func filterRefusal(code, message string, path []string) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: code, Message: message, Path: path}
}
