package chaos

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Verdict is how a run under a fault went, judged by its outcome, the final state, and what a second run without the
// fault makes of that state.
type Verdict string

// The verdicts, best first.
const (
	Survived       Verdict = "survived"        // it passes, and the final state is that of the baseline
	FailedRecovers Verdict = "failed-recovers" // it fails, and the second run reaches the final state of the baseline
	Hung           Verdict = "hung"            // it did not end in time
	FailedDamages  Verdict = "failed-damages"  // it fails, and the second run does not reach the final state of the baseline
	SilentDamage   Verdict = "silent-damage"   // it passes, and the final state is another
)

// Verdicts lists the verdicts, best first.
func Verdicts() []Verdict {
	return []Verdict{Survived, FailedRecovers, Hung, FailedDamages, SilentDamage}
}

// Report is what came of all runs.
type Report struct {
	Baseline Baseline  `json:"baseline"`
	Runs     []Run     `json:"runs"`    // in the order of the plan
	Skipped  []Skipped `json:"skipped"` // the faults that the client never meets
	// Incomplete says why not all runs were made.
	Incomplete string `json:"incomplete,omitempty"`
}

// NoReport is the report where not even the runs without a fault have ended well.
func NoReport(why error) Report {
	return Report{Baseline: Baseline{Operations: []OperationCalls{}}, Runs: []Run{}, Skipped: []Skipped{}, Incomplete: why.Error()}
}

// Findings returns the runs that are not accepted, worst first.
func (r Report) Findings() []Run {
	return r.worstFirst(func(run Run) bool { return !run.Accepted })
}

// Excused returns the runs whose verdict is a finding that is accepted with a reason, worst first.
func (r Report) Excused() []Run {
	return r.worstFirst(func(run Run) bool { return run.Accepted && run.Reason != "" })
}

func (r Report) worstFirst(wanted func(Run) bool) []Run {
	var chosen []Run
	for _, run := range r.Runs {
		if wanted(run) {
			chosen = append(chosen, run)
		}
	}
	slices.SortStableFunc(chosen, func(a, b Run) int { return cmp.Compare(rank(b.Verdict), rank(a.Verdict)) })
	return chosen
}

// Baseline is what the two runs without a fault did.
type Baseline struct {
	Operations []OperationCalls `json:"operations"`         // in the order of the first call
	Deliveries int              `json:"deliveries"`         // of webhooks
	Changes    int              `json:"changes"`            // to how many things the client's requests led
	Duration   float64          `json:"duration_ms"`        // of the longer run
	Unsteady   []string         `json:"unsteady,omitempty"` // what differs between the two, and is not compared: "people.synced_at"
	// Repeats holds how the final state differs when the same is run again on it; empty for one that can be repeated.
	Repeats []Difference `json:"repeats,omitempty"`
}

// Called lists the operations with their calls: "records.query (2), records.create (1)".
func (b Baseline) Called() string {
	var operations []string
	for _, o := range b.Operations {
		operations = append(operations, fmt.Sprintf("%s (%d)", o.Operation, o.Calls))
	}
	return strings.Join(operations, ", ")
}

// OperationCalls is how often the baseline calls an operation.
type OperationCalls struct {
	Operation string `json:"operation"`
	Calls     int    `json:"calls"`
}

// Run is one run under a fault, or under several.
type Run struct {
	Case
	With     []Case  `json:"with,omitempty"` // the other faults of the same run
	Verdict  Verdict `json:"verdict"`
	Accepted bool    `json:"accepted"`
	Reason   string  `json:"reason,omitempty"` // why a finding is accepted, or which rule it breaks
	// Diff holds how the final state differs from that of the baseline: after the second run, if there was one.
	Diff     []Difference `json:"diff"`
	Requests []Request    `json:"requests"`      // those of the client, from the first that the fault hit
	Log      string       `json:"log,omitempty"` // what it printed, if it failed or hung
	Duration float64      `json:"duration_ms"`
	Repeat   string       `json:"repeat"` // what repeats just this run
}

// Name names the faults of a run: "records.create:answer-lost", with a + between several.
func (r Run) Name() string { return NameOf(append([]Case{r.Case}, r.With...)) }

// Request is one request of a run.
type Request struct {
	Number    int    `json:"number"`
	Operation string `json:"operation,omitempty"`
	Method    string `json:"method"`
	Path      string `json:"path"`
	Status    int    `json:"status"`            // 0 if there was no answer
	Message   string `json:"message,omitempty"` // Attio's, of an error
	Page      bool   `json:"page,omitempty"`    // it asks for a further page of a listing
	Names     string `json:"names,omitempty"`   // record or list-entry, if it is about one, or about an object of which the client has made some
	Hit       bool   `json:"hit,omitempty"`     // a fault hit it
}

// Skipped is a fault that the client never meets, or several that it does not meet in one run.
type Skipped struct {
	Case
	With   []Case `json:"with,omitempty"`
	Reason string `json:"reason"`
}

// Name names the faults, as that of a run does.
func (s Skipped) Name() string { return NameOf(append([]Case{s.Case}, s.With...)) }

// Action is how a thing differs from the baseline.
type Action string

// The actions.
const (
	Duplicated Action = "duplicated" // there is one more of it
	Lost       Action = "lost"       // it is missing, or was not changed
	Added      Action = "added"      // the baseline has no such thing, or no such change
	Differs    Action = "differs"    // its values are others
)

// Difference is a thing whose final state is not that of the baseline.
type Difference struct {
	Action     Action                `json:"action"`
	Workspace  string                `json:"workspace"`            // its slug
	Thing      string                `json:"thing"`                // record, list-entry, note, …
	In         string                `json:"in,omitempty"`         // the slug of its object or list
	ID         string                `json:"id,omitempty"`         // in the run; missing for what the run has not made
	Name       string                `json:"name,omitempty"`       // by which people know it, where it has a name
	Attributes []AttributeDifference `json:"attributes,omitempty"` // of a thing that differs
}

// AttributeDifference is how one attribute, or one field of what has no attributes, differs.
type AttributeDifference struct {
	Attribute string          `json:"attribute"`
	Want      json.RawMessage `json:"want"` // in the baseline
	Got       json.RawMessage `json:"got"`
}
