package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// File is a file or a folder of a record.
type File struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Files yields the files, in the order in which they were made.
func (s *State) Files() iter.Seq[*File] { return s.files.All() }

// File returns the file with an id.
func (s *State) File(id attio.ID) (*File, bool) { return s.files.Get(id) }

func (f *File) identity() (Thing, attio.ID)    { return ThingFile, f.ID }
func (f *File) attachedTo() []attio.ID         { return nil }
func (f *File) without(attio.ID) (*File, bool) { return nil, false }
