package console

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// page is the outcome of a request: a page to show, a place to go to, or a file.
type page struct {
	content content
	title   string
	status  int // 200 unless it is set

	workspace string   // whose page it is, if it is not the one of the parameter
	switchTo  string   // the path to which the workspace switch leads; "" for the page's own
	frameOf   *url.URL // the page whose frame it is, if it is not this one's

	seeOther string // the path to go to instead
	file     *file  // what to download instead
}

// content is what a page shows below the header.
type content interface {
	put(w *markup.Writer, v *view)
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

// view is what a page shows around its content.
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
}

type navItem struct {
	Title, Path string
	Current     bool
}

// link returns a link to a path of the console that keeps the chosen workspace and moment. The pairs are more
// parameters, by name and value; an empty value takes a parameter away.
func (v *view) link(path string, pairs ...string) string {
	query := url.Values{}
	if v.Workspace != "" {
		query.Set("workspace", v.Workspace)
	}
	if v.At > 0 {
		query.Set("at", strconv.Itoa(v.At))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if query.Del(pairs[i]); pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// answer sends a page, or the page of an error.
func (c *Console) answer(w http.ResponseWriter, r *http.Request, s section, shown page, err error) {
	switch {
	case err != nil:
		status := statusOf(err)
		shown = page{content: errorPage(err.Error()), title: http.StatusText(status), status: status}
	case shown.seeOther != "":
		http.Redirect(w, r, shown.seeOther, http.StatusSeeOther)
		return
	case shown.file != nil:
		w.Header().Set("Content-Type", shown.file.contentType)
		w.Header().Set("Content-Disposition", contentDisposition(shown.file.name))
		_, _ = w.Write(shown.file.content) // fails only if the client is gone
		return
	}
	render(w, cmp.Or(shown.status, http.StatusOK), shown.content, c.view(r, s, shown))
}

// contentDisposition makes a browser save a file under a name.
func contentDisposition(name string) string {
	return "attachment; filename*=UTF-8''" + url.PathEscape(name)
}

func (c *Console) view(r *http.Request, s section, shown page) *view {
	now, frozen := c.control.Clock()
	here := cmp.Or(shown.frameOf, r.URL)
	v := &view{
		Title: shown.title, Static: staticFolder.Get(), Workspaces: c.slugs(), SwitchTo: cmp.Or(shown.switchTo, here.Path),
		Frame: prefix + "frame?of=" + url.QueryEscape(here.RequestURI()), momentChoice: c.momentChoice(here), Now: now, Frozen: frozen, CanLogOut: c.control.Token() != "",
	}
	v.Workspace = cmp.Or(shown.workspace, here.Query().Get("workspace"))
	for _, other := range sections() {
		v.Nav = append(v.Nav, navItem{other.title, other.path, other.title == s.title})
	}
	return v
}

// render sends a page once it is complete.
func render(w http.ResponseWriter, status int, shown content, v *view) {
	var page markup.Writer
	v.putPage(&page, shown)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // fails only if the client is gone
}

// pretty indents JSON. It returns any other text as it is.
func pretty(text []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}
