package control_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// The server's clock is years away from real time, so a Date that net/http set by itself would be noticed.
func TestEveryAnswerSaysWhenItWasMadeOnTheServersClock(t *testing.T) {
	t.Parallel()
	start := time.Date(2031, time.March, 1, 12, 30, 0, 0, time.UTC)
	scenario := `
version: 1
extends: [acme]
workspaces: {acme: {limits: attio, objects: {companies: {records: {one: {name: One}}}}, files: {f: {record: companies/one, text: Hello}}}}
`
	for name, options := range map[string][]fake.Option{
		"over a socket":    {fake.FixedClock(start), fake.YAML(scenario)},
		"without a socket": {fake.FixedClock(start), fake.YAML(scenario), fake.WithoutSocket()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, options...)
			file := srv.Workspace("acme").Files()[0].ID
			token := srv.Token("acme")
			for _, fault := range []fake.FaultKind{fake.RateLimited, fake.BadGateway, fake.Unavailable, fake.InvalidJSON} {
				srv.Fail(fault.On("self.identify").When(func(r *http.Request) bool { return r.Header.Get("X-Fault") == string(fault) }))
			}
			for _, request := range []struct {
				name, method, path, body string
				edit                     func(*http.Request)
				status                   int
			}{
				{"a success", "GET", "/v2/self", "", nil, 200},
				{"a success with a body", "POST", "/v2/objects/people/records/query", "{}", nil, 200},
				{"a preflight", "OPTIONS", "/v2/objects", "", nil, 204},
				{"a body that is wrong", "POST", "/v2/objects/people/records/query", "[", nil, 400},
				{"a token that is wrong", "GET", "/v2/objects", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 401},
				{"an unknown record", "GET", "/v2/objects/people/records/11111111-1111-4111-8111-111111111111", "", nil, 404},
				{"an unknown path", "GET", "/v3", "", nil, 404},
				{"a redirect to a download and the download", "GET", "/v2/files/" + file + "/download", "", nil, 200},
				{"a link that is wrong", "GET", "/_fake/files/x", "", nil, 403},
				{"a method that links do not have", "POST", "/_fake/files/x", "", nil, 405},
				{"an injected rate limit", "GET", "/v2/self", "", fault(fake.RateLimited), 429},
				{"an injected page", "GET", "/v2/self", "", fault(fake.BadGateway), 502},
				{"an injected text", "GET", "/v2/self", "", fault(fake.Unavailable), 503},
				{"an injected half", "GET", "/v2/self", "", fault(fake.InvalidJSON), 200},
				{"the control API", "GET", "/_fake/clock", "", nil, 200},
				{"an answer without a body", "DELETE", "/_fake/usage", "", nil, 204},
				{"a text", "GET", "/_fake/export", "", nil, 200},
				{"an error of the control API", "GET", "/_fake/nothing", "", nil, 404},
				{"what a colleague does", "GET", "/_fake/as/acme/ada/v2/objects", "", nil, 200},
				{"a move of the clock", "POST", "/_fake/clock", `{"advance":"1h"}`, nil, 200},
				{"after it", "GET", "/v2/self", "", nil, 200},
			} {
				r, err := http.NewRequest(request.method, srv.URL+request.path, strings.NewReader(request.body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Authorization", "Bearer "+token)
				r.Header.Set("Content-Type", "application/json")
				if request.edit != nil {
					request.edit(r)
				}
				client := http.DefaultClient
				if srv.URL == "https://api.attio.com" {
					client = srv.Client()
				}
				response, err := client.Do(r)
				if err != nil {
					t.Fatalf("%s: %v", request.name, err)
				}
				_ = response.Body.Close()
				if got, want := response.Header["Date"], srv.Now().Format(http.TimeFormat); response.StatusCode != request.status || len(got) != 1 || got[0] != want {
					t.Errorf("%s: got %d at %q, want %d at %s", request.name, response.StatusCode, got, request.status, want)
				}
				if retry, want := response.Header.Get("Retry-After"), srv.Now().Add(time.Second).Format(http.TimeFormat); request.status == 429 && retry != want {
					t.Errorf("%s: got Retry-After %q, want %s", request.name, retry, want)
				}
			}
		})
	}
}

func fault(kind fake.FaultKind) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("X-Fault", string(kind)) }
}

// In real time net/http dates an answer over a socket, and the transport one without.
func TestEveryAnswerHasADateInRealTimeWhichTheJournalKeeps(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]fake.Option{"over a socket": nil, "without a socket": {fake.WithoutSocket()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, options...)
			client := http.DefaultClient
			if srv.URL == "https://api.attio.com" {
				client = srv.Client()
			}
			before := time.Now().Truncate(time.Second)
			answer := func(path string) http.Header {
				response, err := client.Get(srv.URL + path)
				if err != nil {
					t.Fatal(err)
				}
				_ = response.Body.Close()
				return response.Header
			}
			srv.Advance(time.Hour)
			srv.Reset()
			for _, header := range []http.Header{answer("/v2/self"), answer("/_fake/clock"), srv.Requests()[0].AnswerHeader} {
				at, err := http.ParseTime(header.Get("Date"))
				if err != nil || at.Before(before) || at.After(time.Now()) || len(header["Date"]) != 1 {
					t.Errorf("dated %q: %v", header["Date"], err)
				}
			}
		})
	}
}
