package world

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Snapshot is a world at one moment: its users, its workspaces and how its clock runs. It never changes.
type Snapshot struct {
	world      *World
	users      []*User
	workspaces []placedState
	clock      Reading
	name       string // empty for none
}

// placedState is a workspace of a snapshot and its state.
type placedState struct {
	workspace *Workspace
	state     *State
}

// Snapshot keeps the current state. Its cost does not depend on what the workspaces hold.
func (w *World) Snapshot() *Snapshot { return w.NamedSnapshot("") }

// NamedSnapshot is Snapshot with a name, which appears in the error of an upload for which the snapshot leaves no room.
func (w *World) NamedSnapshot(name string) *Snapshot {
	w.change.Lock()
	defer w.change.Unlock()
	s := w.Moment()
	s.name = name
	for _, placed := range s.workspaces {
		placed.state.last()
	}
	w.files.follow(s)
	return s
}

// Roster says which users and workspaces there are at a moment.
type Roster struct {
	users      []*User
	workspaces []*Workspace
}

// Roster returns the current users and workspaces. Nobody may change the slices.
func (w *World) Roster() Roster {
	present := w.current.Load()
	return Roster{present.users, present.workspaces}
}

// Workspaces returns the workspaces, which the caller must not change.
func (r Roster) Workspaces() []*Workspace { return r.workspaces }

// SameUsers reports whether two rosters have the same version of the users.
func (r Roster) SameUsers(other Roster) bool {
	return len(r.users) == len(other.users) && (len(r.users) == 0 || &r.users[0] == &other.users[0])
}

// WithUsers returns the roster with the users of another.
func (r Roster) WithUsers(of Roster) Roster { return Roster{of.users, r.workspaces} }

// Moment is Snapshot without counting in the room for files.
func (w *World) Moment() *Snapshot {
	return w.SnapshotAt(w.Roster(), w.Clock.Read(), (*Workspace).View)
}

// SnapshotAt returns a snapshot of another moment: of the users and workspaces that there were, of their states, and of
// the clock. It leaves out workspaces without a state. The room for files does not count it, so whoever keeps many of them has to bound
// their size.
func (w *World) SnapshotAt(roster Roster, clock Reading, state func(*Workspace) *State) *Snapshot {
	s := &Snapshot{world: w, users: roster.users, clock: clock}
	for _, workspace := range roster.workspaces {
		if state := state(workspace); state != nil {
			s.workspaces = append(s.workspaces, placedState{workspace, state})
		}
	}
	return s
}

// Of reports whether it is a snapshot of a world.
func (s *Snapshot) Of(w *World) bool { return s != nil && s.world == w }

// Restore brings back the state of a snapshot of this world, and its clock: a frozen clock stops at the time of the
// snapshot, a running one gets the offset that it had. The source of ids is not restored, so nothing new gets the id of
// something that was undone.
func (w *World) Restore(s *Snapshot) {
	w.change.Lock()
	defer w.change.Unlock()
	w.Clock.apply(s.clock.clockSetting())
	w.install(s.users, s.workspaces)
}

// Workspaces yields the states of a snapshot by their slugs, in their order.
func (s *Snapshot) Workspaces() []*State {
	states := make([]*State, len(s.workspaces))
	for i, placed := range s.workspaces {
		states[i] = placed.state
	}
	return states
}

// install replaces the users and workspaces. The caller holds change.
func (w *World) install(users []*User, workspaces []placedState) {
	next := &directory{users: users, tokens: make(map[string]tokenPlace)}
	for _, placed := range workspaces {
		placed.workspace.restore(placed.state)
		next.workspaces = append(next.workspaces, placed.workspace)
		for token := range placed.state.Tokens() {
			next.tokens[token.Value] = tokenPlace{placed.workspace, token.ID}
		}
	}
	w.current.Store(next)
	for _, watcher := range w.watchers {
		watcher.WasReset()
	}
}

// ErrSlugTaken reports that a workspace has the slug.
var ErrSlugTaken = errors.New("is the slug of another workspace")

// ErrSlugGone reports that a workspace had the slug.
var ErrSlugGone = errors.New("was the slug of a workspace that is gone, and no slug is given twice; choose another")

// Clone copies a workspace under a slug that no workspace ever had: the given one, or else the next of "acme-2",
// "acme-3", … The clone has the same tokens with new values, and the same ids except that of the workspace. Its cost
// does not depend on what the workspace holds.
func (w *World) Clone(original *Workspace, slug string) (*Workspace, error) {
	w.change.Lock()
	defer w.change.Unlock()
	switch {
	case slug == "":
		slug = w.given.next(original.View().Origin)
	case !w.given.slugs[slug]:
	default:
		if _, taken := w.Workspace(slug); taken {
			return nil, fmt.Errorf("%q %w", slug, ErrSlugTaken)
		}
		return nil, fmt.Errorf("%q %w", slug, ErrSlugGone)
	}
	w.given.slugs[slug] = true
	original.View().last()
	own := new(writer)
	state := original.View().next(own)
	state.weight.follow(&original.View().weight, 0, 0)
	state.weight.copied = stateBytes + thingsBytes
	schema := *state.Schema
	state.ID, state.Slug = attio.PathID(slug), slug
	schema.WorkspaceID, schema.WorkspaceSlug = state.ID, slug
	state.Schema = &schema

	next := *w.current.Load()
	next.tokens = maps.Clone(next.tokens)
	clone := &Workspace{world: w}
	state.things = state.things.next(own)
	for token := range original.View().Tokens() {
		own := *token
		own.Value = attio.DerivedToken(slug, token.Name)
		state.tokens.put(own.ID, &own)
		next.tokens[own.Value] = tokenPlace{clone, own.ID}
	}
	clone.state.Store(state)
	next.workspaces = append(slices.Clip(next.workspaces), clone)
	w.current.Store(&next)
	for _, watcher := range w.watchers {
		watcher.Added(clone)
	}
	return clone, nil
}

// Remove removes a workspace, and its tokens become unknown. Reset brings back a workspace of the seed. The files are
// dropped at once: the log of deliveries, the world and tests may refer to a removed workspace for a long time, and
// what it holds is not counted.
func (w *World) Remove(workspace *Workspace) {
	w.change.Lock()
	defer w.change.Unlock()
	next := *w.current.Load()
	next.workspaces = slices.DeleteFunc(slices.Clone(next.workspaces), func(ws *Workspace) bool { return ws == workspace })
	next.tokens = maps.Clone(next.tokens)
	maps.DeleteFunc(next.tokens, func(_ string, place tokenPlace) bool { return place.workspace == workspace })
	w.current.Store(&next)
	workspace.dropFiles()
	for _, watcher := range w.watchers {
		watcher.Removed(workspace)
	}
}

// clockSetting is how a clock runs.
type clockSetting struct {
	frozen bool
	at     time.Time
	offset span
}

func (c *Clock) apply(s clockSetting) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropTimers()
	c.frozen, c.at, c.offset = s.frozen, s.at, s.offset
}
