package scim

import (
	"encoding/json"
	"mime"
	"net/url"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Request is a request that the token and its scopes allow.
type Request struct {
	Workspace   *world.Workspace
	Write       func(func(*world.Tx) error) error                                       // runs a transaction on the workspace, in the caller's name
	Rename      func(id attio.ID, first, last string, also func(*world.Tx) error) error // is Write that also renames a member's account
	Account     func(world.User) *world.User                                            // returns the account with the address, and makes it if there is none
	NewID       func() attio.ID
	ID          string // of the resource, from the path
	Query       url.Values
	ContentType string
	Body        []byte
}

// Answer is the answer to a request.
type Answer struct {
	Status int
	Body   any // nil for none
}

// ContentType is the content type of answers, RFC 7644 section 8.1.
const ContentType = "application/scim+json; charset=utf-8"

// object returns the body, which has to be a JSON object with a schema among its schemas.
func (r *Request) object(schema string) (map[string]any, error) {
	kind, _, err := mime.ParseMediaType(r.ContentType)
	if err != nil || kind != "application/scim+json" && kind != "application/json" {
		return nil, invalidSyntax("The content type has to be application/scim+json or application/json.")
	}
	var body map[string]any
	if json.Unmarshal(r.Body, &body) != nil || body == nil {
		return nil, invalidSyntax("The body has to be a JSON object.")
	}
	schemas, _ := body["schemas"].([]any)
	if !slices.ContainsFunc(schemas, func(s any) bool { text, _ := s.(string); return strings.EqualFold(text, schema) }) {
		return nil, invalidValue("The attribute schemas has to be an array with %q.", schema)
	}
	return body, nil
}

// boolean reads true and false, which Entra ID may write as "True" and "False".
func boolean(value any) (on, ok bool) {
	switch value := value.(type) {
	case bool:
		return value, true
	case string:
		return strings.EqualFold(value, "true"), strings.EqualFold(value, "true") || strings.EqualFold(value, "false")
	}
	return false, false
}
