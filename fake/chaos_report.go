package fake

import (
	"encoding/json"
	"io"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// ChaosVerdict is how a run under a fault went.
type ChaosVerdict string

// The verdicts, best first. The first two are acceptable unless rules say otherwise.
const (
	ChaosSurvived       ChaosVerdict = "survived"        // it passes, and the final state is that of a run without faults
	ChaosFailedRecovers ChaosVerdict = "failed-recovers" // it fails, and a second run reaches that state
	ChaosHung           ChaosVerdict = "hung"            // it does not end in time
	ChaosFailedDamages  ChaosVerdict = "failed-damages"  // it fails, and a second run does not reach that state
	ChaosSilentDamage   ChaosVerdict = "silent-damage"   // it passes, and the final state is another
)

// ChaosReport is what came of all runs.
type ChaosReport struct{ inner chaos.Report }

// ChaosRun is one run under a fault.
type ChaosRun struct {
	Operation string // "webhooks" or "server" for what does not befall a single operation
	Call      int    // which call of the operation; 0 for the first that the fault can hit
	Fault     string
	Verdict   ChaosVerdict
	Accepted  bool
	Diff      []string // how the final state differs from that of a run without faults
	Repeat    string   // the command that repeats just this run
}

// Runs lists the runs in the order in which they were judged.
func (r ChaosReport) Runs() []ChaosRun {
	var runs []ChaosRun
	for _, run := range r.inner.Runs {
		runs = append(runs, newChaosRun(run))
	}
	return runs
}

func newChaosRun(run chaos.Run) ChaosRun {
	diff := []string{}
	for _, d := range run.Diff {
		diff = append(diff, d.String())
	}
	return ChaosRun{run.Operation, run.Call, run.Fault, ChaosVerdict(run.Verdict), run.Accepted, diff, run.Repeat}
}

// Unsteady lists what two runs without faults left different, and is not compared: attributes such as "people.synced_at", and
// numbers of calls.
func (r ChaosReport) Unsteady() []string { return append([]string{}, r.inner.Baseline.Unsteady...) }

// WriteJSON writes the report as JSON.
func (r ChaosReport) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r.inner)
}
