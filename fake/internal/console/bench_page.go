package console

import (
	"cmp"
	"strconv"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *benchPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>Bench</h1>
<div class="cards">`)
	p.putClock(w, v)
	p.putSnapshots(w, v)
	p.putReset(w, v)
	w.Put(`
</div>

<h2 id="faults-title">Faults</h2>
<section aria-labelledby="faults-title"{}>`, refreshed("faults", v.link(benchPath), "requests from:body, state from:body"))
	p.putFaults(w, v)
	w.Put(`
</section>`)
	p.putFaultForm(w, v)
	p.putWorkspaces(w, v)
	p.putScenario(w, v)
}

func (p *benchPage) putClock(w *markup.Writer, v *view) {
	freeze := markup.Text(`<button name="do" value="freeze">Freeze</button>`)
	if v.Frozen {
		freeze = `<button name="do" value="unfreeze">Unfreeze</button>`
	}
	action := v.link(benchPath + "/clock")
	w.Put(`
<section class="card" aria-labelledby="clock-title">
  <h2 id="clock-title">Clock</h2>
  <form method="post" action="{}">
    <p class="actions">
      <button name="do" value="1m">+1 min</button> <button name="do" value="1h">+1 h</button> <button name="do" value="24h">+1 day</button> <button name="do" value="168h">+1 week</button>
      {}
    </p>
  </form>
  <form method="post" action="{}">`, action, freeze, action)
	p.Form.putInput(w, textInput{of: "clock", name: "advance", label: "Advance by", placeholder: "1h30m", required: true, help: "Backwards with a minus sign: -15m."})
	w.Put(`
    <button name="do" value="advance">Advance</button>
  </form>
  <form method="post" action="{}">`, action)
	p.Form.putInput(w, textInput{of: "clock", name: "set", label: "Set to", value: iso(v.Now), required: true})
	w.Put(`
    <button name="do" value="set">Set</button>
  </form>
</section>`)
}

func (p *benchPage) putSnapshots(w *markup.Writer, v *view) {
	w.Put(`

<section class="card" aria-labelledby="snapshots-title">
  <h2 id="snapshots-title">Snapshots</h2>
  <form method="post" action="{}">`, v.link(benchPath+"/snapshots"))
	p.Form.putInput(w, textInput{of: "snapshot", name: "name", label: "Name", placeholder: "before the import", required: true})
	w.Put(`
    <button class="primary">Save a snapshot</button>
  </form>`)
	putMistake(w, p.Form.Wrong("snapshots", "name"))
	if len(p.Snapshots) == 0 {
		w.Put(`
  <p class="quiet">A snapshot keeps everything as it is, to compare with and to go back to.</p>
</section>`)
		return
	}
	w.Put(`
  <div class="table-box" tabindex="0" role="region" aria-label="Snapshots">
  <table><tbody>`)
	for _, s := range p.Snapshots {
		w.Put(`
    <tr><td><a href="{}">{}</a><div class="quiet">{}</div></td>
      <td><div class="actions">
        <form method="post" action="{}" data-confirm="Put the whole server back to this snapshot? What came later is undone."><button class="small" name="name" value="{}">Restore</button></form>
        <form method="post" action="{}"><button class="small danger" name="name" value="{}">Delete</button></form>
      </div></td></tr>`, v.link(benchPath+"/snapshots/diff", "name", s.Name), s.Name, timeText(s.Taken.Time),
			v.link(benchPath+"/snapshots/restore"), s.Name, v.link(benchPath+"/snapshots/delete"), s.Name)
	}
	w.Put(`
  </tbody></table>
  </div>
</section>`)
}

// putReset writes how everything is returned to the scenario, and kept as one.
func (p *benchPage) putReset(w *markup.Writer, v *view) {
	w.Put(`

<section class="card" aria-labelledby="reset-title">
  <h2 id="reset-title">Reset and export</h2>
  <p>A reset returns everything to the scenario, with its clock and its faults.</p>
  <form class="actions" method="post" action="{}" data-confirm="Return everything to the scenario?">
    <button class="danger">Reset</button> <button class="danger" name="keep" value="requests">Reset, and keep the requests</button>
  </form>
  <h3>Export</h3>
  <p>What is there now, as a scenario in YAML.</p>
  <p class="actions"><a class="button" href="/_fake/console/bench/export" download>Everything</a>`, v.link(benchPath+"/reset"))
	for _, workspace := range p.Workspaces {
		w.Put(` <a class="button" href="/_fake/console/bench/export?workspace={}" download>{}</a>`, workspace.Slug, workspace.Slug)
	}
	w.Put(`</p>
</section>`)
}

func (p *benchPage) putFaults(w *markup.Writer, v *view) {
	putMistake(w, p.Form.Wrong("faults", "id"))
	if len(p.Faults) == 0 {
		putEmpty(w, "Nothing goes wrong", "Add a fault below: it makes requests go wrong, so that you see what your integration does.")
		return
	}
	w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="Table of faults">
<table>
  <thead><tr><th scope="col">Id</th><th scope="col">Fault</th><th scope="col">Hits</th><th scope="col">When</th><th scope="col" class="number">Seen</th><th scope="col" class="number">Hit</th><th scope="col"><span class="sr">Remove</span></th></tr></thead>
  <tbody>`)
	for i := range p.Faults {
		putFault(w, v, &p.Faults[i])
	}
	w.Put(`
  </tbody>
</table>
</div>
<form class="pager" method="post" action="{}"><button name="all" value="true">Remove all</button></form>`, v.link(benchPath+"/faults/remove"))
}

