package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Markdown writes a report for a comment on a pull request.
func Markdown(to io.Writer, r chaos.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### Chaos: %s\n\n", summary(r))
	fmt.Fprintf(&b, "Without a fault: %s.\n", baseline(r.Baseline))
	for _, warning := range warnings(r) {
		fmt.Fprintf(&b, "\n> %s.\n", plain(warning))
	}
	if found := r.Findings(); len(found) > 0 {
		b.WriteString("\n| verdict | fault | what differs |\n|---|---|---|\n")
		for _, run := range found {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", run.Verdict, code(run.Name()), plain(things(run.Diff)))
		}
		for _, run := range found {
			fmt.Fprintf(&b, "\n<details><summary>%s: %s</summary>\n\n", run.Verdict, plain(run.Name()))
			finding := Finding(run)
			fence := fenceFor(finding)
			fmt.Fprintf(&b, "%s\n%s%s\n</details>\n", fence, finding, fence)
		}
	}
	if accepted := r.Excused(); len(accepted) > 0 {
		b.WriteString("\n| accepted | fault | reason |\n|---|---|---|\n")
		for _, run := range accepted {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", run.Verdict, code(run.Name()), plain(run.Reason))
		}
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// escapes keep text from being Markdown or HTML, and in its cell of a table.
var escapes = lazy.Of[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "\n", " ")
}}

func plain(text string) string { return escapes.Get().Replace(text) }

// code writes a name that has no backticks.
func code(name string) string { return "`" + strings.ReplaceAll(name, "|", `\|`) + "`" }

// fenceFor returns a fence that is longer than any run of backticks in a text.
func fenceFor(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}
