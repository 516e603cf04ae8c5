package oauth_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

const appsScenario = `
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
apps:
  crm: {name: "<b>CRM & Co</b>", redirect_uris: ["https://crm.example.com/back?from=attio", "crm:back"], scopes: ["record_permission:read-write", "object_configuration:read"], consent: auto}
  desk: {redirect_uris: [https://desk.example.com/back], scopes: all, token_level: user, consent: auto}
  shy: {redirect_uris: [https://shy.example.com/back], scopes: all, consent: deny}
  hand: {redirect_uris: [https://hand.example.com/back], scopes: ["note:read"]}
users: {ada: {email: ada@example.com, first_name: Ada, last_name: "<i>L</i>"}, bob: {email: bob@example.com}, eve: {email: eve@example.com}}
workspaces:
  empty: {}
  acme: {name: "<Acme>", members: {bob: member, ada: admin, eve: suspended}, tokens: {full: {scopes: all}}}
  globex: {members: {bob: admin}}
`

// The redirect URIs of the apps.
const (
	crmBack  = "https://crm.example.com/back?from=attio"
	deskBack = "https://desk.example.com/back"
	handBack = "https://hand.example.com/back"
)

// The verifier and the challenge of RFC 7636, appendix B.
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// rig is a server and a browser that stops at redirects.
type rig struct {
	t       *testing.T
	srv     *fake.Server
	browser *http.Client
}

func newRig(t *testing.T) *rig {
	t.Helper()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(appsScenario))
	browser := srv.Client()
	browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &rig{t, srv, browser}
}

// got is the server's answer.
type got struct {
	status   int
	body     string
	location *url.URL // nil if there is none
	header   http.Header
}

func (r *rig) send(method, target string, form url.Values, edits ...func(*http.Request)) got {
	r.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	request, err := http.NewRequestWithContext(r.t.Context(), method, target, body)
	if err != nil {
		r.t.Fatal(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, edit := range edits {
		edit(request)
	}
	response, err := r.browser.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	location, err := response.Location()
	if err != nil {
		location = nil
	}
	return got{response.StatusCode, string(text), location, response.Header}
}

// authorize asks for a code at app.attio.com.
func (r *rig) authorize(values url.Values) got {
	r.t.Helper()
	return r.send("GET", "https://app.attio.com/authorize?"+values.Encode(), nil)
}

// exchange sends a form to the token endpoint.
func (r *rig) exchange(form url.Values, edits ...func(*http.Request)) got {
	r.t.Helper()
	return r.send("POST", "https://app.attio.com/oauth/token", form, edits...)
}

// asking returns the parameters of an app's request, changed by pairs of a name and a value; the value "" removes a parameter.
func (r *rig) asking(key string, changes ...string) url.Values {
	r.t.Helper()
	app := r.srv.App(key)
	values := url.Values{"response_type": {"code"}, "client_id": {app.ClientID}, "redirect_uri": {app.RedirectURIs[0]}, "state": {"a state&x=<y>"}}
	return edited(values, changes)
}

// withPKCE adds the challenge.
func (r *rig) withPKCE(key string, changes ...string) url.Values {
	r.t.Helper()
	return r.asking(key, append([]string{"code_challenge", challenge, "code_challenge_method", "S256"}, changes...)...)
}

// code gets a code.
func (r *rig) code(values url.Values) string {
	r.t.Helper()
	answered := r.authorize(values)
	if answered.location == nil || answered.location.Query().Get("code") == "" {
		r.t.Fatalf("no code: %d %v %s", answered.status, answered.location, answered.body)
	}
	return answered.location.Query().Get("code")
}

// exchanging returns the form with which an app exchanges a code.
func (r *rig) exchanging(key, code string, changes ...string) url.Values {
	r.t.Helper()
	app := r.srv.App(key)
	return edited(url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "client_id": {app.ClientID}, "client_secret": {app.ClientSecret},
	}, changes)
}

func edited(values url.Values, changes []string) url.Values {
	for i := 0; i < len(changes); i += 2 {
		values.Del(changes[i])
		if changes[i+1] != "" {
			values.Set(changes[i], changes[i+1])
		}
	}
	return values
}
