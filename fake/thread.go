package fake

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Thread is a comment with the replies to it, as of when it was read. AddComment opens one and adds to it.
type Thread struct {
	ID         string    // also that of the comment that opened it
	Comments   []Comment // oldest first; all have the Record and the Entry of the thread
	CreatedAt  time.Time // when it was opened
	Resolved   bool
	ResolvedAt time.Time // zero as long as it is not resolved
	ResolvedBy string    // the id of the workspace member, API key or app that resolved it; empty for Attio itself
}

// Thread returns a thread by its key in the scenario or its id. It fails the test if there is none.
func (w *Workspace) Thread(keyOrID string) Thread {
	w.server.helper()
	state := w.state()
	found, ok := state.Thread(w.keyed("threads", keyOrID))
	if !ok {
		w.server.fatalf("fake: workspace %q has no thread %q; name one by its key in the scenario or its id", w.Slug(), keyOrID)
		return Thread{}
	}
	return newThread(w, state, found)
}

// Threads returns all threads, in the order in which they were opened.
func (w *Workspace) Threads() []Thread {
	var threads []Thread
	state := w.state()
	for t := range state.Threads() {
		threads = append(threads, newThread(w, state, t))
	}
	return threads
}

// ResolveThread resolves a thread, named by its key in the scenario or its id, in the name of a member, named as
// Workspace.Member takes it. In Attio people do it in the app; the API cannot. A thread that is resolved already stays as it is.
func (w *Workspace) ResolveThread(keyOrID, by string) Thread {
	w.server.helper()
	member := w.member(by)
	if member == nil {
		return Thread{}
	}
	return w.As(string(member.ID)).changeThread(keyOrID, (*world.Tx).ResolveThread)
}

// UnresolveThread opens a resolved thread again, named by its key in the scenario or its id, in the name of w's author.
// An open thread stays as it is.
func (w *Workspace) UnresolveThread(keyOrID string) Thread {
	w.server.helper()
	return w.changeThread(keyOrID, (*world.Tx).UnresolveThread)
}

func (w *Workspace) changeThread(keyOrID string, change func(*world.Tx, attio.ID) error) Thread {
	w.server.helper()
	found := w.Thread(keyOrID)
	if found.ID == "" {
		return Thread{}
	}
	w.update(func(tx *world.Tx) error { return change(tx, attio.ID(found.ID)) })
	return w.Thread(found.ID)
}

func newThread(w *Workspace, state *world.State, t world.Thread) Thread {
	thread := Thread{ID: string(t.Head.ID), CreatedAt: t.Head.CreatedAt}
	for _, c := range t.Comments {
		thread.Comments = append(thread.Comments, newComment(w, state, c))
	}
	if r := t.Head.Resolved; r != nil {
		thread.Resolved, thread.ResolvedAt, thread.ResolvedBy = true, r.At, string(r.By.ID)
	}
	return thread
}
