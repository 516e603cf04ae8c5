package fake

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Note is a note on a record, as of when it was read or made.
type Note struct {
	ID     string // AddNote makes one
	Record Record // what it is about; a note that was found has the record as it is now
	Title  string
	// Markdown and Plaintext are its content; a note that was found has both forms. AddNote takes one of them, or
	// neither for an empty note.
	Markdown  string
	Plaintext string
	Meeting   string    // the id of the meeting at which it was taken, to AddNote also its key in the scenario; empty for none
	CreatedAt time.Time // to AddNote zero means now, and it cannot be later
}

// AddNote makes a note, as POST /v2/notes does. A mistake fails the test with Attio's message.
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

// UpdateNote changes the title of a note or what it says, in one of the two forms, as PATCH /v2/notes/{note_id} does. It is
// named by its key in the scenario or its id.
func (w *Workspace) UpdateNote(keyOrID string, edit func(*Note)) Note {
	w.server.helper()
	found := w.Note(keyOrID)
	edited := found
	edit(&edited)
	if found.ID == "" || !w.keeps("note", keyOrID, fixed{"ID", edited.ID != found.ID}, fixed{"Record", edited.Record != found.Record},
		fixed{"Meeting", edited.Meeting != found.Meeting}, fixed{"CreatedAt", !edited.CreatedAt.Equal(found.CreatedAt)}) {
		return Note{}
	}
	change := world.NoteEdit{Title: &edited.Title}
	rich, plain := edited.Markdown != found.Markdown, edited.Plaintext != found.Plaintext
	if rich || plain {
		if !rich {
			edited.Markdown = ""
		} else if !plain {
			edited.Plaintext = ""
		}
		content, ok := w.noteContent(keyOrID, edited.Markdown, edited.Plaintext)
		if !ok {
			return Note{}
		}
		change.Content = &content
	}
	return w.writeNote(func(tx *world.Tx) (*world.Note, error) { return tx.UpdateNote(attio.ID(found.ID), change) })
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
