package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// comment is a comment on the wire. Recorded in May 2026, when no thread was resolved and none on an
// entry: what their values look like is in Attio's OpenAPI document. Only the head says that its thread
// is resolved, which is assumed.
type comment struct {
	ID               commentID     `json:"id"`
	ThreadID         attio.ID      `json:"thread_id"`
	CreatedAt        attio.Time    `json:"created_at"`
	ResolvedAt       *attio.Time   `json:"resolved_at"`
	Record           commentRecord `json:"record"`
	Entry            *commentEntry `json:"entry"`
	ContentPlaintext string        `json:"content_plaintext"`
	ResolvedBy       *attio.Actor  `json:"resolved_by"`
	Author           attio.Actor   `json:"author"`
}

type commentID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	CommentID   attio.ID `json:"comment_id"`
}

type commentRecord struct {
	RecordID attio.ID `json:"record_id"`
	ObjectID attio.ID `json:"object_id"`
}

type commentEntry struct {
	EntryID attio.ID `json:"entry_id"`
	ListID  attio.ID `json:"list_id"`
}

// commentBody is the body of a request that creates a comment: it names a thread, a record or an entry.
type commentBody struct {
	Data struct {
		Content string `json:"content"`
		Author  struct {
			ID string `json:"id"`
		} `json:"author"`
		CreatedAt *string `json:"created_at"`

		ThreadID string `json:"thread_id"`
		Record   *struct {
			Object   string `json:"object"`
			RecordID string `json:"record_id"`
		} `json:"record"`
		Entry *struct {
			List    string `json:"list"`
			EntryID string `json:"entry_id"`
		} `json:"entry"`
	} `json:"data"`
}

// createCommentShape is the union of Attio's OpenAPI document. Each of its forms takes no other keys, and
// an entry_id need not be a UUID there.
var createCommentShape = shape.Object(shape.Required("data", shape.Union(
	commentShape("thread_id", shape.UUID()),
	commentShape("record", shape.Object(shape.Required("object", shape.String()), shape.Required("record_id", shape.UUID()))),
	commentShape("entry", shape.Object(shape.Required("list", shape.String()), shape.Required("entry_id", shape.String()))),
)))

func commentShape(target string, schema shape.Schema) shape.Schema {
	return shape.Object(
		shape.Required("format", shape.Enum("plaintext")),
		shape.Required("content", shape.String()),
		shape.Required("author", shape.Object(
			shape.Required("type", shape.Enum(string(attio.ActorWorkspaceMember))),
			shape.Required("id", shape.UUID()),
		)),
		shape.Optional("created_at", timestampShape),
		shape.Required(target, schema),
	).Strict()
}

// createComment answers POST /v2/comments.
func createComment(c *Call) (any, error) {
	body, err := shape.Body[commentBody](createCommentShape, c.json())
	if err != nil {
		return nil, err
	}
	return answerWrite(c, func(tx *world.Tx) (*world.Comment, error) { return c.writeComment(tx, body) }, renderComment)
}

// writeComment replies to a thread, or opens one on the record or the entry that the body names.
func (c *Call) writeComment(tx *world.Tx, body commentBody) (*world.Comment, error) {
	message := world.Message{Author: readID(body.Data.Author.ID), Content: body.Data.Content, CreatedAt: readTimestamp(body.Data.CreatedAt)}
	if body.Data.Record == nil && body.Data.Entry == nil {
		thread := readID(body.Data.ThreadID)
		if head, ok := tx.Comment(thread); ok {
			if err := c.mayComment(tx.Schema, head.On, attio.TargetThreadNotFound()); err != nil {
				return nil, err
			}
		}
		return tx.Reply(c.newID(), thread, message)
	}
	on, err := c.commentPlace(tx.State, body)
	if err != nil {
		return nil, err
	}
	return tx.StartThread(c.newID(), on, message)
}

