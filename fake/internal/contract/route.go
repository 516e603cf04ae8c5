package contract

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// operationOf finds the operation of Attio that a request addresses, or nil. The path is escaped, as it came over the
// wire.
func operationOf(method, path string) *attio.Operation {
	return match(attio.Operations(), method, path)
}

// match prefers a literal segment to a parameter if several templates match.
func match(operations []*attio.Operation, method, path string) *attio.Operation {
	segments := strings.Split(path, "/")
	var best *attio.Operation
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
