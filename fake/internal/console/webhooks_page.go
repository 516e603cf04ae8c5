package console

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func (p *webhooksPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>Webhooks</h1>`)
	if len(p.Webhooks) > 0 {
		w.Put(`
<div class="cards" id="webhooks">`)
		for i := range p.Webhooks {
			p.Webhooks[i].put(w, v, p.Form)
		}
		w.Put(`
</div>`)
	} else {
		putEmpty(w, "No webhook", "Clients make webhooks with POST /v2/webhooks, and a scenario with webhooks. The target inbox://name needs no server: its messages appear here.")
	}
	w.Put(`

<div class="data-head"><h2 id="deliveries-title">Deliveries</h2>
<form method="post" action="{}"><button>Flush: attempt all that wait now</button></form></div>`, v.link(webhooksPath+"/flush"))
	putMistake(w, p.Form.Wrong("flush", "flush"))
	p.putFilters(w, v)
	attributes := markup.Text(` id="deliveries"`)
	if p.Skip == 0 {
		attributes = refreshed("deliveries", p.link(v, 0), "deliveries from:body, state from:body")
	}
	w.Put(`
<section aria-labelledby="deliveries-title"{}>`, attributes)
	p.putFound(w, v)
	w.Put(`
</section>

<div class="columns">`)
	p.putChaos(w, v)
	p.putInboxes(w, v)
	w.Put(`
</div>`)
}

// put writes a webhook with what can be done with it.
func (h *shownWebhook) put(w *markup.Writer, v *view, sent form) {
	id, name := string(h.ID), string(h.ID)+"-"+h.Workspace
	target := markup.Format("{}", h.TargetURL)
	if h.Inbox != "" {
		target = markup.Format(`<a href="{}">{}</a>`, v.link(webhooksPath+"/inboxes/"+h.Inbox), h.TargetURL)
	}
	w.Put(`
<section class="card webhook" aria-label="Webhook {} of {}">
  <h2 class="target">{}</h2>
  <dl class="facts">
    <dt>Status</dt><dd>{}</dd>
    <dt>Workspace</dt><dd>{}</dd>
    <dt>Id</dt><dd><a href="{}"><code>{}</code></a></dd>
    <dt>Secret</dt><dd><details><summary>Show</summary><code>{}</code></details></dd>
    <dt>Events</dt><dd><ul class="plain">`, id, h.Workspace, target, stateBadge(string(h.Status)), h.Workspace, v.link(webhooksPath, "webhook", id), id, h.Secret)
	for _, s := range h.Selects {
		w.Put(`<li>{}`, s.EventType)
		if s.Filter != "" {
			w.Put(` <code class="quiet">{}</code>`, s.Filter)
		}
		w.Put(`</li>`)
	}
	w.Put(`</ul></dd>
  </dl>
  <div class="actions">
    <form method="post" action="{}">
      <input type="hidden" name="in" value="{}">`, v.link(webhooksPath+"/"+id+"/status"), h.Workspace)
	if h.Status == world.WebhookActive {
		w.Put(`
      <button name="status" value="inactive">Give up</button> <button name="status" value="degraded">Degrade</button>`)
	} else {
		w.Put(`
      <button name="status" value="active">Bring back</button>`)
	}
	w.Put(`
    </form>
    <form class="inline" method="post" action="{}">
      <input type="hidden" name="in" value="{}">
      <label for="{}-test">Test event</label>
      <select id="{}-test" name="event_type">`, v.link(webhooksPath+"/"+id+"/test"), h.Workspace, name, name)
	putOptions(w, h.Types, "")
	w.Put(`</select>
      <button>Send</button>
    </form>
  </div>`)
	putMistake(w, sent.Wrong(name+"-status", "status"))
	putMistake(w, sent.Wrong(name+"-test", "event_type"))
	w.Put(`
</section>`)
}

// link leads to the deliveries that meet the filters, without the latest ones.
func (p *webhooksPage) link(v *view, skip int) string {
	return v.link(webhooksPath, "event_type", p.EventType, "state", p.State, "webhook", p.Webhook, "skip", number(skip))
}

func (p *webhooksPage) putFilters(w *markup.Writer, v *view) {
	w.Put(`
<form class="toolbar" method="get" action="/_fake/console/webhooks" hx-get="/_fake/console/webhooks" hx-select="#deliveries" hx-target="#deliveries" hx-swap="outerHTML" hx-push-url="true" hx-trigger="submit, input delay:250ms">`)
	putKept(w, "workspace", v.Workspace)
	w.Put(`
  <div class="field grow"><label for="event-type">Event</label><input id="event-type" name="event_type" list="event-types" value="{}" placeholder="record.created" data-search>`, p.EventType)
	putSuggestions(w, "event-types", p.EventTypes)
	w.Put(`</div>
  <div class="field"><label for="state">State</label><select id="state" name="state"><option value="">any</option>`)
	putOptions(w, p.States, webhook.State(p.State))
	w.Put(`</select></div>
  <div class="field"><label for="webhook">Webhook</label><input id="webhook" name="webhook" value="{}" placeholder="any id"></div>
  <button class="primary">Filter</button>
</form>`, p.Webhook)
}

func (p *webhooksPage) putFound(w *markup.Writer, v *view) {
	putMistake(w, p.Mistake)
	switch {
	case len(p.Deliveries) > 0:
		p.putTable(w, v)
	case p.Mistake != "":
	case p.Filtered || p.Skip > 0:
		putEmpty(w, "No delivery meets the filters", "Change the filters, or clear them to see all deliveries.")
	default:
		putEmpty(w, "Nothing was delivered yet", "A write that a webhook subscribes to is delivered and appears here. A test event is, too.")
	}
}

func (p *webhooksPage) putTable(w *markup.Writer, v *view) {
	w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="Table of deliveries">
<table data-rows>
  <thead><tr><th scope="col">Time</th><th scope="col">Events</th><th scope="col">State</th><th scope="col" class="number">Attempts</th><th scope="col">Answer</th><th scope="col">Target</th><th scope="col">Workspace</th></tr></thead>
  <tbody>`)
	for i := range p.Deliveries {
		putDeliveryRow(w, v, &p.Deliveries[i])
	}
	w.Put(`
  </tbody>
</table>
</div>
<nav class="pager" aria-label="Pages of deliveries">`)
	if p.Skip > 0 {
		putButton(w, p.link(v, 0), "Latest")
	}
	if p.Older > 0 {
		putButton(w, p.link(v, p.Older), "Older")
	}
	w.Put(`
</nav>`)
}

