package control_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestTheServerIsHealthyOnceItAnswers(t *testing.T) {
	t.Parallel()
	got := newClient(t).do("GET", "/_fake/health", "")
	if diff := cmp.Diff(answer{200, `{"status":"ok"}`}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheControlAPIHasPlainErrorsOfItsOwn(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, tc := range map[string]struct {
		method, path, body string
		want               answer
	}{
		"an unknown route":     {"GET", "/_fake/nothing", "", answer{404, `{"error":"the control API has no /_fake/nothing"}`}},
		"a wrong verb":         {"PUT", "/_fake/reset", "", answer{405, `{"error":"/_fake/reset does not support PUT"}`}},
		"a body of plain text": {"POST", "/_fake/clock", `soon`, answer{400, `{"error":"the body is not JSON: syntax error at line 1, column 1: soon"}`}},
		"a body that is broken further down": {"POST", "/_fake/clock", `{"freeze": true,
  advance: "1h"}`, answer{400, `{"error":"the body is not JSON: syntax error at line 2, column 3: advance: \"1h\"}"}`}},
		"a body that ends too early":      {"POST", "/_fake/clock", `{"freeze": tr`, answer{400, `{"error":"the body is not JSON: it ends too early"}`}},
		"a body that ends before it ends": {"POST", "/_fake/clock", `{"freeze": true`, answer{400, `{"error":"the body is not JSON: it ends too early"}`}},
		"no body":                         {"POST", "/_fake/clock", ``, answer{400, `{"error":"the body is empty; it has to be an object with set, advance, freeze"}`}},
		"a body of another type":          {"POST", "/_fake/clock", `[]`, answer{400, `{"error":"the body is []; it has to be an object with set, advance, freeze"}`}},
		"a long body of another type":     {"POST", "/_fake/clock", `"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"`, answer{400, `{"error":"the body is \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; it has to be an object with set, advance, freeze"}`}},
		"a key of another type":           {"POST", "/_fake/clock", `{"freeze":"yes"}`, answer{400, `{"error":"freeze is \"yes\"; it has to be true or false"}`}},
		"no text":                         {"POST", "/_fake/clock", `{"advance":90}`, answer{400, `{"error":"advance is 90; it has to be text in quotation marks"}`}},
		"no time":                         {"POST", "/_fake/clock", `{"set":"2026-01-15"}`, answer{400, `{"error":"set is \"2026-01-15\"; it has to be a timestamp such as 2026-01-15T09:00:00Z"}`}},
		"an unknown key":                  {"POST", "/_fake/clock", `{"forward":"1h"}`, answer{400, `{"error":"unknown key \"forward\"; known: set, advance, freeze"}`}},
		"a misspelt key":                  {"POST", "/_fake/clock", `{"Freeze":true}`, answer{400, `{"error":"unknown key \"Freeze\"; did you mean \"freeze\"? Known: set, advance, freeze"}`}},
		"a key twice":                     {"POST", "/_fake/clock", `{"advance":"1h","advance":"2h"}`, answer{400, `{"error":"advance is given twice"}`}},
		"two values":                      {"POST", "/_fake/clock", `{"freeze":true}{}`, answer{400, `{"error":"the body continues after its JSON value"}`}},
		"no whole number":                 {"POST", "/_fake/faults", `{"fault":"internal","times":1.5}`, answer{400, `{"error":"times is 1.5; it has to be a whole number"}`}},
		"no number at all":                {"POST", "/_fake/faults", `{"fault":"internal","probability":"0.5"}`, answer{400, `{"error":"probability is \"0.5\"; it has to be a number"}`}},
		"no duration":                     {"POST", "/_fake/faults", `{"fault":"slow","delay":"soon"}`, answer{400, `{"error":"delay is \"soon\"; it has to be a duration such as \"90s\", \"1h30m\" or \"24h\""}`}},
		"no limits":                       {"PUT", "/_fake/workspaces/acme/limits", `{}`, answer{400, `{"error":"limits is missing; it has to be \"attio\", or null for none"}`}},
		"no status":                       {"GET", "/_fake/requests?status=4xx", ``, answer{400, `{"error":"status is \"4xx\"; it has to be the status of an answer, such as 404"}`}},
		"a wrong status among others":     {"GET", "/_fake/requests?status=404&status=&status=400", ``, answer{400, `{"error":"status is \"\"; it has to be the status of an answer, such as 404"}`}},
		"no timestamp":                    {"GET", "/_fake/requests?since=yesterday", ``, answer{400, `{"error":"since is \"yesterday\"; it has to be a timestamp such as 2026-01-15T09:00:00Z"}`}},
		"no number of a request":          {"GET", "/_fake/requests?after=first", ``, answer{400, `{"error":"after is \"first\"; it has to be the number of a request, such as 17"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, c.do(tc.method, tc.path, tc.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABodyThatIsTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	got := newClient(t).do("POST", "/_fake/clock", `{"advance":"`+strings.Repeat("x", 1<<20)+`"}`)
	want := answer{413, `{"error":"the body is larger than 1 MiB, the most that the control API accepts"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLimitsAreTurnedOnAndOff(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for _, step := range []struct {
		body    string
		refused bool // some of 101 reads in one second are refused
	}{{`{"limits":"attio"}`, true}, {`{}`, true}, {`{"limits":null}`, false}} {
		c.do("POST", "/_fake/clock", `{"freeze":true}`)
		c.do("PUT", "/_fake/workspaces/acme/limits", step.body)
		refused := false
		for range 101 {
			got := c.do("GET", "/v2/objects", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.server.Token("acme")) })
			refused = refused || got.Status == 429
		}
		if refused != step.refused {
			t.Errorf("after %s requests are refused: %v", step.body, refused)
		}
	}
}

func TestAPathThatOnlyLooksLikeTheControlAPIIsAttios(t *testing.T) {
	t.Parallel()
	got := newClient(t).do("GET", "/_fakes", "")
	want := `{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"Could not find endpoint \"GET /_fakes\"."}`
	if diff := cmp.Diff(answer{404, want}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAControlTokenProtectsAllButTheHealthCheck(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.ControlToken("open sesame"))
	refused := answer{401, `{"error":"the control API needs its token; send Authorization: Bearer <the server's --control-token>"}`}
	for name, tc := range map[string]struct {
		path, authorization string
		want                int
	}{
		"with the token":           {"/_fake/clock", "Bearer open sesame", 200},
		"without":                  {"/_fake/clock", "", 401},
		"with another":             {"/_fake/clock", "Bearer open", 401},
		"with a token of Attio's":  {"/_fake/clock", "Bearer " + c.server.Token("acme"), 401},
		"the health check without": {"/_fake/health", "", 200},
		"as a member, with it":     {"/_fake/as/acme/ada/v2/self", "Bearer open sesame", 200},
		"as a member, without":     {"/_fake/as/acme/ada/v2/self", "", 401},
		"as Attio, with another":   {"/_fake/as/acme/system/v2/self", "Bearer open", 401},
		"as nobody, without":       {"/_fake/as/acme/nobody/v2/self", "", 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := c.do("GET", tc.path, "", func(r *http.Request) { r.Header.Set("Authorization", tc.authorization) })
			if got.Status != tc.want || tc.want == 401 && got != refused {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestWorkspacesTellTheirMembersAndTokens(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`
version: 1
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme: {name: Acme, members: {ada: admin, bob: suspended}, tokens: {t: {token: secret, scopes: [note:read, task:read-write]}}}
  empty: {}
`))
	want := fmt.Sprintf(`{"workspaces":[{"slug":"acme","id":%q,"name":"Acme","members":[`+
		`{"id":%q,"user":"ada","email_address":"ada@example.com","first_name":"","last_name":"","access_level":"admin"},`+
		`{"id":%q,"user":"bob","email_address":"bob@example.com","first_name":"","last_name":"","access_level":"suspended"}],`+
		`"tokens":[{"name":"t","token":"secret","scopes":["note:read","task:read-write"]}]},`+
		`{"slug":"empty","id":%q,"name":"empty","members":[],"tokens":[]}]}`,
		fake.ID("acme"), fake.ID("acme/members/ada"), fake.ID("acme/members/bob"), fake.ID("empty"))
	if diff := cmp.Diff(answer{200, want}, c.do("GET", "/_fake/workspaces", "")); diff != "" {
		t.Error(diff)
	}
}

func TestOperationsTellWhatIsBuilt(t *testing.T) {
	t.Parallel()
	var got struct {
		Operations []struct {
			Name, Method, Path string
			Scopes             []string
			Built              bool
			Reason             string
		}
	}
	c := newClient(t)
	c.decode("/_fake/operations", &got)
	if want := len(attio.AuthorizedOperations()); len(got.Operations) != want {
		t.Errorf("got %d operations, the tables have %d", len(got.Operations), want)
	}
	for _, op := range got.Operations {
		// Only an operation that is not built answers 501.
		path := strings.NewReplacer("{target}", "objects", "{", "", "}", "").Replace(op.Path)
		answered := c.do(op.Method, path, "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.server.Token("acme")) })
		if (answered.Status == http.StatusNotImplemented) == op.Built {
			t.Errorf("%s: built is %v, but it answers %d", op.Name, op.Built, answered.Status)
		}
		if op.Built != (op.Reason == "") {
			t.Errorf("%s: built is %v, and the reason against it is %q", op.Name, op.Built, op.Reason)
		}
	}
}

func TestResetBringsTheScenarioBack(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	before := c.do("GET", "/_fake/workspaces", "")
	acme := c.server.Workspace("acme")
	acme.Rename("Other")
	acme.Suspend("ada")
	token := acme.AddToken(fake.Token{AllScopes: true}).Value
	if got := c.do("POST", "/_fake/reset", ""); got != (answer{204, ""}) {
		t.Errorf("got %v", got)
	}
	if diff := cmp.Diff(before, c.do("GET", "/_fake/workspaces", "")); diff != "" {
		t.Error(diff)
	}
	if got := c.do("GET", "/v2/workspace_members", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }); got.Status != 401 {
		t.Errorf("a token outlived the reset: %v", got)
	}
}
