package api_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const (
	wrongLength = "The API Key provided was invalid because it was the wrong length (API Keys should be 64 characters long). " +
		"You might not have copied the entire API key from your Admin panel?"
	unknownToken = "The API Key provided could not be found. This is most commonly caused by the token having been revoked."
	noToken      = "The Authorization header was not provided. Please pass your API Key as a Bearer token."
)

func unauthorized(message string) string {
	return refusal("401", "auth_error", "unauthorized", message)
}

func TestTokensAreCheckedAsAttioDoes(t *testing.T) {
	t.Parallel()
	c := newClient(t).as("")
	good := c.server.Token("acme")
	basic := func(user, password string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
	}
	for name, tc := range map[string]struct {
		authorization string
		status        int
		body          string // "" for any body of a success
	}{
		"a Bearer token":                          {"Bearer " + good, 200, ""},
		"the scheme in another case":              {"bearer " + good, 200, ""},
		"HTTP Basic with the token as user":       {basic(good, ""), 200, ""},
		"HTTP Basic with a password":              {basic(good, "ignored"), 200, ""},
		"no header":                               {"", 401, unauthorized(noToken)},
		"another scheme":                          {"Token " + good, 401, unauthorized(noToken)},
		"an empty token":                          {"Bearer ", 401, unauthorized(wrongLength)},
		"a token of the wrong length":             {"Bearer " + good[:63], 401, unauthorized(wrongLength)},
		"HTTP Basic with a token too long":        {basic(good+"0", ""), 401, unauthorized(wrongLength)},
		"an unknown token of the right length":    {"Bearer " + strings.Repeat("0", 64), 401, unauthorized(unknownToken)},
		"a token in another case is another one":  {"Bearer " + strings.ToUpper(good), 401, unauthorized(unknownToken)},
		"the right length but no hex is as known": {"Bearer " + strings.Repeat("z", 64), 401, unauthorized(unknownToken)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			got := c.get("/v2/workspace_members", func(r *http.Request) {
				if tc.authorization != "" {
					r.Header.Set("Authorization", tc.authorization)
				}
			})
			if got.Status != tc.status || tc.body != "" && got.Body != tc.body {
				t.Errorf("got %d %s", got.Status, got.Body)
			}
		})
	}
}

func TestATokenThatTheScenarioGivesMayHaveAnyLength(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`{version: 1, workspaces: {acme: {tokens: {short: {token: abc, scopes: all}}}}}`))
	if got := c.as("abc").get("/v2/workspace_members"); got.Status != 200 {
		t.Errorf("got %d %s", got.Status, got.Body)
	}
	if got := c.as("abd").get("/v2/workspace_members"); got.Body != unauthorized(wrongLength) {
		t.Errorf("got %s", got.Body)
	}
}

func TestAMissingScopeIsNamed(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	forbidden := func(scopes string) string {
		return refusal("403", "auth_error", "unauthorized",
			"The API Key provided is not authorized to perform the requested action. This request requires scopes: "+scopes+".")
	}
	for name, tc := range map[string]struct {
		scopes       []string
		method, path string
		status       int
		body         string
	}{
		"read is enough to read":             {[]string{"user_management:read"}, "GET", "/v2/workspace_members", 200, ""},
		"read-write is enough to read":       {[]string{"user_management:read-write"}, "GET", "/v2/workspace_members", 200, ""},
		"another resource's scope is not":    {[]string{"note:read-write"}, "GET", "/v2/workspace_members", 403, forbidden("Read access to the User Management scope")},
		"only what is missing is named":      {[]string{"record_permission:read", "object_configuration:read"}, "POST", "/v2/objects/people/records", 403, forbidden("Read-Write access to the Records scope")},
		"everything that is missing":         {nil, "POST", "/v2/objects/people/records", 403, forbidden("Read-Write access to the Records scope, Read access to the Object Configuration scope")},
		"scopes come before path parameters": {nil, "GET", "/v2/workspace_members/nonsense", 403, forbidden("Read access to the User Management scope")},
		"attributes of lists have their own": {[]string{"object_configuration:read"}, "GET", "/v2/lists/sales/attributes", 403, forbidden("Read access to the List Configuration scope")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.as(c.server.Workspace("acme").AddToken(fake.Token{Scopes: tc.scopes}).Value).in(t)
			got := c.do(tc.method, tc.path, nil)
			if got.Status != tc.status || tc.body != "" && got.Body != tc.body {
				t.Errorf("got %d %s", got.Status, got.Body)
			}
		})
	}
}

