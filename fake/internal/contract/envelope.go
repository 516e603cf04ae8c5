package contract

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// errorTypes are the known values of "type", and api_error, which is this project's own for when it fails itself.
var errorTypes = []string{"invalid_request_error", "auth_error", "rate_limit_error", "api_error"}

// envelopeViolations checks that the body of an error has the form of all of Attio's errors, with the keys in wire
// order.
func envelopeViolations(status int, body *compare.Node) []violation {
	if body.Kind != compare.Object {
		return []violation{{"", fmt.Sprintf("an error is an object, not %s", body.Kind)}}
	}
	var found []violation
	report := func(pointer, format string, args ...any) {
		found = append(found, violation{pointer, fmt.Sprintf(format, args...)})
	}
	want := []string{"status_code", "type", "code", "message"}
	if len(body.Keys) == 5 && (body.Keys[4] == "validation_errors" || body.Keys[4] == "path") {
		want = append(want, body.Keys[4])
	}
	if !slices.Equal(body.Keys, want) {
		report("", "an error has the keys %q and at most validation_errors or path, not %q", want[:4], body.Keys)
	}
	if n := body.Field("status_code"); n != nil && (n.Kind != compare.Number || n.Text != strconv.Itoa(status)) {
		report("/status_code", "want the number %d, got %s", status, n.Describe())
	}
	if n := body.Field("type"); n != nil && (n.Kind != compare.String || !slices.Contains(errorTypes, n.Text)) {
		report("/type", "want one of %q, got %s", errorTypes, n.Describe())
	}
	for _, key := range []string{"code", "message"} {
		if n := body.Field(key); n != nil && (n.Kind != compare.String || n.Text == "") {
			report("/"+key, "want a string, got %s", n.Describe())
		}
	}
	if n := body.Field("path"); n != nil && !arrayOf(n, compare.String) {
		report("/path", "want an array of strings")
	}
	if n := body.Field("validation_errors"); n != nil {
		found = append(found, issuesViolations(n)...)
	}
	return found
}

// issueKinds are the keys of a validation error and the kinds of their values, except for path.
var issueKinds = map[string]compare.Type{
	"code": compare.String, "message": compare.String, "expected": compare.String, "received": compare.String,
	"options": compare.Array, "string_validation": compare.String,
}

func issuesViolations(issues *compare.Node) []violation {
	if issues.Kind != compare.Array || len(issues.Items) == 0 {
		return []violation{{"/validation_errors", "want an array of at least one"}}
	}
	var found []violation
	for i, issue := range issues.Items {
		at := fmt.Sprintf("/validation_errors/%d", i)
		if len(issue.Keys) < 3 || !slices.Equal(issue.Keys[:3], []string{"code", "path", "message"}) {
			found = append(found, violation{at, fmt.Sprintf("begins with code, path and message, not %q", issue.Keys)})
			continue
		}
		for j, key := range issue.Keys {
			value := issue.Items[j]
			switch want := issueKinds[key]; {
			case key == "path":
				if !arrayOf(value, compare.String, compare.Number) {
					found = append(found, violation{at + "/path", "want an array of keys and indices"})
				}
			case want == "":
				found = append(found, violation{at, fmt.Sprintf("has an unknown key %q", key)})
			case value.Kind != want:
				found = append(found, violation{at + "/" + key, fmt.Sprintf("want %s, got %s", want, value.Describe())})
			}
		}
	}
	return found
}

func arrayOf(n *compare.Node, kinds ...compare.Type) bool {
	return n.Kind == compare.Array && !slices.ContainsFunc(n.Items, func(item *compare.Node) bool { return !slices.Contains(kinds, item.Kind) })
}
