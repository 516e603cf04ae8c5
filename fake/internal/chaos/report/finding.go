package report

import (
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// Finding describes a run in some lines.
func Finding(run chaos.Run) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n  %s\n", run.Verdict, run.Name(), run.Verdict.Meaning())
	if run.Reason != "" {
		fmt.Fprintf(&b, "  %s\n", run.Reason)
	}
	for _, d := range run.Diff {
		fmt.Fprintf(&b, "    %s\n", d)
	}
	if len(run.Requests) > 0 {
		b.WriteString("  What the client did from there on:\n")
		for _, line := range lines(run.Requests) {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	if run.Log != "" {
		b.WriteString("  What it printed:\n")
		for line := range strings.Lines(strings.TrimRight(run.Log, "\n")) {
			fmt.Fprintf(&b, "    %s\n", strings.TrimRight(line, "\n"))
		}
	}
	fmt.Fprintf(&b, "  To repeat it: %s\n", run.Repeat)
	return b.String()
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
