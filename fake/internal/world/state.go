package world

import (
	"iter"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// State is one workspace at one moment. It never changes; a transaction makes the next one.
type State struct {
	ID      attio.ID
	Slug    string
	Name    string
	LogoURL *string

	members Collection[*Member]
	tokens  Collection[*Token]

	copying sync.Mutex // the tables allow one copy at a time, and servers may share a seed
}

// Members yields the workspace members, oldest first; suspended ones stay.
func (s *State) Members() iter.Seq[*Member] { return s.members.All() }

// Member returns the workspace member with an id.
func (s *State) Member(id attio.ID) (*Member, bool) { return s.members.Get(id) }

// Tokens yields the access tokens, oldest first.
func (s *State) Tokens() iter.Seq[*Token] { return s.tokens.All() }

// TokenNamed returns the token with a name of the scenario or of AddToken.
func (s *State) TokenNamed(name string) (*Token, bool) {
	for token := range s.tokens.All() {
		if token.Name == name {
			return token, true
		}
	}
	return nil, false
}

// next returns a copy for a transaction to change.
func (s *State) next() *State {
	s.copying.Lock()
	defer s.copying.Unlock()
	return &State{
		ID: s.ID, Slug: s.Slug, Name: s.Name, LogoURL: s.LogoURL,
		members: s.members.copy(),
		tokens:  s.tokens.copy(),
	}
}

// Tx is a transaction on one workspace. It reads as the State that it is making.
type Tx struct {
	*State
	Now time.Time // the time of all that it writes, to the millisecond as Attio's
}

// Build makes the first state of a workspace, by the same rules as any later one.
func Build(id attio.ID, slug, name string, logoURL *string, now time.Time, fill func(*Tx) error) (*State, error) {
	tx := &Tx{State: &State{ID: id, Slug: slug, Name: name, LogoURL: logoURL}, Now: now.UTC().Truncate(time.Millisecond)}
	if err := fill(tx); err != nil {
		return nil, err
	}
	return tx.State, nil
}

// Rename changes the name of the workspace; its slug stays.
func (tx *Tx) Rename(name string) { tx.Name = name }
