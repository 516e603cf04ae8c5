package world

import (
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// DefaultMaxFileBytes is how much the files of a server may hold where nobody says otherwise.
const DefaultMaxFileBytes = 512 << 20

// fileRoom bounds what the files of all workspaces and those on their way in may hold together.
type fileRoom struct {
	mu       sync.Mutex
	max      int64
	arriving int64 // the bytes of files that no workspace has yet
}

// LimitFiles says how many bytes the files of all workspaces may hold together. What is there already
// stays.
func (w *World) LimitFiles(bytes int64) {
	w.files.mu.Lock()
	defer w.files.mu.Unlock()
	w.files.max = bytes
}

// Arrival counts the bytes of one file while it comes in. Done has to be called once a workspace has
// the file, or never will.
type Arrival struct {
	world *World
	bytes int64
}

// Arrive begins to count a file that the workspace is to get.
func (ws *Workspace) Arrive() *Arrival { return &Arrival{world: ws.world} }

// Add counts more bytes, unless there is no room for them. The error is an answer of the API.
func (a *Arrival) Add(bytes int64) error {
	room := &a.world.files
	room.mu.Lock()
	defer room.mu.Unlock()
	left := room.max - room.arriving - bytes
	if a.world.fileBytes(left) > left {
		return attio.FileStorageFull(room.max)
	}
	a.bytes += bytes
	room.arriving += bytes
	return nil
}

// Done takes the bytes out of the count again.
func (a *Arrival) Done() {
	room := &a.world.files
	room.mu.Lock()
	defer room.mu.Unlock()
	room.arriving -= a.bytes
	a.bytes = 0
}

// fileBytes returns what the files of all workspaces hold. Where the totals of the workspaces are more
// than enough, it looks at each file: clones of a workspace share the contents, which count once.
func (w *World) fileBytes(enough int64) int64 {
	workspaces := w.current.Load().workspaces
	var total int64
	for _, workspace := range workspaces {
		total += workspace.View().fileBytes
	}
	if total <= enough {
		return total
	}
	total = 0
	counted := make(map[*FileContent]bool)
	for _, workspace := range workspaces {
		for f := range workspace.View().Files() {
			if f.Content != nil && !counted[f.Content] {
				counted[f.Content] = true
				total += sizeOf(f)
			}
		}
	}
	return total
}

// FileBytes returns what the files of the workspace hold.
func (s *State) FileBytes() int64 { return s.fileBytes }

// sizeOf returns how many bytes an attachment, if it is a file, counts for.
func sizeOf(v any) int64 {
	if f, ok := v.(*File); ok && f.Content != nil {
		return int64(len(f.Content.Data))
	}
	return 0
}
