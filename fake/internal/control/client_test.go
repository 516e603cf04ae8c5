package control_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// client calls a server's control API, and holds every answer against the document.
type client struct {
	t      testing.TB
	server *fake.Server
}

func newClient(t testing.TB, options ...fake.Option) client {
	t.Helper()
	return client{t, fake.New(t, append(options, fake.WithoutSocket())...)}
}

// answer is a status and a body without its final line feed.
type answer struct {
	Status int
	Body   string
}

func (c client) do(method, path, body string, edits ...func(*http.Request)) answer {
	c.t.Helper()
	request, err := http.NewRequest(method, c.server.URL+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, edit := range edits {
		edit(request)
	}
	response, err := (&http.Client{Transport: checked{c.t, c.server.Transport()}}).Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, strings.TrimSpace(string(raw))}
}

// decode decodes the answer to a GET.
func (c client) decode(path string, into any) {
	c.t.Helper()
	got := c.do(http.MethodGet, path, "")
	if err := json.Unmarshal([]byte(got.Body), into); err != nil || got.Status != http.StatusOK {
		c.t.Fatalf("%s: %v %v", path, got, err)
	}
}
