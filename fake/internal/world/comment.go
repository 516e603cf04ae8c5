package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Comment is one message of a thread on a record or an entry.
type Comment struct {
	ID        attio.ID
	CreatedAt time.Time
}

// Comments yields the comments, in the order in which they were made.
func (s *State) Comments() iter.Seq[*Comment] { return s.comments.All() }

// Comment returns the comment with an id.
func (s *State) Comment(id attio.ID) (*Comment, bool) { return s.comments.Get(id) }

func (c *Comment) identity() (Thing, attio.ID)       { return ThingComment, c.ID }
func (c *Comment) attachedTo() []attio.ID            { return nil }
func (c *Comment) without(attio.ID) (*Comment, bool) { return nil, false }
