package control

import (
	"fmt"
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Thread is the state of a thread of comments.
type Thread struct {
	// The id of the thread, and of the comment that opened it.
	ID attio.ID `json:"id"`
	// Whether it is resolved.
	Resolved bool `json:"resolved"`
	// When it was resolved, or null.
	ResolvedAt *attio.Time `json:"resolved_at" jsonschema:"nullable"`
	// Who resolved it, or null: the id of a workspace member, API key or app.
	ResolvedBy *attio.ID `json:"resolved_by" jsonschema:"nullable"`
}

// threadBody says in whose name a thread is changed.
type threadBody struct {
	// The member: the key of the user, the e-mail address or the id; "system" for Attio itself. The default is the first admin.
	Member string `json:"member" jsonschema:"example=ada"`
}

// resolveThread answers POST /_fake/workspaces/{workspace}/threads/{thread}/resolve. One that is resolved stays as it is.
func resolveThread(h *Handler, r *http.Request) (any, *refusal) {
	return h.changeThread(r, (*world.Tx).ResolveThread)
}

// reopenThread answers POST /_fake/workspaces/{workspace}/threads/{thread}/reopen. One that is open stays as it is.
func reopenThread(h *Handler, r *http.Request) (any, *refusal) {
	return h.changeThread(r, (*world.Tx).UnresolveThread)
}

func (h *Handler) changeThread(r *http.Request, change func(*world.Tx, attio.ID) error) (any, *refusal) {
	var body threadBody
	if refused := decodeOptional(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	state := workspace.View()
	author := state.DefaultAuthor()
	if body.Member != "" {
		if author, refused = authorNamed(state, body.Member); refused != nil {
			return nil, badRequest("%s", refused.message)
		}
	}
	id := state.Keyed("threads", variable(r, "thread"))
	if _, ok := state.Thread(id); !ok {
		return nil, unknownThing(state, "thread", variable(r, "thread"))
	}
	if err := workspace.Update(author, func(tx *world.Tx) error { return change(tx, id) }); err != nil {
		return nil, notFound(err.Error()) // deleted meanwhile
	}
	thread, _ := workspace.View().Thread(id)
	answer := Thread{ID: id}
	if resolved := thread.Head.Resolved; resolved != nil {
		answer.Resolved, answer.ResolvedAt = true, &attio.Time{Time: resolved.At}
		if resolved.By.ID != "" {
			answer.ResolvedBy = &resolved.By.ID
		}
	}
	return answer, nil
}

// unknownThing refuses a thing that is named neither by its key nor by its id.
func unknownThing(state *world.State, thing, name string) *refusal {
	return notFound(fmt.Sprintf("workspace %q has no %s %q; name one by its key in the scenario or its id", state.Slug, thing, name))
}
