package console

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// form is what a reader sent with a form that was refused, so that the page can show it again with the mistake.
type form struct {
	name, field, mistake string
	sent                 url.Values
}

// Was returns what the reader wrote into a field of a form, or what it shows otherwise.
func (f form) Was(name, field, otherwise string) string {
	if f.name != name {
		return otherwise
	}
	return f.sent.Get(field)
}

// Had reports whether the reader chose a value of a field.
func (f form) Had(name, field, value string) bool {
	if f.name == name {
		for _, chosen := range f.sent[field] {
			if chosen == value {
				return true
			}
		}
	}
	return false
}

// Wrong returns the mistake in a field of a form, if there is one.
func (f form) Wrong(name, field string) string {
	if f.name != name || f.field != field {
		return ""
	}
	return f.mistake
}

// action is what a form does.
type action struct {
	name   string   // of the form
	fields []string // a mistake is shown at the one that it names first, else at the first of these
	to     string   // where it leads
	do     func() error
	page   func(*http.Request, form) (page, error) // the page of the form
}

// act does what a form asks for. It then leads on, or shows the page again with the mistake.
func (c *Console) act(r *http.Request, a action) (page, error) {
	err := a.do()
	if err == nil {
		return seeOther(onward(r, a.to)), nil
	}
	if errors.As(err, new(*http.MaxBytesError)) {
		return page{}, err
	}
	shown, failed := a.page(r, form{a.name, fieldAtFault(err.Error(), a.fields), err.Error(), r.PostForm})
	shown.status = http.StatusUnprocessableEntity
	shown.frameOf = &url.URL{Path: a.to, RawQuery: r.URL.RawQuery}
	return shown, failed
}

// onward returns the path with the workspace and the moment that a request has chosen.
func onward(r *http.Request, path string) string {
	kept := url.Values{}
	for _, name := range []string{"workspace", "at"} {
		if value := r.URL.Query().Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + kept.Encode()
}

// fieldAtFault returns the field that a message names first, else the first field.
func fieldAtFault(message string, fields []string) string {
	first, field := len(message), ""
	for _, one := range fields {
		word := strings.ReplaceAll(strings.TrimSuffix(cmp.Or(calledOtherwise.Get()[one], one), "s"), "_", " ")
		if at := strings.Index(strings.ReplaceAll(message, "_", " "), word); at >= 0 && at < first {
			first, field = at, one
		}
	}
	if field == "" && len(fields) > 0 {
		field = fields[0]
	}
	return field
}

// calledOtherwise holds the words by which messages call fields whose name they do not use.
var calledOtherwise = lazy.Of[map[string]string]{Make: func() map[string]string {
	return map[string]string{"authorized_by": "member"}
}}

// filled returns the fields of a form that are not empty, as the control API takes them: the numbers as numbers. What is no
// number stays a text, which the control API refuses.
func filled(sent url.Values, texts, numbers []string) map[string]any {
	body := make(map[string]any)
	for _, name := range texts {
		if value := strings.TrimSpace(sent.Get(name)); value != "" {
			body[name] = value
		}
	}
	for _, name := range numbers {
		value := strings.TrimSpace(sent.Get(name))
		if value == "" {
			continue
		}
		body[name] = value
		var number json.Number
		if json.Unmarshal([]byte(value), &number) == nil && !strings.HasPrefix(value, `"`) {
			body[name] = cmp.Or(number, "0")
		}
	}
	return body
}
