package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Note is a text about a record.
type Note struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Notes yields the notes, in the order in which they were made.
func (s *State) Notes() iter.Seq[*Note] { return s.notes.All() }

// Note returns the note with an id.
func (s *State) Note(id attio.ID) (*Note, bool) { return s.notes.Get(id) }

func (n *Note) identity() (Thing, attio.ID)    { return ThingNote, n.ID }
func (n *Note) attachedTo() []attio.ID         { return nil }
func (n *Note) without(attio.ID) (*Note, bool) { return nil, false }
