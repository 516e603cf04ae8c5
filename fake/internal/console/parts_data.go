package console

import (
	"cmp"
	"net/url"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// putCells writes the values of an attribute.
func putCells(w *markup.Writer, cells []cell) {
	for i := range cells {
		if i > 0 {
			w.Put(" ")
		}
		cells[i].put(w)
	}
}

func (c *cell) put(w *markup.Writer) {
	note := markup.Attr("title", c.Note)
	switch {
	case c.Href != "":
		w.Put(`<a href="{}"{}{}>{}</a>`, c.Href, markup.When(c.Out, ` rel="noreferrer"`), note, c.Text)
	case c.Kind == "badge":
		w.Put(`<span class="badge info"{}>{}</span>`, note, c.Text)
	case c.Kind == "stars":
		w.Put(`<span class="stars" role="img" aria-label="{}">{}</span>`, c.Note, c.Text)
	default:
		w.Put(`<span class="value-{}"{}>{}</span>`, c.Kind, note, c.Text)
	}
}

// putBar writes the form that chooses who looks.
func (p *PageOf) putBar(w *markup.Writer) {
	w.Put(`
  <form class="inline data-as" method="get" action="{}">
  <input type="hidden" name="workspace" value="{}">`, p.Here, p.Workspace)
	putKept(w, "at", number(p.At))
	w.Put(`
  <label for="as">In the name of</label>
  <select id="as" name="as" data-submit>`)
	putPeople(w, p.People)
	w.Put(`
  </select>
  <noscript><button>Go</button></noscript>
</form>`)
}

// putPeople writes options for people.
func putPeople(w *markup.Writer, people []person) {
	for _, one := range people {
		w.Put(`
    <option value="{}"{}>{}</option>`, one.Key, selectedIf(one.Chosen), one.Name)
	}
}

// putKept writes what a form keeps of the address.
func (p *PageOf) putKept(w *markup.Writer) {
	w.Put(`<input type="hidden" name="workspace" value="{}">`, p.Workspace)
	putKept(w, "at", number(p.At))
	for _, one := range p.People {
		if one.Chosen {
			putKept(w, "as", one.Key)
		}
	}
}

// putDelete writes a link to the page that deletes something and then leads back to this one.
func (p *PageOf) putDelete(w *markup.Writer, link string) {
	if p.Writable() {
		w.Put(` <a href="{}">Delete</a>`, link+"&back="+url.QueryEscape(p.Back))
	}
}

func (n *noteShown) put(w *markup.Writer, p *PageOf) {
	w.Put(`
<article class="note">
  <h3>{}</h3>
  <p class="quiet">{}, {}`, orQuiet(n.Title, "no title"), n.Author, timeText(n.CreatedAt))
	p.putDelete(w, n.Delete)
	w.Put(`</p>
  <div class="prose">{}</div>
</article>`, n.Content)
}

// orQuiet returns a text, or quiet words in its place if it is empty.
func orQuiet(text, otherwise string) markup.Text {
	if text == "" {
		return markup.Format(`<span class="quiet">{}</span>`, otherwise)
	}
	return markup.Format("{}", text)
}

func (t *taskShown) put(w *markup.Writer, p *PageOf) {
	w.Put(`
<article class="task">`)
	if p.Writable() {
		does, sign, completes := "Complete", "○", "true"
		if t.Completed {
			does, sign, completes = "Open again", "✓", "false"
		}
		w.Put(`
  <form method="post" action="{}">`, t.Toggle)
		p.putKept(w)
		w.Put(`
    <input type="hidden" name="back" value="{}">
    <input type="hidden" name="is_completed" value="{}">
    <button class="small" aria-label="{}: {}">{}</button>
  </form>`, p.Back, completes, does, t.Content, sign)
	}
	content := markup.Text(`<p class="said-text">{}</p>`)
	if t.Completed {
		content = `<p class="said-text"><s>{}</s></p>`
	}
	deadline := "no deadline"
	if t.Deadline != nil {
		deadline = "due " + timeText(*t.Deadline)
	}
	w.Put(`
  <div>
    `)
	w.Put(content, t.Content)
	w.Put(`
    <p class="quiet">{}`, deadline)
	for _, assignee := range t.Assignees {
		w.Put(`, {}`, assignee)
	}
	for i := range t.Records {
		w.Put(`, `)
		t.Records[i].put(w)
	}
	p.putDelete(w, t.Delete)
	w.Put(`</p>
  </div>
</article>`)
}

// putLine writes a meeting on one line.
func (m *meetingShown) putLine(w *markup.Writer) {
	w.Put(`
<p><a href="{}">{}</a> <span class="quiet">{} to {}</span></p>`, m.Link, cmp.Or(m.Title, "no title"), m.Start, m.End)
}

// putButton writes a link as a button, unless it leads nowhere.
func putButton(w *markup.Writer, link, text string) {
	if link != "" {
		w.Put(`<a class="button" href="{}">{}</a>`, link, text)
	}
}

// putTurns writes the links to the pages beside one.
func putTurns(w *markup.Writer, previous, next string) {
	if previous != "" {
		w.Put(`<a class="button" href="{}" rel="prev">Previous</a>`, previous)
	}
	if next != "" {
		w.Put(`<a class="button" href="{}" rel="next">Next</a>`, next)
	}
}

// putFind writes the fields by which a table or a board is narrowed.
func putFind(w *markup.Writer, search, filter, wrong string) {
	w.Put(`
  <div class="field grow">
    <label for="q">Search</label>
    <input id="q" name="q" type="search" value="{}" placeholder="a part of a text, or an id" data-search>
  </div>
  <div class="field grow{}">
    <label for="filter">Filter, in Attio's language</label>
    <input id="filter" name="filter" class="code-field" value="{}" placeholder="{&quot;name&quot;: {&quot;$contains&quot;: &quot;a&quot;}}" spellcheck="false" autocomplete="off">
  </div>`, search, markup.When(wrong != "", " invalid"), filter)
}
