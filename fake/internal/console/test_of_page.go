package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *testPage) put(w *markup.Writer, v *view) {
	w.Put(`<p class="actions"><a href="{}" data-back>Request {}</a></p>
<h1>{}</h1>
<ul class="tabs">`, v.link(requestPath(p.Number)), p.Number, v.Title)
	for _, language := range p.Languages {
		w.Put(`
  <li><a href="{}"{}>{}</a></li>`, v.link(requestPath(p.Number)+"/test", "lang", language), markup.When(language == p.Language, ` aria-current="page"`), language)
	}
	w.Put(`
</ul>`)
	putMistake(w, p.Mistake)
	if p.Source != "" {
		w.Put(`
<p class="quiet">It begins with what the request needs of the state before it, sends the request, and compares the answer and the changes.</p>`)
		putCode(w, "test-source", "The test", p.Source)
	}
}
