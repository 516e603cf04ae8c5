package attio

import "strings"

// OperationAt finds the operation that a request addresses, or nil. The path is escaped, as it came over the wire.
func OperationAt(method, path string) *Operation { return matching(Operations(), method, path) }

// AnyOperationAt also knows the operations of SCIM and OAuth.
func AnyOperationAt(method, path string) *Operation { return matching(AllOperations(), method, path) }

// matching prefers a literal segment to a parameter if several templates match.
func matching(operations []*Operation, method, path string) *Operation {
	segments := strings.Split(path, "/")
	var best *Operation
	for _, op := range operations {
		if op.Method == method && fits(op.Path, segments) && (best == nil || moreLiteral(op.Path, best.Path)) {
			best = op
		}
	}
	return best
}

func fits(template string, segments []string) bool {
	parts := strings.Split(template, "/")
	if len(parts) != len(segments) {
		return false
	}
	for i, part := range parts {
		if part != segments[i] && (!isParameter(part) || segments[i] == "") {
			return false
		}
	}
	return true
}

// moreLiteral compares two templates that match the same path, leftmost segments first.
func moreLiteral(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range as {
		if isParameter(as[i]) != isParameter(bs[i]) {
			return isParameter(bs[i])
		}
	}
	return false
}

func isParameter(segment string) bool { return strings.HasPrefix(segment, "{") }
