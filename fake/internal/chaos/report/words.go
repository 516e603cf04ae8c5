package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// tally counts the runs of each verdict, best first: "61 survived, 11 failed-recovers".
func tally(runs []chaos.Run) string {
	counts := map[chaos.Verdict]int{}
	for _, run := range runs {
		counts[run.Verdict]++
	}
	var parts []string
	for _, verdict := range chaos.Verdicts() {
		if counts[verdict] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[verdict], verdict))
		}
	}
	return strings.Join(parts, ", ")
}

// summary is the result in one line.
func summary(r chaos.Report) string {
	found := len(r.Findings())
	switch {
	case r.Incomplete != "" && found == 0:
		return fmt.Sprintf("Not all runs were made, and nothing was found in %s", count(len(r.Runs), "run"))
	case r.Incomplete != "":
		return fmt.Sprintf("Not all runs were made, and %s in %s: %s", count(found, "finding"), count(len(r.Runs), "run"), tally(r.Runs))
	case found == 0:
		return fmt.Sprintf("Nothing found in %s: %s", count(len(r.Runs), "run"), tally(r.Runs))
	}
	return fmt.Sprintf("%s in %s: %s", count(found, "finding"), count(len(r.Runs), "run"), tally(r.Runs))
}

// baseline says what is done without a fault.
func baseline(b chaos.Baseline) string {
	if len(b.Operations) == 0 {
		return "no requests"
	}
	said := b.Called() + "; " + count(b.Changes, "change")
	if b.Deliveries > 0 {
		said += ", " + counted(b.Deliveries, "webhook delivery", "webhook deliveries")
	}
	return said + ", " + duration(b.Duration)
}

// warnings says what limits a report.
func warnings(r chaos.Report) []string {
	var all []string
	if r.Incomplete != "" {
		all = append(all, "Not all runs were made: "+strings.TrimSpace(r.Incomplete))
	}
	return append(all, loosened(r.Baseline)...)
}

// loosened says what limits the comparison with the baseline.
func loosened(b chaos.Baseline) []string {
	var all []string
	if len(b.Unsteady) > 0 {
		all = append(all, "Not compared, as two runs without a fault differ in it: "+strings.Join(b.Unsteady, ", "))
	}
	if len(b.Repeats) > 0 {
		all = append(all, "Run again without a fault, it leaves another state: "+things(b.Repeats))
	}
	return all
}

// things lists differences in one line, the first few of them.
func things(all []chaos.Difference) string {
	const shown = 3
	var parts []string
	for _, d := range all[:min(len(all), shown)] {
		parts = append(parts, d.String())
	}
	if len(all) > shown {
		parts = append(parts, fmt.Sprintf("and %d more", len(all)-shown))
	}
	return strings.Join(parts, "; ")
}

// leftOut says how many faults were not tried, or is empty.
func leftOut(r chaos.Report) string {
	switch n := len(r.Skipped); n {
	case 0:
		return ""
	case 1:
		return "1 fault was left out, as the client never meets it."
	default:
		return fmt.Sprintf("%d faults were left out, as the client never meets them.", n)
	}
}

func count(n int, one string) string { return counted(n, one, one+"s") }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// duration writes milliseconds for people.
func duration(milliseconds float64) string {
	d := time.Duration(milliseconds * float64(time.Millisecond))
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
