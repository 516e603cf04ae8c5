package console

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// Where the pages are.
const (
	home   = "/_fake/"
	prefix = "/_fake/console/"
)

// Console answers the requests for pages. Everything that costs time is made when the first page is asked for.
type Console struct {
	control *control.Handler
	router  func() *http.ServeMux
}

// New returns the pages of a server.
func New(h *control.Handler) *Console {
	c := &Console{control: h}
	c.router = sync.OnceValue(c.routes)
	return c
}

// section is an item of the navigation, with the pages below it.
type section struct {
	title, path string
	pages       []route
}

// route is a page or a form.
type route struct {
	method, path string
	handle       func(*Console, *http.Request) (page, error)
}

// sections lists the navigation in its order.
func sections() []section {
	return []section{requestSection(), dataSection(), webhookSection(), benchSection(), tokenSection(), docsSection()}
}

func (c *Console) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, s := range append(sections(), momentSection()) {
		for _, r := range s.pages {
			path := r.path
			if strings.HasSuffix(path, "/") {
				path += "{$}" // this path alone, not all below it
			}
			mux.Handle(r.method+" "+path, c.protected(func(w http.ResponseWriter, asked *http.Request) {
				shown, err := r.handle(c, asked)
				c.answer(w, asked, s, shown, err)
			}))
		}
	}
	mux.HandleFunc("GET "+prefix+"login", c.login)
	mux.HandleFunc("POST "+prefix+"login", c.logIn)
	mux.HandleFunc("POST "+prefix+"logout", c.logOut)
	mux.HandleFunc("GET "+prefix+"static/{hash}/{name}", c.static)
	mux.Handle("GET "+prefix+"events", c.protected(c.events))
	mux.Handle("GET /_fake", http.RedirectHandler(home, http.StatusPermanentRedirect))
	mux.Handle("/", c.protected(func(w http.ResponseWriter, asked *http.Request) {
		c.answer(w, asked, section{}, page{}, notFound("the console has no page %s", asked.URL.Path))
	}))
	return mux
}

// ServeHTTP answers one request. Package control has checked that it does not come from a page of another site.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cache-Control", "no-store")
	header.Set("Vary", "Cookie, HX-Request")
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	c.router().ServeHTTP(w, r)
}

// maxBody is the size of the largest form: one that holds a scenario.
const maxBody = 17 << 20

// policy lets pages load from this server only, and nothing in the document itself run or style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// slugs lists the workspaces for the switch.
func (c *Console) slugs() []string {
	var slugs []string
	for _, place := range c.control.Places() {
		slugs = append(slugs, place.Workspace)
	}
	return slugs
}

// workspace returns the slug of the workspace that a request asks for, or "" for all.
func (c *Console) workspace(r *http.Request) (string, error) {
	slug := r.URL.Query().Get("workspace")
	if slug != "" && momentOf(r) == 0 && !slices.Contains(c.slugs(), slug) {
		return "", notFound("there is no workspace %s", slug)
	}
	return slug, nil
}
