package console

import (
	"cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// shadowBadge returns what came of sending a request to the other server too, as a badge.
func shadowBadge(r *shadow.Result) markup.Text {
	switch r.Outcome {
	case shadow.Same:
		return badge("ok", "shadow: same")
	case shadow.Different:
		return badge(severityClass(r.Severity), "shadow: "+r.Severity.String())
	case shadow.Failed:
		return badge("warn", "shadow: failed")
	}
	return badge("", "shadow: "+string(r.Outcome))
}

// severityClass is the colour of a difference.
func severityClass(severity compare.Severity) string {
	switch severity {
	case compare.Breaking:
		return "bad"
	case compare.Notable:
		return "warn"
	}
	return "info"
}

// shadowSays explains an outcome where there are no differences.
func shadowSays(r *shadow.Result) string {
	switch {
	case r.Outcome == shadow.Waiting:
		return "The other server has not answered yet."
	case r.Outcome == shadow.Failed:
		return "The other server gave no answer to it: " + r.Failure + "."
	case len(r.Differences) > 0:
		return ""
	}
	return map[shadow.Reason]string{
		"":               "The two servers answer the same.",
		shadow.Write:     "It was not sent, as writes are not: start the server with --shadow-writes to send them.",
		shadow.Upload:    "It was not sent, as the content of uploads is not kept.",
		shadow.Disturbed: "It was not sent, as a fault or a limit has disturbed the fake's answer.",
		shadow.NotBuilt:  "It was not sent, as the fake does not have the operation.",
		shadow.OnlyHere:  "It was not sent, as it names something that only the fake has.",
		shadow.OneHasIt:  "The answers cannot be compared: one of the servers has what the path names, and the other has not.",
		shadow.QueueFull: "It was not sent, as too many requests were waiting.",
		shadow.Closed:    "It was not sent, as the server was closed.",
	}[r.Reason]
}

// putShadow writes how the answer of the other server differs. It is fetched again as long as there is no result.
func (p *requestPage) putShadow(w *markup.Writer, v *view) {
	r := p.Shadow
	attributes := markup.Text(` id="shadow"`)
	if r.Outcome == shadow.Waiting {
		attributes = refreshed("shadow", v.link(requestPath(p.Number)), "requests from:body")
	}
	w.Put(`
<section{} aria-labelledby="shadow-title">
<h2 id="shadow-title">Shadow {}</h2>`, attributes, shadowBadge(r))
	if says := shadowSays(r); says != "" {
		w.Put(`
<p>{}</p>`, says)
	}
	if r.OtherStatus > 0 {
		w.Put(`
<p class="quiet">The fake answered {}, the other server {} after {}.</p>`, r.Status, r.OtherStatus, milliseconds(r.Duration))
	}
	if r.Values > 0 {
		w.Put(`
<p class="quiet">{} only because the two servers have other data.</p>`, plural(r.Values, "place differs", "places differ"))
	}
	if len(r.Differences) > 0 {
		putShadowDifferences(w, r)
	}
	w.Put(`
</section>`)
}

func putShadowDifferences(w *markup.Writer, r *shadow.Result) {
	w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="Differences from the other server">
<table>
  <thead><tr><th scope="col">Severity</th><th scope="col">Place</th><th scope="col">The fake</th><th scope="col">The other server</th></tr></thead>
  <tbody>`)
	for _, d := range r.Differences {
		w.Put(`
    <tr><td>{}</td><th scope="row">{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>`,
			badge(severityClass(d.Severity), d.Severity.String()), cmp.Or(d.Path, "body"), d.Fake, d.Other)
	}
	w.Put(`
  </tbody>
</table>
</div>`)
	if r.More > 0 {
		w.Put(`
<p class="quiet">And {}.</p>`, plural(r.More, "more difference", "more differences"))
	}
}
