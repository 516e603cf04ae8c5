package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// Text writes a report for a terminal: the findings, worst first, and the result in the last line.
func Text(to io.Writer, r chaos.Report) error {
	var b strings.Builder
	for _, run := range r.Findings() {
		b.WriteString("\n" + Finding(run))
	}
	if accepted := r.Excused(); len(accepted) > 0 {
		b.WriteString("\nAccepted:\n")
		for _, run := range accepted {
			fmt.Fprintf(&b, "  %-15s  %s: %s\n", run.Verdict, run.Name(), run.Reason)
		}
	}
	if said := leftOut(r); said != "" {
		b.WriteString("\n" + said)
	}
	for _, warning := range warnings(r) {
		b.WriteString("\n" + warning + ".")
	}
	fmt.Fprintf(&b, "\nWithout a fault: %s.\n%s.\n", baseline(r.Baseline), summary(r))
	_, err := io.WriteString(to, b.String())
	return err
}

// Baseline describes the runs without a fault, and what limits the comparison with them.
func Baseline(of chaos.Baseline) string {
	said := "Without a fault: " + baseline(of) + "."
	for _, warning := range loosened(of) {
		said += "\n" + warning + "."
	}
	return said
}