func putFault(w *markup.Writer, v *view, f *fault.Status) {
	w.Put(`
    <tr>
      <td><code>{}</code></td><td>{}`, f.ID, string(f.Kind))
	if f.Delay != 0 {
		w.Put(` <span class="quiet">after {}</span>`, time.Duration(f.Delay).String())
	}
	w.Put(`</td>
      <td>{}`, cmp.Or(f.Operation, "every operation"))
	if f.Method != "" {
		w.Put(` <span class="method">{}</span>`, f.Method)
	}
	if f.Path != "" {
		w.Put(` <code>{}</code>`, f.Path)
	}
	w.Put(`{}{}{}</td>
      <td>{}</td>
      <td class="number">{}</td><td class="number">`, ifAny(" in ", f.Workspace), ifAny(" with ", f.Token), ifAny(" answered ", number(f.Status)), whenItHits(f), f.Seen)
	if f.Hits > 0 {
		w.Put(`<a href="{}">{}</a>`, v.link(home, "text", f.ID), f.Hits)
	} else {
		w.Put(`0`)
	}
	w.Put(`</td>
      <td><form method="post" action="{}"><button class="small danger" name="id" value="{}" aria-label="Remove {}">Remove</button></form></td>
    </tr>`, v.link(benchPath+"/faults/remove"), f.ID, f.ID)
}

// whenItHits says which of the requests that a fault fits it hits.
func whenItHits(f *fault.Status) string {
	says := "always"
	if f.Times != 0 {
		says = plural(f.Times, "time", "times")
	}
	if f.After != 0 {
		says += ", after " + plural(f.After, "request", "requests")
	}
	if f.Every > 1 {
		says += ", one request in " + strconv.Itoa(f.Every)
	}
	if f.Probability != 0 {
		says += ", with probability " + strconv.FormatFloat(f.Probability, 'g', -1, 64)
	}
	return says
}

