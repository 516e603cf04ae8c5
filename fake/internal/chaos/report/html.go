package report

import (
	_ "embed"
	"io"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

//go:embed report.css
var css string

// HTML writes a report as a page in one file, which loads nothing.
func HTML(to io.Writer, r chaos.Report) error {
	var w markup.Writer
	w.Put(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
`, summary(r))
	w.Put("<style>\n"+markup.Text(css)+`</style>
</head>
<body>
<h1>{}</h1>
<p>Without a fault: {}.</p>
`, summary(r), baseline(r.Baseline))
	for _, warning := range warnings(r) {
		w.Put(`<p class="warning">{}.</p>
`, warning)
	}
	for i, run := range r.Findings() {
		putFinding(&w, i+1, run)
	}
	putRuns(&w, r)
	w.Put(`</body>
</html>
`)
	_, err := to.Write(w.Bytes())
	return err
}

// putFinding writes one finding in full.
func putFinding(w *markup.Writer, n int, run chaos.Run) {
	w.Put(`<section id="finding-{}">
<h2><span class="verdict {}">{}</span> <code>{}</code></h2>
<p>{}</p>
`, n, string(run.Verdict), string(run.Verdict), run.Name(), run.Verdict.Meaning())
	if run.Reason != "" {
		w.Put("<p>{}</p>\n", run.Reason)
	}
	if len(run.Diff) > 0 {
		w.Put("<h3>What differs</h3>\n<ul>\n")
		for _, d := range run.Diff {
			w.Put("<li>{}</li>\n", d.String())
		}
		w.Put("</ul>\n")
	}
	if len(run.Requests) > 0 {
		w.Put("<h3>What the client did from there on</h3>\n<pre>")
		for _, line := range lines(run.Requests) {
			w.Put("{}\n", line)
		}
		w.Put("</pre>\n")
	}
	if run.Log != "" {
		w.Put("<h3>What it printed</h3>\n<pre>{}</pre>\n", run.Log)
	}
	w.Put("<h3>To repeat it</h3>\n<pre>{}</pre>\n</section>\n", run.Repeat)
}

// putRuns writes the table of all runs.
func putRuns(w *markup.Writer, r chaos.Report) {
	w.Put(`<h2>All runs</h2>
<table>
<thead><tr><th>Fault</th><th>Verdict</th><th>Time</th><th></th></tr></thead>
<tbody>
`)
	for _, run := range r.Runs {
		note := run.Reason
		if note == "" && !run.Accepted {
			note = "finding"
		}
		w.Put(`<tr><td><code>{}</code></td><td><span class="verdict {}">{}</span></td><td>{}</td><td>{}</td></tr>
`, run.Name(), string(run.Verdict), string(run.Verdict), duration(run.Duration), note)
	}
	for _, s := range r.Skipped {
		w.Put("<tr><td><code>{}</code></td><td>left out</td><td></td><td>{}</td></tr>\n", s.Name(), s.Reason)
	}
	w.Put("</tbody>\n</table>\n<p>{}</p>\n", leftOut(r))
}
