package oauth_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestARequestThatCannotBeSentBackIsShownToThePerson(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tc := range map[string]struct {
		values url.Values
		says   string
	}{
		"an unknown client":            {r.asking("crm", "client_id", "50cf242c-7fa3-4cad-87d0-75b1af71c57b"), "No app has this client_id."},
		"no client":                    {r.asking("crm", "client_id", ""), "No app has this client_id."},
		"another redirect":             {r.asking("crm", "redirect_uri", "https://crm.example.com/back"), "The redirect_uri has to be exactly one of those of the app: https://crm.example.com/back?from=attio, crm:back"},
		"a redirect in other case":     {r.asking("crm", "redirect_uri", "https://CRM.example.com/back?from=attio"), "The redirect_uri has to be exactly one"},
		"no redirect":                  {r.asking("crm", "redirect_uri", ""), "The redirect_uri has to be exactly one"},
		"another app's redirect":       {r.asking("crm", "redirect_uri", deskBack), "The redirect_uri has to be exactly one"},
		"an unknown workspace":         {r.asking("crm", "as", "acmee"), "unknown workspace &#34;acmee&#34;; did you mean &#34;acme&#34;?"},
		"an unknown user":              {r.asking("crm", "as", "acme/bbo"), "unknown member &#34;bbo&#34;; did you mean &#34;bob&#34;?"},
		"a workspace where nobody may": {r.asking("crm", "as", "empty"), "no workspace has a member who may grant this token"},
		"a client twice":               {url.Values{"client_id": {"a", "b"}}, "The parameter &#34;client_id&#34; must not come more than once."},
		"a parameter with HTML in it":  {url.Values{`<script>alert("x")</script>`: {"a", "b"}}, "&lt;script&gt;alert("},
	} {
		answered := r.authorize(tc.values)
		if answered.status != 400 || answered.location != nil || !strings.Contains(answered.body, tc.says) || strings.Contains(answered.body, "<script") {
			t.Errorf("%s: %d %v %s", name, answered.status, answered.location, answered.body)
		}
	}
}

func TestARequestThatIsRefusedIsSentBackToTheApp(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tc := range map[string]struct {
		values      url.Values
		error, says string
	}{
		"no response type":                {r.asking("crm", "response_type", ""), "invalid_request", "The parameter response_type is missing."},
		"another response type":           {r.asking("crm", "response_type", "token"), "unsupported_response_type", "The response_type must be code."},
		"another level":                   {r.asking("crm", "token_level", "member"), "invalid_request", "The token_level must be workspace or user."},
		"a user's token without PKCE":     {r.asking("crm", "token_level", "user"), "invalid_request", "A token of the level user needs PKCE: code_challenge, and S256 as code_challenge_method."},
		"the app's level without PKCE":    {r.asking("desk"), "invalid_request", "A token of the level user needs PKCE: code_challenge, and S256 as code_challenge_method."},
		"PKCE by plain":                   {r.withPKCE("crm", "code_challenge_method", "plain"), "invalid_request", "The code_challenge_method must be S256."},
		"PKCE without its method":         {r.withPKCE("crm", "code_challenge_method", ""), "invalid_request", "The code_challenge_method must be S256."},
		"PKCE without its challenge":      {r.withPKCE("crm", "code_challenge", ""), "invalid_request", "The parameter code_challenge is missing."},
		"a challenge that is no hash":     {r.withPKCE("crm", "code_challenge", "abc="), "invalid_request", "The code_challenge must be a SHA-256 hash in Base64 for URLs, without padding: 43 characters."},
		"an app that is denied":           {r.asking("shy"), "access_denied", "The app's consent is set to deny."},
		"a workspace's token by no admin": {r.asking("crm", "as", "acme/bob"), "access_denied", "Only an admin of the workspace can grant a token that acts for the workspace."},
		"somebody who is suspended":       {r.withPKCE("desk", "as", "acme/eve"), "access_denied", `Member "eve" is suspended, so that nothing can be done in their name; choose another or give them access again.`},
	} {
		answered := r.authorize(tc.values)
		redirect, _ := url.Parse(tc.values.Get("redirect_uri"))
		want := redirect.Query()
		want.Set("error", tc.error)
		want.Set("error_description", tc.says)
		want.Set("state", "a state&x=<y>")
		if answered.location == nil {
			t.Fatalf("%s: %d %s", name, answered.status, answered.body)
		}
		if diff := cmp.Diff(want, answered.location.Query()); diff != "" || answered.status != 302 || answered.location.Host != redirect.Host {
			t.Errorf("%s: %d %s\n%s", name, answered.status, answered.location, diff)
		}
	}
}

