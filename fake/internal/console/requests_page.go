package console

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *requestsPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>Requests</h1>
<form class="toolbar" method="get" action="/_fake/" role="search" hx-get="/_fake/" hx-select="#requests" hx-target="#requests" hx-swap="outerHTML" hx-push-url="true" hx-trigger="submit, input delay:250ms">`)
	putKept(w, "workspace", v.Workspace)
	w.Put(`
  <div class="field grow">
    <label for="search">Search</label>
    <input id="search" name="text" type="search" value="{}" placeholder="path, body, message, token" data-search>
  </div>
  <div class="field">
    <label for="operation">Operation</label>
    <input id="operation" name="operation" list="operations" value="{}" placeholder="records.*">`, p.Text, p.Operation)
	putSuggestions(w, "operations", p.Operations)
	w.Put(`
  </div>
  <div class="field narrow">
    <label for="status">Status</label>
    <input id="status" name="status" list="statuses" value="{}" placeholder="4xx">`, p.Status)
	putSuggestions(w, "statuses", p.Statuses)
	w.Put(`
  </div>`)
	if p.HasShadow {
		w.Put(`
  <div class="field narrow">
    <label for="shadow">Shadow</label>
    <select id="shadow" name="shadow"><option value="">any</option>`)
		putOptions(w, shadow.Outcomes(), p.Shadow)
		w.Put(`</select>
  </div>`)
	}
	w.Put(`
  <button class="primary">Filter</button>
</form>`)
	attributes := markup.Text(` id="requests"`)
	if p.Before == 0 {
		attributes = refreshed("requests", p.link(v, 0), "requests from:body")
	}
	w.Put(`
<section aria-label="Requests"{}>`, attributes)
	p.putFound(w, v)
	w.Put(`
</section>`)
}

// link leads to the requests that meet the filters, before one of them, or to the latest.
func (p *requestsPage) link(v *view, before int) string {
	return v.link(home, "operation", p.Operation, "status", p.Status, "text", p.Text, "shadow", string(p.Shadow), "before", number(before))
}

func (p *requestsPage) putFound(w *markup.Writer, v *view) {
	putMistake(w, p.Mistake)
	switch {
	case len(p.Requests) > 0:
		p.putTable(w, v)
	case p.Mistake != "":
	case p.Filtered:
		putEmpty(w, "No request meets the filters", "Change the filters, or clear them to see all requests.")
	default:
		putEmpty(w, "No client has asked for anything yet", "Give your client this server's URL as the base URL of Attio's API, and a token of a workspace. Its requests appear here as they come.")
	}
}

func (p *requestsPage) putTable(w *markup.Writer, v *view) {
	w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="Table of requests">
<table data-rows>
  <thead><tr><th scope="col" class="number">#</th><th scope="col">Time</th><th scope="col">Status</th><th scope="col">Operation</th><th scope="col">Request</th><th scope="col">Token and scopes</th><th scope="col" class="number">Duration</th><th scope="col" class="number">Changes</th></tr></thead>
  <tbody>`)
	for _, row := range p.Requests {
		row.put(w, v)
	}
	w.Put(`
  </tbody>
</table>
</div>
<nav class="pager" aria-label="Pages of requests">`)
	if p.Before != 0 {
		putButton(w, p.link(v, 0), "Latest")
	}
	if p.Older != 0 {
		putButton(w, p.link(v, p.Older), "Older")
	}
	w.Put(`
</nav>`)
}

func (r *requestRow) put(w *markup.Writer, v *view) {
	w.Put(`
    <tr data-key="{}">
      <td class="number"><a href="{}" data-open>{}</a></td>
      <td class="nowrap"><time datetime="{}">{}<div class="scopes">{}</div></time></td>
      <td>{}`, r.Number, v.link(requestPath(r.Number)), r.Number, iso(r.Time.Time), r.Time.Format("15:04:05"), r.Time.Format("2006-01-02"), statusBadge(r.Status))
	putFaults(w, r.Faults)
	if r.Shadow != nil && r.Shadow.Outcome != shadow.Same {
		w.Put(` {}`, shadowBadge(r.Shadow))
	}
	w.Put(`</td>
      <td class="nowrap">{}</td>
      <td class="path"><span class="method">{}</span> {}`, orQuiet(r.Operation, "no such endpoint"), r.Method, r.Path)
	if r.Message != "" {
		w.Put(`<div class="says">{}</div>`, r.Message)
	}
	if r.Hint != "" {
		w.Put(`<div class="says hint">{}</div>`, r.Hint)
	}
	w.Put(`</td>
      <td>`)
	if r.Token != "" {
		w.Put(`{}/{}`, r.Workspace, r.Token)
	}
	if len(r.Scopes) > 0 {
		w.Put(`<div class="scopes">{} </div>`, strings.Join(texts(r.Scopes), " "))
	}
	for _, scope := range r.Missing {
		w.Put(`{} `, badge("bad", "lacks "+string(scope)))
	}
	w.Put(`</td>
      <td class="number nowrap">{}</td>
      <td class="number">{}</td>
    </tr>`, milliseconds(r.Duration), number(len(r.Changes)))
}

// putFaults writes the faults that have hit a request.
func putFaults(w *markup.Writer, faults []string) {
	for _, id := range faults {
		w.Put(` {}`, badge("bad", "fault "+id))
	}
}

// putScopes writes scopes as badges, or a word where there are none.
func putScopes(w *markup.Writer, class string, scopes []attio.Scope, none markup.Text) {
	for _, scope := range scopes {
		w.Put(`{} `, badge(class, string(scope)))
	}
	if len(scopes) == 0 {
		w.Put(`{}`, none)
	}
}
