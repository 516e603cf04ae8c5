package control_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

func as(contentType string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Content-Type", contentType) }
}

func TestAScenarioIsLoadedAtRunTime(t *testing.T) {
	t.Parallel()
	for contentType, body := range map[string]string{
		"application/yaml":                "version: 1\nextends: [blank]\nworkspaces:\n  new: {tokens: {full: {scopes: all, token: secret}}}\n",
		"text/yaml; charset=utf-8":        "{version: 1, workspaces: {new: {tokens: {full: {scopes: all, token: secret}}}}}",
		"application/json":                `{"version": 1, "workspaces": {"new": {"tokens": {"full": {"scopes": "all", "token": "secret"}}}}}`,
		"application/json; charset=utf-8": `{"version": 1, "workspaces": {"new": {"tokens": {"full": {"scopes": "all", "token": "secret"}}}}}`,
	} {
		t.Run(contentType, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			c.do("GET", "/v2/objects", "", with(c.server.Token("acme")))
			c.do("POST", "/_fake/faults", `{"fault":"hang"}`)
			if got := c.do("PUT", "/_fake/scenario", body, as(contentType)); got != (answer{204, ""}) {
				t.Fatal(got)
			}
			if got := c.do("GET", "/_fake/requests", ""); got.Body != `{"requests":[]}` {
				t.Errorf("the requests of before are there: %v", got)
			}
			if got := c.do("GET", "/v2/objects", "", with("secret")); got.Status != 200 {
				t.Error(got)
			}
			c.server.Workspace("new").Rename("Other")
			c.do("POST", "/_fake/reset", "")
			if got := c.server.Workspace("new").Name(); got != "new" {
				t.Errorf("after a reset its name is %s", got)
			}
			if err := c.server.Reload(); err != nil || c.server.Workspace("acme").Name() == "" {
				t.Errorf("a reload does not lead back to what the server started with: %v", err)
			}
		})
	}
}

func TestAScenarioWithProblemsChangesNothing(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	before := c.server.Snapshot()
	c.do("POST", "/_fake/workspaces/acme/clone", `{"slug":"copy"}`)
	c.do("DELETE", "/_fake/workspaces/copy", "")
	type problem struct {
		Line, Column int
		Message      string
	}
	for name, tc := range map[string]struct {
		contentType, body string
		status            int
		problems          []problem
		message           string
	}{
		"every problem": {"application/yaml", "version: 1\nusers: {ada: {emial: x}}\nworkspaces: {acme: {members: {bob: admin}}}\n", 422, []problem{
			{2, 9, `the required key "email" is missing.`}, {2, 15, `unknown key "emial"; did you mean "email"?`}, {3, 31, `unknown user "bob"; known: ada`},
		}, ""},
		"a file":                       {"application/yaml", "version: 1\nextends: [other.yaml]\n", 422, []problem{{2, 11, "this scenario is not a file, so a path has nothing to be relative to; extend a built-in scenario"}}, ""},
		"a file outside":               {"application/json", `{"version": 1, "extends": ["/etc/passwd.yaml"]}`, 422, []problem{{1, 28, "this scenario is not a file, so a path has nothing to be relative to; extend a built-in scenario"}}, ""},
		"YAML sent as JSON":            {"application/json", "version: 1\n", 400, nil, `the body is not JSON: syntax error at line 1, column 1: version: 1` + "\n"},
		"nothing as JSON":              {"application/json", "", 400, nil, `the body is empty; it has to be a scenario`},
		"without a Content-Type":       {"", "version: 1\n", 415, nil, `the Content-Type has to be application/yaml or application/json, so that it is known how to read the scenario`},
		"of another type":              {"text/plain", "version: 1\n", 415, nil, `the Content-Type has to be application/yaml or application/json, so that it is known how to read the scenario`},
		"too large":                    {"application/yaml", strings.Repeat("#", 16<<20+1), 413, nil, `the body is larger than 16 MiB, the most that the control API accepts`},
		"with a slug that a clone had": {"application/yaml", "version: 1\nworkspaces: {copy: {}}\n", 409, nil, `workspace "copy": a clone of this server has or had that slug, and no slug is given twice; choose another or start the server anew`},
	} {
		t.Run(name, func(t *testing.T) {
			got := client{t, c.server}.do("PUT", "/_fake/scenario", tc.body, as(tc.contentType))
			var refused struct {
				Error    string
				Problems []problem
			}
			if err := json.Unmarshal([]byte(got.Body), &refused); err != nil || got.Status != tc.status {
				t.Fatal(got)
			}
			if tc.message != "" && refused.Error != tc.message {
				t.Errorf("it says %q", refused.Error)
			}
			for i := range refused.Problems { // the rest of the sentence has tests in package scenario
				if i < len(tc.problems) && strings.HasPrefix(refused.Problems[i].Message, tc.problems[i].Message) {
					refused.Problems[i].Message = tc.problems[i].Message
				}
			}
			if diff := cmp.Diff(tc.problems, refused.Problems); diff != "" {
				t.Errorf("%s\n%s", diff, refused.Error)
			}
			if diff := c.server.Diff(before, c.server.Snapshot()); len(diff) > 0 {
				t.Errorf("it changed %v", diff)
			}
		})
	}
}

func TestTheSchemaOfScenariosIsServed(t *testing.T) {
	t.Parallel()
	got := newClient(t, fake.ControlToken("open sesame")).do("GET", "/_fake/scenario.schema.json", "")
	if got.Status != 401 {
		t.Errorf("without the control token: %v", got)
	}
	var served, made any
	newClient(t).decode("/_fake/scenario.schema.json", &served)
	if err := json.Unmarshal(scenario.Schema(), &made); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, served); diff != "" {
		t.Error(diff)
	}
}
