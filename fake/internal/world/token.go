package world

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
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

// TokenLevel says for whom a token acts.
type TokenLevel string

// The levels of tokens, as Attio calls them.
const (
	WorkspaceLevel TokenLevel = "workspace"
	UserLevel      TokenLevel = "user" // for the member who authorized it
)

// TokenLevels lists the levels.
func TokenLevels() []TokenLevel { return []TokenLevel{WorkspaceLevel, UserLevel} }

// Token is an access token of one workspace.
type Token struct {
	ID           attio.ID // of the API key, or of the app's token
	Name         string
	Value        string // what the client sends
	Kind         TokenKind
	Level        TokenLevel // empty in a token to be added means the workspace's
	App          attio.ID   // of whom it was granted to; empty where nobody said which app that is
	Scopes       attio.ScopeSet
	AuthorizedBy attio.ID // a workspace member, or empty
	CreatedAt    time.Time
}

// OfUser reports whether the token acts for the member who authorized it.
func (t *Token) OfUser() bool { return t.Level == UserLevel }

// ClientID returns the id of the app, or of the token itself if no app is known.
func (t *Token) ClientID() attio.ID { return cmp.Or(t.App, t.ID) }

// Author returns the author of writes with the token: the API key, the app, or the member for whom the token acts. The last is
// assumed from what Attio says of the level.
func (t *Token) Author() Author {
	if t.OfUser() {
		return MemberAuthor(t.AuthorizedBy)
	}
	actor := attio.Actor{Type: attio.ActorAPIToken, ID: t.ClientID()}
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
	if err := tx.checkLevel(&token); err != nil {
		return err
	}
	token.CreatedAt = tx.Now
	put(tx, &token)
	return nil
}

// checkLevel sets the level of a token that has none, and refuses one for a user who is nobody.
func (tx *Tx) checkLevel(token *Token) error {
	token.Level = cmp.Or(token.Level, WorkspaceLevel)
	switch _, ok := tx.Member(token.AuthorizedBy); {
	case !slices.Contains(TokenLevels(), token.Level):
		return errors.New(suggest.Unknown("level of tokens", string(token.Level), []string{string(WorkspaceLevel), string(UserLevel)}))
	case token.OfUser() && token.Kind == APIKey:
		return errors.New("API keys are the workspace's; only a token that was granted to an app can act for a user")
	case token.OfUser() && !ok:
		return errors.New("a token of a user needs the member who authorized it, for whom it acts")
	}
	return nil
}

// DeleteToken revokes the token with a name. Its value stays taken, so that a snapshot can bring it back.
func (tx *Tx) DeleteToken(name string) error {
	token, ok := tx.TokenNamed(name)
	if !ok {
		return fmt.Errorf("no token has the name %q", name)
	}
	drop(tx, token)
	return nil
}

func (t *Token) identity() (Thing, attio.ID)     { return ThingToken, t.ID }
func (t *Token) attachedTo() []attio.ID          { return nil }
func (t *Token) without(attio.ID) (*Token, bool) { return nil, false }
func (t *Token) followed(*merger) *Token         { return t }
