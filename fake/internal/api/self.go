package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// identity is the answer of GET /v2/self for a valid token; it is not wrapped in data. The keys are in the order
// recorded in May 2026; token_level is newer, and its place is that of the OpenAPI document.
type identity struct {
	Active       bool     `json:"active"`
	Scope        string   `json:"scope"`
	ClientID     attio.ID `json:"client_id"`
	TokenType    string   `json:"token_type"`
	ExpiresAt    *int64   `json:"exp"` // Attio's tokens never expire
	IssuedAt     int64    `json:"iat"`
	Subject      attio.ID `json:"sub"`
	Audience     attio.ID `json:"aud"`
	Issuer       string   `json:"iss"`
	TokenLevel   string   `json:"token_level"`
	AuthorizedBy attio.ID `json:"authorized_by_workspace_member_id,omitempty"`
	WorkspaceID  attio.ID `json:"workspace_id"`
	Name         string   `json:"workspace_name"`
	Slug         string   `json:"workspace_slug"`
	LogoURL      *string  `json:"workspace_logo_url"`
}

// identify answers GET /v2/self. It never answers 401: a well-formed token that is unknown is reported as not active,
// and anything else counts as missing.
func identify(c *Call) (any, error) {
	if c.Token == nil {
		if value, _ := bearer(c.Request); len(value) != attio.TokenLength {
			return nil, attio.UnrecognisedToken()
		}
		return struct {
			Active bool `json:"active"`
		}{false}, nil
	}
	workspace := c.Workspace.View()
	return identity{
		Active:       true,
		Scope:        c.Token.Scopes.String(),
		ClientID:     c.Token.ID,
		TokenType:    "Bearer",
		IssuedAt:     c.Token.CreatedAt.Unix(),
		Subject:      workspace.ID,
		Audience:     c.Token.ID,
		Issuer:       "attio.com",
		TokenLevel:   "workspace",
		AuthorizedBy: c.Token.AuthorizedBy,
		WorkspaceID:  workspace.ID,
		Name:         workspace.Name,
		Slug:         workspace.Slug,
		LogoURL:      workspace.LogoURL,
	}, nil
}
