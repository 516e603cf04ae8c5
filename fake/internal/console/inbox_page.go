package console

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *inboxPage) put(w *markup.Writer, v *view) {
	path := webhooksPath + "/inboxes/" + p.Name
	w.Put(`<p><a href="{}" data-back>Webhooks</a></p>
<div class="data-head"><h1>Inbox {}</h1>
<form method="post" action="{}"><button{}>Empty it</button></form></div>
<section aria-label="Messages"{}>`, v.link(webhooksPath), p.Name, v.link(path+"/clear"), markup.When(len(p.Messages) == 0, " disabled"),
		refreshed("messages", v.link(path), "deliveries from:body"))
	for i := range p.Messages {
		p.Messages[i].put(w, v)
	}
	if len(p.Messages) == 0 {
		putEmpty(w, "The inbox is empty", "A write that its webhook subscribes to, or a test event, sends a message.")
	}
	if p.Of > len(p.Messages) {
		w.Put(`<p class="quiet">These are the latest; there are {} in all workspaces.</p>`, p.Of)
	}
	w.Put(`
</section>`)
}

func (m *message) put(w *markup.Writer, v *view) {
	w.Put(`
<article class="card" aria-label="Message {}">
  <h2><span class="quiet">{}</span> {}</h2>
  <p class="quiet">{} · {} · <a href="{}">delivery</a></p>`, m.Number, m.Number, listed(m.Events), iso(m.At), m.Workspace, v.link(deliveryPath(m.Delivery)))
	putHeaders(w, m.Headers)
	number := strconv.Itoa(m.Number)
	putCode(w, "message-"+number, "Body of message "+number, pretty(m.Body))
	w.Put(`
</article>`)
}
