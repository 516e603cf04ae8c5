package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *recordPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, p.Name, parent(p.Home, "Data"), nextParent(p.Table, p.Collection.Title))
	w.Put(`
<p class="actions">`)
	putButton(w, p.Edit, "Edit")
	w.Put(`
  <a class="button" href="{}">History</a>`, p.History)
	if p.Delete != "" {
		w.Put(`<a class="button danger" href="{}">Delete</a>`, p.Delete)
	}
	w.Put(`
  <span class="quiet">{} <code>{}</code>, created {}</span>
</p>
<div class="columns">
<div>`, p.Collection.One, string(p.ID), timeText(p.CreatedAt))
	p.putValues(w)
	p.putLinks(w)
	p.putLists(w)
	w.Put(`
</div>
<div>`)
	p.putRelated(w)
	w.Put(`
</div>
</div>`)
}

func (p *recordPage) putValues(w *markup.Writer) {
	w.Put(`
<section class="card" aria-label="Values">
  <h2>Values</h2>
  <dl class="facts">`)
	if p.Parent != nil {
		w.Put(`
    <dt>Record</dt><dd>`)
		p.Parent.put(w)
		w.Put(`</dd>`)
	}
	for i := range p.Values {
		f := &p.Values[i]
		w.Put(`
    <dt title="{}, {}">{}</dt>
    <dd data-slug="{}">`, f.Slug, f.Type, f.name(), f.Slug)
		putCells(w, f.Cells)
		w.Put(`</dd>`)
	}
	w.Put(`
  </dl>`)
	if len(p.Empty) > 0 {
		w.Put(`
  <details><summary>{} without a value</summary>
    <p class="quiet">`, plural(len(p.Empty), "attribute", "attributes"))
		for i := range p.Empty {
			w.Put(`{}{}`, markup.When(i > 0, ", "), p.Empty[i].name())
		}
		w.Put(`</p>
  </details>`)
	}
	w.Put(`
</section>`)
}

// name returns the title of an attribute, which leads to its history if it has one.
func (f *attributeFact) name() markup.Text {
	if f.History == "" {
		return markup.Format(`{}`, f.Title)
	}
	return markup.Format(`<a href="{}">{}</a>`, f.History, f.Title)
}

// putLinks writes what refers to the record.
func (p *recordPage) putLinks(w *markup.Writer) {
	if len(p.Links) == 0 {
		return
	}
	w.Put(`
<section class="card" aria-label="Linked from">
  <h2>Linked from</h2>
  <dl class="facts">`)
	for _, group := range p.Links {
		w.Put(`
    <dt>{}, {}</dt>
    <dd>`, group.Title, group.Attribute)
		for i := range group.Cells {
			w.Put(`{}`, markup.When(i > 0, ", "))
			group.Cells[i].put(w)
		}
		if group.Count > len(group.Cells) {
			w.Put(`, <a href="{}">all {}</a>`, group.All, group.Count)
		}
		w.Put(`</dd>`)
	}
	w.Put(`
  </dl>
</section>`)
}

// putLists writes the lists that the record is on, and those that it can be added to.
func (p *recordPage) putLists(w *markup.Writer) {
	if len(p.Entries) == 0 && len(p.Lists) == 0 {
		return
	}
	w.Put(`
<section class="card" aria-label="Lists">
  <h2>Lists</h2>`)
	if len(p.Entries) > 0 {
		w.Put(`
  <ul class="plain">`)
		for _, e := range p.Entries {
			w.Put(`
    <li><a href="{}">{}</a> <span class="quiet">since {}</span></li>`, e.Link, e.List, timeText(e.CreatedAt))
		}
		w.Put(`
  </ul>`)
	} else {
		w.Put(`
  <p class="quiet">It is on no list.</p>`)
	}
	if len(p.Lists) > 0 {
		w.Put(`<p class="actions"><span class="quiet">Add to</span>`)
		for _, list := range p.Lists {
			w.Put(` <a class="button small" href="{}">{}</a>`, list.Link, list.Name)
		}
		w.Put(`</p>`)
	}
	w.Put(`
</section>`)
}
