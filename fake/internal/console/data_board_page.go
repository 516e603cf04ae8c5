package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *boardPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, p.Collection.Title, parent(p.Home, "Data"))
	w.Put(`
<form class="toolbar" method="get" action="{}" role="search" hx-get="{}" hx-select="#board" hx-target="#board" hx-swap="outerHTML" hx-push-url="true" hx-trigger="submit, input delay:250ms">`, p.Here, p.Here)
	p.putKept(w)
	putFind(w, p.Search, p.Filter, p.Mistake)
	w.Put(`
  <button class="primary">Filter</button>
  <a class="button" href="{}" data-back>Table</a>`, p.Table)
	putButton(w, p.New, "New")
	w.Put(`
</form>
<div id="board">`)
	putMistake(w, p.Mistake)
	w.Put(`
<div class="board" tabindex="0" role="region" aria-label="Board by {}">`, p.Attribute)
	for i := range p.Columns {
		p.Columns[i].put(w)
	}
	w.Put(`
</div>
</div>`)
}

func (c *boardColumn) put(w *markup.Writer) {
	w.Put(`
  <section class="column" aria-label="{}">
    <h2><span>{}{}</span> <span class="badge" aria-label="{} of them">{}</span></h2>`, c.Title, c.Title, markup.When(c.Archived, ` <span class="badge">archived</span>`), c.Count, c.Count)
	for _, t := range c.Tiles {
		w.Put(`
    <article class="tile">
      <a href="{}">{}</a>`, t.Link, t.Name)
		for _, f := range t.Facts {
			w.Put(`
      <div class="tile-fact" title="{}">`, f.Title)
			putCells(w, f.Cells)
			w.Put(`</div>`)
		}
		w.Put(`
    </article>`)
	}
	if c.Count > len(c.Tiles) {
		w.Put(`<a href="{}">All {}</a>`, c.All, c.Count)
	}
	w.Put(`
  </section>`)
}
