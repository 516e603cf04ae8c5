package oauth_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func basic(id, secret string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret)) }
}

// field returns a string from an answer in JSON.
func (g got) field(t *testing.T, name string) string {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(g.body), &fields); err != nil {
		t.Fatalf("%v: %d %s", err, g.status, g.body)
	}
	text, _ := fields[name].(string)
	return text
}

func TestACodeIsExchangedForAToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	app := r.srv.App("crm")
	for name, exchange := range map[string]func(code string) got{
		"the secret in the form": func(code string) got { return r.exchange(r.exchanging("crm", code)) },
		"with the redirect URI":  func(code string) got { return r.exchange(r.exchanging("crm", code, "redirect_uri", crmBack)) },
		"the secret in the header": func(code string) got {
			return r.exchange(r.exchanging("crm", code, "client_id", "", "client_secret", ""), basic(app.ClientID, app.ClientSecret))
		},
	} {
		answered := exchange(r.code(r.asking("crm")))
		want := `{"access_token":"` + answered.field(t, "access_token") + `","token_type":"Bearer"}`
		if answered.status != 200 || answered.body != want || answered.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", name, answered.status, answered.body)
		}
	}
	if token := r.exchange(r.exchanging("crm", r.code(r.withPKCE("crm")), "code_verifier", verifier)); token.status != 200 {
		t.Errorf("a workspace's token with PKCE: %d %s", token.status, token.body)
	}
}

func TestAnExchangeIsRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	app := r.srv.App("crm")
	code := func() string { return r.code(r.asking("crm")) }
	withPKCE := func() string { return r.code(r.withPKCE("crm")) }
	for name, tc := range map[string]struct {
		form   url.Values
		edit   func(*http.Request)
		status int
		error  string
		says   string
	}{
		"no grant type":         {r.exchanging("crm", code(), "grant_type", ""), nil, 400, "invalid_request", "The parameter grant_type is missing."},
		"a refresh token":       {r.exchanging("crm", code(), "grant_type", "refresh_token"), nil, 400, "unsupported_grant_type", "The grant_type must be authorization_code."},
		"no code":               {r.exchanging("crm", ""), nil, 400, "invalid_request", "The parameter code is missing."},
		"an unknown code":       {r.exchanging("crm", "x"), nil, 400, "invalid_grant", "The code is unknown, was used before, or has expired."},
		"another app's code":    {r.exchanging("hand", code()), nil, 400, "invalid_grant", "The code is unknown, was used before, or has expired."},
		"an unknown client":     {r.exchanging("crm", code(), "client_id", "x"), nil, 401, "invalid_client", "The client_id is unknown, or the client_secret is wrong or missing."},
		"a wrong secret":        {r.exchanging("crm", code(), "client_secret", "x"), nil, 401, "invalid_client", "The client_id is unknown, or the client_secret is wrong or missing."},
		"no secret":             {r.exchanging("crm", code(), "client_secret", ""), nil, 401, "invalid_client", "The client_id is unknown, or the client_secret is wrong or missing."},
		"a wrong secret, Basic": {r.exchanging("crm", code(), "client_secret", ""), basic(app.ClientID, "x"), 401, "invalid_client", "The client_id is unknown, or the client_secret is wrong or missing."},
		"two secrets":           {r.exchanging("crm", code()), basic(app.ClientID, app.ClientSecret), 400, "invalid_request", "Send the secret either in the form or in the header Authorization."},
		"another redirect":      {r.exchanging("crm", code(), "redirect_uri", "crm:back"), nil, 400, "invalid_grant", "The redirect_uri is another one than in the request for the code."},
		"no verifier":           {r.exchanging("crm", withPKCE()), nil, 400, "invalid_grant", "The parameter code_verifier is missing."},
		"a wrong verifier":      {r.exchanging("crm", withPKCE(), "code_verifier", verifier+"x"), nil, 400, "invalid_grant", "The code_verifier does not match the code_challenge."},
		"a verifier too many":   {r.exchanging("crm", code(), "code_verifier", verifier), nil, 400, "invalid_grant", "There is a code_verifier, but the request for the code had no code_challenge."},
		"JSON":                  {r.exchanging("crm", code()), func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }, 400, "invalid_request", "The body must be a form: application/x-www-form-urlencoded."},
		"too much":              {r.exchanging("crm", code(), "x", strings.Repeat("x", 64<<10)), nil, 400, "invalid_request", "The form cannot be read, or has more than 64 KB."},
	} {
		edits := slices.DeleteFunc([]func(*http.Request){tc.edit}, func(edit func(*http.Request)) bool { return edit == nil })
		answered := r.exchange(tc.form, edits...)
		body, _ := json.Marshal(map[string]string{"error": tc.error, "error_description": tc.says})
		if diff := cmp.Diff(string(body), answered.body); diff != "" || answered.status != tc.status {
			t.Errorf("%s: %d %s", name, answered.status, diff)
		}
		if challenged := answered.header.Get("WWW-Authenticate") != ""; challenged != (tc.status == 401) {
			t.Errorf("%s: WWW-Authenticate is %q", name, answered.header.Get("WWW-Authenticate"))
		}
	}
}

func TestACodeCanBeUsedOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	used := r.code(r.asking("crm"))
	if first := r.exchange(r.exchanging("crm", used)); first.status != 200 {
		t.Fatal(first)
	}
	missed := r.code(r.withPKCE("crm"))
	r.exchange(r.exchanging("crm", missed, "code_verifier", "wrong"))
	for name, form := range map[string]url.Values{
		"one that was exchanged": r.exchanging("crm", used),
		"one that was not":       r.exchanging("crm", missed, "code_verifier", verifier),
		"another app's stays":    nil,
	} {
		if form == nil {
			code := r.code(r.asking("crm"))
			r.exchange(r.exchanging("hand", code))
			if own := r.exchange(r.exchanging("crm", code)); own.status != 200 {
				t.Errorf("%s: %s", name, own.body)
			}
			continue
		}
		if again := r.exchange(form); again.field(t, "error") != "invalid_grant" {
			t.Errorf("%s: %s", name, again.body)
		}
	}
}

func TestACodeExpiresOnTheServersClock(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	early, late := r.code(r.asking("crm")), r.code(r.asking("crm"))
	r.srv.Advance(10*time.Minute - time.Second)
	if got := r.exchange(r.exchanging("crm", early)); got.status != 200 {
		t.Errorf("before ten minutes: %s", got.body)
	}
	r.srv.Advance(time.Second)
	if got := r.exchange(r.exchanging("crm", late)); got.field(t, "error") != "invalid_grant" {
		t.Errorf("after ten minutes: %s", got.body)
	}
}

func TestCodesAreForgottenWithWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*rig){
		"a reset":                     func(r *rig) { r.srv.Reset() },
		"an older snapshot":           func(r *rig) { r.srv.Restore(r.srv.Snapshot()) },
		"an admin who is one no more": func(r *rig) { r.srv.Workspace("acme").SetAccess("ada", fake.AccessMember) },
		"a thousand codes more": func(r *rig) {
			for range 1000 {
				r.code(r.asking("crm"))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			code := r.code(r.asking("crm"))
			change(r)
			if got := r.exchange(r.exchanging("crm", code)); got.field(t, "error") != "invalid_grant" {
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
}

func TestAnAppIsInstalledInTwoWorkspaces(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	app := r.srv.App("crm")
	for _, workspace := range []string{"acme", "globex"} {
		token := r.exchange(r.exchanging("crm", r.code(r.asking("crm", "as", workspace)))).field(t, "access_token")
		if got := r.srv.Token(workspace + "/crm"); got != token {
			t.Errorf("%s calls another token crm", workspace)
		}
		record := r.json("POST", "/v2/objects/people/records", token, `{"data":{"values":{"name":"Hopper, Grace"}}}`)
		if author := `"created_by_actor":{"type":"app","id":"` + app.ClientID + `"}`; record.status != 200 || !strings.Contains(record.body, author) {
			t.Errorf("%s: %d %s lacks %s", workspace, record.status, record.body, author)
		}
		if denied := r.json("GET", "/v2/webhooks", token, ""); denied.status != 403 {
			t.Errorf("%s: without the scope: %d %s", workspace, denied.status, denied.body)
		}
	}
	again := r.exchange(r.exchanging("crm", r.code(r.asking("crm", "as", "acme")))).field(t, "access_token")
	if got := r.srv.Token("acme/crm-2"); got != again {
		t.Error("the second token of acme is not crm-2")
	}
	r.srv.Workspace("acme").DeleteToken("crm-2")
	if revoked := r.json("GET", "/v2/objects", again, ""); revoked.status != 401 {
		t.Errorf("a token that was deleted: %d %s", revoked.status, revoked.body)
	}
	requests := r.srv.Requests(fake.RequestFilter{Token: "globex/crm"})
	if len(requests) != 2 {
		t.Errorf("the journal has %d requests of globex/crm, not 2", len(requests))
	}
	exchanges := r.srv.Requests(fake.RequestFilter{Operation: "oauth.token"})
	for i, workspace := range []string{"acme", "globex", "acme"} {
		request := exchanges[i]
		if request.Workspace != workspace || len(request.Changes) != 1 || strings.Contains(string(request.Body), app.ClientSecret) {
			t.Errorf("the exchange in %s is in the journal as %+v", workspace, request)
		}
	}
	exported := r.export(r.srv)
	if granted := "\n        app: crm\n        authorized_by: bob\n"; !strings.Contains(exported, granted) {
		t.Errorf("the export lacks %s:\n%s", granted, exported)
	}
	reloaded := fake.New(t, fake.WithoutSocket(), fake.YAML(exported))
	if got := r.export(reloaded); got != exported {
		t.Errorf("exported again:\n%s", cmp.Diff(exported, got))
	}
	r.srv.Reset()
	if gone := r.json("GET", "/v2/objects", again, ""); gone.status != 401 {
		t.Errorf("a token after a reset: %d %s", gone.status, gone.body)
	}
}

func (r *rig) export(srv *fake.Server) string {
	r.t.Helper()
	file, err := srv.Export()
	if err != nil {
		r.t.Fatal(err)
	}
	return string(file)
}

func (r *rig) json(method, path, token, body string) got {
	r.t.Helper()
	return r.send(method, "https://api.attio.com"+path, nil, bearer(token), func(request *http.Request) {
		request.Header.Set("Content-Type", "application/json")
		if body != "" {
			request.Body = readCloser{strings.NewReader(body)}
		}
	})
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func TestIntrospectionSaysWhatSelfDoes(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token := r.exchange(r.exchanging("crm", r.code(r.asking("crm")))).field(t, "access_token")
	self := r.send("GET", "https://api.attio.com/v2/self", nil, bearer(token)).body
	crm, desk := r.srv.App("crm"), r.srv.App("desk")
	ask := func(form url.Values, edits ...func(*http.Request)) got {
		return r.send("POST", "https://app.attio.com/oauth/introspect", form, edits...)
	}
	about := func(token string) url.Values { return url.Values{"token": {token}} }
	const inactive = `{"active":false}`
	for name, tc := range map[string]struct {
		answered got
		status   int
		want     string
	}{
		"a token about itself":           {ask(nil, bearer(token)), 200, self},
		"an API key about itself":        {ask(nil, bearer(r.srv.Token("acme/full"))), 200, r.send("GET", "https://api.attio.com/v2/self", nil, bearer(r.srv.Token("acme/full"))).body},
		"an unknown token about itself":  {ask(nil, bearer("x")), 200, inactive},
		"an app about its token":         {ask(about(token), basic(crm.ClientID, crm.ClientSecret)), 200, self},
		"an app, its secret in the form": {ask(url.Values{"token": {token}, "client_id": {crm.ClientID}, "client_secret": {crm.ClientSecret}}), 200, self},
		"an app about another's token":   {ask(about(token), basic(desk.ClientID, desk.ClientSecret)), 200, inactive},
		"an app about an API key":        {ask(about(r.srv.Token("acme/full")), basic(crm.ClientID, crm.ClientSecret)), 200, inactive},
		"an app about nothing":           {ask(url.Values{}, basic(crm.ClientID, crm.ClientSecret)), 400, `{"error":"invalid_request","error_description":"The parameter token is missing."}`},
		"nobody":                         {ask(about(token)), 401, `{"error":"invalid_client","error_description":"The client_id is unknown, or the client_secret is wrong or missing."}`},
	} {
		if diff := cmp.Diff(tc.want, tc.answered.body); diff != "" || tc.answered.status != tc.status {
			t.Errorf("%s: %d %s", name, tc.answered.status, diff)
		}
	}
}

func TestFaultsAndTheJournalKnowTheOperationsOfOAuth(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.srv.Fail(fake.Unavailable.On("oauth.token").Times(1))
	code := r.code(r.asking("crm"))
	if got := r.exchange(r.exchanging("crm", code)); got.status != 503 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := r.exchange(r.exchanging("crm", code)); got.status != 200 {
		t.Errorf("after the fault: %d %s", got.status, got.body)
	}
	r.exchange(r.exchanging("crm", code))
	var journal []string
	for _, request := range r.srv.Requests(fake.RequestFilter{}) {
		journal = append(journal, strings.TrimSpace(strings.Join([]string{request.Operation, request.Code}, " ")))
	}
	if diff := cmp.Diff([]string{"oauth.authorize", "oauth.token", "oauth.token", "oauth.token invalid_grant"}, journal); diff != "" {
		t.Error(diff)
	}
	for _, request := range []string{"GET /oauth/token", "POST /oauth", "GET /authorize/", "PUT /authorize"} {
		method, path, _ := strings.Cut(request, " ")
		if got := r.send(method, "https://app.attio.com"+path, nil); got.status != 404 {
			t.Errorf("%s: %d %s", request, got.status, got.body)
		}
	}
}