func TestAnAppWithAutomaticConsentIsSentBackWithACode(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tc := range map[string]struct {
		values    url.Values
		workspace string
		by        string
	}{
		"the first admin of the first workspace that has one": {r.asking("crm"), "acme", "ada"},
		"of a workspace":                 {r.asking("crm", "as", "globex"), "globex", "bob"},
		"a user of a workspace":          {r.withPKCE("desk", "as", "acme/bob"), "acme", "bob"},
		"a user by their e-mail address": {r.withPKCE("desk", "as", "acme/bob@example.com"), "acme", "bob"},
		"an admin where a user will do":  {r.withPKCE("desk"), "acme", "ada"},
	} {
		key, changes := "crm", []string{}
		if tc.values.Has("code_challenge") {
			key, changes = "desk", []string{"code_verifier", verifier}
		}
		answered := r.exchange(r.exchanging(key, r.code(tc.values), changes...))
		token := answered.field(t, "access_token")
		self := r.send("GET", "https://api.attio.com/v2/self", nil, bearer(token))
		if self.field(t, "workspace_slug") != tc.workspace || self.field(t, "authorized_by_workspace_member_id") != fake.ID(tc.workspace+"/members/"+tc.by) {
			t.Errorf("%s: %s", name, self.body)
		}
	}
	back := r.authorize(r.asking("crm", "redirect_uri", "crm:back", "state", ""))
	if back.location.Scheme != "crm" || back.location.Opaque != "back" || back.location.Query().Has("state") {
		t.Errorf("an address of an app on the device: %s", back.location)
	}
}

func TestAPersonPicksAWorkspaceAndConsents(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	values := r.asking("hand")
	page := r.authorize(values)
	for _, want := range []string{
		`<option value="acme/ada">Ada &lt;i&gt;L&lt;/i&gt; &lt;ada@example.com&gt;, admin</option>`, `<optgroup label="&lt;Acme&gt;">`,
		`<option value="globex/bob">`, `<input type="hidden" name="state" value="a state&amp;x=&lt;y&gt;">`, `<code>note:read</code>`,
	} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %s:\n%s", want, page.body)
		}
	}
	for _, unwanted := range []string{"acme/bob", "acme/eve", "empty", "<script", "<i>"} {
		if strings.Contains(page.body, unwanted) {
			t.Errorf("the page has %s:\n%s", unwanted, page.body)
		}
	}
	if policy := page.header.Get("Content-Security-Policy"); page.status != 200 || !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") {
		t.Errorf("%d, with the policy %q", page.status, policy)
	}
	chosen := r.authorize(edited(values, []string{"as", "globex/bob"}))
	if !strings.Contains(chosen.body, `<option value="globex/bob" selected>`) {
		t.Errorf("globex/bob is not chosen: %s", chosen.body)
	}
	decide := func(changes ...string) got {
		return r.send("POST", "https://app.attio.com/authorize", edited(r.asking("hand", "as", "globex/bob", "decision", "allow"), changes))
	}
	self := r.send("GET", "https://api.attio.com/v2/self", nil, bearer(r.exchange(r.exchanging("hand", decide().location.Query().Get("code"))).field(t, "access_token")))
	if self.field(t, "workspace_slug") != "globex" || self.field(t, "scope") != "note:read" {
		t.Errorf("the token is for %s", self.body)
	}
	if denied := decide("decision", "deny").location.Query(); denied.Get("error") != "access_denied" || denied.Get("state") != "a state&x=<y>" {
		t.Errorf("a denial is %v", denied)
	}
	if undecided := decide("decision", ""); undecided.status != 400 || undecided.location != nil {
		t.Errorf("no decision: %d %s", undecided.status, undecided.body)
	}
	if forged := decide("as", "acme/bob").location.Query(); forged.Get("error") != "access_denied" {
		t.Errorf("a workspace's token by no admin: %v", forged)
	}
	if forged := r.send("POST", "https://app.attio.com/authorize", r.asking("shy", "decision", "allow")).location.Query(); forged.Get("error") != "access_denied" {
		t.Errorf("consent to an app that is denied: %v", forged)
	}
}

func TestThePageOfAnAppShowsItsNameAsText(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(strings.ReplaceAll(appsScenario, "consent: auto", "consent: ask")))
	r := &rig{t, srv, srv.Client()}
	page := r.authorize(r.asking("crm", "state", `"><script>alert(1)</script>`))
	if !strings.Contains(page.body, "<h1>&lt;b&gt;CRM &amp; Co&lt;/b&gt;</h1>") || strings.Contains(page.body, "<script") {
		t.Error(page.body)
	}
}
