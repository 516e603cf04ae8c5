package fake

import "github.com/fakeattio/fakeattio/fake/internal/control"

// Snapshot is everything that a server held at one moment: its users, its workspaces and its clock.
type Snapshot struct{ inner control.Snapshot }

// Snapshot takes a snapshot of the server, in the same time however much it holds. A snapshot with a name can also be
// listed, restored and compared over the control API, under /_fake/snapshots. More than 1,000 names fail the test.
func (s *Server) Snapshot(name ...string) Snapshot {
	if len(name) == 0 {
		return Snapshot{control.Snapshot{World: s.world.Snapshot()}}
	}
	s.helper()
	snapshot, err := s.control.Snapshots.Save(name[0], s.world)
	if err != nil {
		s.fatalf("fake: %v", err)
	}
	return Snapshot{snapshot}
}

// Restore puts the server back to a snapshot of it, with the clock as it ran then. Workspaces made since are gone. A
// snapshot of another server fails the test.
func (s *Server) Restore(snapshot Snapshot) {
	s.helper()
	if s.holds(snapshot) {
		s.world.Restore(snapshot.inner.World)
	}
}

// holds fails the test unless a snapshot is one of this server's.
func (s *Server) holds(snapshot Snapshot) bool {
	s.helper()
	switch {
	case snapshot.inner.World == nil:
		s.fatalf("fake: an empty Snapshot holds nothing; take one with Server.Snapshot")
	case !snapshot.inner.World.Of(s.world):
		s.fatalf("fake: the snapshot is of another server; Export and YAML carry what one server holds to another")
	default:
		return true
	}
	return false
}

// NamedSnapshot returns a snapshot by its name. It fails the test if there is none.
func (s *Server) NamedSnapshot(name string) Snapshot {
	s.helper()
	snapshot, err := s.control.Snapshots.Get(name)
	if err != nil {
		s.fatalf("fake: %v", err)
	}
	return Snapshot{snapshot}
}

// Snapshots lists the names of the named snapshots, oldest first.
func (s *Server) Snapshots() []string {
	names := []string{}
	for _, snapshot := range s.control.Snapshots.List() {
		names = append(names, snapshot.Name)
	}
	return names
}

// DeleteSnapshot forgets a snapshot by its name. It fails the test if there is none.
func (s *Server) DeleteSnapshot(name string) {
	s.helper()
	if s.NamedSnapshot(name).inner.World != nil {
		s.control.Snapshots.Delete(name)
	}
}
