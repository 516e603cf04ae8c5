package console

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *tablePage) put(w *markup.Writer, _ *view) {
	p.putHead(w, p.Collection.Title, nextParent(p.Home, "Data"))
	p.putToolbar(w)
	w.Put(`
<section id="rows" aria-label="{}">`, p.Collection.Title)
	putMistake(w, p.Mistake)
	switch {
	case len(p.Rows) > 0:
		p.putRows(w)
	case p.Mistake != "":
	case p.Count > 0:
		putEmpty(w, "There are not so many pages", "Go back to the first one.")
		p.putWayOut(w, p.First, "First")
	case p.Search != "" || p.Filter != "":
		putEmpty(w, "Nothing meets the search and the filter", "Change them, or clear them to see everything.")
		p.putWayOut(w, p.Clear, "Clear")
	default:
		putEmpty(w, "There is nothing here yet", "Create the first one with the button New, through the API, or in the scenario.")
	}
	w.Put(`
</section>`)
}

func (p *tablePage) putToolbar(w *markup.Writer) {
	w.Put(`
<form class="toolbar" method="get" action="{}" role="search" hx-get="{}" hx-select="#rows" hx-target="#rows" hx-swap="outerHTML" hx-push-url="true" hx-trigger="submit, input delay:250ms">`, p.Here, p.Here)
	p.putKept(w)
	if p.Sort != "" {
		w.Put(`<input type="hidden" name="sort" value="{}"><input type="hidden" name="dir" value="{}">`, p.Sort, p.Direction)
	}
	putFind(w, p.Search, p.Filter, p.Mistake)
	w.Put(`
  <details class="menu">
    <summary class="button">Columns</summary>
    <fieldset class="menu-body"><legend class="quiet">Columns</legend>`)
	for _, c := range p.Choices {
		w.Put(`
      <label class="check"><input type="checkbox" name="column" value="{}"{}> {}</label>`, c.Slug, checkedIf(c.Chosen), c.Title)
	}
	w.Put(`
    </fieldset>
  </details>
  <button class="primary">Filter</button>`)
	putButton(w, p.Board, "Board")
	putButton(w, p.New, "New")
	w.Put(`
</form>`)
}

func (p *tablePage) putRows(w *markup.Writer) {
	w.Put(`
<p class="quiet">{} to {} of {}</p>
<div class="table-box" tabindex="0" role="region" aria-label="Table of {}">
<table data-rows>
  <thead><tr>`, p.From, p.To, p.Count, p.Collection.Title)
	for i := range p.Columns {
		p.Columns[i].put(w)
	}
	w.Put(`
  </tr></thead>
  <tbody>`)
	for i := range p.Rows {
		p.Rows[i].put(w)
	}
	w.Put(`
  </tbody>
</table>
</div>
<nav class="pager" aria-label="Pages">`)
	putButton(w, p.First, "First")
	putTurns(w, p.Previous, p.Next)
	putButton(w, p.Last, "Last")
	w.Put(`
</nav>`)
}

func (c *column) put(w *markup.Writer) {
	class, sorted := markup.When(c.Number, ` class="number"`), ""
	if c.Link != "" {
		sorted = c.Sorted
	}
	w.Put(`
    <th scope="col"{}{} title="{}{}">`, markup.Attr("aria-sort", sorted), class, c.Slug, ifAny(", ", c.Type))
	if c.Link != "" {
		w.Put(`<a href="{}">{}</a></th>`, c.Link, c.Title)
	} else {
		w.Put(`{}</th>`, c.Title)
	}
}

func (r *row) put(w *markup.Writer) {
	w.Put(`
    <tr data-key="{}">
      <td class="row-name"><a href="{}" data-open>{}</a></td>`, r.Key, r.Link, r.Name)
	for _, cells := range r.Cells {
		isNumber := slices.ContainsFunc(cells, func(c cell) bool { return c.Kind == "number" })
		w.Put(`
      <td class="row-cell{}">`, markup.When(isNumber, " number"))
		putCells(w, cells)
		w.Put(`</td>`)
	}
	w.Put(`
    </tr>`)
}

// putWayOut writes the link that leads out of a table without rows.
func (p *tablePage) putWayOut(w *markup.Writer, link, text string) {
	w.Put(`
<nav class="pager" aria-label="Pages">`)
	putButton(w, link, text)
	w.Put(`</nav>`)
}
