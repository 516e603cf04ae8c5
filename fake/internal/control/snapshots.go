package control

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// maxSnapshots bounds how many named snapshots there are: each keeps alive everything that existed when it was taken.
const maxSnapshots = 1000

// Snapshots are the named snapshots of a server. The zero value is empty.
type Snapshots struct {
	mu    sync.Mutex
	named []Snapshot
}

// Snapshot is a snapshot with a name.
type Snapshot struct {
	Name  string          `json:"name"`     // by which it is restored
	Taken attio.Time      `json:"taken_at"` // on the server's clock
	World *world.Snapshot `json:"-"`
}

// Save takes a snapshot under a name, replacing any that has it. It returns an error if there are too many.
func (s *Snapshots) Save(name string, w *world.World) (Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	others := s.without(name)
	if len(others) >= maxSnapshots {
		return Snapshot{}, fmt.Errorf("there are already %d named snapshots, the most that a server keeps; "+
			"delete some, the oldest is %q: DELETE /_fake/snapshots/{name}, or DeleteSnapshot in Go", len(others), others[0].Name)
	}
	snapshot := Snapshot{name, attio.Time{Time: w.Clock.Now()}, w.NamedSnapshot(name)}
	s.named = append(others, snapshot)
	return snapshot, nil
}

// List lists the snapshots, oldest first.
func (s *Snapshots) List() []Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.named)
}

// Get returns a snapshot by its name. Its error lists the names that exist.
func (s *Snapshots) Get(name string) (Snapshot, error) {
	names := []string{}
	for _, snapshot := range s.List() {
		if snapshot.Name == name {
			return snapshot, nil
		}
		names = append(names, snapshot.Name)
	}
	return Snapshot{}, fmt.Errorf("%s", suggest.Unknown("snapshot", name, names))
}

// Delete deletes a snapshot and reports whether it existed.
func (s *Snapshots) Delete(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.named)
	s.named = s.without(name)
	return len(s.named) < before
}

func (s *Snapshots) without(name string) []Snapshot {
	return slices.DeleteFunc(slices.Clone(s.named), func(s Snapshot) bool { return s.Name == name })
}

// WorkspaceDiff is how a workspace differs between two snapshots.
type WorkspaceDiff struct {
	Workspace string   `json:"workspace"` // its slug
	Action    Action   `json:"action"`    // what happened to the workspace itself
	Changes   []Change `json:"changes"`   // to the things in it
}

// Diff returns the changes that lead from one snapshot to another, rendered as the API shows things now. It leaves out
// workspaces that are the same in both, and lists no changes of a workspace that only one of them has.
func Diff(before, after *world.Snapshot, now time.Time) []WorkspaceDiff {
	diffs := []WorkspaceDiff{}
	was := make(map[string]*world.State)
	for _, state := range before.Workspaces() {
		was[state.Slug] = state
	}
	for _, is := range after.Workspaces() {
		old, existed := was[is.Slug]
		delete(was, is.Slug)
		if !existed {
			diffs = append(diffs, WorkspaceDiff{is.Slug, Created, []Change{}})
			continue
		}
		if changes := world.Diff(old, is); len(changes) > 0 {
			diffs = append(diffs, WorkspaceDiff{is.Slug, Changed, ChangesOf(old, is, now, changes)})
		}
	}
	for _, state := range before.Workspaces() {
		if was[state.Slug] != nil {
			diffs = append(diffs, WorkspaceDiff{state.Slug, Deleted, []Change{}})
		}
	}
	return diffs
}

// snapshotsAnswer is the answer of GET /_fake/snapshots.
type snapshotsAnswer struct {
	Snapshots []Snapshot `json:"snapshots"` // oldest first
}

// listSnapshots answers GET /_fake/snapshots.
func listSnapshots(h *Handler, _ *http.Request) (any, *refusal) {
	return snapshotsAnswer{append([]Snapshot{}, h.Snapshots.List()...)}, nil
}

// saveSnapshot answers PUT /_fake/snapshots/{name}.
func saveSnapshot(h *Handler, r *http.Request) (any, *refusal) {
	snapshot, err := h.Snapshots.Save(variable(r, "snapshot"), h.world)
	if err != nil {
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	}
	return snapshot, nil
}

// deleteSnapshot answers DELETE /_fake/snapshots/{name}.
func deleteSnapshot(h *Handler, r *http.Request) (any, *refusal) {
	if _, refusal := h.snapshot(variable(r, "snapshot")); refusal != nil {
		return nil, refusal
	}
	h.Snapshots.Delete(variable(r, "snapshot"))
	return nil, nil
}

// restoreSnapshot answers POST /_fake/snapshots/{name}/restore.
func restoreSnapshot(h *Handler, r *http.Request) (any, *refusal) {
	snapshot, refusal := h.snapshot(variable(r, "snapshot"))
	if refusal == nil {
		h.world.Restore(snapshot.World)
	}
	return nil, refusal
}

// diffAnswer is the answer of GET /_fake/snapshots/{name}/diff.
type diffAnswer struct {
	Workspaces []WorkspaceDiff `json:"workspaces"` // those that differ
}

// diffSnapshots answers GET /_fake/snapshots/{name}/diff: what changed between this snapshot and now, or the snapshot
// that the parameter "to" names.
func diffSnapshots(h *Handler, r *http.Request) (any, *refusal) {
	before, refusal := h.snapshot(variable(r, "snapshot"))
	if refusal != nil {
		return nil, refusal
	}
	after := h.world.Snapshot()
	if name := r.URL.Query().Get("to"); name != "" {
		named, refusal := h.snapshot(name)
		if refusal != nil {
			return nil, refusal
		}
		after = named.World
	}
	return diffAnswer{Diff(before.World, after, h.world.Clock.Now())}, nil
}

func (h *Handler) snapshot(name string) (Snapshot, *refusal) {
	snapshot, err := h.Snapshots.Get(name)
	if err != nil {
		return Snapshot{}, &refusal{status: http.StatusNotFound, message: err.Error()}
	}
	return snapshot, nil
}
