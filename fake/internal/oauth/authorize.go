package oauth

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// asking is a valid request from an app for a token.
type asking struct {
	app       *world.App
	redirect  string
	state     string
	level     world.TokenLevel
	challenge string
	as        string // workspace/user, the fake's own parameter; either may be missing
}

// authorize answers GET /authorize, with a redirect or with a page for a person.
func (s *Server) authorize(_ *http.Request, values url.Values, _ *api.Call) answer {
	asked, refused := s.read(values)
	if refused != nil {
		return refused
	}
	switch asked.app.Consent {
	case world.ConsentDeny:
		return asked.fail("access_denied", "The app's consent is set to deny.")
	case world.ConsentAuto:
		return s.grant(asked)
	}
	return s.page(asked)
}

// consent answers POST /authorize, which has what a person chose on the page.
func (s *Server) consent(_ *http.Request, values url.Values, _ *api.Call) answer {
	asked, refused := s.read(values)
	if refused != nil {
		return refused
	}
	switch decision := values.Get("decision"); {
	case decision == "deny" || asked.app.Consent == world.ConsentDeny:
		return asked.fail("access_denied", "The user denied the request.")
	case decision != "allow":
		return mistake{"The form lacks the decision: allow or deny."}
	}
	return s.grant(asked)
}

// challengeForm is the form of an S256 challenge: the hash of a verifier in Base64.
var challengeForm = lazy.New(`^[A-Za-z0-9_-]{43}$`)

// read reads a request for a token. Until it knows where to send the browser back to, it shows mistakes to the person. It
// reports all later ones to the app.
func (s *Server) read(values url.Values) (*asking, answer) {
	app, ok := s.world.App(values.Get("client_id"))
	if !ok {
		return nil, mistake{"No app has this client_id. The apps are in the scenario, and GET /_fake/apps lists them."}
	}
	redirect := values.Get("redirect_uri")
	if !slices.Contains(app.RedirectURIs, redirect) {
		return nil, mistake{"The redirect_uri has to be exactly one of those of the app: " + strings.Join(app.RedirectURIs, ", ")}
	}
	asked := &asking{
		app: app, redirect: redirect, state: values.Get("state"), level: app.Level, challenge: values.Get("code_challenge"), as: values.Get("as"),
	}
	if level := values.Get("token_level"); level != "" {
		asked.level = world.TokenLevel(level)
	}
	return asked, asked.check(values)
}

func (a *asking) check(values url.Values) answer {
	method := values.Get("code_challenge_method")
	switch {
	case values.Get("response_type") == "":
		return a.fail("invalid_request", "The parameter response_type is missing.")
	case values.Get("response_type") != "code":
		return a.fail("unsupported_response_type", "The response_type must be code.")
	case !slices.Contains(world.TokenLevels(), a.level):
		return a.fail("invalid_request", "The token_level must be workspace or user.")
	case a.challenge == "" && method != "":
		return a.fail("invalid_request", "The parameter code_challenge is missing.")
	case a.challenge == "" && a.level == world.UserLevel:
		return a.fail("invalid_request", "A token of the level user needs PKCE: code_challenge, and S256 as code_challenge_method.")
	case a.challenge != "" && method != "S256":
		return a.fail("invalid_request", "The code_challenge_method must be S256.")
	case a.challenge != "" && !challengeForm.MatchString(a.challenge):
		return a.fail("invalid_request", "The code_challenge must be a SHA-256 hash in Base64 for URLs, without padding: 43 characters.")
	}
	return nil
}

// grant creates a code for the member whom the request names, or for the first who may grant the token.
func (s *Server) grant(a *asking) answer {
	workspace, member, err := s.member(a)
	if err != nil {
		return mistake{err.Error()}
	}
	if err := workspace.View().MayGrant(a.level, member); err != nil {
		return a.fail("access_denied", sentence(err))
	}
	now, code := s.world.Clock.Now(), workspace.NewSecret()
	s.codes.add(code, &grant{
		app: a.app.ID, workspace: workspace, member: member, level: a.level, redirect: a.redirect, challenge: a.challenge, expires: now.Add(codeLife),
	}, now)
	return a.back(url.Values{"code": {code}})
}

// member returns the member whom the request names, or the first who may grant the token.
func (s *Server) member(a *asking) (*world.Workspace, attio.ID, error) {
	slug, name, _ := strings.Cut(a.as, "/")
	var slugs []string
	for _, workspace := range s.world.Workspaces() {
		state := workspace.View()
		slugs = append(slugs, state.Slug)
		if slug != "" && slug != state.Slug {
			continue
		}
		if name != "" {
			member, ok := state.MemberNamed(name)
			if !ok {
				return nil, "", errors.New(suggest.Unknown("member", name, state.MemberKeys()))
			}
			return workspace, member.ID, nil
		}
		for _, member := range granters(state, a.level) {
			return workspace, member.ID, nil
		}
	}
	if slug != "" && !slices.Contains(slugs, slug) {
		return nil, "", errors.New(suggest.Unknown("workspace", slug, slugs))
	}
	return nil, "", errors.New("no workspace has a member who may grant this token")
}

// granters lists the members who may grant a token, admins first.
func granters(state *world.State, level world.TokenLevel) []*world.Member {
	var admins, others []*world.Member
	for member := range state.Members() {
		switch {
		case state.MayGrant(level, member.ID) != nil:
		case member.Access == world.Admin:
			admins = append(admins, member)
		default:
			others = append(others, member)
		}
	}
	return append(admins, others...)
}

// fail sends an error back to the app.
func (a *asking) fail(code, says string) answer {
	back := a.back(url.Values{"error": {code}, "error_description": {says}})
	back.code, back.says = code, says
	return back
}

// back sends the browser back to the app. It keeps the query of the redirect URI.
func (a *asking) back(added url.Values) redirection {
	if a.state != "" {
		added.Set("state", a.state)
	}
	joint := "?"
	if strings.Contains(a.redirect, "?") {
		joint = "&"
	}
	return redirection{to: a.redirect + joint + added.Encode()}
}

// redirection redirects the browser.
type redirection struct{ to, code, says string }

func (b redirection) send(w http.ResponseWriter, c *api.Call) {
	c.Status, c.Code, c.Message = http.StatusFound, b.code, b.says
	w.Header().Set("Location", b.to)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusFound)
}

// sentence writes an error as a sentence.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
