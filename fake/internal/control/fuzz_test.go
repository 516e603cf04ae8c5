package control_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// bodies holds a body for each route that takes one.
var bodies = map[string][]string{
	"POST /_fake/workspaces/{workspace}/clone": {`{}`, `{"slug":"other"}`},
	"PUT /_fake/workspaces/{workspace}/limits": {`{"limits":"attio"}`, `{"limits":null}`},
	"POST /_fake/clock":                        {`{"set":"2026-01-15T12:00:00Z","advance":"1h30m","frozen":true}`, `{"frozen":false}`, `{"advance":"-1h"}`},
	"POST /_fake/faults": {`{"fault":"rate-limited","operation":"records.*","times":1}`,
		`{"id":"f","fault":"slow","delay":"1s","method":"GET","path":"/v2/objects/*/records","workspace":"here","token":"full","after":1,"every":2,"probability":0.5,"seed":7}`},
	"PUT /_fake/webhooks/chaos":                                   {`{"duplicate":1,"reorder":2,"delay":"1m","batch":3,"lose_answers":1}`},
	"POST /_fake/webhooks/{webhook}/test":                         {``, `{"event_type":"record.created"}`},
	"PUT /_fake/webhooks/{webhook}/status":                        {`{"status":"inactive"}`},
	"PUT /_fake/scenario":                                         {`{"version":1}`},
	"PATCH /_fake/workspaces/{workspace}":                         {`{"name":"Other"}`},
	"POST /_fake/workspaces/{workspace}/members":                  {`{"email_address":"new@example.com","access_level":"admin"}`},
	"PATCH /_fake/workspaces/{workspace}/members/{member}":        {`{"access_level":"suspended","first_name":"X"}`},
	"POST /_fake/workspaces/{workspace}/invites":                  {`{"email_address":"guest@example.com","access_level":"admin"}`},
	"POST /_fake/workspaces/{workspace}/teams":                    {`{"name":"New","members":["ada_here","ivy_here"]}`},
	"PATCH /_fake/workspaces/{workspace}/teams/{team}":            {`{"name":"Other"}`, `{"members":["ivy_here"]}`},
	"POST /_fake/workspaces/{workspace}/tokens":                   {`{"name":"new","scopes":["note:read"]}`, `{"all_scopes":true,"kind":"app"}`},
	"POST /_fake/workspaces/{workspace}/threads/{thread}/resolve": {`{"member":"ada_here"}`},
	"POST /_fake/workspaces/{workspace}/threads/{thread}/reopen":  {`{"member":"system"}`},
	"POST /_fake/workspaces/{workspace}/emails":                   {`{"from":"x@example.com","to":["y@example.com"],"mailbox":"y@example.com","sent_at":"2026-01-15T12:00:00Z"}`},
	"POST /_fake/at/{request}/restore":                            {``, `{"to":"before"}`},
	"POST /_fake/requests/verify":                                 {`{"expectations":[{"operation":"records.create","body":{"data":{}},"times":1}]}`},
}

var methods = []string{"GET", "POST", "PUT", "DELETE", "PATCH"}

// FuzzControl sends arbitrary paths, queries and bodies to the control API. The server never fails, a refusal is a
// well-formed error and changes nothing, and a reset restores everything whatever was sent before.
func FuzzControl(f *testing.F) {
	addRoutes(f)
	var log bytes.Buffer
	server := fake.New(f, fake.YAML(exercise.Scenario()), fake.WithoutSocket(), fake.Logger(slog.New(slog.NewTextHandler(&log, nil))),
		fake.WebhookClient(&http.Client{Transport: unreachable{}}))
	fresh, start, token := server.Snapshot(), server.Now(), server.Token("here")
	send := func(method, path, body string) *httptest.ResponseRecorder {
		log.Reset()
		request := httptest.NewRequest(method, "/", strings.NewReader(body))
		request.URL, _ = url.ParseRequestURI(path) // checked above
		request.RequestURI = path
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer "+token)
		got := httptest.NewRecorder()
		server.Handler().ServeHTTP(got, request)
		return got
	}
	f.Fuzz(func(t *testing.T, method int, path, body string) {
		parsed, err := url.ParseRequestURI(path)
		if method < 0 || method >= len(methods) || err != nil || !strings.HasPrefix(path, "/_fake/") || strings.ContainsAny(path, " #") ||
			strings.Contains(path, "await") { // which may take a minute
			t.Skip()
		}
		server := server.For(t)
		server.Snapshot("first") // for the routes to name
		got := send(methods[method], path, body)
		attio := strings.Contains(parsed.Path, "/as/") // errors have Attio's form
		switch {
		case got.Code >= 500 && got.Code != http.StatusNotImplemented:
			t.Errorf("%d %s\n%s", got.Code, got.Body, &log)
		case got.Code >= 400:
			var refused struct{ Error, Message string }
			if err := json.Unmarshal(got.Body.Bytes(), &refused); err != nil || refused.Error == "" && !(attio && refused.Message != "") {
				t.Errorf("%d without an error: %s", got.Code, got.Body)
			}
			if diff := server.Diff(fresh, server.Snapshot()); len(diff) > 0 {
				t.Errorf("a request answered with %d changed %v", got.Code, diff)
			}
		case !attio && strings.HasPrefix(got.Header().Get("Content-Type"), "application/json") && !json.Valid(got.Body.Bytes()):
			t.Errorf("the body is not JSON: %s", got.Body)
		}

		if parsed.Path == "/_fake/scenario" {
			if err := server.Reload(); err != nil {
				t.Fatal(err)
			}
		}
		server.Reset()
		for _, name := range server.Snapshots() {
			server.DeleteSnapshot(name)
		}
		if diff := server.Diff(fresh, server.Snapshot()); len(diff) > 0 || !server.Now().Equal(start) {
			t.Errorf("after a reset the time is %v, and these changes are left: %v", server.Now(), diff)
		}
		if got := send("GET", "/v2/objects", ""); got.Code != http.StatusOK {
			t.Errorf("after a reset: %d %s", got.Code, got.Body)
		}
	})
}

// addRoutes adds every route of the control API, with and without its query, to the corpus.
func addRoutes(f *testing.F) {
	f.Helper()
	var document struct {
		Paths map[string]map[string]struct {
			Parameters  []struct{ Name, In string }
			RequestBody any
		}
	}
	if err := json.Unmarshal(control.Document(), &document); err != nil {
		f.Fatal(err)
	}
	names := strings.NewReplacer("{workspace}", "here", "{member}", "ada_here", "{path}", "v2/objects", "{snapshot}", "first", "{token}", "full",
		"{object}", "deals", "{thread}", "none", "{email}", "none", "{recipient}", "example.com", "{address}", "x@example.com", "{inbox}", "mine",
		"{webhook}", fake.ID("here/webhooks/hook"), "{delivery}", "none", "{fault}", "first")
	for path, routes := range document.Paths {
		for method, route := range routes {
			method = strings.ToUpper(method)
			query := url.Values{}
			for _, p := range route.Parameters {
				if p.In == "query" {
					query.Set(p.Name, "here")
				}
			}
			seeds := bodies[method+" "+path]
			if route.RequestBody != nil && seeds == nil {
				f.Errorf("%s %s takes a body; add one to bodies", method, path)
			}
			for _, body := range append(seeds, "") {
				f.Add(slices.Index(methods, method), names.Replace(path), body)
				f.Add(slices.Index(methods, method), names.Replace(path)+"?"+query.Encode(), body)
			}
		}
	}
}

// unreachable is a network for webhooks in which nothing answers.
type unreachable struct{}

func (unreachable) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("unreachable")
}
