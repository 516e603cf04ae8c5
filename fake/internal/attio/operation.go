package attio

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Operation is one operation of Attio's REST API, with everything that sets it apart from the others. Routing, scope
// checks, limits, faults, the journal, docs/operations.md and the tests all read the same table of them.
type Operation struct {
	Name   string  // how this project calls it: "records.create"
	Method string  // "POST"
	Path   string  // "/v2/objects/{object}/records"
	Scopes []Scope // what the token needs, in the order of Attio's OpenAPI document
	Write  bool    // counts against the write limit; a query by POST is a read

	Upload        bool // its body is multipart/form-data, which is read piece by piece and not kept
	AnswersAnyone bool // with or without a token
	WorkspaceOnly bool // takes workspace tokens alone; the others take those of users too

	PerSecond   int           // its own rate limit, in requests of one clock second; 0 where it has none
	Accuracy    time.Duration // of the header x-accurate-at; 0 where a success does not carry it
	Denial      string        // what Attio says to a token that has the scopes but lacks the permission; "" if it never does
	OverQuota   func() *Error // the answer when the plan's quota is used up; nil where no quota applies
	OffPlan     func() *Error // the answer when the plan lacks what it needs; nil where every plan has it
	OverLimit   func() *Error // the answer when there may be no more of its things; nil where there is no such limit
	WhyNotBuilt string        // "" for an operation that is built

	targetScopes map[string][]Scope // the scopes by what {target} is
}

// targets is what {target} of a path can be, with the scope of its configuration. Attributes, options and statuses share one
// path for all of them. That activities are among them is inferred: Attio's documentation of October 2026 has their
// attributes under the scopes of activity_configuration, and events about them, but no path of their own.
var targets = []struct{ name, configuration string }{
	{"objects", "object_configuration"}, {"lists", "list_configuration"}, {"activities", "activity_configuration"},
}

// Targets lists what {target} of the operation's path can be, or "" alone where its path has none.
func (o *Operation) Targets() []string {
	if !strings.Contains(o.Path, "{target}") {
		return []string{""}
	}
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = t.name
	}
	return names
}

// ScopesFor returns the scopes that a request needs: each target asks for those of its own configuration.
func (o *Operation) ScopesFor(target string) []Scope {
	if scopes, ok := o.targetScopes[target]; ok {
		return scopes
	}
	return o.Scopes
}

// SendsAccurateAt reports whether a success carries the header x-accurate-at.
func (o *Operation) SendsAccurateAt() bool { return o.Accuracy > 0 }

// AccurateAt returns the value of the header x-accurate-at at a moment.
func (o *Operation) AccurateAt(now time.Time) Time { return Time{now.Truncate(o.Accuracy)} }

// TokenLevels lists the levels of the tokens that it takes, as Attio's documentation calls them.
func (o *Operation) TokenLevels() []string {
	if o.WorkspaceOnly {
		return []string{"workspace"}
	}
	return []string{"workspace", "user"}
}

// Names reports whether a name means an operation: its own, "records.create", or that of all of its resource,
// "records.*".
func Names(name, operation string) bool {
	resource, all := strings.CutSuffix(name, "*")
	return operation == name || all && strings.HasSuffix(resource, ".") && strings.HasPrefix(operation, resource)
}

// NamesAny reports whether a name means any operation, of the API, SCIM or OAuth.
func NamesAny(name string) bool {
	return slices.ContainsFunc(AllOperations(), func(op *Operation) bool { return Names(name, op.Name) })
}

// read begins the row of an operation that reads. Of x-accurate-at the recordings of 2025 and 2026 say: all reads
// and most writes send it, to the microsecond in 56 of 56; deletions do not.
func read(name, route string, scopes ...Scope) *Operation {
	method, path, _ := strings.Cut(route, " ")
	op := &Operation{Name: name, Method: method, Path: path, Scopes: scopes, Accuracy: time.Microsecond}
	if method == "DELETE" {
		op.Accuracy = 0
	}
	if strings.Contains(path, "{target}") {
		op.targetScopes = make(map[string][]Scope)
		for _, t := range targets {
			for _, s := range scopes {
				op.targetScopes[t.name] = append(op.targetScopes[t.name], Scope(strings.Replace(string(s), "object_configuration", t.configuration, 1)))
			}
		}
	}
	return op
}

// write begins the row of an operation that writes.
func write(name, route string, scopes ...Scope) *Operation {
	op := read(name, route, scopes...)
	op.Write = true
	return op
}

func (o *Operation) takesUpload() *Operation {
	o.Upload = true
	return o
}

func (o *Operation) answersAnyone() *Operation {
	o.AnswersAnyone = true
	return o
}

// workspaceTokensOnly marks an operation for workspace tokens alone. Attio's OpenAPI document of October 2026 has eight of
// them.
func (o *Operation) workspaceTokensOnly() *Operation {
	o.WorkspaceOnly = true
	return o
}

// perSecond sets the limit that the operation has of its own. From Attio's documentation of 2026.
func (o *Operation) perSecond(requests int) *Operation {
	o.PerSecond = requests
	return o
}

// accurateTo sets the accuracy of x-accurate-at. It is a millisecond for the queries of records and entries in 15 of
// 15 captures of 2025 and 2026.
func (o *Operation) accurateTo(accuracy time.Duration) *Operation {
	o.Accuracy = accuracy
	return o
}

// withoutAccurateAt marks an operation that does not send x-accurate-at, as recorded in May 2026.
func (o *Operation) withoutAccurateAt() *Operation { return o.accurateTo(0) }

// denies says what the operation does, for Attio's refusal of a token that may not.
func (o *Operation) denies(deed string) *Operation {
	return o.deniesWith(fmt.Sprintf(notPermitted, deed))
}

// Denies returns how the operation refuses a token that may not; nil if it never does.
func (o *Operation) Denies() func() *Error {
	if o.Denial == "" {
		return nil
	}
	return func() *Error { return NotPermitted(o) }
}

func (o *Operation) deniesWith(sentence string) *Operation {
	o.Denial = sentence
	return o
}

func (o *Operation) overQuota(answer func() *Error) *Operation {
	o.OverQuota = answer
	return o
}

func (o *Operation) offPlan(answer func() *Error) *Operation {
	o.OffPlan = answer
	return o
}

func (o *Operation) overLimit(answer func() *Error) *Operation {
	o.OverLimit = answer
	return o
}

func (o *Operation) unbuilt(reason string) *Operation {
	o.WhyNotBuilt = reason
	return o
}
