package api

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// note is a note on the wire. Recorded in May 2026.
type note struct {
	ID               noteID      `json:"id"`
	ParentObject     string      `json:"parent_object"` // its slug
	ParentRecordID   attio.ID    `json:"parent_record_id"`
	Title            string      `json:"title"`
	MeetingID        *attio.ID   `json:"meeting_id"`
	ContentPlaintext string      `json:"content_plaintext"`
	ContentMarkdown  string      `json:"content_markdown"`
	Tags             []noteTag   `json:"tags"`
	CreatedByActor   attio.Actor `json:"created_by_actor"`
	CreatedAt        attio.Time  `json:"created_at"`
}

type noteID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	NoteID      attio.ID `json:"note_id"`
}

// noteTag is a workspace member or a record that the content mentions.
type noteTag struct {
	Type              string   `json:"type"`
	WorkspaceMemberID attio.ID `json:"workspace_member_id,omitempty"`
	Object            string   `json:"object,omitempty"` // its slug
	RecordID          attio.ID `json:"record_id,omitempty"`
}

// noteBody is the body of a request that creates or changes a note.
type noteBody struct {
	Data struct {
		ParentObject   string            `json:"parent_object"`    // of a new one
		ParentRecordID string            `json:"parent_record_id"` // of a new one
		Title          *string           `json:"title"`
		Format         *world.NoteFormat `json:"format"`
		Content        *string           `json:"content"`
		CreatedAt      *string           `json:"created_at"` // of a new one
		MeetingID      *string           `json:"meeting_id"` // of a new one
	} `json:"data"`
}

// notesQuery has the parameters of a listing of notes.
type notesQuery struct {
	Limit          int     `json:"limit"`
	Offset         int     `json:"offset"`
	ParentObject   *string `json:"parent_object"`
	ParentRecordID *string `json:"parent_record_id"`
}

var (
	noteFormatShape = shape.Enum(string(world.PlaintextNote), string(world.MarkdownNote))
	createNoteShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("parent_object", shape.String()),
		shape.Required("parent_record_id", shape.UUID()),
		shape.Required("title", shape.String()),
		shape.Required("format", noteFormatShape),
		shape.Required("content", shape.String()),
		shape.Optional("created_at", timestampShape),
		shape.Optional("meeting_id", shape.Nullable(shape.UUID())),
	)))
	updateNoteShape = shape.Object(shape.Required("data", shape.Object( // takes no other keys, by Attio's OpenAPI document
		shape.Optional("title", shape.String()),
		shape.Optional("format", noteFormatShape),
		shape.Optional("content", shape.String()),
	).Strict()))
	listNotesShape = shape.Object(
		shape.Default("limit", shape.QueryInt().Min(1).Max(50), 10),
		shape.Default("offset", shape.QueryInt().Min(0), 0),
		shape.Optional("parent_object", shape.String()),
		shape.Optional("parent_record_id", shape.UUID()),
	)
)

