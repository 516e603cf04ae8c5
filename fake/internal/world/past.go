package world

import (
	"errors"
	"time"
)

// ErrPast refuses a write to a workspace of a snapshot.
var ErrPast = errors.New("a moment of the past can only be read")

// past is what sets a workspace of a snapshot apart from one of the world.
type past struct {
	now     time.Time
	present *Workspace // the workspace whose past it is
}

// Now returns the time of the snapshot.
func (s *Snapshot) Now() time.Time { return s.clock.Now }

// Past returns the workspaces as they were, to be read: a write is refused with ErrPast, and their clock stands at the
// time of the snapshot.
func (s *Snapshot) Past() []*Workspace {
	all := make([]*Workspace, len(s.workspaces))
	for i, placed := range s.workspaces {
		all[i] = &Workspace{world: s.world, past: &past{s.clock.Now, placed.workspace}}
		all[i].state.Store(placed.state.apart())
	}
	return all
}

// CheckPresent returns ErrPast for a workspace of a snapshot. Write asks it; so does what changes more than the workspace.
func (ws *Workspace) CheckPresent() error {
	if ws.past != nil {
		return ErrPast
	}
	return nil
}

// Present returns the workspace of the world of which this is a moment; one of the world returns itself.
func (ws *Workspace) Present() *Workspace {
	if ws.past != nil {
		return ws.past.present
	}
	return ws
}

// Seed returns the content of the snapshot as a seed for another world, without faults.
func (s *Snapshot) Seed() *Seed {
	s.world.change.Lock()
	defer s.world.change.Unlock()
	return s.seed()
}

// seed is Seed for one who holds change.
func (s *Snapshot) seed() *Seed {
	w := s.world
	return &Seed{Clock: w.Clock.From(s.clock), Random: w.seed.Random, Apps: w.seed.Apps, Users: s.users, Workspaces: s.Workspaces()}
}

// apart returns the state with stores of its own, so that what readers derive from them is dropped with it.
func (s *State) apart() *State {
	w := new(writer)
	apart := s.next(w)
	apart.weight.follow(&weight{grown: s.weight.grown, shrunk: s.weight.shrunk, branch: s.weight.branch}, 0, 0)
	for store := range s.stores.Values() {
		apart.stores.put(store.next(w))
	}
	return apart
}
