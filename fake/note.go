package fake

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Note is a text about a record, as it was when it was read or made.
type Note struct {
	ID     string // AddNote makes one
	Record Record // what it is about; a note that was found has the record as it is now
	Title  string
	// Markdown and Plaintext are what it says; a note that was found has both forms. AddNote wants one of
	// them, or neither for a note that says nothing.
	Markdown  string
	Plaintext string
	Meeting   string    // the id of the meeting at which it was taken, to AddNote also its key in the scenario; empty for none
	CreatedAt time.Time // to AddNote zero means now, and it cannot be later
}

// NoteEdit is what UpdateNote changes of a note. What is empty stays as it is; of Markdown and Plaintext
// one can be given.
type NoteEdit struct {
	Title     string
	Markdown  string
	Plaintext string
}

// AddNote makes a note, as POST /v2/notes does. A mistake fails the test with what Attio says of it.
func (w *Workspace) AddNote(n Note) Note {
	w.server.helper()
	if n.Record.inner == nil {
		w.server.fatalf("fake: note %q needs a Record that it is about", n.Title)
		return Note{}
	}
	content, ok := w.noteContent(n.Title, n.Markdown, n.Plaintext)
	if !ok {
		return Note{}
	}
	draft := world.NoteDraft{Object: string(n.Record.kind.Common().ID), Record: n.Record.inner.ID, Title: n.Title, Content: content}
	if n.Meeting != "" {
		draft.Meeting = attio.ID(w.Meeting(n.Meeting).ID)
		if draft.Meeting == "" {
			return Note{}
		}
	}
	if !n.CreatedAt.IsZero() {
		draft.CreatedAt = &n.CreatedAt
	}
	id := w.server.world.NewID()
	return w.writeNote(func(tx *world.Tx) (*world.Note, error) { return tx.CreateNote(id, draft) })
}

// UpdateNote changes a note, named by its key in the scenario or its id, as PATCH /v2/notes/{note_id} does.
func (w *Workspace) UpdateNote(keyOrID string, e NoteEdit) Note {
	w.server.helper()
	found := w.Note(keyOrID)
	if found.ID == "" {
		return Note{}
	}
	content, ok := w.noteContent(keyOrID, e.Markdown, e.Plaintext)
	if !ok {
		return Note{}
	}
	var edit world.NoteEdit
	if e.Title != "" {
		edit.Title = &e.Title
	}
	if e.Markdown != "" || e.Plaintext != "" {
		edit.Content = &content
	}
	return w.writeNote(func(tx *world.Tx) (*world.Note, error) { return tx.UpdateNote(attio.ID(found.ID), edit) })
}

// DeleteNote removes a note, named by its key in the scenario or its id.
func (w *Workspace) DeleteNote(keyOrID string) {
	w.server.helper()
	if found := w.Note(keyOrID); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteNote(attio.ID(found.ID)) })
	}
}

// Note returns a note by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Note(keyOrID string) Note {
	w.server.helper()
	state := w.state()
	found, ok := state.Note(w.keyed("notes", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no note %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return Note{}
	}
	return newNote(w, state, found)
}

// Notes returns all notes, oldest first.
func (w *Workspace) Notes() []Note {
	var notes []Note
	state := w.state()
	for n := range state.Notes() {
		notes = append(notes, newNote(w, state, n))
	}
	slices.SortStableFunc(notes, func(a, b Note) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return notes
}

// noteContent reads what a note says in one of two formats, or fails the test.
func (w *Workspace) noteContent(note, rich, plain string) (markdown.Content, bool) {
	w.server.helper()
	format, written := world.MarkdownNote, rich
	if plain != "" {
		format, written = world.PlaintextNote, plain
	}
	if rich != "" && plain != "" {
		w.server.fatalf("fake: note %q is written in one format; give it Markdown or Plaintext", note)
		return markdown.Content{}, false
	}
	content, err := world.ReadNoteContent(format, written)
	if err != nil {
		w.server.fatalf("fake: note %q: %s", note, explain(err))
	}
	return content, err == nil
}

func (w *Workspace) writeNote(write func(*world.Tx) (*world.Note, error)) Note {
	w.server.helper()
	var written Note
	w.update(func(tx *world.Tx) error {
		n, err := write(tx)
		if err == nil {
			written = newNote(w, tx.State, n)
		}
		return err
	})
	return written
}

func newNote(w *Workspace, state *world.State, n *world.Note) Note {
	return Note{
		ID: string(n.ID), Record: Record{readingOf(w, state, n.Parent.Object, n.Parent.Record)}, Title: n.Title,
		Markdown: n.Content.Markdown, Plaintext: n.Content.Plaintext, Meeting: string(n.Meeting), CreatedAt: n.CreatedAt,
	}
}
