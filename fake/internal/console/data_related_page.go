package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

// putRelated writes what belongs to a record beside its values.
func (p *recordPage) putRelated(w *markup.Writer) {
	if p.HasNotes {
		putCard(w, "Notes", "notes", len(p.Notes), func() { p.putNotes(w) })
		putCard(w, "Tasks", "tasks", len(p.Tasks), func() { p.putTasks(w) })
	}
	if p.HasThreads {
		putCard(w, "Comments", "comments", len(p.Threads), func() { p.putThreads(w) })
	}
	if p.HasNotes {
		putCard(w, "Files", "files", len(p.Files), func() { p.putFiles(w) })
		putCard(w, "Meetings", "meetings", len(p.Meetings), func() { p.putMeetings(w) })
	}
	if p.HasEmails {
		putCard(w, "E-mails", "e-mails", len(p.Emails), func() { p.putEmails(w) })
	}
}

// putCard writes a section with so many things, and says so if there are none.
func putCard(w *markup.Writer, title, things string, count int, put func()) {
	w.Put(`
<section class="card" aria-label="{}">
  <h2>{}</h2>`, title, title)
	if count == 0 {
		w.Put(`<p class="quiet">There are no {}.</p>`, things)
	}
	put()
	w.Put(`
</section>`)
}

func (p *recordPage) putNotes(w *markup.Writer) {
	for i := range p.Notes {
		p.Notes[i].put(w, &p.PageOf)
	}
	if !p.Writable() {
		return
	}
	w.Put(`
  <details{}><summary>Add a note</summary>
  <form method="post" action="{}">`, openIf(p.Form == "note"), p.AddNote)
	p.putRefusal(w, "note")
	w.Put(`
    <div class="field"><label for="note-title">Title</label><input id="note-title" name="title" value="{}"></div>
    <div class="field"><label for="note-content">Content, in Markdown</label><textarea id="note-content" name="content">{}</textarea></div>
    <button class="primary">Add the note</button>
  </form>
  </details>`, p.Sent("note", "title"), p.Sent("note", "content"))
}

// putRefusal writes why Attio refused what was sent with a form, if it did.
func (f *failed) putRefusal(w *markup.Writer, form string) {
	if f.Form == form {
		putMistake(w, f.Mistake)
	}
}

func (p *recordPage) putTasks(w *markup.Writer) {
	for i := range p.Tasks {
		p.Tasks[i].put(w, &p.PageOf)
	}
	if !p.Writable() {
		return
	}
	w.Put(`
  <details{}><summary>Add a task</summary>
  <form method="post" action="{}">`, openIf(p.Form == "task"), p.AddTask)
	p.putRefusal(w, "task")
	w.Put(`
    <div class="field"><label for="task-content">Content</label><textarea id="task-content" name="content">{}</textarea></div>
    <div class="field"><label for="task-deadline">Deadline</label><input id="task-deadline" name="deadline_at" value="{}" placeholder="2026-01-31T12:00:00Z"></div>
    <div class="field"><label for="task-assignee">Assignee</label><select id="task-assignee" name="assignee"><option value="">Nobody</option>`,
		p.Sent("task", "content"), p.Sent("task", "deadline_at"))
	for _, member := range p.Members {
		w.Put(`<option value="{}">{}</option>`, member.Key, member.Name)
	}
	w.Put(`</select></div>
    <button class="primary">Add the task</button>
  </form>
  </details>`)
}

func (p *recordPage) putThreads(w *markup.Writer) {
	replied := p.Sent("comment", "thread_id")
	for i := range p.Threads {
		p.putThread(w, &p.Threads[i], replied)
	}
	if p.Writable() {
		w.Put(`
  <details{}><summary>Comment</summary>`, openIf(p.Form == "comment" && replied == ""))
		p.putCommentForm(w, "new", "")
		w.Put(`</details>`)
	}
}

func (p *recordPage) putThread(w *markup.Writer, t *threadShown, replied string) {
	w.Put(`
  <div class="thread">`)
	if t.Resolved {
		w.Put(`{}`, badge("ok", "resolved"))
	}
	for _, c := range t.Comments {
		w.Put(`
    <article class="comment">
      <p class="quiet">{}, {}`, c.Author, timeText(c.CreatedAt))
		p.putDelete(w, c.Delete)
		w.Put(`</p>
      <p class="said-text">{}</p>
    </article>`, c.Content)
	}
	if t.More {
		w.Put(`<p class="quiet">There are more comments.</p>`)
	}
	if p.Writable() {
		w.Put(`
    <details{}><summary>Reply</summary>`, openIf(p.Form == "comment" && replied == string(t.ID)))
		p.putCommentForm(w, string(t.ID), string(t.ID))
		w.Put(`</details>`)
	}
	w.Put(`
  </div>`)
}

// putCommentForm writes the form that begins a thread, or replies in one.
func (p *recordPage) putCommentForm(w *markup.Writer, id, thread string) {
	w.Put(`
<form method="post" action="{}">`, p.AddComment)
	if p.Sent("comment", "thread_id") == thread {
		p.putRefusal(w, "comment")
	}
	w.Put(`
  <input type="hidden" name="thread_id" value="{}">
  <div class="field"><label for="comment-{}">Comment</label><textarea id="comment-{}" name="content">{}</textarea></div>
  <div class="field"><label for="author-{}">Author</label><select id="author-{}" name="author">`, thread, id, id, p.Sent("comment", "content"), id, id)
	putPeople(w, p.Members)
	w.Put(`</select></div>
  <button class="primary">Add the comment</button>
</form>`)
}

func (p *recordPage) putFiles(w *markup.Writer) {
	for _, f := range p.Files {
		name := markup.Format(`{}`, f.Name)
		if f.Download != "" {
			name = markup.Format(`<a href="{}">{}</a>`, f.Download, f.Name)
		}
		w.Put(`
  <p>{} {} <span class="quiet">{} {}, {}</span>`, name, badge("", f.Type), f.Size, f.Provider, timeText(f.CreatedAt))
		p.putDelete(w, f.Delete)
		w.Put(`</p>`)
	}
}

func (p *recordPage) putMeetings(w *markup.Writer) {
	for i := range p.Meetings {
		p.Meetings[i].putLine(w)
	}
}

func (p *recordPage) putEmails(w *markup.Writer) {
	for _, e := range p.Emails {
		w.Put(`
  <p>{} {} <span class="quiet">{}`, orQuiet(e.Subject, "no subject"), badge("", e.Direction), timeText(e.SentAt))
		for _, one := range e.Participants {
			w.Put(`, {}`, one)
		}
		w.Put(`</span></p>`)
	}
}
