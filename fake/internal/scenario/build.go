package scenario

import (
	"fmt"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// build makes the seed of a document that is right.
func build(doc *document) (*world.Seed, error) {
	seed := &world.Seed{Random: doc.Seed}
	created := defaultCreatedAt
	if doc.Clock != nil {
		seed.Clock.At, created = doc.Clock.Time, doc.Clock.Time
	}
	users := make(map[string]*world.User, len(doc.Users.items))
	for _, u := range doc.Users.items {
		users[u.key] = &world.User{
			Key: u.key, Email: string(u.value.Email),
			FirstName: u.value.FirstName, LastName: u.value.LastName, AvatarURL: u.value.AvatarURL,
		}
		seed.Users = append(seed.Users, users[u.key])
	}
	for _, w := range doc.Workspaces.items {
		state, err := w.value.build(w.key, users, created)
		if err != nil {
			return nil, fmt.Errorf("workspace %q: %w", w.key, err)
		}
		seed.Workspaces = append(seed.Workspaces, state)
	}
	return seed, nil
}

func (w *workspace) build(slug string, users map[string]*world.User, created time.Time) (*world.State, error) {
	title := w.Name
	if !w.has("name") {
		title = slug
	}
	return world.Build(slug, title, created, func(tx *world.Tx) error {
		tx.LogoURL = w.LogoURL
		usual := tx.Now
		for _, m := range w.Members.items {
			tx.Now = usual
			if at := m.value.CreatedAt; at != nil {
				tx.Now = at.Truncate(time.Millisecond)
			}
			if err := tx.AddMember(memberID(slug, m.key), users[m.key], world.AccessLevel(m.value.AccessLevel)); err != nil {
				return err
			}
		}
		tx.Now = usual
		for _, t := range w.Tokens.items {
			token, err := w.token(slug, t)
			if err != nil {
				return err
			}
			if err := tx.AddToken(token); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *workspace) token(slug string, t item[access]) (world.Token, error) {
	token := world.Token{
		ID: attio.PathID(slug + "/tokens/" + t.key), Name: t.key, Value: t.value.secret(slug, t.key),
		Kind: world.APIKey, Scopes: attio.EveryScope(),
	}
	if t.value.Kind != "" {
		token.Kind = world.TokenKind(t.value.Kind)
	}
	if author, ok := w.author(&t.value, token.Kind); ok {
		token.AuthorizedBy = memberID(slug, author)
	}
	if t.value.Scopes.all {
		return token, nil
	}
	list := make([]attio.Scope, len(t.value.Scopes.list))
	for i, s := range t.value.Scopes.list {
		list[i] = attio.Scope(s)
	}
	var err error
	token.Scopes, err = attio.NewScopeSet(list...)
	return token, err
}

// author returns who authorized a token. An API key is made in the settings, where only admins get.
func (w *workspace) author(t *access, kind world.TokenKind) (string, bool) {
	if t.AuthorizedBy != "" {
		return string(t.AuthorizedBy), true
	}
	if kind == world.APIKey {
		for _, m := range w.Members.items {
			if m.value.AccessLevel == accessLevel(world.Admin) {
				return m.key, true
			}
		}
	}
	return "", false
}

func memberID(slug, user string) attio.ID { return attio.PathID(slug + "/members/" + user) }
