package console

import (
	"cmp"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *requestPage) put(w *markup.Writer, v *view) {
	w.Put(`<p class="actions"><a href="{}" data-back>Requests</a>`, v.link(home))
	if p.Previous > 0 {
		w.Put(` <a class="button small" rel="prev" href="{}">← {}</a>`, v.link(requestPath(p.Previous)), p.Previous)
	}
	if p.Next > 0 {
		w.Put(` <a class="button small" rel="next" href="{}">{} →</a>`, v.link(requestPath(p.Next)), p.Next)
	}
	w.Put(`</p>
<h1><span class="quiet">{}</span> {} {}</h1>`, p.Number, p.Method, p.Path)
	if p.Message != "" {
		w.Put(`<div class="banner bad">{}</div>`, p.Message)
	}
	if p.Hint != "" {
		w.Put(`<div class="banner warn">{}</div>`, p.Hint)
	}
	if p.Restored != "" {
		w.Put(`<div class="banner ok" role="status">Everything is as it was {} this request.</div>`, p.Restored)
	}
	if p.Injected != nil {
		p.putInjected(w, v)
	}
	w.Put(`
<div class="columns">`)
	p.putSummary(w, v)
	p.putFaultForm(w, v)
	w.Put(`
</div>`)
	p.putMoment(w, v)
	w.Put(`
<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">What it changed</h2>`)
	putChanges(w, p.Changed)
	if len(p.Changed) == 0 {
		w.Put(`
<p class="quiet">Nothing.</p>`)
	}
	w.Put(`
</section>

<div class="columns">
<section aria-labelledby="request-title">
<h2 id="request-title">Request</h2>`)
	putHeaders(w, p.Sent)
	putBody(w, "request-body", "Body of the request", p.Request, p.RequestBounded)
	w.Put(`
</section>
<section aria-labelledby="answer-title">
<h2 id="answer-title">Answer</h2>`)
	putHeaders(w, p.Answered)
	putBody(w, "answer-body", "Body of the answer", p.Response.Body(), p.ResponseBounded)
	w.Put(`
</section>
</div>`)
	if p.Shadow != nil {
		p.putShadow(w, v)
	}
	w.Put(`

<h2 id="curl-title">Send it again</h2>
<p><a class="button" href="{}">As a test</a> in Go, TypeScript, Python or bash; or with curl:</p>`, v.link(requestPath(p.Number)+"/test"))
	putCode(w, "curl", "The request as a curl command", p.Curl)
	if p.RequestBounded {
		w.Put(`<p class="mistake">The command lacks what the journal did not keep of the body.</p>`)
	}
}

// putInjected writes what has become of the fault that was just injected.
func (p *requestPage) putInjected(w *markup.Writer, v *view) {
	class := "warn"
	if p.Injected.Hits > 0 {
		class = "ok"
	}
	w.Put(`
<div class="banner {}" role="status"{}>`, class, refreshed("injected", v.link(requestPath(p.Number), "injected", p.Injected.ID), "requests from:body"))
	if p.Injected.Hits > 0 {
		w.Put(`The fault {} has hit a request. <a href="{}">See it</a>`, p.Injected.ID, v.link(home, "text", p.Injected.ID))
	} else {
		w.Put(`The fault {} ({}) waits for the next {} of the same token.`, p.Injected.ID, string(p.Injected.Kind), p.Injected.Operation)
	}
	w.Put(`
</div>`)
}

func (p *requestPage) putSummary(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-label="Summary">
  <dl class="facts">
    <dt>Status</dt><dd>{} `, statusBadge(p.Status))
	if p.Code != "" {
		w.Put(`<code>{}</code>`, p.Code)
	}
	putFaults(w, p.Faults)
	w.Put(`</dd>
    <dt>Operation</dt><dd>`)
	if p.Operation != "" {
		w.Put(`<a href="{}">{}</a>`, v.link(home, "operation", p.Operation), p.Operation)
	} else {
		w.Put(`Attio has no such endpoint`)
	}
	w.Put(`</dd>
    <dt>Workspace</dt><dd>{}</dd>
    <dt>Token</dt><dd>{}</dd>
    <dt>Scopes</dt><dd>`, cmp.Or(p.Workspace, "none: the request has no valid token"), cmp.Or(p.Token, "none"))
	putScopes(w, "", p.Scopes, "none needed")
	if len(p.Missing) > 0 {
		w.Put(`<p class="mistake">The token has no {}.</p>`, strings.Join(texts(p.Missing), ", "))
	}
	at := iso(p.Time.Time)
	w.Put(`</dd>
    <dt>Time</dt><dd><time datetime="{}">{}</time></dd>
    <dt>Duration</dt><dd>{}</dd>
  </dl>
</section>`, at, at, milliseconds(p.Duration))
}

// putFaultForm writes the form that makes the next such request go wrong.
func (p *requestPage) putFaultForm(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-labelledby="fault-title">
  <h2 id="fault-title">Make the next one go wrong</h2>`)
	if len(p.Kinds) == 0 {
		w.Put(`
  <p class="quiet">Faults hit operations of Attio's API, and this request was none.</p>
</section>`)
		return
	}
	w.Put(`
  <form class="form" method="post" action="{}">
    <div class="field{}">
      <label for="fault">Fault</label>
      <select id="fault" name="fault"{}>`, v.link(requestPath(p.Number)+"/fault"), markup.When(p.Mistake != "", " invalid"), ariaInvalid("fault", p.Mistake))
	putOptions(w, p.Kinds, p.Kind)
	w.Put(`
      </select>
    </div>
    <div class="field">
      <label for="delay">Delay, for slow</label>
      <input id="delay" name="delay" value="{}">
    </div>
    <div class="actions">
      <button class="primary">Inject</button>
      <span class="quiet">Hits the next {}{}, once.</span>
    </div>`, p.Delay, p.Operation, ifAny(" with the token ", p.Token))
	if p.Mistake != "" {
		w.Put(`<p class="mistake wide" id="fault-mistake" role="alert">{}</p>`, p.Mistake)
	}
	w.Put(`
  </form>
</section>`)
}

// putMoment writes what can be done with everything as it was around the request.
func (p *requestPage) putMoment(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-labelledby="moment-title">
<h2 id="moment-title">This moment</h2>`)
	if p.HasMoment {
		w.Put(`
<div class="actions">
  <a class="button primary" href="{}">See the data as of it</a>
  <form class="inline" method="get" action="/_fake/console/diff">
    <input type="hidden" name="from" value="{}">
    <label for="to">Compare with request</label>
    <input class="short" id="to" name="to" inputmode="numeric" placeholder="now">
    <button>Compare</button>
  </form>
  <form method="post" action="/_fake/console/requests/{}/restore" data-confirm="Put the whole server back to how it was? What came later is undone.">
    <button name="to" value="before">Restore to before it</button>
    <button name="to" value="after">Restore to after it</button>
  </form>
</div>`, v.link(dataPath, "at", number(p.Number), "workspace", p.Workspace), p.Number, p.Number)
	} else {
		w.Put(`
<p class="quiet">It is too long ago: the server does not keep the data of that moment any more.</p>`)
	}
	w.Put(`
</section>`)
}

// putBody writes the body of a request or of an answer.
func putBody(w *markup.Writer, id, label string, body []byte, bounded bool) {
	if len(body) > 0 {
		putCode(w, id, label, pretty(body))
	} else {
		w.Put(`<p class="quiet">No body.</p>`)
	}
	if bounded {
		w.Put(`<p class="quiet">The journal keeps only the first 64 KB of a body.</p>`)
	}
}
