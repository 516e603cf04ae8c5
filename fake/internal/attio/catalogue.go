package attio

import (
	"fmt"
	"net/http"
	"strings"
)

// bodyInvalid heads the issues of a body. Recorded in May 2026.
const bodyInvalid = "Body payload validation error."

// Every sentence that Attio says stands here once, with where it was seen. Where only the beginning
// of a sentence is known, the rest is this project's, and docs/differences.md lists it.

// WrongTokenLength answers a token of a length that no token has. Recorded in July 2025.
func WrongTokenLength() *Error {
	return unauthorized("The API Key provided was invalid because it was the wrong length (API Keys should be 64 characters long). " +
		"You might not have copied the entire API key from your Admin panel?")
}

// UnknownToken answers a token of the right length that is not known. Probed in August 2026.
func UnknownToken() *Error {
	return unauthorized("The API Key provided could not be found. This is most commonly caused by the token having been revoked.")
}

// MissingAuthorization answers a request without a token. The first sentence was probed in August 2026.
func MissingAuthorization() *Error {
	return unauthorized("The Authorization header was not provided. Please pass your API Key as a Bearer token.")
}

// MissingScopes answers a token that lacks scopes, and names those. Logged in production in August 2026.
func MissingScopes(missing []Scope) *Error {
	titles := make([]string, len(missing))
	for i, s := range missing {
		titles[i] = s.Title()
	}
	return forbidden("unauthorized", "The API Key provided is not authorized to perform the requested action. This request requires scopes: "+
		strings.Join(titles, ", ")+".")
}

// UnrecognisedToken is how /v2/self answers what cannot be a token. The part before the comma was
// probed in August 2026.
func UnrecognisedToken() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "missing_value",
		Message: "Token was not recognised, please pass a valid access token in the Authorization header."}
}

// UnknownEndpoint answers a path or a verb that the API does not have. The path is the request's,
// without the query. Recorded in May 2026.
func UnknownEndpoint(method, path string) *Error {
	return notFound(fmt.Sprintf("Could not find endpoint \"%s %s\".", method, path))
}

// MemberNotFound answers an unknown workspace member in a path. From Attio's OpenAPI document.
func MemberNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Workspace member with ID \"%s\" not found.", id))
}

// InvalidPath answers path parameters of the wrong form. Logged in production in August 2026.
func InvalidPath(issues ...Issue) *Error {
	return invalid("Path params validation error", issues)
}

// InvalidUUID is the issue of a string that should be a UUID.
func InvalidUUID(path ...any) Issue {
	return Issue{Code: "invalid_string", Path: path, Message: "Invalid uuid", StringValidation: "uuid"}
}

// BodyTooLarge answers a body over this server's limit, in the way of an oversize note.
func BodyTooLarge(limit int64) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Type: typeRequest, Code: "validation_type",
		Message: fmt.Sprintf("Request body is too large, the limit is %d bytes.", limit)}
}

// UnreadableBody answers a body that breaks off.
func UnreadableBody(cause error) *Error {
	return invalid(bodyInvalid, []Issue{{Code: "invalid", Path: []any{}, Message: "Unreadable body: " + cause.Error()}})
}

// NotImplemented answers an operation that this fake does not have. Attio never says it.
func NotImplemented(op *Operation) *Error {
	return &Error{Status: http.StatusNotImplemented, Type: typeRequest, Code: "not_implemented",
		Message: fmt.Sprintf("fakeattio does not implement %s (%s %s): %s.", op.Name, op.Method, op.Path, op.WhyNotBuilt)}
}

// Internal answers an error of this program's own. Attio's 500 was never captured.
func Internal() *Error {
	return &Error{Status: http.StatusInternalServerError, Type: "api_error", Code: "internal_error",
		Message: "fakeattio met an error of its own; its log has the details."}
}

// Outage answers as Attio does when it fails. Its 500 was never captured: type, code and sentence are made up in the
// style of the others.
func Outage() *Error {
	return &Error{Status: http.StatusInternalServerError, Type: "api_error", Code: "internal_error",
		Message: "An unexpected error occurred. Please try again later."}
}

func unauthorized(message string) *Error {
	return &Error{Status: http.StatusUnauthorized, Type: typeAuth, Code: "unauthorized", Message: message}
}

func notFound(message string) *Error {
	return &Error{Status: http.StatusNotFound, Type: typeRequest, Code: "not_found", Message: message}
}

func invalid(message string, issues []Issue) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "validation_type", Message: message, ValidationErrors: issues}
}
