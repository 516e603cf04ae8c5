package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const repeated = `
version: 1
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}, own: {scopes: [note:read], token: of-my-own}}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}, alan: {name: "Turing, Alan"}}}}
  other:
    tokens: {full: {scopes: all}}
`

// full sends the token acme/full and JSON.
func full(c client) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+c.server.Token("acme/full"))
		r.Header.Set("Content-Type", "application/json")
	}
}

func TestATestBeginsWithTheStateBeforeTheRequest(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(repeated))
	grace := "/v2/objects/people/records/" + fake.ID("acme/people/grace")
	c.do("PATCH", grace, `{"data": {"values": {"job_title": "Commodore"}}}`, full(c))
	c.do("PATCH", grace, `{"data": {"values": {"job_title": "Admiral"}}}`, full(c))
	c.do("DELETE", grace, "", full(c))
	source := c.server.TestOf(c.server.Requests()[1], "go")
	scenario, rest, ok := strings.Cut(source, "`))\n")
	for _, part := range []string{"grace: {", "Hopper, Grace", "Commodore", "full: {scopes: all}"} {
		if !strings.Contains(scenario, part) {
			t.Errorf("the scenario has no %q", part)
		}
	}
	for _, part := range []string{"alan", "Admiral", "other:", "of-my-own"} {
		if strings.Contains(scenario, part) {
			t.Errorf("the scenario has %q", part)
		}
	}
	if !ok || !strings.Contains(rest, `srv.Token("acme/full")`) || !strings.Contains(rest, "job_title: [{") || !strings.Contains(rest, `"value":"Admiral"`) {
		t.Error(source)
	}
}

func TestATestOfARefusalComparesTheMessage(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		send  func(client)
		parts []string
	}{
		"an unknown slug": {
			func(c client) {
				c.do("POST", "/v2/objects/people/records", `{"data": {"values": {"nmae": "x"}}}`, full(c))
			}, []string{"status == 400", `Cannot find attribute with slug/ID \"nmae\"`, "full: {scopes: all}"},
		},
		"no token": {func(c client) { c.do("GET", "/v2/self?x='", "") }, []string{`"/v2/self?x='"`, "status == 400", "Token was not recognised"}},
		"an unknown token": {func(c client) {
			c.do("GET", "/v2/objects", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+strings.Repeat("f", 64)) })
		}, []string{"status == 401", `"Bearer ` + strings.Repeat("0", 64) + `"`}},
		"a short token": {func(c client) {
			c.do("GET", "/v2/objects", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer short") })
		}, []string{"status == 401", `"Bearer unknown"`}},
		"HTTP Basic": {func(c client) {
			c.do("GET", "/v2/objects", "", func(r *http.Request) { r.SetBasicAuth("of-my-own", "") })
		}, []string{"status == 403", `"Basic b2YtbXktb3duOg=="`, "token: of-my-own"}},
		"no endpoint": {func(c client) { c.do("POST", "/v2/nothing", `{"a": 1}`, full(c)) }, []string{"status == 404", `'{"a": 1}'`}},
		"no JSON":     {func(c client) { c.do("POST", "/v2/objects/people/records", "{\x00`", full(c)) }, []string{"status == 400", `"{\x00` + "`"}},
		"a rate limit": {func(c client) {
			c.server.Workspace("acme").SetLimits(true)
			for c.do("POST", "/v2/tasks", `{}`, full(c)).Status != 429 {
			}
		}, []string{"status == 429", "fault: rate-limited", "A rate limit had been reached, for which a fault stands here."}},
		"a fault": {func(c client) {
			c.server.Fail(fake.BadGateway.Times(3))
			c.do("GET", "/v2/objects", "", full(c))
		}, []string{"status == 502", "fault: bad-gateway", "The server encountered a temporary error"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(repeated), fake.FixedClock(noon))
			test.send(c)
			requests := c.server.Requests()
			source := c.server.TestOf(requests[len(requests)-1], "python")
			for _, part := range test.parts {
				if !strings.Contains(source, part) {
					t.Errorf("there is no %s in %s", part, source)
				}
			}
		})
	}
}

func TestATestThatCannotBeMadeIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	upload := func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data; boundary=x") }
	const cannot = "request 1 cannot become a test"
	for name, test := range map[string]struct {
		send func(client)
		path string // of the control API; empty for a test in Go
		want answer
	}{
		"no such request": {func(client) {}, "/_fake/requests/1/test", answer{404, "the journal is empty, so it has no request 1"}},
		"no number":       {func(client) {}, "/_fake/requests/first/test", answer{400, `request is \"first\"; it has to be the number of a request, such as 17`}},
		"no language": {func(c client) { c.do("GET", "/v2/self", "") }, "/_fake/requests/1/test?lang=pyhton",
			answer{400, `unknown language \"pyhton\"; did you mean \"python\"? Known: go, ts, python, curl`}},
		"an upload": {func(c client) { c.do("POST", "/v2/files/upload", "--x--\r\n", full(c), upload) }, "",
			answer{422, cannot + ": it is an upload, and the journal does not keep the files that requests bring"}},
		"a long body": {func(c client) { c.do("POST", "/v2/tasks", strings.Repeat("x", 64<<10), full(c)) }, "",
			answer{422, cannot + ": its body has 64 KB or more, of which the journal has only the beginning"}},
		"a long path": {func(c client) { c.do("GET", "/v2/"+strings.Repeat("x", 8<<10), "", full(c)) }, "",
			answer{422, cannot + ": its path has more than 8 KB, of which the journal has only the beginning"}},
		"a secret of OAuth": {func(c client) {
			c.do("POST", "/oauth/token", "grant_type=authorization_code&client_secret=x", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") })
		}, "", answer{422, cannot + ": the journal does not keep the secrets of its body"}},
		"bytes": {func(c client) { c.do("POST", "/v2/tasks", "\xff", full(c)) }, "",
			answer{422, cannot + " in go: it has bytes that are not UTF-8, which a test cannot show as text"}},
		"a GET with a body": {func(c client) { c.do("GET", "/v2/self", "{}", full(c)) }, "/_fake/requests/1/test?lang=ts",
			answer{422, cannot + " in ts: it is a GET with a body, which fetch does not send; ask for a test in go, python or curl"}},
		"a NUL in bash": {func(c client) { c.do("POST", "/v2/tasks", "\x00", full(c)) }, "/_fake/requests/1/test?lang=curl",
			answer{422, cannot + " in curl: its body has a NUL, which bash cannot hold; ask for a test in go, ts or python"}},
		"a fault that disturbed the answer": {func(c client) {
			c.server.Fail(fake.InvalidJSON.Times(1))
			c.do("GET", "/v2/self", "", full(c))
		}, "", answer{422, cannot + `: the fault \"fault-1\" disturbed its answer (invalid-json); test how your client copes with that by injecting the fault`}},
		"a fault that is gone": {func(c client) {
			c.server.Fail(fake.InternalError.Times(1))
			c.do("GET", "/v2/self", "", full(c))
			c.server.ClearFaults()
		}, "", answer{422, cannot + `: the fault \"fault-1\" that it met is gone; it can become a test while the fault is there`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(repeated))
			test.send(c)
			path := test.path
			if path == "" {
				path = "/_fake/requests/1/test"
			}
			test.want.Body = `{"error":"` + test.want.Body + `"}`
			if diff := cmp.Diff(test.want, c.do("GET", path, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
