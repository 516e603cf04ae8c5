package fake

import (
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Comment is a message of a thread, as of when it was read or made.
type Comment struct {
	ID string // AddComment makes one
	// Thread is the id of the thread, which is that of the comment that opened it. To AddComment it is the thread
	// to reply to, by its key in the scenario or its id; without one a new thread is opened.
	Thread string
	// Record is what the comment is on. A comment that was found has the record as it is now, and that of the
	// entry if it is on one; AddComment takes no record together with an entry or a thread.
	Record    Record
	Entry     Entry     // what the comment is on; the zero Entry for a comment on a record itself
	Author    Member    // to AddComment the zero Member means w's author: see Workspace.As
	Content   string    // plain text
	CreatedAt time.Time // to AddComment zero means now, and it cannot be later
}

// AddComment opens a thread on a record or an entry, or replies to one, as POST /v2/comments does. A mistake fails the
// test with Attio's message.
func (w *Workspace) AddComment(c Comment) Comment {
	w.server.helper()
	onRecord, onEntry, reply := c.Record.inner != nil, c.Entry.inner != nil, c.Thread != ""
	if onRecord && (onEntry || reply) || onEntry && reply || !onRecord && !onEntry && !reply {
		w.server.fatalf("fake: comment %q needs one thing that it is on: a Record, an Entry or a Thread", c.Content)
		return Comment{}
	}
	message := world.Message{Author: w.author().Member, Content: c.Content}
	if c.Author.ID != "" {
		message.Author = attio.ID(c.Author.ID)
	}
	if message.Author == "" {
		w.server.fatalf("fake: comment %q needs an Author, as writes to workspace %q are attributed to no member", c.Content, w.Slug())
		return Comment{}
	}
	if !c.CreatedAt.IsZero() {
		message.CreatedAt = &c.CreatedAt
	}
	var thread Thread
	if reply {
		if thread = w.Thread(c.Thread); thread.ID == "" {
			return Comment{}
		}
	}
	id := w.server.world.NewID()
	var added Comment
	w.update(func(tx *world.Tx) error {
		made, err := c.write(tx, id, attio.ID(thread.ID), message)
		if err == nil {
			added = newComment(w, tx.State, made)
		}
		return err
	})
	return added
}

func (c Comment) write(tx *world.Tx, id, thread attio.ID, message world.Message) (*world.Comment, error) {
	if thread != "" {
		return tx.Reply(id, thread, message)
	}
	on, err := c.place(tx)
	if err != nil {
		return nil, err
	}
	return tx.StartThread(id, on, message)
}

// place is the record or the entry that a new thread is to be on.
func (c Comment) place(tx *world.Tx) (world.CommentPlace, error) {
	if c.Entry.inner == nil {
		return tx.PlaceOfRecord(string(c.Record.kind.Common().ID), c.Record.inner.ID)
	}
	list, ok := tx.Schema.List(string(c.Entry.kind.Common().ID))
	if !ok {
		return world.CommentPlace{}, attio.TargetListNotFound(c.Entry.List())
	}
	return tx.PlaceOfEntry(list, c.Entry.inner.ID)
}

// Comment returns a comment by its id or its key in the scenario: "renewal" is the one that opens the thread of
// that key, "renewal/asked" a reply to it. It fails the test if there is none.
func (w *Workspace) Comment(keyOrID string) Comment {
	w.server.helper()
	state := w.state()
	found, ok := state.Comment(w.commentID(keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no comment %q; name one by its id or its key in the scenario, \"thread\" or \"thread/reply\"", w.Slug(), keyOrID)
		return Comment{}
	}
	return newComment(w, state, found)
}

// Comments returns the comments of all threads, in the order in which they were made.
func (w *Workspace) Comments() []Comment {
	var comments []Comment
	state := w.state()
	for c := range state.Comments() {
		comments = append(comments, newComment(w, state, c))
	}
	return comments
}

// UpdateComment changes the content of a comment, by what Comment takes. Attio's API cannot do it, and no webhook gets an event.
func (w *Workspace) UpdateComment(keyOrID string, edit func(*Comment)) Comment {
	w.server.helper()
	found := w.Comment(keyOrID)
	edited := found
	edit(&edited)
	if found.ID == "" || !w.keeps("comment", keyOrID, fixed{"ID", edited.ID != found.ID}, fixed{"Thread", edited.Thread != found.Thread},
		fixed{"Record", edited.Record != found.Record}, fixed{"Entry", edited.Entry != found.Entry},
		fixed{"Author", edited.Author != found.Author}, fixed{"CreatedAt", !edited.CreatedAt.Equal(found.CreatedAt)}) {
		return Comment{}
	}
	w.update(func(tx *world.Tx) error { return tx.UpdateComment(attio.ID(found.ID), edited.Content) })
	return w.Comment(found.ID)
}

// DeleteComment deletes a comment, by what Comment takes; with the one that opens a thread all that is in it.
func (w *Workspace) DeleteComment(keyOrID string) {
	w.server.helper()
	if found := w.Comment(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteComment(attio.ID(found.ID)) })
	}
}

// commentID returns the id of a comment by its key in the scenario, or of what is an id already.
func (w *Workspace) commentID(keyOrID string) attio.ID {
	if id, ok := attio.ParseID(keyOrID); ok {
		return id
	}
	path := "threads/" + keyOrID
	if thread, reply, ok := strings.Cut(keyOrID, "/"); ok {
		path = "threads/" + thread + "/replies/" + reply
	}
	return w.seeded(path)
}

func newComment(w *Workspace, state *world.State, c *world.Comment) Comment {
	author, _ := state.Member(c.Author.ID) // members are never deleted
	comment := Comment{
		ID: string(c.ID), Thread: string(c.Thread), Author: newMember(author), Content: c.Content, CreatedAt: c.CreatedAt,
		Record: Record{readingOf(w, state, c.On.Object, c.On.Record)},
	}
	if c.On.Entry != "" {
		comment.Entry = Entry{readingOf(w, state, c.On.List, c.On.Entry)}
	}
	return comment
}

// readingOf returns a record of an object, or an entry of a list, that is there.
func readingOf(w *Workspace, state *world.State, of, id attio.ID) reading {
	kind, _ := state.Schema.Kind(of)
	record, _ := state.Record(of, id)
	return reading{w, state.Schema, kind, record}
}
