package console_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/net/html"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// hostile is what somebody could write wherever a text is allowed, to get a script into a page; hostileURL where only an
// address is.
const (
	hostile    = `"'><script>alert(1)</script><img src=x onerror=alert(2)>[x](javascript:alert(3)){{.}}` + "`${alert(4)}`"
	hostileURL = `javascript:alert(5)`
)

// hostileScenario returns the scenario with one thing of every kind, with a hostile text in every place that takes one.
func hostileScenario(t *testing.T) string {
	t.Helper()
	var tree yaml.MapSlice
	if err := yaml.UnmarshalWithOptions([]byte(exercise.Scenario()), &tree, yaml.UseOrderedMap()); err != nil {
		t.Fatal(err)
	}
	text := func() string {
		encoded, err := yaml.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		return string(encoded)
	}
	loads := func() bool {
		server, err := fake.Start(fake.YAML(text()), fake.WithoutSocket())
		if err == nil {
			server.Close()
		}
		return err == nil
	}
	if !loads() {
		t.Fatal("the scenario does not load")
	}
	replaced := 0
	try := func(was any, set func(any)) {
		if _, ok := was.(string); !ok {
			return
		}
		for _, text := range []string{hostile, hostileURL} {
			if set(text); loads() {
				replaced++
				return
			}
		}
		set(was)
	}
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case yaml.MapSlice:
			for i := range node {
				try(node[i].Value, func(to any) { node[i].Value = to })
				walk(node[i].Value)
			}
		case []any:
			for i := range node {
				try(node[i], func(to any) { node[i] = to })
				walk(node[i])
			}
		}
	}
	walk(tree[slices.IndexFunc(tree, func(item yaml.MapItem) bool { return item.Key == "users" })].Value)
	workspaces := tree[slices.IndexFunc(tree, func(item yaml.MapItem) bool { return item.Key == "workspaces" })].Value.(yaml.MapSlice)
	walk(workspaces[0].Value) // the other workspace holds the same
	if replaced < 40 {
		t.Errorf("only %d texts were replaced", replaced)
	}
	return text()
}

func TestNoTextOfAScenarioOrARequestBecomesMarkup(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(hostileScenario(t)))
	here := b.server.Workspace("here")
	for _, token := range []string{here.Tokens()[0].Value, hostile} {
		for _, path := range []string{"/v2/objects/companies/records", "/v2/notes", "/v2/" + url.PathEscape(hostile), "/v2/self?x=" + url.QueryEscape(hostile), "/" + url.PathEscape(hostileURL)} {
			b.call("POST", path, strings.ReplaceAll(token, "`", ""), fmt.Sprintf(`{"data":{"values":{"name":%q,"description":%q}, %q: 1}}`, hostile, hostileURL, hostile))
			b.call("PATCH", path, token, hostile)
		}
	}
	b.call("POST", "/v2/objects/companies/records", here.Tokens()[0].Value, fmt.Sprintf(`{"data":{"values":{"name":%q,"description":%q}}}`, hostile, hostileURL))
	b.do(http.MethodGet, "/v2/self", nil, "User-Agent", hostile, "X-"+strings.Repeat("a", 20), hostile)
	queries := []string{"?text=" + url.QueryEscape(hostile), "?operation=" + url.QueryEscape(hostile), "?status=" + url.QueryEscape(hostile), "?workspace=" + url.QueryEscape(hostile), "?at=" + url.QueryEscape(hostile)}
	waiting := []string{"/_fake/", "/_fake/console/login?next=" + url.QueryEscape(hostile), "/_fake/console/" + url.PathEscape(hostile), "/_fake/console/requests/" + url.PathEscape(hostile)}
	for _, query := range queries {
		waiting = append(waiting, "/_fake/"+query)
	}
	if seen := crawl(b, waiting, 600); len(seen) < 30 {
		t.Errorf("only %d pages were seen: %q", len(seen), slices.Sorted(maps.Keys(seen)))
	}
}

// crawl looks through pages and everything that they link to, at most so many, and reports markup that no template wrote.
func crawl(b *browser, waiting []string, most int) map[string]bool {
	b.t.Helper()
	seen := make(map[string]bool)
	for len(waiting) > 0 && len(seen) < most {
		path := waiting[0]
		waiting = waiting[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		page := b.do(http.MethodGet, path, nil)
		if page.status >= 500 {
			b.t.Errorf("%s: %d %s", path, page.status, page.body)
		}
		if !strings.HasPrefix(page.header.Get("Content-Type"), "text/html") {
			continue
		}
		for node := range page.document.Descendants() {
			for _, wrong := range foreignMarkup(node) {
				b.t.Errorf("%s: %s", path, wrong)
			}
			if href := attribute(node, "href"); node.Data == "a" && strings.HasPrefix(href, "/_fake/") {
				waiting = append(waiting, href)
			}
		}
	}
	return seen
}

// foreignMarkup says what a node has that no template of the console writes.
func foreignMarkup(node *html.Node) (wrong []string) {
	if node.Type != html.ElementNode {
		return nil
	}
	if node.Data == "script" && (node.FirstChild != nil || !strings.HasPrefix(attribute(node, "src"), "/_fake/console/static/")) {
		wrong = append(wrong, "a script "+textOf(node))
	}
	for _, a := range node.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), strings.HasPrefix(a.Key, "hx-on"), a.Key == "style", a.Key == "srcdoc":
			wrong = append(wrong, fmt.Sprintf("<%s %s=%q>", node.Data, a.Key, a.Val))
		case slices.Contains([]string{"href", "src", "action", "formaction", "hx-get", "hx-post", "data", "xlink:href"}, a.Key):
			address, err := url.Parse(strings.TrimSpace(a.Val))
			if err != nil || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, strings.ToLower(address.Scheme)) {
				wrong = append(wrong, fmt.Sprintf("<%s %s=%q>", node.Data, a.Key, a.Val))
			}
			if node.Data != "a" && address != nil && address.Host != "" {
				wrong = append(wrong, fmt.Sprintf("<%s %s=%q> loads from elsewhere", node.Data, a.Key, a.Val))
			}
		}
	}
	return wrong
}

func TestForeignMarkupIsFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		`<script>alert(1)</script>`:                                            1,
		`<script src="https://evil.example/x.js"></script>`:                    2,
		`<img src=x onerror=alert(1)>`:                                         1,
		`<img src="https://evil.example/x.png">`:                               1,
		`<a href=" JavaScript:alert(1)">x</a>`:                                 1,
		`<p style="color:red">x</p>`:                                           1,
		`<a href="https://fine.example">x</a> <a href="?at=1">y</a>`:           0,
		`<script src="/_fake/console/static/00/console.js"></script>`:          0,
		`<form action="/_fake/"><button formaction="data:x">b</button></form>`: 1,
	} {
		document, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for node := range document.Descendants() {
			found = append(found, foreignMarkup(node)...)
		}
		if len(found) != want {
			t.Errorf("%s: got %q", text, found)
		}
	}
}
