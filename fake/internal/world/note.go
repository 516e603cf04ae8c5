package world

import (
	"iter"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
)

// Note is a text about a record.
type Note struct {
	ID        attio.ID
	Parent    attribute.RecordReference
	Title     string
	Content   markdown.Content
	Meeting   attio.ID  // the meeting at which it was taken, or empty
	Tags      []NoteTag // the mentions in its content, in order
	CreatedAt time.Time
	CreatedBy attio.Actor
}

// NoteTag is a workspace member or a record that the content of a note mentions. The API has no format for mentions:
// they come from Attio's editor, or from a scenario.
type NoteTag struct {
	Member attio.ID                  // empty for a record
	Record attribute.RecordReference // empty for a member
}

// NoteFormat is how the content of a note is written.
type NoteFormat string

// The formats, in the order of Attio's OpenAPI document.
const (
	PlaintextNote NoteFormat = "plaintext"
	MarkdownNote  NoteFormat = "markdown"
)

// maxNoteContent is the maximum size of a note's content in bytes. Attio has such a limit but does not document it.
const maxNoteContent = 1 << 20

// ReadNoteContent parses the content of a note. Every error is an answer of the API. A long text takes time, so call it
// before a transaction rather than in it.
func ReadNoteContent(format NoteFormat, written string) (markdown.Content, error) {
	switch {
	case len(written) > maxNoteContent:
		return markdown.Content{}, attio.NoteTooLarge(maxNoteContent)
	case format == MarkdownNote:
		return markdown.Parse(written), nil
	}
	return markdown.Plain(written), nil
}

// NoteDraft is what a client specifies for a new note.
type NoteDraft struct {
	Object    string   // the object of the record, by slug or id
	Record    attio.ID // the record that the note is about
	Title     string
	Content   markdown.Content
	Meeting   attio.ID   // or empty
	Tags      []NoteTag  // of existing members and records
	CreatedAt *time.Time // nil for now
}

// NoteEdit is a client's change to a note; nil leaves a part as it is.
type NoteEdit struct {
	Title   *string
	Content *markdown.Content
}

// Notes yields the notes, in the order in which they were made.
func (s *State) Notes() iter.Seq[*Note] { return s.notes.All() }

// Note returns the note with an id.
func (s *State) Note(id attio.ID) (*Note, bool) { return s.notes.Get(id) }

// CreateNote makes a note. Every error is an answer of the API. Attio's OpenAPI document has a 404 for an unknown
// object; that an unknown record or meeting is answered like that is assumed.
func (tx *Tx) CreateNote(id attio.ID, draft NoteDraft) (*Note, error) {
	created, err := tx.createdAt(draft.CreatedAt)
	if err != nil {
		return nil, err
	}
	object, err := tx.parentOf(draft.Object, draft.Record)
	if err != nil {
		return nil, err
	}
	if _, ok := tx.Meeting(draft.Meeting); !ok && draft.Meeting != "" {
		return nil, attio.MeetingNotFound(string(draft.Meeting))
	}
	note := &Note{
		ID: id, Parent: attribute.RecordReference{Object: object.ID, Record: draft.Record}, Title: draft.Title, Content: draft.Content,
		Meeting: draft.Meeting, Tags: slices.Clone(draft.Tags), CreatedAt: created, CreatedBy: tx.Author.Actor,
	}
	put(tx, note)
	return note, nil
}

// UpdateNote changes a note. Every error is an answer of the API. New content has no mentions, so it removes the tags.
func (tx *Tx) UpdateNote(id attio.ID, edit NoteEdit) (*Note, error) {
	old, ok := tx.Note(id)
	if !ok {
		return nil, attio.NoteNotFound(string(id))
	}
	note := *old
	change(&note.Title, edit.Title)
	if edit.Content != nil {
		note.Content, note.Tags = *edit.Content, nil
	}
	put(tx, &note)
	return &note, nil
}

// DeleteNote removes a note.
func (tx *Tx) DeleteNote(id attio.ID) error {
	note, ok := tx.Note(id)
	if !ok {
		return attio.NoteNotFound(string(id))
	}
	drop(tx, note)
	return nil
}

func (n *Note) identity() (Thing, attio.ID) { return ThingNote, n.ID }

func (n *Note) attachedTo() []attio.ID {
	to := []attio.ID{n.Parent.Record}
	if n.Meeting != "" {
		to = append(to, n.Meeting)
	}
	for _, tag := range n.Tags {
		if tag.Member == "" {
			to = append(to, tag.Record.Record)
		}
	}
	return to
}

// without returns the note without its meeting, or without mentions of a record. A note is deleted with the record that
// it is about.
func (n *Note) without(id attio.ID) (*Note, bool) {
	if id == n.Parent.Record {
		return nil, false
	}
	left := *n
	if left.Meeting == id {
		left.Meeting = ""
	}
	left.Tags = kept(n.Tags, func(tag NoteTag) bool { return tag.Record.Record != id })
	return &left, true
}

func (n *Note) followed(m *merger) *Note {
	next := *n
	next.Parent = m.moved(n.Parent)
	next.Tags = slices.Clone(n.Tags)
	for i, tag := range n.Tags {
		next.Tags[i].Record = m.moved(tag.Record)
	}
	return &next
}
