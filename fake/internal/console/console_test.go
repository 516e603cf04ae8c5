package console_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestPagesMayLoadAndRunNothingOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := busy(t)
	for _, path := range []string{"/_fake/", "/_fake/console/requests/1", "/_fake/console/login"} {
		got := b.get(path)
		want := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
		if policy := got.header.Get("Content-Security-Policy"); policy != want {
			t.Errorf("%s: got %q", path, policy)
		}
		for _, header := range [][2]string{{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "same-origin"}, {"X-Frame-Options", "DENY"}} {
			if value := got.header.Get(header[0]); value != header[1] {
				t.Errorf("%s: %s is %q", path, header[0], value)
			}
		}
		for _, script := range got.find("script") {
			if textOf(script) != "" || !strings.HasPrefix(attribute(script, "src"), "/_fake/console/static/") {
				t.Errorf("%s: a script of %q", path, attribute(script, "src"))
			}
		}
		for node := range got.document.Descendants() {
			for _, a := range node.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s=%q>", path, node.Data, a.Key, a.Val)
				}
			}
		}
	}
}

func TestStaticFilesAreKeptForEver(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.ControlToken("hush"))
	login := b.get("/_fake/console/login")
	files := []string{attribute(login.find("link")[0], "href"), attribute(login.find("link")[1], "href"), attribute(login.find("script")[0], "src"), attribute(login.find("script")[1], "src")}
	got := make(map[string]string)
	for _, file := range files {
		answer := b.get(file)
		if cache := answer.header.Get("Cache-Control"); cache != "public, max-age=31536000, immutable" {
			t.Errorf("%s: got %q", file, cache)
		}
		got[file[strings.LastIndex(file, "/")+1:]] = answer.header.Get("Content-Type")
	}
	want := map[string]string{
		"icon.svg": "image/svg+xml", "console.css": "text/css; charset=utf-8", "htmx.min.js": "text/javascript; charset=utf-8", "console.js": "text/javascript; charset=utf-8",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"/_fake/console/static/0000000000000000/console.css", strings.Replace(files[0], "icon.svg", "nothing", 1)} {
		if got := b.do(http.MethodGet, path, nil); got.status != http.StatusNotFound {
			t.Errorf("%s: got %d", path, got.status)
		}
	}
}

func TestThePathWithoutASlashLeadsToTheFirstPage(t *testing.T) {
	t.Parallel()
	got := newBrowser(t).do(http.MethodGet, "/_fake", nil)
	if got.status != http.StatusPermanentRedirect || got.header.Get("Location") != "/_fake/" {
		t.Errorf("got %d %v", got.status, got.header)
	}
}

func TestEventsTellWhatHappened(t *testing.T) {
	t.Parallel()
	server := fake.New(t, fake.YAML(scenario))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/_fake/console/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	lines.Scan() // the server now listens for what happens
	next := func() (events []string) {
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				events = append(events, name)
			} else if lines.Text() == "" && events != nil {
				return events
			}
		}
		t.Fatal("the stream has ended")
		return nil
	}
	lines.Scan()
	for _, step := range []struct {
		does string
		do   func()
		want string
	}{
		{"a request that reads", func() { (&browser{t: t, server: server}).call("GET", "/v2/self", "secret", "") }, "requests"},
		{"a write that no client asked for", func() { server.Workspace("acme").Create("people", fake.Values{"name": "Byron, Ada"}) }, "state"},
	} {
		step.do()
		if got := next(); got[0] != step.want {
			t.Errorf("%s: got %q, want %q", step.does, got, step.want)
		}
	}
	server.Close() // waits for all requests, so the stream has to end
}
