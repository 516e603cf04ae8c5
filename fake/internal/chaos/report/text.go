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
		textOf(&b, run)
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
	for _, warning := range warnings(r.Baseline) {
		b.WriteString("\n" + warning + ".")
	}
	fmt.Fprintf(&b, "\nWithout a fault: %s.\n%s.\n", baseline(r.Baseline), summary(r))
	_, err := io.WriteString(to, b.String())
	return err
}

// textOf writes one finding.
func textOf(b *strings.Builder, run chaos.Run) {
	fmt.Fprintf(b, "\n%s  %s\n  %s\n", run.Verdict, run.Name(), run.Verdict.Meaning())
	if run.Reason != "" {
		fmt.Fprintf(b, "  %s\n", run.Reason)
	}
	for _, d := range run.Diff {
		fmt.Fprintf(b, "    %s\n", d)
	}
	if len(run.Requests) > 0 {
		b.WriteString("  What the client did from there on:\n")
		for _, line := range lines(run.Requests) {
			fmt.Fprintf(b, "    %s\n", line)
		}
	}
	if run.Log != "" {
		b.WriteString("  What it printed:\n")
		for line := range strings.Lines(strings.TrimRight(run.Log, "\n")) {
			fmt.Fprintf(b, "    %s\n", strings.TrimRight(line, "\n"))
		}
	}
	fmt.Fprintf(b, "  To repeat it: %s\n", run.Repeat)
}

// lines lists requests, of many the first and the last ones.
func lines(requests []chaos.Request) []string {
	const shown = 8
	var all []string
	for i, r := range requests {
		if left := len(requests) - 2*shown; left > 1 && i >= shown && i < shown+left {
			if i == shown {
				all = append(all, fmt.Sprintf("… %d more …", left))
			}
			continue
		}
		all = append(all, r.String())
	}
	return all
}
