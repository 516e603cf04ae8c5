package console

import (
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// textInput is a field of a form. Only the first three have to be set.
type textInput struct {
	of, name, label string // of is the name of the form
	value           string // what it shows before anything was sent
	list            string // the id of its suggestions
	placeholder     string
	help            string
	required        bool
}

// putInput writes a field, with what was sent and the mistake in it.
func (f form) putInput(w *markup.Writer, i textInput) {
	id, wrong := i.of+"-"+i.name, f.Wrong(i.of, i.name)
	w.Put(`
<div class="field{}">
  <label for="{}">{}</label>
  <input id="{}" name="{}" value="{}"{}{}{}{} autocomplete="off">`, markup.When(wrong != "", " invalid"), id, i.label,
		id, i.name, f.Was(i.of, i.name, i.value), markup.Attr("list", i.list), markup.Attr("placeholder", i.placeholder),
		markup.When(i.required, " required"), ariaInvalid(id, wrong))
	if i.help != "" {
		w.Put(`<p class="help">{}</p>`, i.help)
	}
	putWrong(w, id, wrong)
	w.Put(`
</div>`)
}

// selectInput is a field of a form that has options.
type selectInput struct {
	of, name, label string
	options         []string
	value           string // which is chosen before anything was sent
	none            string // the label of an empty option, if there is one
}

// putSelect writes a field that has options, with what was sent and the mistake in it.
func (f form) putSelect(w *markup.Writer, s selectInput) {
	id, wrong, was := s.of+"-"+s.name, f.Wrong(s.of, s.name), f.Was(s.of, s.name, s.value)
	w.Put(`
<div class="field{}">
  <label for="{}">{}</label>
  <select id="{}" name="{}"{}>`, markup.When(wrong != "", " invalid"), id, s.label,
		id, s.name, ariaInvalid(id, wrong))
	if s.none != "" {
		w.Put(`<option value="">{}</option>`, s.none)
	}
	putOptions(w, s.options, was)
	w.Put(`
  </select>`)
	putWrong(w, id, wrong)
	w.Put(`
</div>`)
}

// putOptions writes the options of a select, or the suggestions for an input.
func putOptions[T ~string](w *markup.Writer, options []T, chosen T) {
	for _, option := range options {
		w.Put(`<option{}>{}</option>`, selectedIf(option == chosen), string(option))
	}
}

// putSuggestions writes suggestions for an input.
func putSuggestions[T ~string](w *markup.Writer, id string, suggestions []T) {
	w.Put(`<datalist id="{}">`, id)
	for _, suggestion := range suggestions {
		w.Put(`<option value="{}"></option>`, string(suggestion))
	}
	w.Put(`</datalist>`)
}

// putWrong writes the mistake in a field.
func putWrong(w *markup.Writer, id, wrong string) {
	if wrong != "" {
		w.Put(`<p class="mistake" id="{}-mistake" role="alert">{}</p>`, id, wrong)
	}
}

// ariaInvalid marks a field that has a mistake.
func ariaInvalid(id, wrong string) markup.Text {
	if wrong == "" {
		return ""
	}
	return markup.Attributes(` aria-invalid="true" aria-describedby="{}-mistake"`, id)
}

// refreshed lets a part of a page be fetched again when something happens.
func refreshed(id, link, when string) markup.Text {
	return markup.Attributes(` id="{}" hx-get="{}" hx-select="#{}" hx-target="this" hx-swap="outerHTML" hx-trigger="{}"`, id, link, id, when)
}

// selectedIf marks the chosen option.
func selectedIf(is bool) markup.Text { return markup.When(is, " selected") }

// checkedIf marks a chosen checkbox.
func checkedIf(is bool) markup.Text { return markup.When(is, " checked") }

// openIf unfolds a part of a page.
func openIf(is bool) markup.Text { return markup.When(is, " open") }

// texts returns words of any kind as texts.
func texts[T ~string](words []T) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = string(word)
	}
	return all
}
