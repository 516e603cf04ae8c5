package console_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/fakeattio/fakeattio/fake"
)

const dataPath = "/_fake/console/data/"

// visitor opens pages of the console without a browser.
type visitor struct {
	t      testing.TB
	server *fake.Server
}

func newVisitor(t testing.TB, options ...fake.Option) visitor {
	t.Helper()
	return visitor{t, fake.New(t, append(options, fake.WithoutSocket())...)}
}

// document is an answer with HTML.
type document struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   string
	root   *html.Node
}

func (v visitor) do(r *http.Request) document {
	v.t.Helper()
	client := &http.Client{Transport: v.server.Transport(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		v.t.Fatal(err)
	}
	return document{v.t, response.StatusCode, response.Header, string(body), root}
}

// open opens a page below dataPath with parameters, given as pairs of names and values.
func (v visitor) open(path string, pairs ...string) document {
	v.t.Helper()
	return v.get(dataPath + path + "?" + parameters(pairs).Encode())
}

func (v visitor) get(path string) document {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodGet, v.server.URL+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.do(r)
}

func parameters(pairs []string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

// ok fails the test unless the page was shown.
func (d document) ok() document {
	d.t.Helper()
	if d.Status != http.StatusOK {
		d.t.Fatalf("status %d: %s", d.Status, d.text("main"))
	}
	return d
}

// all returns the elements that a selector names: "table tbody td.row-name", of tags and classes, and "#id".
func (d document) all(selector string) []*html.Node { return below(d.root, strings.Fields(selector)) }

func below(n *html.Node, selector []string) []*html.Node {
	var found []*html.Node
	for child := range n.ChildNodes() {
		rest := selector
		if child.Type == html.ElementNode && fits(child, selector[0]) {
			if rest = selector[1:]; len(rest) == 0 {
				found = append(found, child)
				rest = selector
			}
		}
		found = append(found, below(child, rest)...)
	}
	return found
}

func fits(n *html.Node, simple string) bool {
	if id, ok := strings.CutPrefix(simple, "#"); ok {
		return attr(n, "id") == id
	}
	tag, class, _ := strings.Cut(simple, ".")
	if tag != "" && n.Data != tag {
		return false
	}
	return class == "" || strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// texts returns the texts of the elements that a selector names, with single spaces.
func (d document) texts(selector string) []string {
	var all []string
	for _, n := range d.all(selector) {
		all = append(all, textOf(n))
	}
	return all
}

func (d document) text(selector string) string { return strings.Join(d.texts(selector), " | ") }

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// href returns the address of the first link with a text.
func (d document) href(text string) string {
	d.t.Helper()
	for _, n := range d.all("a") {
		if textOf(n) == text {
			return attr(n, "href")
		}
	}
	d.t.Fatalf("no link %q in %s", text, d.text("main"))
	return ""
}
