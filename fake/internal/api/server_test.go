package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// client calls a server as an integration does. Every answer is checked against Attio's OpenAPI document.
type client struct {
	t      testing.TB
	server *fake.Server
	http   *http.Client
	token  string
}

// newClient starts a server and uses the token of its workspace acme.
func newClient(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	server := fake.New(t, append(options, fake.WithoutSocket())...)
	return &client{t, server, &http.Client{Transport: contract.Transport(t, server.Transport())}, server.Token("acme")}
}

// as returns a client with another token.
func (c *client) as(token string) *client {
	other := *c
	other.token = token
	return &other
}

// in returns the client for a subtest.
func (c *client) in(t testing.TB) *client {
	other := *c
	other.t = t
	return &other
}

// answer is a server's answer with its body compacted.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// do sends a request, with a JSON body unless it is nil.
func (c *client) do(method, path string, body any, edits ...func(*http.Request)) answer {
	c.t.Helper()
	var reader io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		reader = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, c.server.URL+path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for _, edit := range edits {
		edit(request)
	}
	response, err := c.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(raw)}
}

func (c *client) get(path string, edits ...func(*http.Request)) answer {
	c.t.Helper()
	return c.do(http.MethodGet, path, nil, edits...)
}

// send sends a body that is JSON already; "" is none.
func (c *client) send(method, path, body string) answer {
	c.t.Helper()
	if body == "" {
		return c.do(method, path, nil)
	}
	return c.do(method, path, json.RawMessage(body))
}

// must sends a request that prepares the test and must succeed; it returns the body.
func (c *client) must(method, path, body string) string {
	c.t.Helper()
	got := c.send(method, path, body)
	if got.Status != http.StatusOK {
		c.t.Fatalf("%s %s: %d %s", method, path, got.Status, got.Body)
	}
	return got.Body
}

// wants compares a whole answer.
func (c *client) wants(got answer, status int, body string) {
	c.t.Helper()
	if diff := cmp.Diff(body, got.Body); got.Status != status || diff != "" {
		c.t.Errorf("status %d, want %d; the body (-want +got):\n%s", got.Status, status, diff)
	}
}

// header is an edit of a request.
func header(key, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(key, value) }
}

// refusal is the body of an error, compared as a whole.
func refusal(status, kind, code, message string) string {
	return `{"status_code":` + status + `,"type":"` + kind + `","code":"` + code + `","message":` + quote(message) + `}`
}

func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // encoding a string cannot fail
	return strings.TrimSpace(b.String())
}

// isOff is the error for a disabled standard object of acme, whatever the operation.
func isOff(slug string) string {
	return refusal("400", "invalid_request_error", "standard_object_disabled", `The Standard object with slug/ID "`+
		fake.ID("acme/objects/"+slug)+`" must be enabled by a Workspace admin before it can be used.`)
}

func notFound(message string) string {
	return refusal("404", "invalid_request_error", "not_found", message)
}
