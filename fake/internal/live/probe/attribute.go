package probe

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// seen is a finding in any answer of a resource: a new key of notes is in all of them.
type seen struct {
	resource, key, attio string
	kind                 compare.Kind
}

// attribute finds out which probes of the fake's own decisions met only what Attio has changed elsewhere. They say nothing of the
// decision: their verdict is that Attio moved, and their reason the probe that shows it.
func (r *Report) attribute() {
	moved := map[seen]string{}
	for _, result := range r.Results {
		if result.Verdict == AttioMoved {
			for _, s := range result.seen() {
				if moved[s] == "" {
					moved[s] = result.Probe
				}
			}
		}
	}
	for i := range r.Results {
		result := &r.Results[i]
		all := result.seen()
		if result.Verdict == FakeWrong && !slices.ContainsFunc(all, func(s seen) bool { return moved[s] == "" }) {
			result.Verdict, result.Reason = AttioMoved, "as in "+moved[all[0]]
		}
	}
}

// seen returns the findings of a result that count.
func (r Result) seen() []seen {
	var all []seen
	for _, asked := range r.Calls {
		resource, _, _ := strings.Cut(operationName(asked.Request), ".")
		for _, f := range asked.Findings {
			if f.Severity > compare.Harmless {
				all = append(all, seen{resource, lastKey(f.Path), f.Attio, f.Kind})
			}
		}
	}
	return all
}

// operationName returns the operation of a request that a report shows, or the request itself.
func operationName(request string) string {
	method, path, _ := strings.Cut(request, " ")
	if op := call(method, path, "").Operation(); op != nil {
		return op.Name
	}
	return request
}
