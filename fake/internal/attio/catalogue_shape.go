package attio

// queryInvalid heads the issues of query parameters. Pasted by a user of the live API in 2025; unlike
// that of path parameters it ends in a full stop.
const queryInvalid = "Query params validation error."

// InvalidBody answers a body of the wrong shape. Recorded in May 2026.
func InvalidBody(issues ...Issue) *Error {
	return invalid(bodyInvalid, issues)
}

// InvalidQuery answers query parameters of the wrong form.
func InvalidQuery(issues ...Issue) *Error {
	return invalid(queryInvalid, issues)
}

// MalformedJSON answers a body that is not JSON. Attio's own answer was never captured; this one is
// the project's.
func MalformedJSON() *Error {
	return InvalidBody(Issue{Code: "invalid", Path: []any{}, Message: "Invalid JSON"})
}

// InvalidDate is the message of an issue about a string that should be a moment or a date. The words are this
// project's.
const InvalidDate = "Invalid date"

// CreatedAtOutOfRange answers a created_at outside the range that Attio allows. Attio's OpenAPI document has the rule, for
// notes and for comments; the words are this project's.
func CreatedAtOutOfRange() *Error {
	return InvalidBody(Issue{Code: "invalid", Path: []any{"data", "created_at"}, Message: "Date must be in 1970 or later, and not in the future"})
}

// MissingBeside is the issue of two parameters that belong together when only one was sent. Attio's OpenAPI document has the
// rule, the words are this project's.
func MissingBeside(missing, a, b string) Issue {
	return Issue{Code: "invalid", Path: []any{missing}, Message: a + " and " + b + " must be provided together"}
}