// listNotes answers GET /v2/notes: oldest first, as recorded in May 2026, and notes of the same moment in the order in
// which they were made. Each parameter of the parent may stand alone, by Attio's OpenAPI document.
func listNotes(c *Call) (any, error) {
	query, err := shape.Query[notesQuery](listNotesShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	matches, err := query.filter(state)
	if err != nil {
		return nil, err
	}
	var found []*world.Note
	for n := range state.Notes() {
		if matches(n) {
			found = append(found, n)
		}
	}
	slices.SortStableFunc(found, func(a, b *world.Note) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return envelope{renderEach(state, window(found, query.Limit, query.Offset), renderNote)}, nil
}

// filter returns the condition that selects notes. No note has an unknown record as its parent.
func (q notesQuery) filter(state *world.State) (func(*world.Note) bool, error) {
	var object, record attio.ID
	if q.ParentObject != nil {
		o, err := objectNamed(state.Schema, *q.ParentObject)
		if err != nil {
			return nil, err
		}
		object = o.ID
	}
	if q.ParentRecordID != nil {
		record = readID(*q.ParentRecordID)
	}
	return func(n *world.Note) bool {
		return (object == "" || n.Parent.Object == object) && (record == "" || n.Parent.Record == record)
	}, nil
}

// getNote answers GET /v2/notes/{note_id}.
func getNote(c *Call) (any, error) {
	id, err := c.id("note_id")
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	n, ok := state.Note(id)
	if !ok {
		return nil, attio.NoteNotFound(string(id))
	}
	return envelope{renderNote(state, n)}, nil
}

// createNote answers POST /v2/notes.
func createNote(c *Call) (any, error) {
	body, err := shape.Body[noteBody](createNoteShape, c.json())
	if err != nil {
		return nil, err
	}
	draft, err := body.draft()
	if err != nil {
		return nil, err
	}
	return answerWrite(c, func(tx *world.Tx) (*world.Note, error) { return tx.CreateNote(c.newID(), draft) }, renderNote)
}

// updateNote answers PATCH /v2/notes/{note_id}.
func updateNote(c *Call) (any, error) {
	id, err := c.id("note_id")
	if err != nil {
		return nil, err
	}
	body, err := shape.Body[noteBody](updateNoteShape, c.json())
	if err != nil {
		return nil, err
	}
	edit, err := body.edit()
	if err != nil {
		return nil, err
	}
	return answerWrite(c, func(tx *world.Tx) (*world.Note, error) { return tx.UpdateNote(id, edit) }, renderNote)
}

// deleteNote answers DELETE /v2/notes/{note_id}.
func deleteNote(c *Call) (any, error) {
	id, err := c.id("note_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error { return tx.DeleteNote(id) })
}

// draft reads the body of a new note.
func (b noteBody) draft() (world.NoteDraft, error) {
	draft := world.NoteDraft{
		Object: b.Data.ParentObject, Record: readID(b.Data.ParentRecordID), Title: *b.Data.Title, CreatedAt: readTimestamp(b.Data.CreatedAt),
	}
	if b.Data.MeetingID != nil {
		draft.Meeting = readID(*b.Data.MeetingID)
	}
	var err error
	draft.Content, err = world.ReadNoteContent(*b.Data.Format, *b.Data.Content)
	return draft, err
}

// edit reads the body of a change. A format without content has no effect.
func (b noteBody) edit() (world.NoteEdit, error) {
	edit := world.NoteEdit{Title: b.Data.Title}
	switch {
	case b.Data.Content == nil:
		return edit, nil
	case b.Data.Format == nil:
		return edit, attio.NoteFormatMissing()
	}
	content, err := world.ReadNoteContent(*b.Data.Format, *b.Data.Content)
	edit.Content = &content
	return edit, err
}

func renderNote(state *world.State, n *world.Note) note {
	rendered := note{
		ID:               noteID{state.ID, n.ID},
		ParentObject:     state.Schema.SlugOf(n.Parent.Object),
		ParentRecordID:   n.Parent.Record,
		Title:            n.Title,
		MeetingID:        textOrNull(n.Meeting),
		ContentPlaintext: n.Content.Plaintext,
		ContentMarkdown:  n.Content.Markdown,
		Tags:             make([]noteTag, 0, len(n.Tags)),
		CreatedByActor:   n.CreatedBy,
		CreatedAt:        attio.Time{Time: n.CreatedAt},
	}
	for _, tag := range n.Tags {
		if tag.Member != "" {
			rendered.Tags = append(rendered.Tags, noteTag{Type: "workspace-member", WorkspaceMemberID: tag.Member})
		} else {
			rendered.Tags = append(rendered.Tags, noteTag{Type: "record", Object: state.Schema.SlugOf(tag.Record.Object), RecordID: tag.Record.Record})
		}
	}
	return rendered
}
