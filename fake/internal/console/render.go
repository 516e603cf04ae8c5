package console

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

//go:embed templates
var templates embed.FS

// page is the outcome of a request: a page to show, a place to go to, or a file.
type page struct {
	template string // the name of its file, without .html
	title    string
	data     any
	status   int // 200 unless it is set

	workspace string   // whose page it is, if it is not the one of the parameter
	switchTo  string   // the path to which the workspace switch leads; "" for the page's own
	frameOf   *url.URL // the page whose frame it is, if it is not this one's

	seeOther string // the path to go to instead
	file     *file  // what to download instead
}

// seeOther leads to a path after a form has done its work.
func seeOther(path string) page { return page{seeOther: path} }

// file is a download.
type file struct {
	name, contentType string
	content           []byte
}

// mistake is an error for the reader of a page, with the status of the answer.
type mistake struct {
	status  int
	message string
}

func (m *mistake) Error() string { return m.message }

func notFound(format string, args ...any) error {
	return &mistake{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) error {
	return &mistake{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// statusOf returns the status with which an error is answered.
func statusOf(err error) int {
	var own *mistake
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &own):
		return own.status
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	}
	return control.StatusOf(err)
}

// view is what the layout sees.
type view struct {
	Title      string
	Nav        []navItem
	Static     string // the folder of the static files
	Workspaces []string
	Workspace  string // the chosen one; "" for all
	SwitchTo   string
	Frame      string // where the clock and the moments of the page are updated from
	momentChoice
	Now       time.Time
	Frozen    bool
	CanLogOut bool
	Data      any
}

type navItem struct {
	Title, Path string
	Current     bool
}

// Link returns a link to a path of the console that keeps the chosen workspace and moment. The pairs are more
// parameters, by name and value; an empty value takes a parameter away.
func (v view) Link(path string, pairs ...any) (string, error) {
	query := url.Values{}
	if v.Workspace != "" {
		query.Set("workspace", v.Workspace)
	}
	if v.At > 0 {
		query.Set("at", fmt.Sprint(v.At))
	}
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("a parameter of the link to %s has no value", path)
	}
	for i := 0; i < len(pairs); i += 2 {
		name, value := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		if query.Del(name); value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return path, nil
	}
	return path + "?" + query.Encode(), nil
}

// answer sends a page, or the page of an error.
func (c *Console) answer(w http.ResponseWriter, r *http.Request, s section, shown page, err error) {
	switch {
	case err != nil:
		status := statusOf(err)
		shown = page{template: "error", title: http.StatusText(status), status: status, data: err.Error()}
	case shown.seeOther != "":
		http.Redirect(w, r, shown.seeOther, http.StatusSeeOther)
		return
	case shown.file != nil:
		w.Header().Set("Content-Type", shown.file.contentType)
		w.Header().Set("Content-Disposition", contentDisposition(shown.file.name))
		_, _ = w.Write(shown.file.content) // fails only if the client is gone
		return
	}
	c.render(w, cmp.Or(shown.status, http.StatusOK), shown.template, c.view(r, s, shown))
}

// contentDisposition makes a browser save a file under a name.
func contentDisposition(name string) string {
	return "attachment; filename*=UTF-8''" + url.PathEscape(name)
}

func (c *Console) view(r *http.Request, s section, shown page) view {
	now, frozen := c.control.Clock()
	here := cmp.Or(shown.frameOf, r.URL)
	v := view{
		Title: shown.title, Static: staticFolder(), Workspaces: c.slugs(), SwitchTo: cmp.Or(shown.switchTo, here.Path),
		Frame: prefix + "frame?of=" + url.QueryEscape(here.RequestURI()), momentChoice: c.momentChoice(here), Now: now, Frozen: frozen, CanLogOut: c.control.Token() != "", Data: shown.data,
	}
	v.Workspace = cmp.Or(shown.workspace, here.Query().Get("workspace"))
	for _, other := range sections() {
		v.Nav = append(v.Nav, navItem{other.title, other.path, other.title == s.title})
	}
	return v
}

// render writes a page once it is complete, so that a mistake in a template does not leave half of one.
func (c *Console) render(w http.ResponseWriter, status int, name string, v view) {
	var body bytes.Buffer
	parsed, err := c.template(name)
	if err == nil {
		err = parsed.ExecuteTemplate(&body, "layout.html", v)
	}
	if err != nil {
		http.Error(w, "the page cannot be shown: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // fails only if the client is gone
}

// template returns the template of a page, parsed when it is first asked for.
func (c *Console) template(name string) (*template.Template, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.parsed[name]; ok {
		return found, nil
	}
	parsed, err := template.New(name).Funcs(functions).ParseFS(templates, "templates/layout.html", "templates/parts*.html", "templates/"+name+".html")
	if err == nil {
		c.parsed[name] = parsed
	}
	return parsed, err
}

// functions are what templates can call.
var functions = template.FuncMap{
	"pretty": pretty,
	"clock":  func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") },
	"iso":    func(t time.Time) string { return attio.Time{Time: t}.String() },
	"ms":     func(milliseconds float64) string { return fmt.Sprintf("%.1f ms", milliseconds) },
	"join":   func(texts []string) string { return strings.Join(texts, ", ") },
	"plural": func(n int, one, many string) string {
		return fmt.Sprintf("%d %s", n, map[bool]string{true: one, false: many}[n == 1])
	},
	"delay":  func(d fault.Duration) time.Duration { return time.Duration(d) },
	"levels": world.TokenLevels,
	"dict":   dict,
	"last":   func(attempts []control.DeliveryAttempt) int { return len(attempts) - 1 },
}

// pretty indents JSON. It returns any other text as it is.
func pretty(text []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}

// dict returns the arguments of a part as a map: names and values in turn.
func dict(pairs ...any) (map[string]any, error) {
	arguments := make(map[string]any)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok || i+1 == len(pairs) {
			return nil, errors.New("dict takes names and values in turn")
		}
		arguments[name] = pairs[i+1]
	}
	return arguments, nil
}
