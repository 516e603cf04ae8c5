package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// identity is the answer of GET /v2/self for a valid token; it is not wrapped in data. The keys are in the order
// recorded in May 2026; token_level is newer, and its place is that of the OpenAPI document.
type identity struct {
	Active       bool             `json:"active"`
	Scope        string           `json:"scope"`
	ClientID     attio.ID         `json:"client_id"`
	TokenType    string           `json:"token_type"`
	ExpiresAt    *int64           `json:"exp"` // Attio's tokens never expire
	IssuedAt     int64            `json:"iat"`
	Subject      attio.ID         `json:"sub"`
	Audience     attio.ID         `json:"aud"`
	Issuer       string           `json:"iss"`
	TokenLevel   world.TokenLevel `json:"token_level"`
	AuthorizedBy attio.ID         `json:"authorized_by_workspace_member_id,omitempty"`
	WorkspaceID  attio.ID         `json:"workspace_id"`
	Name         string           `json:"workspace_name"`
	Slug         string           `json:"workspace_slug"`
	LogoURL      *string          `json:"workspace_logo_url"`
}

// identify answers GET /v2/self. It never answers 401: a well-formed token that is unknown is reported as not active,
// and anything else counts as missing.
func identify(c *Call) (any, error) {
	if c.Token == nil {
		if value, _ := bearer(c.Request); len(value) != attio.TokenLength {
			return nil, attio.UnrecognisedToken()
		}
		return inactive{}, nil
	}
	return identityOf(c.Workspace.View(), c.Token), nil
}

// inactive is the answer for a token that is not known.
type inactive struct {
	Active bool `json:"active"` // false
}

func identityOf(workspace *world.State, token *world.Token) identity {
	return identity{
		Active:       true,
		Scope:        token.Scopes.String(),
		ClientID:     token.ClientID(),
		TokenType:    "Bearer",
		IssuedAt:     token.CreatedAt.Unix(),
		Subject:      workspace.ID,
		Audience:     token.ClientID(),
		Issuer:       "attio.com",
		TokenLevel:   token.Level,
		AuthorizedBy: token.AuthorizedBy,
		WorkspaceID:  workspace.ID,
		Name:         workspace.Name,
		Slug:         workspace.Slug,
		LogoURL:      workspace.LogoURL,
	}
}

// Introspect returns the JSON that GET /v2/self has for a token; for nil that it is not active.
func Introspect(workspace *world.Workspace, token *world.Token) []byte {
	var said any = inactive{}
	if token != nil {
		said = identityOf(workspace.View(), token)
	}
	body, _ := encode(said) // texts and numbers only
	return body
}
