package console

import (
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// putHead writes the heading of a Data page, below its parents, and the form that chooses who looks.
func (p *PageOf) putHead(w *markup.Writer, heading string, parents ...markup.Text) {
	w.Put(`<header class="data-head">
  <h1>`)
	for _, parent := range parents {
		w.Put(`{} / `, parent)
	}
	w.Put(`{}</h1>`, heading)
	p.putBar(w)
	w.Put(`
</header>`)
}

// parent returns the link to a page above one.
func parent(link, title string) markup.Text {
	return markup.Format(`<a class="quiet" href="{}">{}</a>`, link, title)
}

// nextParent returns the link to the page just above one, to which the key Esc leads.
func nextParent(link, title string) markup.Text {
	return markup.Format(`<a class="quiet" href="{}" data-back>{}</a>`, link, title)
}

func (p *homePage) put(w *markup.Writer, _ *view) {
	p.putHead(w, p.Name)
	w.Put(`
<div{}>`, refreshed("data", p.Home, "state from:body"))
	for _, group := range p.Groups {
		w.Put(`
<section>
<h2>{}</h2>`, group.Title)
		group.putItems(w)
		w.Put(`
</section>`)
	}
	w.Put(`
</div>`)
}

func (g *homeGroup) putItems(w *markup.Writer) {
	if len(g.Items) == 0 {
		putEmpty(w, "No "+g.Title, g.Empty)
		return
	}
	w.Put(`
<div class="table-box" tabindex="0" role="region" aria-label="{}">
<table data-rows>
  <thead><tr><th scope="col">Name</th><th scope="col">Slug</th><th scope="col" class="number">Count</th><th scope="col"><span class="quiet">View</span></th></tr></thead>
  <tbody>`, g.Title)
	for _, item := range g.Items {
		w.Put(`
    <tr data-key="{}">
      <td><a href="{}" data-open>{}</a></td>
      <td class="path">{}</td>
      <td class="number">{}</td>
      <td>`, item.Link, item.Link, item.Title, item.Slug, item.Count)
		if item.Board != "" {
			w.Put(`<a href="{}">Board</a>`, item.Board)
		}
		w.Put(`</td>
    </tr>`)
	}
	w.Put(`
  </tbody>
</table>
</div>`)
}
