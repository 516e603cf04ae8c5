package console

import (
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// badge returns a text as a badge. Its class is its colour: ok, info, warn, bad, or none.
func badge(class, text string) markup.Text {
	if class != "" {
		class = " " + class
	}
	return markup.Format(`<span class="badge{}">{}</span>`, class, text)
}

// statusBadge returns the status of an answer as a badge.
func statusBadge(status int) markup.Text {
	switch {
	case status == 0:
		return badge("warn", "no answer")
	case status < 300:
		return badge("ok", number(status))
	case status < 400:
		return badge("info", number(status))
	case status < 500:
		return badge("warn", number(status))
	}
	return badge("bad", number(status))
}

// stateBadge returns the state of a delivery or a webhook as a badge.
func stateBadge(state string) markup.Text {
	switch state {
	case "delivered", "active":
		return badge("ok", state)
	case "failed", "inactive":
		return badge("bad", state)
	case "retrying", "dropped", "degraded":
		return badge("warn", state)
	}
	return badge("info", state)
}

// actionBadge returns what happened to a thing as a badge.
func actionBadge(action control.Action) markup.Text {
	switch action {
	case control.Created:
		return badge("ok", string(action))
	case control.Deleted:
		return badge("bad", string(action))
	}
	return badge("info", string(action))
}

// putEmpty writes what to do where there is nothing yet.
func putEmpty(w *markup.Writer, title, says string) {
	w.Put(`
<div class="empty">
  <p class="empty-title">{}</p>
  <p>{}</p>
</div>`, title, says)
}

// putMistake writes a mistake at a field or a form, if there is one.
func putMistake(w *markup.Writer, says string) {
	if says != "" {
		w.Put(`<p class="mistake" role="alert">{}</p>`, says)
	}
}

// putCode writes a block of code with a button that copies it.
func putCode(w *markup.Writer, id, label, text string) {
	w.Put(`
<div class="code">
  <button type="button" class="small copy" data-copy="#{}">Copy</button>
  <pre id="{}" tabindex="0" role="region" aria-label="{}"><code>{}</code></pre>
</div>`, id, id, label, text)
}

// putHeaders writes headers, folded.
func putHeaders(w *markup.Writer, lines []headerLine) {
	if len(lines) == 0 {
		return
	}
	w.Put(`
<details><summary>{}</summary>
<dl class="facts headers">`, plural(len(lines), "header", "headers"))
	for _, line := range lines {
		w.Put(`<dt>{}</dt><dd><code>{}</code></dd>`, line.Name, line.Value)
	}
	w.Put(`</dl>
</details>`)
}

// putChanges writes what things looked like before and after.
func putChanges(w *markup.Writer, things []changedThing) {
	for _, thing := range things {
		thing.put(w)
	}
}

func (t *changedThing) put(w *markup.Writer) {
	w.Put(`
<section class="card change">
  <h3>{} {}{} `, actionBadge(t.Action), string(t.Thing), ifAny(" in ", t.In))
	if t.Data != "" {
		w.Put(`<a href="{}"><code>{}</code></a></h3>`, t.Data, string(t.ID))
	} else {
		w.Put(`<code class="quiet">{}</code></h3>`, string(t.ID))
	}
	if len(t.Parts) > 0 {
		kind := "Field"
		if len(t.Attributes) > 0 {
			kind = "Attribute"
		}
		w.Put(`
  <div class="table-box" tabindex="0" role="region" aria-label="Changes of {} {}">
  <table>
    <thead><tr><th scope="col">{}</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
    <tbody>`, string(t.Thing), string(t.ID), kind)
		for _, part := range t.Parts {
			w.Put(`
      <tr><th scope="row">{}</th><td>`, part.Name)
			putTexts(w, `<del>{}</del> `, part.Before)
			w.Put(`</td><td>`)
			putTexts(w, `<ins>{}</ins> `, part.After)
			w.Put(`</td></tr>`)
		}
		w.Put(`
    </tbody>
  </table>
  </div>`)
	}
	w.Put(`
</section>`)
}

// putTexts writes each text in the same markup, or a dash where there are none.
func putTexts(w *markup.Writer, each markup.Text, texts []string) {
	for _, text := range texts {
		w.Put(each, text)
	}
	if len(texts) == 0 {
		w.Put(`<span class="quiet">–</span>`)
	}
}

// put writes how a workspace differs.
func (d *workspaceDiff) put(w *markup.Writer) {
	w.Put(`
<section aria-label="Workspace {}">
<h2>{}`, d.Workspace, d.Workspace)
	if d.Action != control.Changed {
		w.Put(` {}`, actionBadge(d.Action))
	}
	w.Put(` <span class="quiet">{}</span></h2>`, plural(len(d.Changed), "change", "changes"))
	putChanges(w, d.Changed)
	w.Put(`
</section>`)
}

// ifAny returns a text after some words, or nothing if it is empty.
func ifAny(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}
