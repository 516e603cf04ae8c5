package api

import (
	"fmt"
	"iter"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// thread is a thread on the wire, with its keys in the order of Attio's OpenAPI document of October 2026. None was ever
// recorded.
type thread struct {
	ID        threadID   `json:"id"`
	CreatedAt attio.Time `json:"created_at"`
	Comments  any        `json:"comments"`
}

type threadID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ThreadID    attio.ID `json:"thread_id"`
}

// listedThread is a thread in a listing, which shows only the first comments of a long one. From Attio's OpenAPI
// document of October 2026.
type listedThread struct {
	thread
	HasMoreComments bool `json:"has_more_comments"`
}

// maxListedComments is how many comments a listed thread shows at most: its head and eighty replies.
const maxListedComments = 1 + 80

// threadsQuery has the parameters of a listing of threads: those on a record, or those on an entry.
type threadsQuery struct {
	RecordID *string `json:"record_id"`
	Object   *string `json:"object"`
	EntryID  *string `json:"entry_id"`
	List     *string `json:"list"`
	Limit    int     `json:"limit"`
	Offset   int     `json:"offset"`
}

// listThreadsShape has the default and the maximum of Attio's OpenAPI document.
var listThreadsShape = shape.Object(
	shape.Optional("record_id", shape.UUID()),
	shape.Optional("object", shape.String()),
	shape.Optional("entry_id", shape.UUID()),
	shape.Optional("list", shape.String()),
	shape.Default("limit", shape.QueryInt().Min(1).Max(50), 10),
	shape.Default("offset", shape.QueryInt().Min(0), 0),
)

// listThreads answers GET /v2/threads: oldest first, like the recorded listings of notes and tasks.
func listThreads(c *Call) (any, error) {
	query, err := shape.Query[threadsQuery](listThreadsShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	found, err := c.threads(state, query)
	if err != nil {
		return nil, err
	}
	return envelope{renderEach(state, window(slices.Collect(found), query.Limit, query.Offset), listThread)}, nil
}

// threads finds the threads that a query selects. That an unknown record or entry has none, and is no error, is
// assumed; an unknown object or list is answered as in a listing of notes.
func (c *Call) threads(state *world.State, query threadsQuery) (iter.Seq[world.Thread], error) {
	byRecord, byEntry := query.RecordID != nil && query.Object != nil, query.EntryID != nil && query.List != nil
	switch {
	case byRecord && query.EntryID == nil && query.List == nil:
		if err := c.needs(recordScopes); err != nil {
			return nil, err
		}
		object, err := objectNamed(state.Schema, *query.Object)
		if err != nil {
			return nil, err
		}
		id := readID(*query.RecordID)
		if !state.HasRecord(object.ID, id) {
			return noThreads, nil
		}
		return state.ThreadsOnRecord(id), nil
	case byEntry && query.RecordID == nil && query.Object == nil:
		if err := c.needs(entryScopes); err != nil {
			return nil, err
		}
		list, err := c.listNamed(state.Schema, *query.List, world.ReadOnly, attio.ListNotFound)
		if err != nil {
			return nil, err
		}
		id := readID(*query.EntryID)
		if _, ok := state.Record(list.ID, id); !ok {
			return noThreads, nil
		}
		return state.ThreadsOnEntry(id), nil
	}
	return nil, attio.ThreadsOfNothing()
}

func noThreads(func(world.Thread) bool) {}

// threadQuery selects the comments of a thread that are shown.
type threadQuery struct {
	Limit        int     `json:"limit"`
	Cursor       *string `json:"cursor"`
	CreatedAfter *string `json:"created_after"`
}

// getThreadShape has the maximum of Attio's documentation of October 2026; that it is also the default is assumed.
var getThreadShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(1).Max(250), 250),
	shape.Optional("cursor", shape.String().Min(1)),
	shape.Optional("created_after", timestampShape),
)

// getThread answers GET /v2/threads/{thread_id}: a page of its comments, oldest first.
func getThread(c *Call) (any, error) {
	id, err := c.id("thread_id")
	if err != nil {
		return nil, err
	}
	query, err := shape.Query[threadQuery](getThreadShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	found, ok := state.Thread(id)
	if !ok {
		return nil, attio.ThreadNotFound(string(id))
	}
	if err := c.mayComment(state.Schema, found.Head.On, attio.ThreadNotFound(string(id))); err != nil {
		return nil, err
	}
	since := readTimestamp(query.CreatedAfter)
	cursors := c.cursors(id, since)
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	shown := func(yield func(*world.Comment) bool) {
		for _, c := range found.Comments {
			if (since == nil || c.CreatedAt.After(*since)) && slices.Compare(commentPosition(c), after) > 0 && !yield(c) {
				return
			}
		}
	}
	page := pageOf(cursors, shown, query.Limit, commentPosition, func(c *world.Comment) any { return renderComment(state, c) })
	page.Data = renderThread(state, found, page.Data)
	return page, nil
}

// commentPosition returns the place of a comment in its thread, as a position that sorts by time.
func commentPosition(c *world.Comment) position {
	return position{attio.Time{Time: c.CreatedAt}.String(), fmt.Sprintf("%019d", c.Sequence), string(c.ID)}
}

func listThread(state *world.State, t world.Thread) listedThread {
	comments := make([]comment, 0, min(len(t.Comments), maxListedComments))
	for _, c := range t.Comments[:cap(comments)] {
		comments = append(comments, renderComment(state, c))
	}
	return listedThread{renderThread(state, t, comments), len(t.Comments) > len(comments)}
}

// renderThread shows a thread with some of its comments.
func renderThread(state *world.State, t world.Thread, comments any) thread {
	return thread{threadID{state.ID, t.Head.ID}, attio.Time{Time: t.Head.CreatedAt}, comments}
}
