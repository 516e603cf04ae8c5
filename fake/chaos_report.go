package fake

import (
	"io"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/chaos/report"
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
	Name      string // "records.create:answer-lost", as ChaosOnly takes it; two of them with a + between for a pair
	Operation string // "webhooks" or "server" for what does not befall a single operation
	Call      int    // which call of the operation; 0 for the first that the fault can hit
	Fault     string
	Verdict   ChaosVerdict // empty if the client did not meet the fault
	Accepted  bool
	Duration  time.Duration
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
	return ChaosRun{
		Name: run.Name(), Operation: run.Operation, Call: run.Call, Fault: run.Fault,
		Verdict: ChaosVerdict(run.Verdict), Accepted: run.Accepted, Duration: time.Duration(run.Duration * float64(time.Millisecond)),
		Diff: diff, Repeat: run.Repeat,
	}
}

// Unsteady lists what two runs without faults left different, and is not compared: attributes such as "people.synced_at", and
// numbers of calls.
func (r ChaosReport) Unsteady() []string { return append([]string{}, r.inner.Baseline.Unsteady...) }

// Findings counts the runs that are not accepted.
func (r ChaosReport) Findings() int { return len(r.inner.Findings()) }

// WriteText writes the findings, worst first, and the result in the last line.
func (r ChaosReport) WriteText(w io.Writer) error { return report.Text(w, r.inner) }

// WriteJSON writes the report for programs.
func (r ChaosReport) WriteJSON(w io.Writer) error { return report.JSON(w, r.inner) }

// WriteJUnit writes the report in the XML of JUnit: each run is a test case.
func (r ChaosReport) WriteJUnit(w io.Writer) error { return report.JUnit(w, r.inner) }

// WriteMarkdown writes the report for a comment on a pull request.
func (r ChaosReport) WriteMarkdown(w io.Writer) error { return report.Markdown(w, r.inner) }

// WriteHTML writes the report as a page that needs no other files.
func (r ChaosReport) WriteHTML(w io.Writer) error { return report.HTML(w, r.inner) }
