package world

import (
	"errors"
	"fmt"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// TokenKind says how a token was issued, which decides the kind of actor of its writes.
type TokenKind string

// The kinds of tokens.
const (
	APIKey   TokenKind = "api-key" // made by an admin in the workspace's settings
	AppToken TokenKind = "app"     // granted to an app through OAuth
)

// TokenKinds lists the kinds.
func TokenKinds() []TokenKind { return []TokenKind{APIKey, AppToken} }

// Token is an access token of one workspace.
type Token struct {
	ID           attio.ID // of the API key, or of the app
	Name         string
	Value        string // what the client sends
	Kind         TokenKind
	Scopes       attio.ScopeSet
	AuthorizedBy attio.ID // a workspace member, or empty
	CreatedAt    time.Time
}

// Author returns the author of writes with the token: the API key or the app itself.
func (t *Token) Author() Author {
	actor := attio.Actor{Type: attio.ActorAPIToken, ID: t.ID}
	if t.Kind == AppToken {
		actor.Type = attio.ActorApp
	}
	return Author{Actor: actor, Member: t.AuthorizedBy}
}

// ErrTokenTaken reports that the name or the value of a token is taken.
var ErrTokenTaken = errors.New("is taken by another token")

// AddToken adds a token to the workspace, created at the time of the transaction. An API key without a member is
// attributed to the workspace's first admin: Attio names somebody for every token except those that it made for an app.
func (tx *Tx) AddToken(token Token) error {
	if token.AuthorizedBy == "" && token.Kind == APIKey {
		if admin, ok := tx.FirstAdmin(); ok {
			token.AuthorizedBy = admin.ID
		}
	}
	return tx.SeedToken(token)
}

// SeedToken is AddToken for a token that may have no member, because it was made before the workspace had an admin.
func (tx *Tx) SeedToken(token Token) error {
	if _, ok := tx.TokenNamed(token.Name); ok {
		return fmt.Errorf("the name %q %w", token.Name, ErrTokenTaken)
	}
	token.CreatedAt = tx.Now
	put(tx, &tx.tokens, &token)
	return nil
}

// DeleteToken revokes the token with a name. Its value stays taken, so that a snapshot can bring it back.
func (tx *Tx) DeleteToken(name string) error {
	token, ok := tx.TokenNamed(name)
	if !ok {
		return fmt.Errorf("no token has the name %q", name)
	}
	drop(tx, &tx.tokens, token)
	return nil
}

func (t *Token) identity() (Thing, attio.ID)     { return ThingToken, t.ID }
func (t *Token) attachedTo() []attio.ID          { return nil }
func (t *Token) without(attio.ID) (*Token, bool) { return nil, false }
