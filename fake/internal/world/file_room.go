package world

import (
	"runtime"
	"slices"
	"sync"
	"weak"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// DefaultMaxFileBytes is the default limit on the total size of all files of a server.
const DefaultMaxFileBytes = 512 << 20

// fileRoom limits the total size of the files of all workspaces, of uploads under way, and of the files that the seed or a
// snapshot can bring back.
type fileRoom struct {
	mu        sync.Mutex
	max       int64
	arriving  int64 // the bytes of uploads that no workspace has yet
	seed      *Seed
	snapshots []weak.Pointer[Snapshot] // weak, because a test may simply drop one

	// The latest count, and the states that it covers.
	counted []weak.Pointer[State]
	total   int64
}

// LimitFiles sets how many bytes the files of all workspaces may hold together. Files that exist stay.
func (w *World) LimitFiles(bytes int64) {
	w.files.mu.Lock()
	defer w.files.mu.Unlock()
	w.files.max = bytes
}

// Arrival counts the bytes of one file during its upload. Done must be called once a workspace has the file, or never
// will.
type Arrival struct {
	world *World
	bytes int64
}

// Arrive begins to count a file that is being uploaded to the workspace.
func (ws *Workspace) Arrive() *Arrival { return &Arrival{world: ws.world} }

// Add counts more bytes, unless there is no room for them. The error is an answer of the API.
func (a *Arrival) Add(bytes int64) error {
	room := &a.world.files
	room.mu.Lock()
	defer room.mu.Unlock()
	left := room.max - room.arriving - bytes
	full := func() bool { return a.world.fileBytes(left) > left }
	if full() && len(room.snapshots) > 0 {
		runtime.GC() // finds dropped snapshots
	}
	if full() {
		return attio.FileStorageFull(room.max, room.inTheWay(a.world.states())...)
	}
	a.bytes += bytes
	room.arriving += bytes
	return nil
}

// Done removes the bytes of the upload from the count.
func (a *Arrival) Done() {
	room := &a.world.files
	room.mu.Lock()
	defer room.mu.Unlock()
	room.arriving -= a.bytes
	a.bytes = 0
}

// follow counts the files that a snapshot can bring back.
func (room *fileRoom) follow(s *Snapshot) {
	room.mu.Lock()
	defer room.mu.Unlock()
	if len(room.snapshots) == cap(room.snapshots) { // before it grows
		room.snapshots = slices.DeleteFunc(room.snapshots, func(s weak.Pointer[Snapshot]) bool { return s.Value() == nil })
	}
	room.snapshots = append(room.snapshots, weak.Make(s))
}

// returnTo counts the files that a reset brings back.
func (room *fileRoom) returnTo(seed *Seed) {
	room.mu.Lock()
	defer room.mu.Unlock()
	room.seed = seed
}

// states returns the current states of the workspaces that have files.
func (w *World) states() []*State {
	var states []*State
	for _, workspace := range w.current.Load().workspaces {
		states = append(states, workspace.View())
	}
	return withFiles(states)
}

func withFiles(states []*State) []*State {
	return slices.DeleteFunc(states, func(s *State) bool { return s.fileBytes == 0 })
}

// fileBytes returns the size of the files of all workspaces, of the seed and of the snapshots. If the totals of the
// workspaces exceed enough, it looks at each file: clones of a workspace share contents, which count once.
func (w *World) fileBytes(enough int64) int64 {
	room := &w.files
	states := append(w.states(), withFiles(slices.Clone(room.seed.Workspaces))...)
	for _, s := range room.snapshots {
		if s := s.Value(); s != nil {
			states = append(states, withFiles(s.Workspaces())...)
		}
	}
	var total int64
	for _, state := range states {
		total += state.fileBytes
	}
	if total <= enough {
		return total
	}
	same := slices.EqualFunc(states, room.counted, func(s *State, counted weak.Pointer[State]) bool { return s == counted.Value() })
	if !same { // cached, because an upload asks with every chunk
		room.counted, room.total = nil, contentBytes(states)
		for _, state := range states {
			room.counted = append(room.counted, weak.Make(state))
		}
	}
	return room.total
}

// contentBytes returns the size of the files of some states; each content counts once.
func contentBytes(states []*State) int64 {
	var total int64
	counted := make(map[*FileContent]bool)
	seen := make(map[*State]bool)
	for _, state := range states {
		if seen[state] {
			continue
		}
		seen[state] = true
		for f := range state.Files() {
			if f.Content != nil && !counted[f.Content] {
				counted[f.Content] = true
				total += sizeOf(f)
			}
		}
	}
	return total
}

// inTheWay names the snapshots that hold files which no workspace has any more; "" stands for a snapshot without a
// name.
func (room *fileRoom) inTheWay(present []*State) []string {
	present = append(present, withFiles(slices.Clone(room.seed.Workspaces))...)
	bytes := contentBytes(present)
	var names []string
	for _, s := range room.snapshots {
		if s := s.Value(); s != nil && contentBytes(slices.Concat(s.Workspaces(), present)) > bytes {
			names = append(names, s.name)
		}
	}
	return names
}

// dropFiles removes the files of a workspace without a change.
func (ws *Workspace) dropFiles() {
	ws.write.Lock()
	defer ws.write.Unlock()
	if state := ws.View(); state.files.Len() > 0 {
		w := new(writer)
		state = state.next(w)
		state.things = state.things.next(w)
		state.files, state.fileBytes = Collection[*File]{}, 0
		ws.state.Store(state)
	}
}

// FileBytes returns the size of the files of the workspace.
func (s *State) FileBytes() int64 { return s.fileBytes }

// sizeOf returns the size of an attachment if it is a file, else 0.
func sizeOf(v any) int64 {
	if f, ok := v.(*File); ok && f.Content != nil {
		return int64(len(f.Content.Data))
	}
	return 0
}
