package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *deletePage) put(w *markup.Writer, _ *view) {
	w.Put(`<h1>Delete {}?</h1>`, p.What)
	putMistake(w, p.Mistake)
	if p.Name != "" {
		w.Put(`<p class="card said-text">{}</p>`, p.Name)
	}
	if !p.Writable() {
		w.Put(`
<p class="banner warn">A moment of the past can only be read. Go back to now to delete something.</p>`)
		return
	}
	w.Put(`
<form class="actions" method="post" action="{}">
  <button class="danger">Delete</button>
  <a class="button" href="{}" data-back>Keep</a>
</form>`, p.Action, p.Back)
}
