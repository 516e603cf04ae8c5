package control

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// NewToken describes an access token to be created.
type NewToken struct {
	Name         string // empty for a generated name
	Scopes       []string
	AllScopes    bool
	Kind         world.TokenKind
	Level        world.TokenLevel // empty for the workspace level; only an app's token acts for a user
	AuthorizedBy string           // a member by the key of the user, e-mail address or id; empty for the default
}

// AddToken adds an access token to a workspace.
func (h *Handler) AddToken(workspace *world.Workspace, t NewToken) (*world.Token, error) {
	if err := workspace.CheckPresent(); err != nil {
		return nil, err
	}
	state, id := workspace.View(), h.world.NewID()
	made := world.Token{ID: id, Name: cmp.Or(t.Name, "token "+string(id)), Kind: t.Kind, Level: t.Level}
	if made.OfUser() {
		made.Kind = world.AppToken
	}
	made.Value = workspace.NewTokenValue(made.Name)
	if t.AuthorizedBy != "" {
		member, ok := state.MemberNamed(t.AuthorizedBy)
		if !ok {
			return nil, errors.New(suggest.Unknown("member", t.AuthorizedBy, state.MemberKeys()))
		}
		made.AuthorizedBy = member.ID
	}
	var err error
	if made.Scopes, err = t.scopes(); err != nil {
		return nil, err
	}
	if err := workspace.AddToken(made); err != nil {
		return nil, err
	}
	added, _ := workspace.View().TokenNamed(made.Name)
	return added, nil
}

func (t NewToken) scopes() (attio.ScopeSet, error) {
	if t.AllScopes {
		return attio.EveryScope(), nil
	}
	known := attio.AllScopes()
	list := make([]attio.Scope, len(t.Scopes))
	for i, s := range t.Scopes {
		if list[i] = attio.Scope(s); !slices.Contains(known, list[i]) {
			return 0, errors.New(suggest.Unknown("scope", s, texts(known)))
		}
	}
	return attio.NewScopeSet(list...)
}

// tokenBody is the body of POST /_fake/workspaces/{workspace}/tokens.
type tokenBody struct {
	// The name, which no other token of the workspace may have; without it the token gets one of its own.
	Name string `json:"name" jsonschema:"example=reader"`
	// What the token may do. Without scopes and all_scopes it may do nothing.
	Scopes []string `json:"scopes"`
	// Whether the token may do everything.
	AllScopes bool `json:"all_scopes"`
	// Whether it is an API key, the default, or was granted to an app.
	Kind world.TokenKind `json:"kind"`
	// Whether it acts for the workspace, the default, or for the user who authorized it.
	Level world.TokenLevel `json:"token_level"`
	// The member who made it: the key of the user, the e-mail address or the id. For an API key the default is the first admin.
	AuthorizedBy string `json:"authorized_by"`
}

// addToken answers POST /_fake/workspaces/{workspace}/tokens with the token and its value.
func addToken(h *Handler, r *http.Request) (any, *refusal) {
	body := tokenBody{Kind: world.APIKey}
	if refused := decodeOptional(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	if !slices.Contains(world.TokenKinds(), body.Kind) {
		return nil, badRequest("%s", suggest.Unknown("kind of token", string(body.Kind), texts(world.TokenKinds())))
	}
	if body.Level != "" && !slices.Contains(world.TokenLevels(), body.Level) {
		return nil, badRequest("%s", suggest.Unknown("token level", string(body.Level), texts(world.TokenLevels())))
	}
	if body.AllScopes && body.Scopes != nil {
		return nil, badRequest("a token has scopes or all_scopes, not both")
	}
	token, err := h.AddToken(workspace, NewToken(body))
	switch {
	case errors.Is(err, world.ErrTokenTaken):
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	case err != nil:
		return nil, badRequest("%v", err)
	}
	return describeToken(token), nil
}

// deleteToken answers DELETE /_fake/workspaces/{workspace}/tokens/{token}.
func deleteToken(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	name := variable(r, "token")
	if workspace.Update(world.Author{}, func(tx *world.Tx) error { return tx.DeleteToken(name) }) != nil {
		return nil, notFound(suggest.Unknown("token", name, workspace.View().TokenNames()))
	}
	return nil, nil
}

func notFound(message string) *refusal {
	return &refusal{status: http.StatusNotFound, message: message}
}

func texts[T ~string](of []T) []string {
	all := make([]string, len(of))
	for i, text := range of {
		all[i] = string(text)
	}
	return all
}
