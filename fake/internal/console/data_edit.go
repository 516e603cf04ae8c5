package console

import (
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// formPage is the data of the form that creates or changes a record or an entry.
type formPage struct {
	PageOf
	Collection collection
	Heading    string
	Back       string // the link to the page before
	Action     string
	Create     bool

	Fields  []field
	Parent  string // the id of the record of a new entry
	IsEntry bool   // of a new entry, whose record is asked for
	JSON    string // more values

	Mistake     string // what Attio says of no field in particular
	JSONMistake string // what is wrong with the field with more values
}

// newForm shows the form of a new record or entry.
func (c *Console) newForm(r *http.Request) (page, error) {
	l, k, err := c.lensOn(r)
	if err != nil {
		return page{}, err
	}
	form := l.form(k, nil)
	form.Parent = r.URL.Query().Get("parent_record_id")
	return l.showForm(form), nil
}

// editForm shows the form that changes a record or an entry.
func (c *Console) editForm(r *http.Request) (page, error) {
	l, k, found, err := c.lensOnRecord(r)
	if err != nil {
		return page{}, err
	}
	return l.showForm(l.form(k, found)), nil
}

// form returns the form of a record, filled with its values, or a blank one for a new record.
func (l *lens) form(k collection, r *record) formPage {
	data := formPage{PageOf: l.pageOf(k.path() + "/new"), Collection: k, Heading: "New", Back: l.link(k.path()), Action: l.link(k.path() + "/new"), Create: true}
	_, data.IsEntry = k.kind.(*world.List)
	if r != nil {
		item := k.item(r.id())
		data.PageOf, data.Heading, data.Back, data.Action = l.pageOf(item+"/edit"), "Edit "+l.name(k, r), l.link(item), l.link(item+"/edit")
		data.Create, data.IsEntry = false, false
	}
	for _, d := range l.writable(k) {
		var inputs []string
		if r != nil {
			inputs = l.inputsOf(d, r.values(d.Slug))
		}
		data.Fields = append(data.Fields, l.field(d, inputs, wasOf(inputs)))
	}
	return data
}

func (l *lens) showForm(form formPage) page {
	shown := page{content: &form, title: form.Heading + " · " + form.Collection.Title, workspace: l.slug, switchTo: dataPath}
	if form.Mistake != "" || form.JSONMistake != "" || slices.ContainsFunc(form.Fields, func(f field) bool { return f.Mistake != "" }) {
		shown.status = http.StatusUnprocessableEntity
	}
	return shown
}

// create makes a record or an entry.
func (c *Console) create(r *http.Request) (page, error) {
	l, k, err := c.lensOn(r)
	if err != nil {
		return page{}, err
	}
	return l.save(k, nil, r, func(values map[string]any) (attio.ID, error) {
		var made struct{ Data record }
		body := map[string]any{"values": values}
		if list, ok := k.kind.(*world.List); ok {
			body = map[string]any{"entry_values": values, "parent_object": l.state.Schema.SlugOf(list.Parent), "parent_record_id": r.PostForm.Get("parent_record_id")}
		}
		err := l.write(http.MethodPost, k.items(), body, &made)
		return made.Data.id(), err
	})
}

// edit changes a record or an entry. It writes the values that differ from those that the form was filled with, and with them
// replaces what the record has.
func (c *Console) edit(r *http.Request) (page, error) {
	l, k, found, err := c.lensOnRecord(r)
	if err != nil {
		return page{}, err
	}
	return l.save(k, found, r, func(values map[string]any) (attio.ID, error) {
		if len(values) == 0 {
			return found.id(), nil
		}
		body := map[string]any{"values": values}
		if k.Group == "lists" {
			body = map[string]any{"entry_values": values}
		}
		return found.id(), l.write(http.MethodPut, k.item(found.id()), body, nil)
	})
}

// save reads a form and writes its values. If Attio refuses them, the form is shown again with the refusal at its field.
func (l *lens) save(k collection, of *record, r *http.Request, write func(map[string]any) (attio.ID, error)) (page, error) {
	if err := r.ParseForm(); err != nil {
		return page{}, badRequest("this form cannot be read")
	}
	form := l.form(k, of)
	form.Parent, form.JSON = r.PostForm.Get("parent_record_id"), r.PostForm.Get("json")
	values, ok := l.sent(k, &form, r.PostForm)
	if !ok {
		return l.showForm(form), nil
	}
	id, err := write(values)
	if refused, ok := refusal(err); ok {
		if refused.Status == http.StatusNotFound && of != nil {
			return page{}, err
		}
		form.refuse(k, refused, slices.Sorted(maps.Keys(values)))
		return l.showForm(form), nil
	}
	if err != nil {
		return page{}, err
	}
	return seeOther(l.link(k.item(id))), nil
}

// sent fills a form with what was sent, and returns the values that were changed. It reports whether they can be written.
func (l *lens) sent(k collection, form *formPage, sent url.Values) (map[string]any, bool) {
	values, ok := make(map[string]any), true
	for i, d := range l.writable(k) {
		was := sent.Get(form.Fields[i].WasName())
		inputs := sentInputs(sent, d)
		form.Fields[i] = l.field(d, inputs, was)
		if wasOf(inputs) == was {
			continue
		}
		value, err := written(d, inputs)
		if err != nil {
			form.Fields[i].Mistake, ok = err.Error(), false
			continue
		}
		values[d.Slug] = value
	}
	if form.JSON != "" {
		more, err := readJSON(form.JSON)
		if err != nil {
			form.JSONMistake, ok = err.Error(), false
		}
		maps.Copy(values, more)
	}
	return values, ok
}

// refuse shows a refusal at the field that it is about.
func (p *formPage) refuse(k collection, refused *attio.Error, sent []string) {
	if slug, ok := place(refused, k.kind.Common().Attributes, sent); ok {
		for i := range p.Fields {
			if p.Fields[i].Slug == slug {
				p.Fields[i].Mistake = sentence(refused)
				return
			}
		}
	}
	p.Mistake = sentence(refused)
}
