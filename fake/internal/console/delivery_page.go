package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *deliveryPage) put(w *markup.Writer, v *view) {
	path := deliveryPath(p.ID)
	w.Put(`<p><a href="{}" data-back>Webhooks</a></p>
<div{}>
<h1>{} {}</h1>`, v.link(webhooksPath), refreshed("delivery", v.link(path), "deliveries from:body"), listed(p.EventTypes), stateBadge(string(p.State)))
	if p.Reason != "" {
		w.Put(`<div class="banner warn">{}</div>`, p.Reason)
	}
	w.Put(`
<div class="columns">`)
	p.putSummary(w, v)
	p.putAttempts(w)
	w.Put(`
</div>
</div>
<section aria-labelledby="body-title">
<h2 id="body-title">What is sent</h2>`)
	putHeaders(w, p.Headers)
	putCode(w, "delivery-body", "Body of the delivery", pretty(p.Body))
	w.Put(`
</section>`)
	p.putSignature(w)
}

func (p *deliveryPage) putSummary(w *markup.Writer, v *view) {
	w.Put(`
<section class="card" aria-label="Summary">
  <dl class="facts">
    <dt>Id</dt><dd><code>{}</code> <span class="quiet">also the Idempotency-Key</span></dd>
    <dt>Target</dt><dd>{}</dd>
    <dt>Webhook</dt><dd><a href="{}"><code>{}</code></a>{}</dd>
    <dt>Workspace</dt><dd>{}</dd>
    <dt>Made</dt><dd>{}{}</dd>`, string(p.ID), p.TargetURL,
		v.link(webhooksPath, "webhook", string(p.Webhook)), string(p.Webhook), markup.When(p.Hook == nil, ` <span class="quiet">which is gone</span>`),
		p.Workspace, iso(p.CreatedAt.Time), markup.When(p.Test, " as a test"))
	if p.NextAttemptAt != nil {
		w.Put(`<dt>Next attempt</dt><dd>{}</dd>`, iso(p.NextAttemptAt.Time))
	}
	w.Put(`
  </dl>
  <form method="post" action="{}"><button class="primary">Redeliver</button></form>`, v.link(deliveryPath(p.ID)+"/redeliver"))
	putMistake(w, p.Form.Wrong("redeliver", "redeliver"))
	w.Put(`
</section>`)
}

func (p *deliveryPage) putAttempts(w *markup.Writer) {
	w.Put(`
<section class="card" aria-labelledby="attempts-title">
  <h2 id="attempts-title">Attempts</h2>`)
	if len(p.Attempts) == 0 {
		w.Put(`
  <p class="quiet">None yet.</p>
</section>`)
		return
	}
	w.Put(`
  <ol class="timeline">`)
	for _, attempt := range p.Attempts {
		w.Put(`
    <li><time datetime="{}">{}</time> `, iso(attempt.Time.Time), timeText(attempt.Time.Time))
		if attempt.Status > 0 {
			w.Put(`{} `, statusBadge(attempt.Status))
		}
		w.Put(`<span class="quiet">{}</span>`, milliseconds(attempt.Duration))
		if attempt.Error != "" {
			w.Put(`<div class="says">{}</div>`, attempt.Error)
		}
		if len(attempt.Response) > 0 {
			w.Put(`<details><summary>Answer</summary><pre tabindex="0"><code>{}</code></pre></details>`, string(attempt.Response))
		}
		w.Put(`</li>`)
	}
	w.Put(`
  </ol>
</section>`)
}

// putSignature writes how the signature was computed.
func (p *deliveryPage) putSignature(w *markup.Writer) {
	var verdict markup.Text
	switch {
	case p.Hook != nil && p.Verified:
		verdict = badge("ok", "is that of the body")
	case p.Hook != nil:
		verdict = badge("bad", "is not that of the body")
	}
	w.Put(`
<section class="card" aria-labelledby="signature-title">
<h2 id="signature-title">Signature</h2>
<p>The header <code>Attio-Signature</code> has the HMAC-SHA256 of the body, byte for byte as it is sent, with the secret of the webhook as the key, in lower-case hexadecimal.</p>
<dl class="facts">
  <dt>Attio-Signature</dt><dd><code>{}</code> {}</dd>`, p.Signature, verdict)
	if p.Hook != nil {
		w.Put(`<dt>Secret</dt><dd><code>{}</code></dd>`, p.Hook.Secret)
	}
	w.Put(`
</dl>`)
	if p.Command != "" {
		putCode(w, "signature-command", "Command that computes the signature", p.Command)
	} else {
		w.Put(`<p class="quiet">The webhook is gone, and its secret with it.</p>`)
	}
	w.Put(`
</section>`)
}
