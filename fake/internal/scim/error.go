package scim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// Error is an error answer as RFC 7644 has it. What Attio answers is not known: status and type follow section 3.12 of the
// RFC, and the sentences are this project's.
type Error struct {
	Status int
	Type   string // the RFC's scimType; "" where it has none
	Detail string
}

func (e *Error) Error() string { return e.Detail }

// MarshalJSON writes the status as a string, as the RFC says.
func (e *Error) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Schemas []string `json:"schemas"`
		Type    string   `json:"scimType,omitempty"`
		Detail  string   `json:"detail"`
		Status  string   `json:"status"`
	}{[]string{errorSchema}, e.Type, e.Detail, strconv.Itoa(e.Status)})
}

// The schemas of messages and of what Attio has.
const (
	errorSchema    = "urn:ietf:params:scim:api:messages:2.0:Error"
	listSchema     = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	patchSchema    = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
	documentSchema = "urn:ietf:params:scim:schemas:core:2.0:Schema"
	userSchema     = "urn:ietf:params:scim:schemas:core:2.0:User"
	groupSchema    = "urn:ietf:params:scim:schemas:core:2.0:Group"
)

func badRequest(kind, format string, args ...any) *Error {
	return &Error{http.StatusBadRequest, kind, fmt.Sprintf(format, args...)}
}

func invalidFilter(format string, args ...any) *Error {
	return badRequest("invalidFilter", format, args...)
}

func invalidSyntax(format string, args ...any) *Error {
	return badRequest("invalidSyntax", format, args...)
}

func invalidPath(format string, args ...any) *Error {
	return badRequest("invalidPath", format, args...)
}

func invalidValue(format string, args ...any) *Error {
	return badRequest("invalidValue", format, args...)
}

func immutable(format string, args ...any) *Error {
	return badRequest("mutability", format, args...)
}

func noTarget(format string, args ...any) *Error {
	return badRequest("noTarget", format, args...)
}

func taken(format string, args ...any) *Error {
	return &Error{http.StatusConflict, "uniqueness", fmt.Sprintf(format, args...)}
}

func notFound(kind, id string) *Error {
	return &Error{Status: http.StatusNotFound, Detail: fmt.Sprintf("%s %q not found.", kind, id)}
}
