package control

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// verifyBody is the body of POST /_fake/requests/verify.
type verifyBody struct {
	// What clients should have asked for, in whatever order and among other requests.
	Expectations []expectationBody `json:"expectations" required:"a list of expectations"`
}

// expectationBody is a request that a client should have made.
type expectationBody struct {
	// An operation, or all of a resource: `records.*`.
	Operation string `json:"operation" required:"an operation, such as \"records.create\"" jsonschema:"example=records.create"`
	// The slug of the workspace.
	Workspace string `json:"workspace" jsonschema:"example=acme"`
	// The name of the token, alone or with the workspace.
	Token string `json:"token" jsonschema:"example=acme/full"`
	// The HTTP method.
	Method string `json:"method" jsonschema:"example=POST"`
	// A pattern for the path, in which * stands for one segment; it matches the query only if it has one itself.
	Path string `json:"path" jsonschema:"example=/v2/objects/*/records"`
	// The status of the answer.
	Status *int `json:"status" jsonschema:"example=200"`
	// What the sent JSON contains: every key of an object, and every item of a list at its place.
	Body json.RawMessage `json:"body"`
	// How often exactly; 0 for never. By default at least once.
	Times *int `json:"times" jsonschema:"example=1"`
}

// UnmarshalJSON reads an expectation as strictly as a body.
func (e *expectationBody) UnmarshalJSON(raw []byte) error {
	type plain expectationBody // without this method
	if refused := decodeWithin(raw, (*plain)(e)); refused != nil {
		return refused
	}
	if e.Times != nil && *e.Times < 0 {
		return badRequest("times is %d; it has to be 0 or more", *e.Times)
	}
	return nil
}

func (e *expectationBody) expectation() Expectation {
	expected := Expectation{Least: 1, Most: -1, Query: match.Query{
		Operations: []string{e.Operation}, Workspace: e.Workspace, Token: e.Token, Method: e.Method, Path: e.Path,
	}}
	if e.Status != nil {
		expected.Query.Statuses = []int{*e.Status}
	}
	if e.Times != nil {
		expected.Least, expected.Most = *e.Times, *e.Times
	}
	if e.Body != nil {
		expected.Checks = []Check{CheckBody(string(e.Body))}
	}
	return expected
}

// verifyAnswer is the answer when all expectations hold.
type verifyAnswer struct {
	// How many expectations hold: all of them.
	Verified int `json:"verified"`
}

// unverified is the answer when an expectation fails.
type unverified struct {
	Error
	// What each expectation that fails lacks: the request that came nearest, and how it differs.
	Failures []string `json:"failures"`
}

// verifyRequests answers POST /_fake/requests/verify, which checks expectations as Server.ExpectRequests does in Go.
func verifyRequests(h *Handler, r *http.Request) (any, *refusal) {
	var body verifyBody
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	var expected []Expectation
	for _, e := range body.Expectations {
		expectation := e.expectation()
		if err := h.CheckQuestion(expectation.Query); err != nil {
			return nil, badRequest("expectations: %v", err)
		}
		expected = append(expected, expectation)
	}
	if failures := h.Verify(Question{}, expected); failures != nil {
		text := strings.Join(failures, "\n")
		return nil, &refusal{status: http.StatusConflict, message: text, body: unverified{Error{text}, slices.Clone(failures)}}
	}
	return verifyAnswer{len(expected)}, nil
}
