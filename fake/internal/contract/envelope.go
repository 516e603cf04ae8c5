package contract

import (
	"fmt"
	"slices"
	"strconv"
)

// errorTypes are the known values of "type", and api_error, which is this project's own for when it fails itself.
var errorTypes = []string{"invalid_request_error", "auth_error", "rate_limit_error", "api_error"}

// envelopeViolations checks that the body of an error has the form of all of Attio's errors, with the keys in wire
// order.
func envelopeViolations(status int, body *node) []violation {
	if body.kind != kindObject {
		return []violation{{"", fmt.Sprintf("an error is an object, not %s", body.kind)}}
	}
	var found []violation
	report := func(pointer, format string, args ...any) {
		found = append(found, violation{pointer, fmt.Sprintf(format, args...)})
	}
	want := []string{"status_code", "type", "code", "message"}
	if len(body.keys) == 5 && (body.keys[4] == "validation_errors" || body.keys[4] == "path") {
		want = append(want, body.keys[4])
	}
	if !slices.Equal(body.keys, want) {
		report("", "an error has the keys %q and at most validation_errors or path, not %q", want[:4], body.keys)
	}
	if n := body.field("status_code"); n != nil && (n.kind != kindNumber || n.text != strconv.Itoa(status)) {
		report("/status_code", "want the number %d, got %s", status, n.describe())
	}
	if n := body.field("type"); n != nil && (n.kind != kindString || !slices.Contains(errorTypes, n.text)) {
		report("/type", "want one of %q, got %s", errorTypes, n.describe())
	}
	for _, key := range []string{"code", "message"} {
		if n := body.field(key); n != nil && (n.kind != kindString || n.text == "") {
			report("/"+key, "want a string, got %s", n.describe())
		}
	}
	if n := body.field("path"); n != nil && !arrayOf(n, kindString) {
		report("/path", "want an array of strings")
	}
	if n := body.field("validation_errors"); n != nil {
		found = append(found, issuesViolations(n)...)
	}
	return found
}

// issueKinds are the keys of a validation error and the kinds of their values, except for path.
var issueKinds = map[string]kind{
	"code": kindString, "message": kindString, "expected": kindString, "received": kindString,
	"options": kindArray, "string_validation": kindString,
}

func issuesViolations(issues *node) []violation {
	if issues.kind != kindArray || len(issues.items) == 0 {
		return []violation{{"/validation_errors", "want an array of at least one"}}
	}
	var found []violation
	for i, issue := range issues.items {
		at := fmt.Sprintf("/validation_errors/%d", i)
		if len(issue.keys) < 3 || !slices.Equal(issue.keys[:3], []string{"code", "path", "message"}) {
			found = append(found, violation{at, fmt.Sprintf("begins with code, path and message, not %q", issue.keys)})
			continue
		}
		for j, key := range issue.keys {
			value := issue.items[j]
			switch want := issueKinds[key]; {
			case key == "path":
				if !arrayOf(value, kindString, kindNumber) {
					found = append(found, violation{at + "/path", "want an array of keys and indices"})
				}
			case want == "":
				found = append(found, violation{at, fmt.Sprintf("has an unknown key %q", key)})
			case value.kind != want:
				found = append(found, violation{at + "/" + key, fmt.Sprintf("want %s, got %s", want, value.describe())})
			}
		}
	}
	return found
}

func arrayOf(n *node, kinds ...kind) bool {
	return n.kind == kindArray && !slices.ContainsFunc(n.items, func(item *node) bool { return !slices.Contains(kinds, item.kind) })
}
