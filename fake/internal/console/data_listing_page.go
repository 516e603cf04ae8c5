package console

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

func (p *notesPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, "Notes", nextParent(p.Home, "Data"))
	for i := range p.Notes {
		w.Put(`
<div class="card">`)
		p.Notes[i].put(w, &p.PageOf)
		w.Put(`
  <p class="quiet">On `)
		p.Notes[i].Record.put(w)
		w.Put(`</p></div>`)
	}
	if len(p.Notes) == 0 {
		putEmpty(w, "There are no notes", "Open a record to add one, or create one through the API.")
	}
	p.putPager(w)
}

func (p *tasksPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, "Tasks", nextParent(p.Home, "Data"))
	for i := range p.Tasks {
		w.Put(`
<div class="card">`)
		p.Tasks[i].put(w, &p.PageOf)
		w.Put(`</div>`)
	}
	if len(p.Tasks) == 0 {
		putEmpty(w, "There are no tasks", "Open a record to add one, or create one through the API.")
	}
	p.putPager(w)
}

func (p *meetingsPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, "Meetings", nextParent(p.Home, "Data"))
	if len(p.Meetings) > 0 {
		w.Put(`
<div class="card">`)
		for i := range p.Meetings {
			p.Meetings[i].putLine(w)
		}
		w.Put(`</div>`)
	} else {
		putEmpty(w, "There are no meetings", "Add them to the scenario, or create them through the API.")
	}
	p.putPager(w)
}

// putPager writes the links to the pages beside one.
func (p *listingPage) putPager(w *markup.Writer) {
	if p.Previous == "" && p.Next == "" {
		return
	}
	w.Put(`
<nav class="pager" aria-label="Pages">`)
	putTurns(w, p.Previous, p.Next)
	w.Put(`
</nav>`)
}

func (p *meetingPage) put(w *markup.Writer, _ *view) {
	m := &p.Meeting
	p.putHead(w, m.Title, parent(p.Home, "Data"), nextParent(p.All, "Meetings"))
	if p.Delete != "" {
		w.Put(`<p class="actions"><a class="button danger" href="{}">Delete</a></p>`, p.Delete)
	}
	w.Put(`
<section class="card" aria-label="Meeting">
  <dl class="facts">
    <dt>Time</dt><dd>{} to {}</dd>`, m.Start, m.End)
	if m.Description != "" {
		w.Put(`<dt>Description</dt><dd class="said-text">{}</dd>`, m.Description)
	}
	w.Put(`
    <dt>Participants</dt><dd>`)
	for _, name := range m.Participants {
		w.Put(`<div>{}</div>`, name)
	}
	w.Put(`{}</dd>
    <dt>Records</dt><dd>`, markup.When(len(m.Participants) == 0, "nobody"))
	for i := range m.Records {
		w.Put(`<div>`)
		m.Records[i].put(w)
		w.Put(`</div>`)
	}
	w.Put(`{}</dd>
  </dl>
</section>
<h2>Call recordings</h2>`, markup.When(len(m.Records) == 0, "none"))
	for i := range p.Recordings {
		p.Recordings[i].put(w)
	}
	if len(p.Recordings) == 0 {
		putEmpty(w, "Nothing was recorded", "Add a recording to the scenario, or create one through the API.")
	}
}

func (r *recordingShown) put(w *markup.Writer) {
	w.Put(`
<section class="card" aria-label="Call recording">
  <p>{}`, badge("", r.Status))
	if r.Video != "" {
		w.Put(` <a href="{}" rel="noreferrer">Video</a>`, r.Video)
	}
	w.Put(`</p>`)
	for _, s := range r.Segments {
		w.Put(`
  <p><span class="quiet">{} s {}</span> {}</p>`, strconv.FormatFloat(s.Start, 'f', 0, 64), s.Speaker.Name, s.Speech)
	}
	w.Put(`
</section>`)
}
