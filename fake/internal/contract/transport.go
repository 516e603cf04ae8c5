package contract

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// Transport returns a transport that passes requests to next (http.DefaultTransport if nil) and checks every answer to
// a request under /v2/, as Check does. It does not check HEAD and OPTIONS, because it is not known how Attio answers
// them.
func Transport(t TB, next http.RoundTripper) http.RoundTripper {
	t.Helper()
	if next == nil {
		next = http.DefaultTransport
	}
	return transport{t, next, newChecker(t, published)}
}

type transport struct {
	t       TB
	next    http.RoundTripper
	checker checker
}

func (c transport) RoundTrip(req *http.Request) (*http.Response, error) {
	c.t.Helper()
	resp, err := c.next.RoundTrip(req)
	if err != nil || !strings.HasPrefix(req.URL.Path, "/v2/") || req.Method == http.MethodHead || req.Method == http.MethodOptions {
		return resp, err
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil { // cut off, on purpose or not: the caller sees it, and there is nothing to check
		resp.Body = readCloser{io.MultiReader(bytes.NewReader(raw), failingReader{err}), resp.Body}
		return resp, nil
	}
	resp.Body = readCloser{bytes.NewReader(raw), resp.Body}
	answer, err := answerOf(resp, raw)
	if err != nil {
		c.t.Errorf("%s %s answered %d: %v", req.Method, req.URL.EscapedPath(), resp.StatusCode, err)
		return resp, nil
	}
	c.checker.check(c.t, req, answer)
	return resp, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }
