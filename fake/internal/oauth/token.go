package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// granted is the answer with a token. At Attio, it has no refresh token and no expiry.
type granted struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
}

// token answers POST /oauth/token, which exchanges a code for a token.
func (s *Server) token(r *http.Request, values url.Values, c *api.Call) answer {
	app, refused := s.client(r, values)
	if refused != nil {
		return refused
	}
	code := values.Get("code")
	switch {
	case values.Get("grant_type") == "":
		return invalidRequest("The parameter grant_type is missing.")
	case values.Get("grant_type") != "authorization_code":
		return &failure{status: http.StatusBadRequest, Code: "unsupported_grant_type", Says: "The grant_type must be authorization_code."}
	case code == "":
		return invalidRequest("The parameter code is missing.")
	}
	g := s.codes.take(code, app.ID, s.world.Clock.Now())
	if g == nil {
		return invalidGrant("The code is unknown, was used before, or has expired.")
	}
	if refused := g.check(values); refused != nil {
		return refused
	}
	token, commits, err := g.workspace.Grant(app, g.level, g.member)
	if err != nil {
		return invalidGrant(sentence(err))
	}
	c.Workspace, c.Commits = g.workspace, commits
	body, _ := json.Marshal(granted{token.Value, "Bearer"}) // two strings always encode
	return success{http.StatusOK, body}
}

// check compares the request that exchanges a code with the request that the code was created for. redirect_uri may be
// missing, because Attio's documentation does not list it.
func (g *grant) check(values url.Values) answer {
	verifier := values.Get("code_verifier")
	sum := sha256.Sum256([]byte(verifier))
	switch redirect := values.Get("redirect_uri"); {
	case redirect != "" && redirect != g.redirect:
		return invalidGrant("The redirect_uri is another one than in the request for the code.")
	case g.challenge == "" && verifier != "":
		return invalidGrant("There is a code_verifier, but the request for the code had no code_challenge.")
	case g.challenge != "" && verifier == "":
		return invalidGrant("The parameter code_verifier is missing.")
	case g.challenge != "" && !same(base64.RawURLEncoding.EncodeToString(sum[:]), g.challenge):
		return invalidGrant("The code_verifier does not match the code_challenge.")
	}
	return nil
}

func invalidGrant(says string) *failure {
	return &failure{status: http.StatusBadRequest, Code: "invalid_grant", Says: says}
}

// client returns the app that sends a request. The app authenticates with its secret, in the form or in HTTP Basic.
func (s *Server) client(r *http.Request, values url.Values) (*world.App, answer) {
	id, secret := values.Get("client_id"), values.Get("client_secret")
	user, password, basic := r.BasicAuth()
	if basic {
		name, badName := url.QueryUnescape(user)
		word, badWord := url.QueryUnescape(password)
		switch {
		case badName != nil || badWord != nil:
			return nil, invalidClient("The client id and the secret must be escaped as in a form.")
		case secret != "" || id != "" && id != name:
			return nil, invalidRequest("Send the secret either in the form or in the header Authorization.")
		}
		id, secret = name, word
	}
	app, known := s.world.App(id)
	if !known || !same(secret, app.Secret) {
		return nil, invalidClient("The client_id is unknown, or the client_secret is wrong or missing.")
	}
	return app, nil
}

func invalidClient(says string) *failure {
	return &failure{status: http.StatusUnauthorized, Code: "invalid_client", Says: says, challenge: `Basic realm="fakeattio"`}
}

func isForm(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == formType
}

// introspect answers POST /oauth/introspect with what /v2/self returns: to a Bearer token about itself, as Attio documents,
// and to an app about its own tokens, as in RFC 7662.
func (s *Server) introspect(r *http.Request, values url.Values, _ *api.Call) answer {
	scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return s.about(strings.TrimSpace(bearer), nil)
	}
	app, refused := s.client(r, values)
	if refused != nil {
		return refused
	}
	if !values.Has("token") {
		return invalidRequest("The parameter token is missing.")
	}
	return s.about(values.Get("token"), app)
}

// about describes a token. Of a token of another app, it says only that it is not active.
func (s *Server) about(value string, app *world.App) answer {
	workspace, token, ok := s.world.Authenticate(value)
	if !ok || app != nil && token.App != app.ID {
		token = nil
	}
	return success{http.StatusOK, api.Introspect(workspace, token)}
}