// commentPlace finds the record or the entry that the body names.
func (c *Call) commentPlace(state *world.State, body commentBody) (world.CommentPlace, error) {
	if record := body.Data.Record; record != nil {
		if err := c.needs(recordScopes); err != nil {
			return world.CommentPlace{}, err
		}
		return state.PlaceOfRecord(record.Object, readID(record.RecordID))
	}
	entry := body.Data.Entry
	if err := c.needs(entryScopes); err != nil {
		return world.CommentPlace{}, err
	}
	list, err := c.listNamed(state.Schema, entry.List, world.ReadOnly, attio.TargetListNotFound)
	if err != nil {
		return world.CommentPlace{}, err
	}
	id, ok := attio.ParseID(entry.EntryID)
	if !ok {
		return world.CommentPlace{}, attio.TargetEntryNotFound(entry.EntryID)
	}
	return state.PlaceOfEntry(list, id)
}

// getComment answers GET /v2/comments/{comment_id}.
func getComment(c *Call) (any, error) {
	id, err := c.id("comment_id")
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	found, ok := state.Comment(id)
	if !ok {
		return nil, attio.CommentNotFound(string(id))
	}
	if err := c.mayComment(state.Schema, found.On, attio.CommentNotFound(string(id))); err != nil {
		return nil, err
	}
	return envelope{renderComment(state, found)}, nil
}

// deleteComment answers DELETE /v2/comments/{comment_id}. It does not need the scopes of what the comment is on, but
// whoever may not see a list cannot delete comments there. A workspace's token may delete any comment, a user's only those
// of the user, as Attio's OpenAPI document of October 2026 says.
func deleteComment(c *Call) (any, error) {
	id, err := c.id("comment_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error {
		found, ok := tx.Comment(id)
		switch {
		case ok && !c.seesPlace(tx.Schema, found.On):
			return attio.CommentNotFoundOnDelete(string(id))
		case ok && c.Token.OfUser() && found.Author != world.MemberAuthor(c.Token.AuthorizedBy).Actor:
			return attio.NotPermitted(c.Operation)
		}
		return tx.DeleteComment(id)
	})
}

// Comments on records and those on entries need the scopes of these beside their own, as Attio's OpenAPI
// document says.
var (
	recordScopes = []attio.Scope{"object_configuration:read", "record_permission:read"}
	entryScopes  = []attio.Scope{"list_configuration:read", "list_entry:read"}
)

// needs refuses a token without scopes that only a part of what an operation does asks for.
func (c *Call) needs(scopes []attio.Scope) error {
	if missing := c.Token.Scopes.Missing(scopes); missing != nil {
		return attio.MissingScopes(missing)
	}
	return nil
}

// mayComment refuses a token that may not see the comments of a place. A list that the token may not know of does
// not exist for it.
func (c *Call) mayComment(schema *world.Schema, on world.CommentPlace, nothing *attio.Error) error {
	scopes := recordScopes
	if on.List != "" {
		scopes = entryScopes
	}
	if err := c.needs(scopes); err != nil {
		return err
	}
	if !c.seesPlace(schema, on) {
		return nothing
	}
	return nil
}

// seesPlace reports whether the member behind the token may know of the list that a comment is on, if it
// is on one.
func (c *Call) seesPlace(schema *world.Schema, on world.CommentPlace) bool {
	if on.List == "" {
		return true
	}
	list, ok := schema.List(string(on.List))
	return ok && c.sees(list)
}

func renderComment(state *world.State, c *world.Comment) comment {
	rendered := comment{
		ID:               commentID{state.ID, c.ID},
		ThreadID:         c.Thread,
		CreatedAt:        attio.Time{Time: c.CreatedAt},
		Record:           commentRecord{c.On.Record, c.On.Object},
		ContentPlaintext: c.Content,
		Author:           c.Author,
	}
	if c.On.Entry != "" {
		rendered.Entry = &commentEntry{c.On.Entry, c.On.List}
	}
	if c.Resolved != nil {
		rendered.ResolvedAt, rendered.ResolvedBy = &attio.Time{Time: c.Resolved.At}, &c.Resolved.By
	}
	return rendered
}
