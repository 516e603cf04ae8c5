package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p *formPage) put(w *markup.Writer, _ *view) {
	p.putHead(w, p.Heading, nextParent(p.Back, p.Collection.Title))
	if !p.Writable() {
		w.Put(`
<p class="banner warn">A moment of the past can only be read. Go back to now to change something.</p>`)
	}
	w.Put(`
<form method="post" action="{}">`, p.Action)
	putMistake(w, p.Mistake)
	w.Put(`
<div class="form">`)
	if p.IsEntry {
		w.Put(`
  <div class="field">
    <label for="parent">Record, by its id</label>
    <input id="parent" name="parent_record_id" value="{}">
  </div>`, p.Parent)
	}
	for i := range p.Fields {
		p.Fields[i].put(w)
	}
	w.Put(`
  <div class="field wide{}">
    <label for="json">More values, as JSON</label>
    <textarea id="json" name="json" class="code-field" placeholder="{&quot;name&quot;: &quot;Ada&quot;}" spellcheck="false">{}</textarea>`,
		markup.When(p.JSONMistake != "", " invalid"), p.JSON)
	putMistake(w, p.JSONMistake)
	does := "Save"
	if p.Create {
		does = "Create"
	}
	w.Put(`
    <p class="help">What you write here goes to Attio as it is, and wins over the fields above.</p>
  </div>
  <div class="actions">
    <button class="primary"{}>{}</button>
    <a class="button" href="{}">Cancel</a>
  </div>
</div>
</form>`, markup.When(!p.Writable(), " disabled"), does, p.Back)
}

func (f *field) put(w *markup.Writer) {
	if f.Control == "checks" || f.Control == "parts" {
		f.putSet(w)
		return
	}
	w.Put(`
  <div class="field{}" data-slug="{}">
    <label for="{}" title="{}, {}">{}{}</label>`, markup.When(f.Mistake != "", " invalid"), f.Slug,
		f.Name(), f.Slug, f.Type, f.Title, markup.When(f.Required, " (required)"))
	switch f.Control {
	case "select":
		f.putOptions(w)
	case "text":
		f.putInputs(w)
	case "json":
		f.putArea(w, "code-field")
	default:
		f.putArea(w, "low")
	}
	f.putEnd(w)
	w.Put(`
  </div>`)
}

// putSet writes a field that has several inputs.
func (f *field) putSet(w *markup.Writer) {
	w.Put(`
  <fieldset class="field{}" data-slug="{}">
    <legend class="quiet" title="{}, {}">{}{}</legend>`, markup.When(f.Mistake != "", " invalid"), f.Slug,
		f.Slug, f.Type, f.Title, markup.When(f.Required, " (required)"))
	for _, o := range f.Options {
		w.Put(`
    <label class="check"><input type="checkbox" name="{}" value="{}"{}> {}</label>`, f.Name(), o.Value, checkedIf(o.Chosen), o.Title)
	}
	for _, part := range f.Parts {
		w.Put(`
    <label>{} <input name="{}.{}" value="{}"></label>`, part.Title, f.Name(), part.Name, part.Value)
	}
	f.putEnd(w)
	w.Put(`
  </fieldset>`)
}

func (f *field) putOptions(w *markup.Writer) {
	w.Put(`
    <select id="{}" name="{}">`, f.Name(), f.Name())
	for _, o := range f.Options {
		w.Put(`<option value="{}"{}>{}</option>`, o.Value, selectedIf(o.Chosen), o.Title)
	}
	w.Put(`</select>`)
}

// putInputs writes an input for each value. The label belongs to the first.
func (f *field) putInputs(w *markup.Writer) {
	for i, input := range f.Inputs {
		attributes := markup.Attributes(` id="{}"`, f.Name())
		if i > 0 {
			attributes = markup.Attributes(` aria-label="{}, another"`, f.Title)
		}
		w.Put(`
    <input{} name="{}" value="{}" placeholder="{}">`, attributes, f.Name(), input, f.Help)
	}
}

// putArea writes the values in a field of several lines. Browsers leave out the line break before the first.
func (f *field) putArea(w *markup.Writer, class string) {
	w.Put(`
    <textarea id="{}" name="{}" class="{}" placeholder="{}">`, f.Name(), f.Name(), class, f.Help)
	for _, input := range f.Inputs {
		w.Put("\n{}", input)
	}
	w.Put(`</textarea>`)
}

// putEnd writes what the form remembers of the field, and the mistake in it.
func (f *field) putEnd(w *markup.Writer) {
	w.Put(`
    <input type="hidden" name="{}" value="{}">`, f.WasName(), f.Was)
	putMistake(w, f.Mistake)
}