func (p *benchPage) putFaultForm(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-labelledby="add-fault-title">
  <h3 id="add-fault-title">Add a fault</h3>
  <form class="form" method="post" action="{}">`, v.link(benchPath+"/faults"))
	p.Form.putSelect(w, selectInput{of: "fault", name: "fault", label: "Fault", options: texts(p.Kinds)})
	p.Form.putInput(w, textInput{of: "fault", name: "operation", label: "Operation", list: "fault-operations", placeholder: "every one"})
	p.Form.putSelect(w, selectInput{of: "fault", name: "workspace", label: "Workspace", options: v.Workspaces, none: "every one", value: v.Workspace})
	p.Form.putInput(w, textInput{of: "fault", name: "token", label: "Token", list: "fault-tokens", placeholder: "every one"})
	for _, i := range []textInput{
		{name: "times", label: "How often it hits", placeholder: "no limit"},
		{name: "after", label: "Requests that pass first", placeholder: "0"},
		{name: "every", label: "Hits every n-th request", placeholder: "1"},
		{name: "probability", label: "Probability", placeholder: "always; or 0.1"},
		{name: "seed", label: "Seed of the probability", placeholder: "0"},
		{name: "delay", label: "Delay before it", placeholder: "none; or 250ms"},
		{name: "method", label: "Method", placeholder: "every one"},
		{name: "path", label: "Path", placeholder: "/v2/objects/*/records"},
		{name: "status", label: "Status of the answer", placeholder: "any"},
		{name: "id", label: "Id", placeholder: "made up"},
	} {
		i.of = "fault"
		p.Form.putInput(w, i)
	}
	w.Put(`
    <div class="actions"><button class="primary">Add</button></div>
  </form>`)
	putSuggestions(w, "fault-operations", p.Operations)
	putSuggestions(w, "fault-tokens", p.Tokens)
	w.Put(`
</section>`)
}

func (p *benchPage) putWorkspaces(w *markup.Writer, v *view) {
	w.Put(`

<h2 id="workspaces-title">Workspaces</h2>`)
	putMistake(w, p.Form.Wrong("limits", "limits"))
	putMistake(w, p.Form.Wrong("workspaces", "of"))
	if len(p.Workspaces) == 0 {
		putEmpty(w, "There is no workspace", "Load a scenario that has one, or reset.")
		return
	}
	w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="Table of workspaces">
<table>
  <thead><tr><th scope="col">Workspace</th><th scope="col">Name</th><th scope="col">Attio's rate limits</th><th scope="col"><span class="sr">Remove</span></th></tr></thead>
  <tbody>`)
	for _, one := range p.Workspaces {
		w.Put(`
    <tr><th scope="row">{}</th><td>{}</td>
      <td><form class="actions" method="post" action="{}"><input type="hidden" name="of" value="{}">`, one.Slug, one.Name, v.link(benchPath+"/limits"), one.Slug)
		if one.Limited {
			w.Put(`
        <span class="badge ok">on</span> <button class="small" name="limits" value="" aria-label="Turn off the limits of {}">Turn off</button>`, one.Slug)
		} else {
			w.Put(`
        <span class="badge">off</span> <button class="small" name="limits" value="attio" aria-label="Turn on the limits of {}">Turn on</button>`, one.Slug)
		}
		w.Put(`</form></td>
      <td><form method="post" action="{}" data-confirm="Remove this workspace? A reset brings back those of the scenario."><button class="small danger" name="of" value="{}" aria-label="Remove {}">Remove</button></form></td></tr>`,
			v.link(benchPath+"/remove"), one.Slug, one.Slug)
	}
	w.Put(`
  </tbody>
</table>
</div>
<form class="toolbar pager" method="post" action="{}">`, v.link(benchPath+"/clone"))
	p.Form.putSelect(w, selectInput{of: "clone", name: "of", label: "Clone", options: v.Workspaces, value: v.Workspace})
	p.Form.putInput(w, textInput{of: "clone", name: "slug", label: "as", placeholder: "chosen by the server"})
	w.Put(`
  <button>Clone</button>
</form>`)
}

func (p *benchPage) putScenario(w *markup.Writer, v *view) {
	w.Put(`

<h2 id="scenario-title">Load a scenario</h2>`)
	if len(p.Problems) > 0 {
		w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="Problems of the scenario" id="problems">
<table>
  <thead><tr><th scope="col" class="number">Line</th><th scope="col" class="number">Column</th><th scope="col">Problem</th></tr></thead>
  <tbody>`)
		for _, problem := range p.Problems {
			w.Put(`<tr><td class="number">{}</td><td class="number">{}</td><td class="mistake">{}`, number(problem.Line), number(problem.Column), problem.Message)
			if problem.Excerpt != "" {
				w.Put(`<pre class="excerpt" tabindex="0"><code>{}</code></pre>`, problem.Excerpt)
			}
			w.Put(`</td></tr>`)
		}
		w.Put(`</tbody>
</table>
</div>`)
	}
	wrong := p.Form.Wrong("scenario", "scenario")
	w.Put(`
<form class="card" method="post" action="{}" enctype="multipart/form-data" data-confirm="Replace everything by this scenario?">
  <div class="field{}">
    <label for="scenario">Scenario, in YAML</label>
    <textarea class="code-field" id="scenario" name="scenario" rows="14" spellcheck="false"{}>{}</textarea>`,
		v.link(benchPath+"/scenario"), markup.When(wrong != "", " invalid"), ariaInvalid("scenario", wrong), p.Scenario)
	putWrong(w, "scenario", wrong)
	w.Put(`
  </div>
  <div class="field"><label for="file">or a file</label><input id="file" name="file" type="file" accept=".yaml,.yml"></div>
  <button class="primary">Load</button>
</form>`)
}

func (p *snapshotDiff) put(w *markup.Writer, v *view) {
	w.Put(`<p><a href="{}" data-back>Bench</a></p>
<h1>What has changed since {}</h1>
<form class="toolbar" method="get" action="/_fake/console/bench/snapshots/diff">`, v.link(benchPath), p.Name)
	putKept(w, "workspace", v.Workspace)
	var names []string
	for _, s := range p.Snapshots {
		names = append(names, s.Name)
	}
	w.Put(`
  <div class="field"><label for="name">From</label><select id="name" name="name">`)
	putOptions(w, names, p.Name)
	w.Put(`</select></div>
  <div class="field"><label for="to">to</label><select id="to" name="to"><option value="">now</option>`)
	putOptions(w, names, p.To)
	w.Put(`</select></div>
  <button class="primary">Compare</button>
</form>`)
	putDifferences(w, p.Mistake, p.Workspaces, "Everything is as it was.")
}
