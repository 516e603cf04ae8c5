package fake_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// outcome is what a client gets for a request.
type outcome struct {
	Status     int
	Body       string
	RetryAfter string // two headers that matter to tests
	Fault      string
	Broken     bool // whether the answer did not come, or not whole
}

// ask is the client of all tests: it sends one request, with a connection of its own: on one that was used before, Go's
// client would try again by itself.
func ask(ctx context.Context, client *http.Client, token, method, url, body string) outcome {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		panic(err) // a mistake in the test
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	r.Close = true
	response, err := client.Do(r)
	if err != nil {
		return outcome{Broken: true}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return outcome{
		Status: response.StatusCode, Body: string(text), Broken: err != nil,
		RetryAfter: response.Header.Get("Retry-After"), Fault: response.Header.Get("X-Fakeattio-Fault"),
	}
}

// send asks with the token of acme that may do everything, without a socket; the answer has to come.
func send(t testing.TB, srv *fake.Server, method, path, body string) (int, string) {
	t.Helper()
	return sendWith(t, srv, srv.Token("acme"), method, path, body)
}

// sendWith is send with a token.
func sendWith(t testing.TB, srv *fake.Server, token, method, path, body string) (int, string) {
	t.Helper()
	got := ask(context.Background(), srv.Client(), token, method, srv.URL+path, body)
	if got.Broken {
		t.Fatalf("%s %s: no answer, or half of one: %q", method, path, got.Body)
	}
	return got.Status, got.Body
}

// fetch asks for a URL, over whatever the client is connected to, and returns the body.
func fetch(t testing.TB, client *http.Client, url, token string) string {
	t.Helper()
	got := ask(context.Background(), client, token, http.MethodGet, url, "")
	if got.Broken {
		t.Fatalf("GET %s: no answer, or half of one: %q", url, got.Body)
	}
	return got.Body
}

// call asks for the people of acme, or creates one; the answer may break.
func call(ctx context.Context, client *http.Client, srv *fake.Server, method string) outcome {
	return callWith(ctx, client, srv, srv.Token("acme"), method)
}

// callWith is call with a token.
func callWith(ctx context.Context, client *http.Client, srv *fake.Server, token, method string) outcome {
	path, body := "/v2/workspace_members", ""
	if method == "POST" {
		path, body = "/v2/objects/people/records", `{"data":{"values":{"name":"Lovelace, Ada"}}}`
	}
	return ask(ctx, client, token, method, srv.URL+path, body)
}

// client is the code under test in an example; it returns the status of the answer.
func client(srv *fake.Server, token, method, path, body string) int {
	return ask(context.Background(), srv.Client(), token, method, srv.URL+path, body).Status
}

// printBody prints what the code under test is answered in an example.
func printBody(client *http.Client, url, token string) {
	got := ask(context.Background(), client, token, http.MethodGet, url, "")
	fmt.Println(got.Status, got.Body)
}

// patch changes a record of the workspace blank, as the code under test of an example would.
func patch(srv *fake.Server, path, body string) {
	if got := ask(context.Background(), srv.Client(), srv.Token("blank"), http.MethodPatch, srv.URL+path, body); got.Status != http.StatusOK {
		fmt.Println(got.Body)
	}
}
