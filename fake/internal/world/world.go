package world

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// Seed is where a world starts and what Reset returns to. It never changes, and many worlds may
// share one.
type Seed struct {
	Clock      Start
	Random     *int64   // nil for random ids
	Apps       []*App   // in the order of the scenario
	Users      []*User  // in the order of the scenario
	Workspaces []*State // in the order of the scenario
	Faults     []fault.Rule
}

// World is the state of one server: its users, its workspaces, its clock and its ids.
type World struct {
	Clock *Clock

	seed     *Seed
	watchers []Watcher
	ids      atomic.Pointer[IDs]
	order    atomic.Pointer[IDs] // for drawing orders; a source of its own, so that reads do not change the ids of things
	files    fileRoom
	change   sync.Mutex // one writer of the directory at a time; taken before any workspace's
	given    given      // guarded by change
	current  atomic.Pointer[directory]
}

// directory says which users, workspaces and tokens there are. It never changes.
type directory struct {
	users      []*User
	workspaces []*Workspace
	tokens     map[string]tokenPlace // by the value of the token
}

// tokenPlace says where to find a token.
type tokenPlace struct {
	workspace *Workspace
	id        attio.ID
}

// New makes a world from a seed.
func New(seed *Seed) *World {
	w := &World{seed: seed, Clock: NewClock(seed.Clock), given: newGiven()}
	w.files.max, w.files.seed = DefaultMaxFileBytes, seed
	w.current.Store(new(directory))
	w.Reset()
	return w
}

// Reset puts everything back to the seed: users, workspaces, ids and the clock. A Workspace of the seed stays valid.
func (w *World) Reset() {
	w.change.Lock()
	defer w.change.Unlock()
	w.Clock.Reset()
	w.ids.Store(NewIDs(w.seed.Random, "world"))
	w.order.Store(NewIDs(w.seed.Random, "order"))

	var workspaces []placedState
	for _, state := range w.seed.Workspaces {
		workspaces = append(workspaces, placedState{w.given.seeded(w, state.Slug), state})
	}
	w.install(w.seed.Users, workspaces)
}

// Reseed replaces the current state, and the seed that Reset returns to. It refuses a seed with a workspace whose slug
// a clone was given.
func (w *World) Reseed(seed *Seed) error {
	w.change.Lock()
	for _, state := range seed.Workspaces {
		if w.given.isClone(state.Slug) {
			w.change.Unlock()
			return fmt.Errorf("workspace %q: a clone of this server has or had that slug, and no slug is given twice; choose another or start the server anew", state.Slug)
		}
	}
	w.seed = seed
	w.files.returnTo(seed)
	w.Clock.restart(seed.Clock)
	w.change.Unlock()
	w.Reset()
	return nil
}

// Seed returns where the world started, and what Reset returns to.
func (w *World) Seed() *Seed {
	w.change.Lock()
	defer w.change.Unlock()
	return w.seed
}

// Present returns the current content of the world as a seed for another world. The faults are those of its own seed.
func (w *World) Present() *Seed {
	w.change.Lock()
	defer w.change.Unlock()
	seed := w.Moment().seed()
	seed.Faults = w.seed.Faults
	return seed
}

// NewID returns an id for something that is created at run time.
func (w *World) NewID() attio.ID { return w.ids.Load().New() }

// Workspaces returns all workspaces, oldest first.
func (w *World) Workspaces() []*Workspace { return slices.Clone(w.current.Load().workspaces) }

// Workspace returns the workspace with a slug.
func (w *World) Workspace(slug string) (*Workspace, bool) {
	for _, workspace := range w.current.Load().workspaces {
		if workspace.View().Slug == slug {
			return workspace, true
		}
	}
	return nil, false
}

// HadWorkspace reports whether a workspace has or ever had a slug.
func (w *World) HadWorkspace(slug string) bool {
	w.change.Lock()
	defer w.change.Unlock()
	return w.given.slugs[slug]
}

// Authenticate returns the workspace that a token belongs to, and the token. The token of a user who is suspended is
// as unknown as one that was revoked, which is assumed.
func (w *World) Authenticate(value string) (*Workspace, *Token, bool) {
	place, ok := w.current.Load().tokens[value]
	if !ok {
		return nil, nil, false
	}
	state := place.workspace.View()
	token, ok := state.tokens.Get(place.id)
	if !ok || token.OfUser() && !state.acts(token.AuthorizedBy) {
		return nil, nil, false
	}
	return place.workspace, token, true
}

