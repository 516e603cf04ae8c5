package exercise_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// target is a server to which a fuzz test sends every request, each time in its initial state.
type target struct {
	server *fake.Server
	fresh  fake.Snapshot
	token  string
	log    *bytes.Buffer // the server's log of its own failures
	reads  []exercise.Request
}

func newTarget(f *testing.F) *target {
	f.Helper()
	log := new(bytes.Buffer)
	nobody := &http.Client{Transport: unreachable{}}
	server := fake.New(f, fake.YAML(exercise.Scenario()), fake.WithoutSocket(), fake.Logger(slog.New(slog.NewTextHandler(log, nil))), fake.WebhookClient(nobody))
	target := &target{server: server, fresh: server.Snapshot(), token: server.Token("here"), log: log}
	for _, r := range exercise.Requests() {
		if r.Method == http.MethodGet {
			target.reads = append(target.reads, r.In("here"))
		}
	}
	return target
}

// unreachable is a network for webhooks in which there is no host.
type unreachable struct{}

func (unreachable) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("unreachable")
}

// ask sends a request and checks what must hold for every answer: the server did not fail, the answer conforms to
// Attio's contract, a refusal changed nothing, and after a success whatever the request was about can still be read.
func (target *target) ask(t *testing.T, r exercise.Request) {
	t.Helper()
	server := target.server.For(t)
	server.Restore(target.fresh)
	server.ClearRequests()
	request, answer := target.send(t, r)
	if strings.HasPrefix(request.URL.Path, "/v2/") {
		contract.Check(t, request, answer)
	}
	switch {
	case answer.Status >= 400:
		if diff := server.Diff(target.fresh, server.Snapshot()); len(diff) > 0 {
			t.Errorf("it answered %d, and changed %v", answer.Status, diff)
		}
	case r.Method != http.MethodGet:
		for _, read := range target.reads {
			if r.Method != http.MethodDelete && collection(read.Path) != collection(r.Path) {
				continue // it does not matter, except for what a deletion removes
			}
			if _, answer := target.send(t, read); answer.Status < 300 && !json.Valid(answer.Body) {
				t.Errorf("%s: %d %s", read.Path, answer.Status, answer.Body)
			}
		}
	}
}

// collection returns the first segment of a path after the version: "objects".
func collection(path string) string {
	steps := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '?' })
	return strings.Join(steps[min(1, len(steps)):min(2, len(steps))], "")
}

func (target *target) send(t *testing.T, r exercise.Request) (*http.Request, contract.Answer) {
	t.Helper()
	request, err := r.HTTP("https://api.attio.com", target.token)
	if err != nil {
		t.Skip("no client can send this")
	}
	request.RequestURI = request.URL.RequestURI()
	if request.Body == nil {
		request.Body = http.NoBody
	}
	target.log.Reset()
	got := httptest.NewRecorder()
	target.server.Handler().ServeHTTP(got, request)
	if got.Code >= 500 && got.Code != http.StatusNotImplemented {
		t.Fatalf("%s %s: %d\n%s", r.Method, r.Path, got.Code, target.log)
	}
	return request, contract.Answer{Status: got.Code, Header: got.Header(), Body: got.Body.Bytes()}
}

// requests returns the requests of all operations that are built, as they are sent to the first workspace.
func requests(f *testing.F, like func(exercise.Request) bool) []exercise.Request {
	f.Helper()
	var all []exercise.Request
	for _, r := range exercise.Requests() {
		if like(r) && api.Built(operation(f, r.Operation)) {
			all = append(all, r.In("here"))
		}
	}
	return all
}

// FuzzBody sends any body to every operation that accepts one. This and other fuzz tests that send whole requests are
// best run with -fuzzminimizetime=1s: shortening a long body takes Go longer than finding the next failure.
func FuzzBody(f *testing.F) {
	target := newTarget(f)
	rows := requests(f, func(r exercise.Request) bool { return r.Body != "" })
	for i, r := range rows {
		f.Add(i, r.Body)
	}
	f.Fuzz(func(t *testing.T, i int, body string) {
		if i < 0 || i >= len(rows) {
			t.Skip()
		}
		r := rows[i]
		r.Body = body
		target.ask(t, r)
	})
}

// FuzzQuery sends any query to every path, whether it takes one or not.
func FuzzQuery(f *testing.F) {
	target := newTarget(f)
	rows := requests(f, func(r exercise.Request) bool { return r.Method == http.MethodGet || strings.Contains(r.Path, "?") })
	for i, r := range rows {
		_, query, _ := strings.Cut(r.Path, "?")
		f.Add(i, query)
	}
	f.Fuzz(func(t *testing.T, i int, query string) {
		if i < 0 || i >= len(rows) {
			t.Skip()
		}
		r := rows[i]
		path, _, _ := strings.Cut(r.Path, "?")
		r.Path = path + "?" + query
		if !sendable(r.Path) {
			t.Skip()
		}
		target.ask(t, r)
	})
}

// FuzzPath sends any path with every method.
func FuzzPath(f *testing.F) {
	target := newTarget(f)
	methods := []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	for _, r := range requests(f, func(exercise.Request) bool { return true }) {
		for i, method := range methods {
			if method == r.Method {
				f.Add(i, r.Path, r.Body)
			}
		}
	}
	f.Fuzz(func(t *testing.T, i int, path, body string) {
		if i < 0 || i >= len(methods) || !sendable(path) || strings.HasPrefix(path, "/_fake") {
			t.Skip()
		}
		target.ask(t, exercise.Request{Method: methods[i], Path: path, Body: body})
	})
}

// sendable reports whether a path and a query can be in the first line of a request.
func sendable(path string) bool {
	parsed, err := url.ParseRequestURI(path)
	return err == nil && strings.HasPrefix(path, "/") && parsed.Host == "" && !strings.ContainsAny(path, " #")
}
