package api_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"
)

// download requests a file and follows no redirect.
func (c *client) download(id string, edits ...func(*http.Request)) answer {
	c.t.Helper()
	stay := *c
	stay.http = &http.Client{Transport: c.http.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return stay.get("/v2/files/"+id+"/download", edits...)
}

func TestADownloadRedirectsToALink(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	for name, path := range map[string]string{
		"a.txt":         "a.txt",
		"..":            "file",
		"50% off #1?":   "50%25%20off%20%231%3F",
		"日本 & more.pdf": "%E6%97%A5%E6%9C%AC%20&%20more.pdf",
	} {
		id := madeFile(t, c.upload(toNavy(filePart(name, "text/plain", "hello"))...))
		got := c.download(id)
		c.wants(got, 302, "")
		location := got.Header.Get("Location")
		want := regexp.MustCompile(`^https://api\.attio\.com/_fake/files/acme/` + id + "/" + regexp.QuoteMeta(path) + `\?expires=1768479300&signature=[0-9a-f]{64}$`)
		if !want.MatchString(location) {
			t.Errorf("%s: %s", name, location)
		}
		if again := c.download(id).Header.Get("Location"); again != location {
			t.Errorf("at one moment there are two links: %s and %s", location, again)
		}
		if parsed, err := url.Parse(location); err != nil || parsed.EscapedPath() != "/_fake/files/acme/"+id+"/"+path {
			t.Errorf("%s: %v %v", name, parsed, err)
		}
	}
}

func TestOnlyAFileThatAttioKeepsIsDownloaded(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	for kind, body := range map[string]J{
		"folder":           folderOf(navyID, "A"),
		"connected-file":   connected("connected-file", "box", "1"),
		"connected-folder": connected("connected-folder", "box", "1"),
	} {
		id := c.makeFile(body)
		c.wants(c.download(id), 400, refusal("400", "invalid_request_error", "validation_type",
			`File with ID "`+id+`" is a `+kind+` and cannot be downloaded.`))
	}
}

func TestALinkLeadsToWhereTheRequestWent(t *testing.T) {
	t.Parallel()
	c := newFileClient(t)
	id := madeFile(t, c.upload(toNavy(filePart("a", "", "hello"))...))
	for origin, edit := range map[string]func(*http.Request){
		"http://fake:8080":         func(*http.Request) {},
		"https://fake:8080":        func(r *http.Request) { r.TLS = new(tls.ConnectionState) },
		"https://attio.example":    func(r *http.Request) { r.Host = "attio.example"; r.Header.Set("X-Forwarded-Proto", "https") },
		"http://[::1]:49152":       func(r *http.Request) { r.Host = "[::1]:49152" },
		"http://host.docker:49152": func(r *http.Request) { r.Host = "host.docker:49152"; r.Header.Set("X-Forwarded-Proto", "http") },
	} {
		r := httptest.NewRequest(http.MethodGet, "http://fake:8080/v2/files/"+id+"/download", nil)
		r.Header.Set("Authorization", "Bearer "+c.token)
		edit(r)
		w := httptest.NewRecorder()
		c.server.Handler().ServeHTTP(w, r)
		location, err := url.Parse(w.Header().Get("Location"))
		if err != nil || location.Scheme+"://"+location.Host != origin {
			t.Errorf("%s: %v %v", origin, location, err)
		}
	}
}
