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