// StandIn returns what a foreign token stands for: the first token of the oldest workspace that has one. A token is foreign if it
// has the form of Attio's, and this world has never given it to anybody: a token that was revoked stays so.
func (w *World) StandIn(value string) (*Workspace, *Token, bool) {
	if !attio.IsToken(value) {
		return nil, nil, false
	}
	w.change.Lock()
	defer w.change.Unlock()
	now := w.current.Load()
	if _, known := now.tokens[value]; known || w.given.made[value] {
		return nil, nil, false
	}
	for _, workspace := range now.workspaces {
		for token := range workspace.View().Tokens() {
			return workspace, token, true
		}
	}
	return nil, nil, false
}

// User returns the account with the user's e-mail address, and creates it if there is none.
func (w *World) User(user User) *User {
	w.change.Lock()
	defer w.change.Unlock()
	old := w.current.Load()
	for _, known := range old.users {
		if strings.EqualFold(known.Email, user.Email) {
			return known
		}
	}
	next := *old
	next.users = append(slices.Clip(old.users), &user)
	w.current.Store(&next)
	return &user
}

// Account is World.User of the workspace's world.
func (ws *Workspace) Account(user User) *User { return ws.world.User(user) }

// Workspace is one workspace of a world through time.
type Workspace struct {
	world *World
	write sync.Mutex // one transaction at a time
	state atomic.Pointer[State]
	past  *past // nil for a workspace of the present
}

// View returns the current state.
func (ws *Workspace) View() *State { return ws.state.Load() }

// Now returns the time on the clock of the world.
func (ws *Workspace) Now() time.Time {
	if ws.past != nil {
		return ws.past.now
	}
	return ws.world.Clock.Now()
}

// Update runs a transaction. Nothing has happened if it returns an error.
func (ws *Workspace) Update(author Author, change func(*Tx) error) error {
	_, err := ws.Write(author, change)
	return err
}

// Write is Update that also returns the commits: that of the transaction, and those of the effects that it triggers.
func (ws *Workspace) Write(author Author, change func(*Tx) error) ([]Commit, error) {
	if err := ws.CheckPresent(); err != nil {
		return nil, err
	}
	ws.write.Lock()
	defer ws.write.Unlock()
	tx := ws.begin(author)
	if err := change(tx); err != nil {
		return nil, err
	}
	commits := []Commit{ws.end(tx)}
	if effects, called := ws.effects(tx); called {
		commits = append(commits, ws.end(effects))
	}
	return commits, nil
}

// end commits a transaction and notifies the watchers.
func (ws *Workspace) end(tx *Tx) Commit {
	commit := tx.commit(ws)
	tx.weigh(commit.Changes)
	ws.state.Store(tx.State)
	tx.outdate()
	for _, watcher := range ws.world.watchers {
		watcher.Committed(commit)
	}
	return commit
}

// begin begins a transaction, whose state is invisible until it is committed.
func (ws *Workspace) begin(author Author) *Tx {
	base := ws.View()
	writer := new(writer)
	return &Tx{
		State:  base.next(writer),
		writer: writer,
		base:   base,
		Now:    ws.world.Clock.Now().Truncate(time.Millisecond),
		Author: author,
		newID:  func(string) attio.ID { return ws.world.NewID() },
	}
}

// NewTokenValue returns a token value that the world never gave out before.
func (ws *Workspace) NewTokenValue(name string) string {
	ws.world.change.Lock()
	defer ws.world.change.Unlock()
	return ws.world.given.token(ws.View().Slug, name)
}

// AddToken adds a token to the workspace. Its value must be new to the whole world.
func (ws *Workspace) AddToken(token Token) error {
	ws.world.change.Lock()
	defer ws.world.change.Unlock()
	_, err := ws.addToken(Author{}, token)
	return err
}

// addToken is AddToken for one who holds change.
func (ws *Workspace) addToken(author Author, token Token) ([]Commit, error) {
	w := ws.world
	next := *w.current.Load()
	if _, taken := next.tokens[token.Value]; taken {
		return nil, fmt.Errorf("the value of the token %q %w", token.Name, ErrTokenTaken)
	}
	commits, err := ws.Write(author, func(tx *Tx) error { return tx.AddToken(token) })
	if err != nil {
		return nil, err
	}
	next.tokens = maps.Clone(next.tokens)
	next.tokens[token.Value] = tokenPlace{ws, token.ID}
	w.current.Store(&next)
	return commits, nil
}

func (ws *Workspace) restore(state *State) {
	ws.write.Lock()
	defer ws.write.Unlock()
	for store := range state.stores.Values() {
		store.revive()
	}
	ws.state.Store(state)
}
