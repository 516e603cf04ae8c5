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

// browser asks a server for pages and does not follow redirects.
type browser struct {
	t      testing.TB
	server *fake.Server
	cookie *http.Cookie
}

func newBrowser(t testing.TB, options ...fake.Option) *browser {
	t.Helper()
	return &browser{t: t, server: fake.New(t, append(options, fake.WithoutSocket())...)}
}

// answer is what a browser got.
type answer struct {
	status   int
	header   http.Header
	body     string
	document *html.Node
	cookies  []*http.Cookie
}

func (b *browser) do(method, path string, form url.Values, headers ...string) answer {
	b.t.Helper()
	request, err := http.NewRequest(method, b.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	if b.cookie != nil {
		request.AddCookie(b.cookie)
	}
	response, err := b.server.Transport().RoundTrip(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	document, err := html.Parse(strings.NewReader(string(raw)))
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(raw), document, response.Cookies()}
}

// get asks for a page, which has to be there.
func (b *browser) get(path string) answer {
	b.t.Helper()
	got := b.do(http.MethodGet, path, nil)
	if got.status != http.StatusOK {
		b.t.Fatalf("%s: %d %s", path, got.status, got.text("main"))
	}
	return got
}

// post sends a form that has to succeed, and returns where it leads.
func (b *browser) post(path string, form url.Values) string {
	b.t.Helper()
	got := b.do(http.MethodPost, path, form)
	if got.status != http.StatusSeeOther {
		b.t.Fatalf("%s: %d %s", path, got.status, got.text("main"))
	}
	return got.header.Get("Location")
}

// call sends a request to Attio's API.
func (b *browser) call(method, path, token, body string) {
	b.t.Helper()
	request, err := http.NewRequest(method, b.server.URL+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := b.server.Client().Do(request)
	if err != nil {
		return // a fault may break the connection
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
}

// find lists the elements that are selected: by a tag, a class or an id, such as "td", ".mistake" or "#changes".
func (a answer) find(selector string) []*html.Node { return find(a.document, selector) }

func find(within *html.Node, selector string) []*html.Node {
	var found []*html.Node
	for node := range within.Descendants() {
		if node.Type == html.ElementNode && selected(node, selector) {
			found = append(found, node)
		}
	}
	return found
}

func selected(node *html.Node, selector string) bool {
	switch selector[0] {
	case '#':
		return attribute(node, "id") == selector[1:]
	case '.':
		for _, class := range strings.Fields(attribute(node, "class")) {
			if class == selector[1:] {
				return true
			}
		}
		return false
	}
	return node.Data == selector
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text returns the text of the elements that are selected, each with its white space collapsed, one a line.
func (a answer) text(selector string) string {
	var texts []string
	for _, node := range a.find(selector) {
		texts = append(texts, textOf(node))
	}
	return strings.Join(texts, "\n")
}

func textOf(node *html.Node) string {
	var text strings.Builder
	for part := range node.Descendants() {
		if part.Type == html.TextNode {
			text.WriteString(part.Data + " ")
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

// rows returns the texts of the cells of every row of the body of the page's first table.
func (a answer) rows() [][]string {
	var rows [][]string
	for _, row := range a.find("tr") {
		var cells []string
		for _, cell := range find(row, "td") {
			cells = append(cells, textOf(cell))
		}
		if cells != nil {
			rows = append(rows, cells)
		}
	}
	return rows
}
