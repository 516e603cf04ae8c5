package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Check reports with t.Errorf what Attio would not answer to a request: in the headers, in the form of an error, and in
// the body, by Attio's OpenAPI document.
func Check(t TB, req *http.Request, answer Answer) {
	t.Helper()
	newChecker(t, published).check(t, req, answer)
}

// checker checks answers. Without a document it does not check bodies.
type checker struct{ doc *document }

func newChecker(t TB, open func() (*document, error)) checker {
	t.Helper()
	doc, err := open()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return checker{doc}
}

func (c checker) check(t TB, req *http.Request, answer Answer) {
	t.Helper()
	path := req.URL.EscapedPath()
	problems, err := c.problems(req.Method, path, answer)
	if err != nil {
		t.Errorf("%s %s: %v", req.Method, path, err)
	}
	if len(problems) > 0 {
		t.Errorf("%s %s answered %d, which Attio would not:\n  %s\nbody: %s",
			req.Method, path, answer.Status, strings.Join(problems, "\n  "), compare.Excerpt(string(answer.Body)))
	}
}

func (c checker) problems(method, path string, answer Answer) ([]string, error) {
	op := attio.OperationAt(method, path)
	problems := headerProblems(op, answer.Status, answer.Header)
	found, err := c.bodyViolations(op, answer.Status, answer.Body)
	for _, v := range found {
		problems = append(problems, fmt.Sprintf("body at %q: %s", v.pointer, v.reason))
	}
	return problems, err
}

// bodyViolations returns an error only when the document itself is wrong.
func (c checker) bodyViolations(op *attio.Operation, status int, body []byte) ([]violation, error) {
	if !hasBody(status) {
		if status == http.StatusNoContent && len(body) > 0 {
			return []violation{{"", "an answer without content has a body"}}, nil
		}
		return c.statusViolations(op, status), nil
	}
	parsed, err := compare.Parse(body)
	if err != nil {
		return []violation{{"", "not JSON: " + err.Error()}}, nil
	}
	found := c.statusViolations(op, status)
	if status >= 400 {
		found = append(found, envelopeViolations(status, parsed)...)
	} else if parsed.Kind != compare.Object {
		found = append(found, violation{"", fmt.Sprintf("a success is an object, not %s", parsed.Kind)})
	}
	if c.doc == nil || op == nil || len(found) > 0 {
		return found, nil
	}
	schema, err := c.doc.schema(op, status)
	if err != nil || schema == nil {
		return found, err
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return append(found, violation{"", "not JSON: " + err.Error()}), nil
	}
	return append(found, validate(schema, value)...), nil
}

// statusViolations refuses a success that the document does not list for the operation. Errors need not be listed. The
// operations on views are newer than the document, which does not have them.
func (c checker) statusViolations(op *attio.Operation, status int) []violation {
	if status >= 400 {
		return nil
	}
	if op == nil {
		return []violation{{"", "Attio has no such operation and answers 404"}}
	}
	if c.doc == nil {
		return nil
	}
	listed := c.doc.statuses(op)
	if listed == nil || slices.Contains(listed, strconv.Itoa(status)) {
		return nil
	}
	return []violation{{"", fmt.Sprintf("%s answers one of %s", op.Name, strings.Join(listed, ", "))}}
}
