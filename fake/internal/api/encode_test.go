package api_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// crowd is a scenario whose list of members is worth compressing.
func crowd() fake.Option {
	var yaml strings.Builder
	yaml.WriteString("version: 1\nusers:\n")
	for i := range 20 {
		fmt.Fprintf(&yaml, "  u%d: {email: u%d@example.com}\n", i, i)
	}
	yaml.WriteString("workspaces: {acme: {tokens: {full: {scopes: all}}, members: {")
	for i := range 20 {
		fmt.Fprintf(&yaml, "u%d: member, ", i)
	}
	yaml.WriteString("}}}\n")
	return fake.YAML(yaml.String())
}

func TestALargeAnswerIsCompressedForClientsThatAccept(t *testing.T) {
	t.Parallel()
	c := newClient(t, crowd())
	plain := c.get("/v2/workspace_members")
	for accept, want := range map[string]string{
		"gzip":              "gzip",
		"deflate, gzip":     "gzip",
		"br;q=1, gzip;q=.5": "gzip",
		"*":                 "gzip",
		"gzip;q=0":          "",
		"br":                "",
		"":                  "",
	} {
		t.Run(accept, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			got := c.get("/v2/workspace_members", header("Accept-Encoding", accept))
			if got.Header.Get("Content-Encoding") != want {
				t.Fatalf("content-encoding: got %q, want %q", got.Header.Get("Content-Encoding"), want)
			}
			body := got.Body
			if want != "" {
				unzip, err := gzip.NewReader(strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				raw, err := io.ReadAll(unzip)
				if err != nil {
					t.Fatal(err)
				}
				body = string(raw)
			}
			if body != plain.Body {
				t.Errorf("another body: %s", body)
			}
		})
	}
	if got := c.get("/v2/self", header("Accept-Encoding", "gzip")); got.Header.Get("Content-Encoding") != "" {
		t.Error("a short answer was compressed")
	}
}

func TestHeadAnswersAsGetWithoutABody(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	get, head := c.get("/v2/workspace_members"), c.do(http.MethodHead, "/v2/workspace_members", nil)
	if head.Status != 200 || head.Body != "" || head.Header.Get("Content-Length") != fmt.Sprint(len(get.Body)) {
		t.Errorf("got %d %q, content-length %s", head.Status, head.Body, head.Header.Get("Content-Length"))
	}
}

func TestABrowsersPreflightIsAnsweredForEveryPath(t *testing.T) {
	t.Parallel()
	got := newClient(t).as("").do(http.MethodOptions, "/v2/objects/people/records", nil,
		header("Origin", "https://app.example.com"),
		header("Access-Control-Request-Method", "POST"),
		header("Access-Control-Request-Headers", "authorization,content-type"))
	if got.Status != 204 || got.Body != "" {
		t.Errorf("got %d %q", got.Status, got.Body)
	}
	for key, want := range map[string]string{
		"Access-Control-Allow-Origin":  "*",
		"Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
		"Access-Control-Allow-Headers": "authorization,content-type",
	} {
		if got.Header.Get(key) != want {
			t.Errorf("%s: got %q", key, got.Header.Get(key))
		}
	}
}
