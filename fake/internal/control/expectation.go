package control

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// Expectation describes a request that a client should have made. Its query names one operation, or all of a resource.
type Expectation struct {
	Query  match.Query
	Least  int
	Most   int // -1 for any number
	Checks []Check
}

// Check is a condition of an expectation in addition to those of its query.
type Check struct {
	Says string
	// Miss returns how a request fails the check, or "".
	Miss func(*Entry) string
}

// CheckBody expects the sent JSON to contain part, which is JSON text: every key of an object, and every item of an array
// at the same index.
func CheckBody(part string) Check {
	var want any
	err := json.Unmarshal([]byte(part), &want)
	return Check{"body " + part, func(e *Entry) string {
		if err != nil {
			return fmt.Sprintf("the expected body is not JSON: %v", err)
		}
		var got any
		if json.Unmarshal(e.Request, &got) != nil {
			return "its body is not JSON"
		}
		return missing("", want, got)
	}}
}

// String describes the expectation.
func (e Expectation) String() string {
	often := "at least once"
	switch {
	case e.Most == 0:
		often = "never"
	case e.Most > 0:
		often = fmt.Sprintf("%d times", e.Most)
	}
	text := strings.Join(e.Query.Operations, ", ")
	for _, condition := range e.Query.Conditions() {
		text += " with " + condition
	}
	for _, c := range e.Checks {
		text += " with " + c.Says
	}
	return text + ", " + often
}

// Verify compares the requests that a question selects with expectations and returns how they fail them. For a missing
// request, it reports the nearest one and how that differs.
func (h *Handler) Verify(q Question, expected []Expectation) (failures []string) {
	requests := slices.Collect(h.journal.list(q))
	for _, e := range expected {
		if err := h.CheckQuestion(e.Query); err != nil {
			failures = append(failures, fmt.Sprintf("expected %s: %v", e, err))
		} else if failure := e.failure(requests); failure != "" {
			failures = append(failures, failure)
		}
	}
	return failures
}

// failure returns how the requests fail the expectation, or "".
func (e Expectation) failure(requests []*Entry) string {
	var found []*Entry
	var near nearMiss
	for _, r := range requests {
		misses := e.misses(r)
		if len(misses) == 0 {
			found = append(found, r)
		} else {
			near.add(r, misses, slices.ContainsFunc(e.Query.Operations, func(name string) bool { return attio.Names(name, r.Operation) }))
		}
	}
	if len(found) >= e.Least && (e.Most < 0 || len(found) <= e.Most) {
		return ""
	}
	text := fmt.Sprintf("expected %s; there were %d of %d requests", e, len(found), len(requests))
	for _, r := range found {
		text += "\n\t" + r.String()
	}
	if len(found) < e.Least {
		text += near.String()
	}
	return text
}

// misses lists how a request fails the expectation.
func (e Expectation) misses(r *Entry) []string {
	misses := e.Query.Misses(r.asked())
	for _, c := range e.Checks {
		if miss := c.Miss(r); miss != "" {
			misses = append(misses, miss)
		}
	}
	return misses
}

// nearMiss is the request that comes nearest to an expectation. Requests of the same operation come before all others.
type nearMiss struct {
	request   *Entry
	misses    []string
	operation bool
}

func (n *nearMiss) add(r *Entry, misses []string, operation bool) {
	if n.misses == nil || operation && !n.operation || operation == n.operation && len(misses) < len(n.misses) {
		n.request, n.misses, n.operation = r, misses, operation
	}
}

func (n *nearMiss) String() string {
	if n.misses == nil {
		return ""
	}
	refusal := ""
	if n.request.Code != "" {
		refusal = fmt.Sprintf(" (%s: %s)", n.request.Code, n.request.Message)
	}
	return fmt.Sprintf("\n\tthe nearest: %s%s, but %s", n.request, refusal, strings.Join(n.misses, ", and "))
}

// missing returns what part of the wanted JSON the other JSON lacks, or "".
func missing(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			break
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			value, ok := got[key]
			if !ok {
				return fmt.Sprintf("its body has no %s", strings.TrimPrefix(path+"."+key, "."))
			}
			if miss := missing(path+"."+key, want[key], value); miss != "" {
				return miss
			}
		}
		return ""
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) < len(want) {
			break
		}
		for i := range want {
			if miss := missing(fmt.Sprintf("%s[%d]", path, i), want[i], got[i]); miss != "" {
				return miss
			}
		}
		return ""
	}
	if reflect.DeepEqual(want, got) {
		return ""
	}
	text, _ := json.Marshal(got) // it was decoded from JSON
	return fmt.Sprintf("%s of its body is %s", strings.TrimPrefix(path, "."), text)
}
