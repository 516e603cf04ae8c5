package world

import (
	"cmp"
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Comment is one message of a thread on a record or an entry. The first of a thread is its head, whose id
// is the thread's, as recorded in May 2026.
type Comment struct {
	ID        attio.ID
	Thread    attio.ID
	On        CommentPlace
	Author    attio.Actor
	Content   string
	CreatedAt time.Time
	Resolved  *Resolution // of a head whose thread is resolved
	Sequence  int64       // grows with each comment, to order those of the same moment
}

// CommentPlace is what a thread is on: a record, or an entry of a record.
type CommentPlace struct {
	Object, Record attio.ID
	List, Entry    attio.ID // empty for a record itself
}

// Resolution is who resolved a thread when.
type Resolution struct {
	At time.Time
	By attio.Actor
}

// Message is a comment as a client writes it.
type Message struct {
	Author    attio.ID // a workspace member
	Content   string
	CreatedAt *time.Time // nil for now
}

// Comments yields the comments, in the order in which they were made.
func (s *State) Comments() iter.Seq[*Comment] { return s.comments.All() }

// Comment returns the comment with an id.
func (s *State) Comment(id attio.ID) (*Comment, bool) { return s.comments.Get(id) }

// IsHead reports whether the comment opened its thread.
func (c *Comment) IsHead() bool { return c.ID == c.Thread }

// Compare orders the comments of a thread by the time of creation, and those of the same moment as they were made.
func (c *Comment) Compare(other *Comment) int {
	return cmp.Or(c.CreatedAt.Compare(other.CreatedAt), cmp.Compare(c.Sequence, other.Sequence))
}

// PlaceOfRecord returns the place of a new thread on a record; the object is named by slug or id. Every error is an
// answer of the API.
func (s *State) PlaceOfRecord(object string, record attio.ID) (CommentPlace, error) {
	o, err := s.Schema.ObjectNamed(object, attio.TargetObjectNotFound)
	if err != nil {
		return CommentPlace{}, err
	}
	if !s.HasRecord(o.ID, record) {
		return CommentPlace{}, attio.TargetRecordNotFound(record)
	}
	return CommentPlace{Object: o.ID, Record: record}, nil
}

// PlaceOfEntry returns the place of a new thread on an entry of a list. Every error is an answer of the API.
func (s *State) PlaceOfEntry(list *List, entry attio.ID) (CommentPlace, error) {
	found, ok := s.Record(list.ID, entry)
	if !ok {
		return CommentPlace{}, attio.TargetEntryNotFound(string(entry))
	}
	parent := list.ParentOf(found)
	return CommentPlace{Object: parent.Object, Record: parent.Record, List: list.ID, Entry: entry}, nil
}

// StartThread makes the head of a new thread. Every error is an answer of the API.
func (tx *Tx) StartThread(id attio.ID, on CommentPlace, message Message) (*Comment, error) {
	return tx.addComment(Comment{ID: id, Thread: id, On: on}, message)
}

// Reply adds a comment to a thread. Every error is an answer of the API.
func (tx *Tx) Reply(id, thread attio.ID, message Message) (*Comment, error) {
	head, err := tx.head(thread)
	if err != nil {
		return nil, err
	}
	return tx.addComment(Comment{ID: id, Thread: thread, On: head.On}, message)
}

// addComment fills in a comment and stores it.
func (tx *Tx) addComment(c Comment, message Message) (*Comment, error) {
	if !tx.HasMember(message.Author) {
		return nil, attio.TargetMemberNotFound(message.Author)
	}
	created, err := tx.createdAt(message.CreatedAt)
	if err != nil {
		return nil, err
	}
	c.CreatedAt = created
	c.Author = attio.Actor{Type: attio.ActorWorkspaceMember, ID: message.Author}
	c.Content = message.Content
	c.Sequence = tx.comments.last + 1
	put(tx, &c)
	return &c, nil
}

// UpdateComment changes the text of a comment. The API cannot: people do it in the app.
func (tx *Tx) UpdateComment(id attio.ID, content string) error {
	old, ok := tx.Comment(id)
	if !ok {
		return attio.CommentNotFound(string(id))
	}
	c := *old
	c.Content = content
	put(tx, &c)
	return nil
}

// DeleteComment deletes a comment; if it is the head of a thread, it deletes the whole thread.
func (tx *Tx) DeleteComment(id attio.ID) error {
	c, ok := tx.Comment(id)
	if !ok {
		return attio.CommentNotFoundOnDelete(string(id))
	}
	drop(tx, c)
	return nil
}

func (c *Comment) identity() (Thing, attio.ID) { return ThingComment, c.ID }

// attachedTo includes the record of an entry, with which the thread is deleted, and for a reply the head.
func (c *Comment) attachedTo() []attio.ID {
	to := []attio.ID{c.On.Record}
	if c.On.Entry != "" {
		to = append(to, c.On.Entry)
	}
	if !c.IsHead() {
		to = append(to, c.Thread)
	}
	return to
}

func (c *Comment) without(attio.ID) (*Comment, bool) { return nil, false }

func (c *Comment) followed(m *merger) *Comment {
	next := *c
	next.On.Record = m.movedID(c.On.Record)
	return &next
}
