package console

import (
	"maps"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *docsPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>Docs</h1>
<form class="toolbar" method="get" action="/_fake/console/docs" role="search" hx-get="/_fake/console/docs" hx-select="#docs" hx-target="#docs" hx-swap="outerHTML" hx-push-url="true" hx-trigger="submit, input delay:250ms">`)
	putKept(w, "workspace", v.Workspace)
	putKept(w, "at", number(v.At))
	w.Put(`
  <div class="field grow">
    <label for="search">Search</label>
    <input id="search" name="q" type="search" value="{}" placeholder="operation, path, scope, message, parameter" data-search>
  </div>
  <button class="primary">Filter</button>
</form>
<section id="docs" aria-label="Operations and routes">`, p.Query)
	if p.Query != "" {
		w.Put(`
<p class="quiet">{} of {}.`, p.Found, p.All)
		if p.Found > 0 {
			w.Put(` <a href="{}">Show all</a>`, v.link(docsPath))
		}
		w.Put(`</p>`)
	}
	if p.Found == 0 {
		putEmpty(w, "Nothing has all of these words", "Search for less, such as records, note:read or snapshot.")
	}
	if len(p.Operations) > 0 {
		w.Put(`
<h2>Attio's API</h2>`)
		for i := range p.Operations {
			p.Operations[i].put(w, v, p.Open)
		}
	}
	if len(p.Tags) > 0 {
		p.putControlAPI(w, v)
	}
	w.Put(`
</section>`)
}

func (o *operationDoc) put(w *markup.Writer, v *view, open bool) {
	w.Put(`
<details class="entry operation" id="{}"{}>
  <summary><span class="method">{}</span> <code>{}</code> <span class="quiet">{}</span>{}</summary>
  <dl class="facts">`, o.Name, openIf(open), o.Method, o.Path, o.Name, markup.When(o.WhyNotBuilt != "", ` <span class="badge warn">not built</span>`))
	if o.WhyNotBuilt != "" {
		w.Put(`<dt>Not built</dt><dd>It checks token and scopes and answers 501: {}.</dd>`, o.WhyNotBuilt)
	}
	for _, s := range o.Scopes {
		w.Put(`
    <dt>Scopes{}</dt><dd><div class="scopes">`, ifAny(" for ", s.Target))
		putScopes(w, "", s.Scopes, `<span class="quiet">none</span>`)
		w.Put(`</div></dd>`)
	}
	counts := "a read"
	if o.Write {
		counts = "a write"
	}
	if o.PerSecond > 0 {
		counts += ", with its own limit of " + plural(o.PerSecond, "request", "requests") + " per second"
	}
	w.Put(`
    <dt>Tokens</dt><dd>{}{}</dd>
    <dt>Counts as</dt><dd>{}</dd>`, markup.When(o.AnswersAnyone, "none needed; "), listed(o.TokenLevels()), counts)
	if o.Denial != "" {
		w.Put(`<dt>Without permission</dt><dd>403: {}</dd>`, o.Denial)
	}
	if o.Evidence != nil {
		o.Evidence.put(w)
	}
	w.Put(`
  </dl>
  <p><a href="{}">Requests for it</a></p>
</details>`, v.link(home, "operation", o.Name))
}

func (e *evidence) put(w *markup.Writer) {
	w.Put(`
    <dt>Recorded</dt><dd>`)
	for _, name := range e.Recorded {
		w.Put(`<code>{}</code> `, name)
	}
	w.Put(`{}</dd>
    <dt>Contract</dt><dd>`, markup.When(len(e.Recorded) == 0, `<span class="quiet">no recording of the real API</span>`))
	if e.Contract {
		w.Put(`its answers are checked against Attio's OpenAPI document`)
	} else {
		w.Put(`<span class="quiet">its answers are not checked against Attio's OpenAPI document</span>`)
	}
	w.Put(`</dd>`)
	if len(e.Clients) > 0 {
		w.Put(`<dt>Clients</dt><dd>`)
		for _, client := range slices.Sorted(maps.Keys(e.Clients)) {
			w.Put(`<code>{}</code> of {} `, e.Clients[client], client)
		}
		w.Put(`</dd>`)
	}
	w.Put(`
    <dt>Tests</dt><dd>`)
	for _, name := range e.Tests {
		w.Put(`<code>{}</code> `, name)
	}
	w.Put(`</dd>`)
}

func (p *docsPage) putControlAPI(w *markup.Writer, v *view) {
	w.Put(`
<h2>Control API</h2>
<p>The same as <a href="/_fake/openapi.json">openapi.json</a>. <code>ATTIO_BASE_URL</code> is the address of this server.{}</p>`,
		markup.When(v.CanLogOut, ` Send the control token too: <code>-H "Authorization: Bearer …"</code>.`))
	for _, tag := range p.Tags {
		w.Put(`
<h3>{}</h3>`, tag.Name)
		for i := range tag.Routes {
			tag.Routes[i].put(w, p.Open)
		}
	}
}

func (r *routeDoc) put(w *markup.Writer, open bool) {
	w.Put(`
<details class="entry route" id="{}"{}>
  <summary><span class="method">{}</span> <code>{}</code> <span class="quiet">{}</span></summary>`, r.ID, openIf(open), r.Method, r.Path, r.Summary)
	if r.Description != "" {
		w.Put(`<p>{}</p>`, r.Description)
	}
	if len(r.Inputs) > 0 {
		w.Put(`
  <div class="table-box" tabindex="0" role="region" aria-label="Parameters of {}">
  <table>
    <thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">What it is</th></tr></thead>
    <tbody>`, r.ID)
		for _, i := range r.Inputs {
			w.Put(`
      <tr><th scope="row"><code>{}</code></th><td class="nowrap">{}{}</td><td>{}</td></tr>`, i.Name, i.In, markup.When(i.Required, ", required"), i.Description)
		}
		w.Put(`
    </tbody>
  </table>
  </div>`)
	}
	putCode(w, "curl-"+r.ID, "curl command of "+r.ID, r.Curl)
	w.Put(`
</details>`)
}
