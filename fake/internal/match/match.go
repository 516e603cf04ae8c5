// Package match selects requests to the Attio API. The journal's filters, expectations and faults share its conditions.
package match

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Query selects requests. The zero value of a condition selects all.
type Query struct {
	Operations []string // any of these: a name, "records.query", or all of a resource, "records.*"
	Workspace  string   // its slug
	Token      string   // its name, "full", or with the workspace, "acme/full"
	Method     string   // in any case
	// Path is a pattern in which * stands for one segment. It matches the query of a request only if it has one
	// itself: "/v2/notes?limit=*".
	Path     string
	Statuses []int // any of these; 0 stands for a request without an answer
}

// Request is a request as a Query sees it.
type Request struct {
	Operation string // empty if Attio has no such endpoint
	Workspace string // empty without a valid token, as is Token
	Token     string
	Method    string
	Target    string // the path, with the query if there is one
	Status    int
}

// Matches reports whether a request meets all conditions.
func (q Query) Matches(r Request) bool {
	return q.takesOperation(r.Operation) && q.takesWorkspace(r.Workspace) && q.takesToken(r.Token, r.Workspace) &&
		q.takesMethod(r.Method) && q.takesPath(r.Target) && q.takesStatus(r.Status)
}

// Misses lists the conditions that a request does not meet.
func (q Query) Misses(r Request) []string {
	var misses []string
	note := func(taken bool, format string, args ...any) {
		if !taken {
			misses = append(misses, fmt.Sprintf(format, args...))
		}
	}
	operation := r.Operation
	if operation == "" {
		operation = "to an endpoint that Attio does not have"
	}
	note(q.takesOperation(r.Operation), "it is %s", operation)
	note(q.takesWorkspace(r.Workspace), "its workspace is %q", r.Workspace)
	note(q.takesToken(r.Token, r.Workspace), "its token is %q", r.Token)
	note(q.takesMethod(r.Method), "its method is %s", r.Method)
	note(q.takesPath(r.Target), "its path is %s", r.Target)
	note(q.takesStatus(r.Status), "its status is %d", r.Status)
	return misses
}

// Conditions describes the conditions other than the operations.
func (q Query) Conditions() []string {
	var all []string
	for _, c := range []struct{ name, value string }{
		{"workspace", q.Workspace}, {"token", q.Token}, {"method", q.Method}, {"path", q.Path},
	} {
		if c.value != "" {
			all = append(all, c.name+" "+c.value)
		}
	}
	for _, status := range q.Statuses {
		all = append(all, fmt.Sprintf("status %d", status))
	}
	return all
}

func (q Query) takesOperation(operation string) bool {
	return len(q.Operations) == 0 || slices.ContainsFunc(q.Operations, func(name string) bool { return attio.Names(name, operation) })
}

func (q Query) takesWorkspace(slug string) bool { return q.Workspace == "" || q.Workspace == slug }

func (q Query) takesToken(name, workspace string) bool {
	if q.Token == "" || q.Token == name {
		return true
	}
	slug, own, qualified := strings.Cut(q.Token, "/")
	return qualified && own == name && slug == workspace
}

func (q Query) takesMethod(method string) bool {
	return q.Method == "" || strings.EqualFold(q.Method, method)
}

func (q Query) takesPath(target string) bool {
	if q.Path == "" {
		return true
	}
	pattern, queryPattern, hasQuery := strings.Cut(q.Path, "?")
	got, query, _ := strings.Cut(target, "?")
	return glob(pattern, got) && (!hasQuery || glob(queryPattern, query))
}

func (q Query) takesStatus(status int) bool {
	return len(q.Statuses) == 0 || slices.Contains(q.Statuses, status)
}

// glob is path.Match for a pattern that Check has accepted.
func glob(pattern, text string) bool {
	ok, _ := path.Match(pattern, text)
	return ok
}

// MayMean reports whether some request for an operation could match, judging by method and path.
func (q Query) MayMean(op *attio.Operation) bool {
	pattern, _, _ := strings.Cut(q.Path, "?")
	return q.takesOperation(op.Name) && q.takesMethod(op.Method) &&
		(pattern == "" || overlap(strings.Split(pattern, "/"), strings.Split(op.Path, "/")))
}

// overlap reports whether a pattern can match some path of an operation.
func overlap(pattern, of []string) bool {
	if len(pattern) != len(of) {
		return false
	}
	for i, part := range of {
		if !strings.HasPrefix(part, "{") && !glob(pattern[i], part) {
			return false
		}
	}
	return true
}

// methods lists the methods of Attio's API.
var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

// Check returns everything that is wrong with a query, whatever the server holds.
func (q Query) Check() error {
	var wrong []error
	for _, name := range q.Operations {
		wrong = append(wrong, Operation(name))
	}
	if q.Method != "" && !slices.Contains(methods, strings.ToUpper(q.Method)) {
		wrong = append(wrong, errors.New(suggest.Unknown("method", q.Method, methods)))
	}
	for _, pattern := range strings.SplitN(q.Path, "?", 2) {
		if _, err := path.Match(pattern, ""); err != nil {
			wrong = append(wrong, fmt.Errorf("the path %q is not a pattern: every [ needs a ], and every \\ a character after it", q.Path))
		}
	}
	for _, status := range q.Statuses {
		if status != 0 && (status < 100 || status > 599) {
			wrong = append(wrong, fmt.Errorf("%d is not a status; use 100 to 599, or 0 for a request without an answer", status))
		}
	}
	return errors.Join(wrong...)
}

// Operation returns what is wrong with the name of an operation, or of all operations of a resource.
func Operation(name string) error {
	if attio.NamesAny(name) {
		return nil
	}
	var known []string
	for _, op := range attio.Operations() {
		resource, _, _ := strings.Cut(op.Name, ".")
		if all := resource + ".*"; !slices.Contains(known, all) {
			known = append(known, all)
		}
		known = append(known, op.Name)
	}
	if near, ok := suggest.Nearest(name, known); ok {
		return fmt.Errorf("unknown operation %q; did you mean %q?", name, near)
	}
	return fmt.Errorf("unknown operation %q; docs/operations.md lists them, for example records.query, or records.* for all of records", name)
}
