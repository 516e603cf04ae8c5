package fake

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Token is an access token of a workspace.
type Token struct {
	Name      string
	Value     string   // what a client sends as its Bearer token
	Scopes    []string // in alphabetical order, read-write only where it includes read
	AllScopes bool     // whether there is nothing that it may not do
}

// Tokens returns all access tokens of the workspace, oldest first.
func (w *Workspace) Tokens() []Token {
	var tokens []Token
	for from := range w.state().Tokens() {
		token := Token{Name: from.Name, Value: from.Value, Scopes: []string{}, AllScopes: from.Scopes == attio.EveryScope()}
		for _, scope := range from.Scopes.List() {
			token.Scopes = append(token.Scopes, string(scope))
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// Token returns the value of a token. It takes a workspace, whose first token with all scopes it
// returns, or its first one if there is none; a workspace and the name of a token, "acme/reader"; or the name alone
// where one workspace has such a token.
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
		s.fatalf("fake: workspace %q has no token; give it one with Workspace.Token or in the scenario", workspace.View().Slug)
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

// TokenOption says what kind of token Workspace.Token makes.
type TokenOption struct {
	apply func(*Workspace, *world.Token) error
}

// Scopes gives a token these scopes, or every scope for the word "all". Without any it may do nothing.
func Scopes(scopes ...string) TokenOption {
	return TokenOption{func(_ *Workspace, token *world.Token) error {
		if len(scopes) == 1 && scopes[0] == "all" {
			token.Scopes = attio.EveryScope()
			return nil
		}
		known := texts(attio.AllScopes())
		list := make([]attio.Scope, len(scopes))
		for i, s := range scopes {
			if !slices.Contains(known, s) {
				return errors.New(suggest.Unknown("scope", s, known))
			}
			list[i] = attio.Scope(s)
		}
		var err error
		token.Scopes, err = attio.NewScopeSet(list...)
		return err
	}}
}

// App makes it the token of an app, which writes as the actor "app".
func App() TokenOption {
	return TokenOption{func(_ *Workspace, token *world.Token) error {
		token.Kind = world.AppToken
		return nil
	}}
}

// AuthorizedBy names the member who made the token, by the keys that Workspace.Member takes.
func AuthorizedBy(key string) TokenOption {
	return TokenOption{func(w *Workspace, token *world.Token) error {
		if member := w.member(key); member != nil {
			token.AuthorizedBy = member.ID
		}
		return nil
	}}
}

// Token makes another token and returns its value. Without options it makes none, and returns that
// of Server.Token.
func (w *Workspace) Token(options ...TokenOption) string {
	w.server.helper()
	if len(options) == 0 {
		return w.server.Token(w.Slug())
	}
	id := w.server.world.NewID()
	token := world.Token{ID: id, Name: "token " + string(id), Kind: world.APIKey}
	token.Value = w.inner.NewTokenValue(token.Name)
	for _, option := range options {
		if err := option.apply(w, &token); err != nil {
			w.server.fatalf("fake: make a token of workspace %q: %v", w.Slug(), err)
			return ""
		}
	}
	if err := w.inner.AddToken(token); err != nil {
		w.server.fatalf("fake: make a token of workspace %q: %v", w.Slug(), err)
		return ""
	}
	return token.Value
}
