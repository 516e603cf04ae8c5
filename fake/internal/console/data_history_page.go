package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *historyPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, "History"+ifAny(" of ", p.Attribute), nextParent(p.Record, p.Name))
	if p.Attribute != "" {
		w.Put(`<p><a href="{}">All attributes</a></p>`, p.All)
	}
	if len(p.Untold) > 0 {
		w.Put(`<p class="quiet">Attio does not show the history of {}.</p>`, listed(p.Untold))
	}
	if len(p.Events) == 0 {
		putEmpty(w, "Nothing has a value yet", "Every value that is written appears here, with its time and its author.")
		return
	}
	w.Put(`
<ol class="timeline">`)
	for i := range p.Events {
		p.Events[i].put(w)
	}
	w.Put(`
</ol>`)
}

func (e *historyEvent) put(w *markup.Writer) {
	w.Put(`
  <li>
    <time class="quiet" datetime="{}">{}</time>
    <div><a href="{}">{}</a>:`, iso(e.Time), timeText(e.Time), e.Link, e.Title)
	for i := range e.Ended {
		w.Put(` <del><span class="sr">was</span> `)
		e.Ended[i].put(w)
		w.Put(`</del>`)
	}
	for i := range e.Began {
		w.Put(` <ins><span class="sr">is</span> `)
		e.Began[i].put(w)
		w.Put(`</ins>`)
	}
	if e.By != "" {
		w.Put(` <span class="quiet">by {}</span>`, e.By)
	}
	w.Put(`
    </div>
  </li>`)
}
