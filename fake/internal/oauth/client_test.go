package oauth_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/fakeattio/fakeattio/fake"
)

// An app written with golang.org/x/oauth2 gets a token and uses it, once with its secret in the form and once in the header.
func TestTheClientOfGoCompletesTheFlow(t *testing.T) {
	t.Parallel()
	for name, style := range map[string]oauth2.AuthStyle{"the secret in the form": oauth2.AuthStyleInParams, "the secret in the header": oauth2.AuthStyleInHeader} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			config, ctx := r.config("desk", style), context.WithValue(t.Context(), oauth2.HTTPClient, r.srv.Client())
			secret := oauth2.GenerateVerifier()
			answered := r.send("GET", config.AuthCodeURL("xyz", oauth2.S256ChallengeOption(secret), oauth2.SetAuthURLParam("as", "acme/bob")), nil)
			if state := answered.location.Query().Get("state"); state != "xyz" {
				t.Errorf("the state is %q", state)
			}
			token, err := config.Exchange(ctx, answered.location.Query().Get("code"), oauth2.VerifierOption(secret))
			if err != nil {
				t.Fatal(err)
			}
			if token.TokenType != "Bearer" || token.RefreshToken != "" || !token.Expiry.IsZero() {
				t.Errorf("the token is %+v", token)
			}
			response, err := config.Client(ctx, token).Get("https://api.attio.com/v2/self")
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			self, _ := io.ReadAll(response.Body)
			for _, want := range []string{`"client_id":"` + config.ClientID + `"`, `"token_level":"user"`, `"authorized_by_workspace_member_id":"` + fake.ID("acme/members/bob") + `"`} {
				if !strings.Contains(string(self), want) {
					t.Errorf("%s lacks %s", self, want)
				}
			}
		})
	}
}

func TestTheClientOfGoReadsDenialsAndErrors(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	denied := r.send("GET", r.config("shy", oauth2.AuthStyleInParams).AuthCodeURL("xyz"), nil)
	if query := denied.location.Query(); query.Get("error") != "access_denied" || query.Get("state") != "xyz" || query.Has("code") {
		t.Errorf("a denial: %v", denied.location)
	}
	config := r.config("crm", oauth2.AuthStyleInParams)
	_, err := config.Exchange(context.WithValue(t.Context(), oauth2.HTTPClient, r.srv.Client()), "made up")
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.ErrorCode != "invalid_grant" || refused.ErrorDescription == "" || refused.Response.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown code: %v", err)
	}
}

func (r *rig) config(key string, style oauth2.AuthStyle) *oauth2.Config {
	app := r.srv.App(key)
	return &oauth2.Config{
		ClientID: app.ClientID, ClientSecret: app.ClientSecret, RedirectURL: app.RedirectURIs[0],
		Endpoint: oauth2.Endpoint{AuthURL: "https://app.attio.com/authorize", TokenURL: "https://app.attio.com/oauth/token", AuthStyle: style},
	}
}