func TestWhatTheAPIDoesNotHaveIsNotFound(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, tc := range map[string]struct{ method, path, said string }{
		"records cannot be listed by GET":       {"GET", "/v2/objects/people/records?limit=5", "GET /v2/objects/people/records"},
		"a wrong verb":                          {"DELETE", "/v2/workspace_members", "DELETE /v2/workspace_members"},
		"an unknown collection":                 {"GET", "/v2/attributes/non-existent-id", "GET /v2/attributes/non-existent-id"},
		"a path without /v2":                    {"GET", "/workspace_members", "GET /workspace_members"},
		"the root":                              {"GET", "/", "GET /"},
		"a slash at the end makes another path": {"GET", "/v2/workspace_members/", "GET /v2/workspace_members/"},
		"doubled slashes too":                   {"GET", "/v2//workspace_members", "GET /v2//workspace_members"},
		"upper case too":                        {"GET", "/v2/Workspace_Members", "GET /v2/Workspace_Members"},
		"an escaped slash is no separator":      {"GET", "/v2/objects%2Fpeople", "GET /v2/objects%2Fpeople"},
		"attributes of neither target":          {"GET", "/v2/meetings/x/attributes", "GET /v2/meetings/x/attributes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.do(tc.method, tc.path, nil), 404, notFound(`Could not find endpoint "`+tc.said+`".`))
		})
	}
}

func TestAnOperationThatIsNotBuiltSaysSo(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.wants(c.send("POST", "/v2/sql", `{"sql":"SELECT 1"}`), 501, refusal("501", "invalid_request_error", "not_implemented", "fakeattio does not implement sql.query (POST /v2/sql): SQL is for Attio's Enterprise plan, and its functions and results are published in part only."))
}

func TestABodyOverTheLimitIsRefused(t *testing.T) {
	t.Parallel()
	// /v2/self reads no body, but a body must not keep the server reading.
	c := newClient(t)
	c.wants(c.do("GET", "/v2/self", strings.Repeat("x", 10<<20)), 413,
		refusal("413", "invalid_request_error", "validation_type", "Request body is too large, the limit is 10485760 bytes."))
}

func TestQueriesSayWhatTheyAreAccurateAtToTheMillisecond(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(noon))
	c.server.SetTime(noon.Add(795_863_421 * time.Nanosecond))
	for _, tc := range []struct{ method, path, body, want string }{
		{"POST", "/v2/objects/people/records/query", `{}`, "2026-01-15T12:00:00.795000000Z"},
		{"GET", "/v2/objects/people", "", "2026-01-15T12:00:00.795863000Z"},
	} {
		if got := c.send(tc.method, tc.path, tc.body).Header.Get("X-Accurate-At"); got != tc.want {
			t.Errorf("%s %s: want %s, got %s", tc.method, tc.path, tc.want, got)
		}
	}
}

func TestEveryAnswerHasAttiosHeaders(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(noon))
	always := map[string]string{
		"Content-Type":                  "application/json; charset=utf-8",
		"Access-Control-Allow-Origin":   "*",
		"Access-Control-Expose-Headers": "x-attio-client,x-attio-execution-id,x-attio-platform,x-attio-platform-version,x-attio-record-query-score,x-attio-app-installation-bundle-id,WWW-Authenticate",
		"Vary":                          "Origin",
		"X-Frame-Options":               "DENY",
	}
	for name, tc := range map[string]struct{ path, accurateAt string }{
		"a read":          {"/v2/workspace_members", "2026-01-15T12:00:00.000000000Z"},
		"/v2/self":        {"/v2/self", ""},
		"an error":        {"/v2/workspace_members/x", ""},
		"not an endpoint": {"/v2/nothing", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			got := c.get(tc.path)
			for key, want := range always {
				if diff := cmp.Diff([]string{want}, got.Header.Values(key)); diff != "" {
					t.Errorf("%s: %s", key, diff)
				}
			}
			if accurateAt := got.Header.Get("X-Accurate-At"); accurateAt != tc.accurateAt {
				t.Errorf("x-accurate-at: got %q, want %q", accurateAt, tc.accurateAt)
			}
			if again := c.get(tc.path); again.Header.Get("X-Attio-Execution-Id") == got.Header.Get("X-Attio-Execution-Id") {
				t.Error("two requests have one execution id")
			}
		})
	}
}