func putDeliveryRow(w *markup.Writer, v *view, d *control.Delivery) {
	w.Put(`
    <tr data-key="{}">
      <td class="nowrap"><a href="{}" data-open>{}</a></td>
      <td>{}`, string(d.ID), v.link(deliveryPath(d.ID)), timeText(d.CreatedAt.Time), listed(d.EventTypes))
	if d.Test {
		w.Put(` {}`, badge("", "test"))
	}
	w.Put(`</td>
      <td>{}`, stateBadge(string(d.State)))
	if d.Reason != "" {
		w.Put(`<div class="says hint">{}</div>`, d.Reason)
	}
	if d.NextAttemptAt != nil {
		w.Put(`<div class="quiet nowrap">next at {}</div>`, timeText(d.NextAttemptAt.Time))
	}
	w.Put(`</td>
      <td class="number">{}</td>
      <td>`, len(d.Attempts))
	if n := len(d.Attempts); n > 0 {
		last := d.Attempts[n-1]
		if last.Status > 0 {
			w.Put(`{}`, statusBadge(last.Status))
		}
		if last.Error != "" {
			w.Put(`<div class="says">{}</div>`, last.Error)
		}
	}
	w.Put(`</td>
      <td class="path">{}</td>
      <td>{}</td>
    </tr>`, d.TargetURL, d.Workspace)
}

func (p *webhooksPage) putChaos(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-labelledby="chaos-title">
  <h2 id="chaos-title">Chaos</h2>
  <p class="quiet">All of this Attio may do, and seldom does: see whether your receiver copes.</p>
  <form class="form" method="post" action="{}">`, v.link(webhooksPath+"/chaos"))
	for _, i := range []textInput{
		{name: "duplicate", label: "Send again, times", value: strconv.Itoa(p.Chaos.Duplicate)},
		{name: "reorder", label: "Reverse the order of so many", value: strconv.Itoa(p.Chaos.Reorder)},
		{name: "delay", label: "Send later by", value: p.Chaos.Delay.String(), placeholder: "1m30s"},
		{name: "batch", label: "Events in one delivery, at most", value: strconv.Itoa(p.Chaos.Batch)},
		{name: "lose_answers", label: "Lose the answer and retry, times", value: strconv.Itoa(p.Chaos.LoseAnswers)},
	} {
		i.of = "chaos"
		p.Form.putInput(w, i)
	}
	w.Put(`
    <div class="actions"><button class="primary">Set</button></div>
  </form>
</section>`)
}

func (p *webhooksPage) putInboxes(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-labelledby="inboxes-title"{}>
  <h2 id="inboxes-title">Inboxes</h2>`, refreshed("inboxes", v.link(webhooksPath), "deliveries from:body"))
	if len(p.Inboxes) > 0 {
		w.Put(`
  <ul class="plain">`)
		for _, inbox := range p.Inboxes {
			w.Put(`<li><a href="{}">{}</a> <span class="quiet">{}</span></li>`, v.link(webhooksPath+"/inboxes/"+inbox.Name), inbox.Name, plural(inbox.Messages, "message", "messages"))
		}
		w.Put(`</ul>`)
	} else {
		w.Put(`
  <p class="quiet">A webhook with the target <code>inbox://name</code> sends to an inbox, which needs no server.</p>`)
	}
	w.Put(`
</section>`)
}
