package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Text writes a report for a terminal: the findings, worst first, what was not compared, and the result in the last line.
func (r Report) Text(to io.Writer) error {
	var b strings.Builder
	var harmless, accepted []Finding
	for _, f := range r.Findings {
		switch {
		case !f.Accepted:
			putFinding(&b, f)
		case f.Reason == "":
			harmless = append(harmless, f)
		default:
			accepted = append(accepted, f)
		}
	}
	if len(harmless) > 0 {
		b.WriteString("\nToo mild to fail:\n")
		for _, f := range harmless {
			fmt.Fprintf(&b, "  %-8s  %s%s: recorded %s, the fake %s\n", f.Severity, f.Name(), times(f.Count), f.Want, f.Got)
		}
	}
	if len(accepted) > 0 {
		b.WriteString("\nAccepted:\n")
		for _, f := range accepted {
			fmt.Fprintf(&b, "  %-8s  %s: %s\n", f.Severity, f.Name(), f.Reason)
		}
	}
	for _, line := range r.notCompared() {
		b.WriteString("\n" + line)
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s.\n", r.summary())
	_, err := io.WriteString(to, strings.TrimPrefix(b.String(), "\n"))
	return err
}

func putFinding(b *strings.Builder, f Finding) {
	fmt.Fprintf(b, "\n%s  %s%s\n", f.Severity, f.Name(), times(f.Count))
	fmt.Fprintf(b, "  recorded: %s\n  the fake: %s\n", f.Want, f.Got)
	if f.Reason != "" {
		fmt.Fprintf(b, "  %s\n", f.Reason)
	}
	fmt.Fprintf(b, "  in %s\n", some(f.Exchanges))
}

func times(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d times)", n)
}

// some lists the first few.
func some(all []string) string {
	const shown = 3
	if len(all) <= shown {
		return strings.Join(all, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:shown], ", "), len(all)-shown)
}

// notCompared says for each file what was not compared, and why.
func (r Report) notCompared() []string {
	var lines []string
	for _, f := range r.Files {
		var reasons []string
		exchanges := map[string][]string{}
		for _, s := range f.Skipped {
			if exchanges[s.Reason] == nil {
				reasons = append(reasons, s.Reason)
			}
			exchanges[s.Reason] = append(exchanges[s.Reason], s.Request)
		}
		for _, reason := range reasons {
			lines = append(lines, fmt.Sprintf("%s: not compared, as %s: %s", f.Name, reason, some(exchanges[reason])))
		}
		if f.Elsewhere > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s with other hosts left out; --host takes in another", f.Name, counted(f.Elsewhere, "exchange")))
		}
		if f.Unfinished > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s without an answer left out", f.Name, counted(f.Unfinished, "request")))
		}
		if len(f.LeftOut) > 0 {
			lines = append(lines, fmt.Sprintf("%s: not seeded: %s", f.Name, some(f.LeftOut)))
		}
	}
	return lines
}

func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// summary is the result in one line.
func (r Report) summary() string {
	compared := fmt.Sprintf("%s of %s compared", counted(r.Compared(), "exchange"), counted(len(r.Files), "file"))
	tally := map[compare.Severity]int{}
	for _, f := range r.Failures() {
		tally[f.Severity]++
	}
	if len(tally) == 0 {
		return compared + ", no differences to accept or to mend"
	}
	var parts []string
	for s := compare.Breaking; s >= compare.Harmless; s-- {
		if tally[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", tally[s], s))
		}
	}
	return fmt.Sprintf("%s, %s: %s", compared, counted(len(r.Failures()), "difference"), strings.Join(parts, ", "))
}

// JSON writes a report for programs. Lists are never null.
func (r Report) JSON(to io.Writer) error {
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

// Markdown writes a report for a comment on a pull request or an issue.
func (r Report) Markdown(to io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### Verified: %s\n", r.summary())
	if failures := r.Failures(); len(failures) > 0 {
		b.WriteString("\n| severity | difference | recorded | the fake | in |\n|---|---|---|---|---|\n")
		for _, f := range failures {
			fmt.Fprintf(&b, "| %s | %s%s | %s | %s | %s |\n", f.Severity, code(f.Name()), times(f.Count), cell(f.Want), cell(f.Got), cell(some(f.Exchanges)))
		}
	}
	if lines := r.notCompared(); len(lines) > 0 {
		b.WriteString("\n")
		for _, line := range lines {
			fmt.Fprintf(&b, "- %s\n", cell(line))
		}
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// cells keep text from being Markdown or HTML, and in its cell of a table.
var cells = lazy.Of[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "\n", " ")
}}

func cell(text string) string { return cells.Get().Replace(text) }

func code(name string) string { return "`" + strings.ReplaceAll(name, "|", `\|`) + "`" }
