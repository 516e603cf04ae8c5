package control

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// asPrefix begins the paths under which a test acts as a workspace member or as Attio itself:
// /_fake/as/{workspace}/{member}/v2/….
const asPrefix = prefix + "/as/"

// system means Attio itself instead of a member.
const system = "system"

// serveAs answers a request to the Attio API in the name of a workspace member (named by user key, e-mail address or
// id) or of Attio itself. The request needs no token of the workspace, is not in the journal, and is not subject to
// faults and limits.
func (h *Handler) serveAs(w http.ResponseWriter, r *http.Request) *refusal {
	rest := strings.TrimPrefix(r.URL.EscapedPath(), asPrefix)
	slug, rest, _ := strings.Cut(rest, "/")
	name, path, found := strings.Cut(rest, "/")
	if !found {
		return badRequest("write %s{workspace}/{member or %s}/v2/…", asPrefix, system)
	}
	workspace, refused := h.workspaceNamed(unescape(slug))
	if refused != nil {
		return refused
	}
	author, refused := authorNamed(workspace.View(), unescape(name))
	if refused != nil {
		return refused
	}
	direct := r.Clone(r.Context())
	direct.URL.Path, direct.URL.RawPath = unescape("/"+path), "/"+path
	h.AnswerAs(w, direct, workspace, author)
	return nil
}

// AnswerAs answers a request to the Attio API in a workspace in the name of an author. It needs no token, is not in the
// journal, and is not subject to faults and limits.
func (h *Handler) AnswerAs(w http.ResponseWriter, r *http.Request, workspace *world.Workspace, author world.Author) {
	h.attio.Answer(w, h.attio.OpenAs(r, workspace, author))
}

// AuthorNamed returns a member, named by user key, e-mail address or id, or Attio itself, named "system", as an author.
func AuthorNamed(state *world.State, name string) (world.Author, error) {
	author, refused := authorNamed(state, name)
	if refused != nil {
		return world.Author{}, refused
	}
	return author, nil
}

func authorNamed(state *world.State, name string) (world.Author, *refusal) {
	if name == system {
		return world.System(), nil
	}
	member, ok := state.MemberNamed(name)
	if !ok {
		return world.Author{}, &refusal{status: http.StatusNotFound, message: suggest.Unknown("member", name, append([]string{system}, state.MemberKeys()...))}
	}
	if err := member.CanAct(); err != nil {
		return world.Author{}, badRequest("%v", err)
	}
	return world.MemberAuthor(member.ID), nil
}

func unescape(s string) string {
	plain, _ := url.PathUnescape(s) // never fails on a part of EscapedPath
	return plain
}
