package control_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// newLinkClient starts a server with a file, and returns a link to it.
func newLinkClient(t *testing.T, file fake.File, content string, options ...fake.Option) (client, fake.File, *url.URL) {
	t.Helper()
	c := newClient(t, append([]fake.Option{fake.FixedClock(noon), fake.YAML(
		`{version: 1, workspaces: {acme: {tokens: {full: {scopes: all}}, objects: {companies: {records: {navy: {name: Navy}}}}}}}`)}, options...)...)
	acme := c.server.Workspace("acme")
	file.Record = acme.Record("companies", "navy")
	file = acme.AddFile(file, []byte(content))
	return c, file, c.link(file.ID)
}

// link asks for a link to a file.
func (c client) link(id string) *url.URL {
	c.t.Helper()
	request, _ := http.NewRequest(http.MethodGet, c.server.URL+"/v2/files/"+id+"/download", nil)
	request.Header.Set("Authorization", "Bearer "+c.server.Token("acme"))
	response, err := c.server.Transport().RoundTrip(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	link, err := response.Location()
	if err != nil {
		c.t.Fatal(err)
	}
	return link
}

// fetch follows a link without any token.
func (c client) fetch(method string, link *url.URL, edits ...func(*http.Request)) (*http.Response, string) {
	c.t.Helper()
	request, err := http.NewRequest(method, link.String(), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, edit := range edits {
		edit(request)
	}
	response, err := c.server.Client().Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response, string(raw)
}

func TestALinkServesTheFile(t *testing.T) {
	t.Parallel()
	c, file, link := newLinkClient(t, fake.File{Name: "naïve.txt", ContentType: "text/plain; charset=utf-8"}, "hello, world", fake.ControlToken("open sesame"))
	header := func(key, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(key, value) }
	}
	for name, tc := range map[string]struct {
		method string
		edit   func(*http.Request)
		status int
		body   string
		length int64
	}{
		"all":                      {"GET", header("X", "y"), 200, "hello, world", 12},
		"its head":                 {"HEAD", header("X", "y"), 200, "", 12},
		"a range":                  {"GET", header("Range", "bytes=7-"), 206, "world", 5},
		"the end":                  {"GET", header("Range", "bytes=-3"), 206, "rld", 3},
		"a range beyond":           {"GET", header("Range", "bytes=12-"), 416, "invalid range: failed to overlap\n", 33},
		"what the client has":      {"GET", header("If-None-Match", `"`+file.ID+`"`), 304, "", 0},
		"what has not changed":     {"GET", header("If-Modified-Since", "Thu, 15 Jan 2026 12:00:00 GMT"), 304, "", 0},
		"an API token beside it":   {"GET", header("Authorization", "Bearer "+c.server.Token("acme")), 200, "hello, world", 12},
		"a range of another state": {"GET", func(r *http.Request) { r.Header.Set("Range", "bytes=7-"); r.Header.Set("If-Range", `"other"`) }, 200, "hello, world", 12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := client{t, c.server}
			response, body := c.fetch(tc.method, link, tc.edit)
			if response.StatusCode != tc.status || body != tc.body || response.ContentLength != tc.length {
				t.Errorf("%d %q, %d bytes", response.StatusCode, body, response.ContentLength)
			}
		})
	}
	response, _ := c.fetch("GET", link)
	got := map[string]string{}
	for _, key := range []string{"Content-Type", "Content-Disposition", "ETag", "Last-Modified", "Accept-Ranges", "Access-Control-Allow-Origin", "X-Content-Type-Options"} {
		got[key] = response.Header.Get(key)
	}
	want := map[string]string{
		"Content-Type": "text/plain; charset=utf-8", "Content-Disposition": "attachment; filename*=utf-8''na%C3%AFve.txt", "ETag": `"` + file.ID + `"`,
		"Last-Modified": "Thu, 15 Jan 2026 12:00:00 GMT", "Accept-Ranges": "bytes", "Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFileOfUnknownTypeIsServedAsBytes(t *testing.T) {
	t.Parallel()
	c, _, link := newLinkClient(t, fake.File{Name: "page"}, "<html>")
	response, body := c.fetch("GET", link)
	if kind := response.Header.Get("Content-Type"); kind != "application/octet-stream" || body != "<html>" {
		t.Errorf("%s %q", kind, body)
	}
}

func TestEveryPageFollowsALink(t *testing.T) {
	t.Parallel()
	c, _, link := newLinkClient(t, fake.File{Name: "a"}, "hello")
	foreign := func(r *http.Request) {
		r.Host = "attio.example"
		r.Header.Set("Origin", "https://app.example")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	preflight, _ := c.fetch("OPTIONS", link, foreign, func(r *http.Request) {
		r.Header.Set("Access-Control-Request-Method", "GET")
		r.Header.Set("Access-Control-Request-Headers", "authorization") // browsers keep this header across a redirect on the same host
	})
	if allowed := preflight.Header.Get("Access-Control-Allow-Headers"); preflight.StatusCode != 204 || allowed != "authorization" {
		t.Errorf("preflight: %d %q", preflight.StatusCode, allowed)
	}
	for _, response := range []*http.Response{preflight, first(c.fetch("GET", link, foreign))} {
		if origin := response.Header.Get("Access-Control-Allow-Origin"); response.StatusCode >= 300 || origin != "*" {
			t.Errorf("%s: %d, allowed to %q", response.Request.Method, response.StatusCode, origin)
		}
	}
}

func first(response *http.Response, _ string) *http.Response { return response }

func TestALinkExpiresOnTheServersClock(t *testing.T) {
	t.Parallel()
	c, file, link := newLinkClient(t, fake.File{Name: "a"}, "hello")
	c.server.Advance(15*time.Minute - time.Second)
	if response, body := c.fetch("GET", link); response.StatusCode != 200 || body != "hello" {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	c.server.Advance(time.Second)
	want := `{"error":"this link has expired; download the file again to get another"}` + "\n"
	if response, body := c.fetch("GET", link); response.StatusCode != 403 || body != want {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if response, body := c.fetch("GET", c.link(file.ID)); response.StatusCode != 200 || body != "hello" {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

func TestAChangedLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	c, file, link := newLinkClient(t, fake.File{Name: "a"}, "hello")
	other := c.server.Workspace("acme").AddFile(fake.File{Record: file.Record, Name: "b"}, []byte("secret"))
	another, _, _ := newLinkClient(t, fake.File{Name: "a"}, "hello")
	want := `{"error":"this link was not made by this server, or it was changed"}` + "\n"
	for name, change := range map[string]func(*url.URL){
		"another file":      func(u *url.URL) { u.Path = strings.Replace(u.Path, file.ID, other.ID, 1) },
		"another workspace": func(u *url.URL) { u.Path = strings.Replace(u.Path, "/acme/", "/globex/", 1) },
		"a later end":       func(u *url.URL) { u.RawQuery = strings.Replace(u.RawQuery, "expires=1", "expires=2", 1) },
		"another signature": func(u *url.URL) { u.RawQuery = strings.Replace(u.RawQuery, "signature=", "signature=0", 1) },
		"no signature":      func(u *url.URL) { u.RawQuery = "expires=1768479300" },
		"no query":          func(u *url.URL) { u.RawQuery = "" },
		"no name":           func(u *url.URL) { u.Path = "/_fake/files/acme/" + file.ID },
		"nothing":           func(u *url.URL) { u.Path = "/_fake/files/" },
	} {
		changed := *link
		change(&changed)
		if response, body := c.fetch("GET", &changed); response.StatusCode != 403 || body != want {
			t.Errorf("%s: %d %s", name, response.StatusCode, body)
		}
	}
	if response, body := another.fetch("GET", link); response.StatusCode != 403 || body != want {
		t.Errorf("another server: %d %s", response.StatusCode, body)
	}
	renamed := *link
	renamed.Path = strings.TrimSuffix(renamed.Path, "/a") + "/dir/other name.txt"
	if response, body := c.fetch("GET", &renamed); response.StatusCode != 200 || body != "hello" {
		t.Errorf("by another name: %d %s", response.StatusCode, body)
	}
}

func TestALinkEndsWithItsFile(t *testing.T) {
	t.Parallel()
	c, file, link := newLinkClient(t, fake.File{Name: "a"}, "hello")
	c.server.Workspace("acme").DeleteFile(file.ID)
	if response, body := c.fetch("GET", link); response.StatusCode != 404 || body != `{"error":"the file of this link is gone"}`+"\n" {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if response, body := c.fetch("POST", link); response.StatusCode != 405 || body != `{"error":"a link to a file does not support POST"}`+"\n" {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}
