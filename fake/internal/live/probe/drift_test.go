package probe_test

import (
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/drift"
	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

// consequences are the probes that a drift makes fail besides those of its operation, as the server does not know an id of its own.
var consequences = map[string][]string{
	"an id of another kind": {"tasks.get", "tasks.update", "tasks.delete", "patch.empty_task", "tasks.reference_bad", "tasks.unknown_link", "tasks.list"},
}

// Each drift is found by the probes of its operation, with the verdict that their facts ask for, and nothing else is found.
func TestEachDriftIsFoundWithItsVerdict(t *testing.T) {
	t.Parallel()
	for _, d := range drift.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var side *drift.Side
				_, transport := real(t, func(next http.Handler) http.Handler {
					side = d.Side(next, time.Sleep)
					return side
				})
				report, err := begin(t, probe.Options{Write: true, Transport: transport, Only: probesOf(d)}, filepath.Join(t.TempDir(), "state"))
				if err != nil {
					t.Fatal(err)
				}
				if side.Met() == 0 {
					t.Fatal("the suite does not meet it")
				}
				checkDrift(t, d, report)
			})
		})
	}
}

// probesOf returns the probes of a drift's operation, or all, without the one whose 10 MB would take a third of the time.
func probesOf(d drift.Drift) []string {
	var ids []string
	for _, p := range probe.Suite() {
		for _, c := range p.Calls {
			if op := c.Operation(); p.ID != "body.large" && (d.On == "" || op != nil && op.Name == d.On) {
				ids = append(ids, p.ID)
			}
		}
	}
	return ids
}

func checkDrift(t *testing.T, d drift.Drift, report *probe.Report) {
	t.Helper()
	found := false
	for _, result := range report.Results {
		for _, asked := range result.Calls {
			for _, f := range asked.Findings {
				found = found || f.Kind == d.Kind && f.Path == d.Field
			}
		}
		if result.Verdict != probe.FakeWrong && result.Verdict != probe.AttioMoved {
			continue
		}
		if d.On != "" && !slices.Contains(result.Covers, d.On) && !slices.Contains(consequences[d.Name], result.Probe) {
			t.Errorf("%s found something, and the drift is of %s:\n%s", result.Probe, d.On, text(t, report))
		}
		if moved := result.Verdict == probe.AttioMoved; moved != (result.Facts != "" || result.Reason != "") {
			t.Errorf("%s has the verdict %q, and facts of %q", result.Probe, result.Verdict, result.Facts)
		}
	}
	switch {
	case d.Name == "options are hidden": // which may be because of a permission
		if result := report.Result("options.list"); result.Verdict != probe.Undecided || result.Reason != "the workspace does not allow it: 403 missing_scope" {
			t.Errorf("it is %s: %s", result.Verdict, result.Reason)
		}
	case d.Severity == compare.Harmless && d.Kind == compare.OfValue: // compared where a probe is about it
	case d.Kind == "" && report.Findings() > 0, d.Kind != "" && !found:
		t.Errorf("wanted %s %s %s, found:\n%s", d.Severity, d.Kind, d.Field, text(t, report))
	case d.Severity > compare.Harmless && report.Findings() == 0:
		t.Errorf("nothing was judged:\n%s", text(t, report))
	}
}
