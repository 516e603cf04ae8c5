package probe

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// WriteText writes a report for a terminal: what needs attention first, and of the rest how many there are.
func (r *Report) WriteText(w io.Writer) error {
	var text strings.Builder
	for _, verdict := range []Verdict{FakeWrong, AttioMoved} {
		for _, result := range r.Results {
			if result.Verdict == verdict {
				result.writeText(&text)
			}
		}
	}
	reasons := r.reasons()
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(&text, "undecided: %s\n  %s\n", reason, some(reasons[reason]))
	}
	if len(r.Left) > 0 {
		fmt.Fprintf(&text, "not removed, please remove by hand: %s\n", strings.Join(r.Left, ", "))
	}
	fmt.Fprintf(&text, "%s: %s\n", r.calls(), r.summary())
	_, err := io.WriteString(w, text.String())
	return err
}

// some lists names, or the first of many.
func some(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, " ")
	}
	return fmt.Sprintf("%s and %d others", strings.Join(names[:most], " "), len(names)-most)
}

// calls says how often whom was asked.
func (r *Report) calls() string {
	text := fmt.Sprintf("%d calls to %s", r.Calls, r.URL)
	if r.Earlier > 0 {
		text += fmt.Sprintf(" and %d answers of a run that broke off", r.Earlier)
	}
	return text
}

func (r *Report) summary() string {
	var parts []string
	for _, verdict := range Verdicts() {
		parts = append(parts, fmt.Sprintf("%d %s", r.Count(verdict), verdict))
	}
	return strings.Join(parts, ", ")
}

// reasons returns the probes that are undecided, by the reason.
func (r *Report) reasons() map[string][]string {
	reasons := map[string][]string{}
	for _, result := range r.Results {
		if result.Verdict == Undecided {
			reasons[result.Reason] = append(reasons[result.Reason], result.Probe)
		}
	}
	return reasons
}

func (r Result) writeText(w *strings.Builder) {
	fmt.Fprintf(w, "%s: %s%s\n", r.Probe, r.Verdict, r.since())
	for _, name := range r.Settles {
		fmt.Fprintf(w, "  settles %s\n", name)
	}
	for _, asked := range r.Calls {
		if len(asked.Findings) == 0 {
			continue
		}
		fmt.Fprintf(w, "  %s\n", asked.Request)
		for _, finding := range asked.Findings {
			fmt.Fprintf(w, "    %s\n", finding)
		}
	}
}

func (r Result) since() string {
	switch {
	case r.Verdict != AttioMoved:
		return ""
	case r.Reason != "":
		return ", " + r.Reason
	case r.Facts == "":
		return ": it now answers as the fake does"
	}
	return ", since " + r.Facts
}

// WriteMarkdown writes a report for an issue.
func (r *Report) WriteMarkdown(w io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "**fakeattio probe**, %s, fakeattio %s, %s: %s.\n", r.Date, r.Fake, r.calls(), r.summary())
	if r.Findings() > 0 {
		text.WriteString("\n| probe | verdict | settles | where | Attio | the fake |\n|---|---|---|---|---|---|\n")
	}
	for _, verdict := range []Verdict{FakeWrong, AttioMoved} {
		for _, result := range r.Results {
			if result.Verdict != verdict {
				continue
			}
			row := func(request string, f Finding) {
				fmt.Fprintf(&text, "| `%s` | %s%s | %s | `%s` %s | %s | %s |\n", result.Probe, verdict, result.since(), cell(strings.Join(result.Settles, "; ")),
					cell(request), cell(f.Path), cell(f.Attio), cell(f.Fake))
			}
			for _, asked := range result.Calls {
				for _, f := range asked.Findings {
					row(asked.Request, f)
				}
				if len(asked.Findings) == 0 && result.Facts == "" && result.Reason == "" && verdict == AttioMoved { // it answers as the fake does
					row(asked.Request, Finding{Path: "the whole answer", Attio: "the same as the fake", Fake: "the same as Attio"})
				}
			}
		}
	}
	reasons := r.reasons()
	if len(reasons) > 0 {
		text.WriteString("\nUndecided:\n\n")
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(&text, "- %s: %s\n", reason, some(reasons[reason]))
	}
	if len(r.Left) > 0 {
		fmt.Fprintf(&text, "\nNot removed: %s.\n", strings.Join(r.Left, ", "))
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// cell makes a text fit into a table.
func cell(text string) string { return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text) }
