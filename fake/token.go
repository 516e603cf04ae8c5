package fake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Token is an access token of a workspace.
type Token struct {
	Name      string   // to AddToken empty means a name of its own
	Value     string   // what a client sends as its Bearer token; AddToken makes one
	Scopes    []string // in alphabetical order, read-write only where it includes read
	AllScopes bool     // whether it may do everything
	App       bool     // whether it was granted to an app, which writes as the actor "app"; otherwise it is an API key
	// Level says for whom it acts. To AddToken empty means the workspace; a token of a user is an app's and needs AuthorizedBy.
	Level TokenLevel
	// AuthorizedBy is the id of the member who made it; to AddToken whatever Workspace.Member takes, and empty
	// means the first admin for an API key.
	AuthorizedBy string
}

// TokenLevel says for whom a token acts.
type TokenLevel string

// The levels of tokens. A user's token sees and changes what the member who authorized it may, and writes as that member.
const (
	TokenLevelWorkspace TokenLevel = "workspace"
	TokenLevelUser      TokenLevel = "user"
)

// Tokens returns all access tokens of the workspace, oldest first.
func (w *Workspace) Tokens() []Token {
	var tokens []Token
	state := w.state()
	for from := range state.Tokens() {
		tokens = append(tokens, newToken(state, from))
	}
	return tokens
}

// Token returns the value of the workspace's token with a name; without a name that of its first token with all
// scopes, or of its first token if none has all.
func (w *Workspace) Token(name ...string) string {
	w.server.helper()
	if len(name) == 0 {
		return w.server.firstToken(w.inner)
	}
	token, ok := w.state().TokenNamed(name[0])
	if !ok {
		w.server.fatalf("fake: workspace %q: %s", w.Slug(), suggest.Unknown("token", name[0], w.state().TokenNames()))
		return ""
	}
	return token.Value
}

// Token returns the value of a token. The path is a workspace, "acme", for the token that Workspace.Token returns without a
// name; a workspace and the name of a token, "acme/reader"; or only the name, if a single workspace has such a token.
func (s *Server) Token(path string) string {
	s.helper()
	if workspace, ok := s.world.Workspace(path); ok {
		return s.firstToken(workspace)
	}
	token, err := s.namedToken(path)
	if err != nil {
		s.fatalf("fake: %v", err)
	}
	return token
}

func (s *Server) firstToken(workspace *world.Workspace) string {
	s.helper()
	tokens := slices.Collect(workspace.View().Tokens())
	if len(tokens) == 0 {
		s.fatalf("fake: workspace %q has no token; give it one with Workspace.AddToken or in the scenario", workspace.View().Slug)
		return ""
	}
	all := slices.IndexFunc(tokens, func(t *world.Token) bool { return t.Scopes == attio.EveryScope() })
	return tokens[max(all, 0)].Value
}

// namedToken finds a token by its name in whatever workspace, or in the one that the path begins with.
func (s *Server) namedToken(path string) (string, error) {
	places := s.control.Places()
	asked := match.Query{Token: path}
	if err := asked.CheckPlaces(places); err != nil {
		if !strings.Contains(path, "/") { // it may be meant as a workspace
			return "", match.Query{Workspace: path}.CheckPlaces(places)
		}
		return "", err
	}
	var value string
	var holders []string
	for _, workspace := range s.world.Workspaces() {
		slug := workspace.View().Slug
		for token := range workspace.View().Tokens() {
			if asked.Matches(match.Request{Workspace: slug, Token: token.Name}) {
				value, holders = token.Value, append(holders, slug+"/"+token.Name)
			}
		}
	}
	if len(holders) > 1 {
		return "", fmt.Errorf("several workspaces have a token %q; say which one: %s", path, strings.Join(holders, ", "))
	}
	return value, nil
}

// AddToken gives the workspace another access token. Of a Token with nothing set it makes one that may do nothing, with
// a name of its own.
func (w *Workspace) AddToken(t Token) Token {
	w.server.helper()
	kind := world.APIKey
	if t.App {
		kind = world.AppToken
	}
	added, err := w.server.control.AddToken(w.inner, control.NewToken{
		Name: t.Name, Scopes: t.Scopes, AllScopes: t.AllScopes, Kind: kind, Level: world.TokenLevel(t.Level), AuthorizedBy: t.AuthorizedBy,
	})
	if err != nil {
		w.server.fatalf("fake: workspace %q: add a token: %v", w.Slug(), err)
		return Token{}
	}
	return newToken(w.state(), added)
}

// DeleteToken revokes a token, by its name. Requests with it are refused from then on.
func (w *Workspace) DeleteToken(name string) {
	w.server.helper()
	if w.Token(name) == "" {
		return
	}
	w.update(func(tx *world.Tx) error { return tx.DeleteToken(name) })
}

func newToken(state *world.State, from *world.Token) Token {
	token := Token{
		Name: from.Name, Value: from.Value, Scopes: []string{}, AllScopes: from.Scopes == attio.EveryScope(),
		App: from.Kind == world.AppToken, Level: TokenLevel(from.Level),
	}
	for _, scope := range from.Scopes.List() {
		token.Scopes = append(token.Scopes, string(scope))
	}
	if member, ok := state.Member(from.AuthorizedBy); ok {
		token.AuthorizedBy = string(member.ID)
	}
	return token
}
