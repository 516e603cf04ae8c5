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
	name, path, ok := cutAs(r, asPrefix)
	if !ok {
		return badRequest("write %s{workspace}/{member or %s}/v2/…", asPrefix, system)
	}
	workspace, refused := h.workspaceNamed(name.workspace)
	if refused != nil {
		return refused
	}
	author, refused := authorNamed(workspace.View(), name.member)
	if refused != nil {
		return refused
	}
	h.AnswerAs(w, readdressed(r, path), workspace, author)
	return nil
}

// serveNamed returns what answers a request in somebody's name, or nil for any other.
func serveNamed(r *http.Request) func(*Handler, http.ResponseWriter, *http.Request) *refusal {
	switch path := r.URL.EscapedPath(); {
	case strings.HasPrefix(path, asPrefix):
		return (*Handler).serveAs
	case atAs.MatchString(path):
		return (*Handler).serveAt
	}
	return nil
}

// acting says in whose name a request is made, and where.
type acting struct{ workspace, member string }

// cutAs takes the path of a request in somebody's name apart: what follows the prefix names the workspace, the member,
// and the path in Attio's API, which is returned as it was sent.
func cutAs(r *http.Request, prefix string) (name acting, path string, ok bool) {
	rest := strings.TrimPrefix(r.URL.EscapedPath(), prefix)
	workspace, rest, _ := strings.Cut(rest, "/")
	member, path, ok := strings.Cut(rest, "/")
	return acting{unescape(workspace), unescape(member)}, "/" + path, ok
}

// readdressed returns a request to a path of Attio's API instead.
func readdressed(r *http.Request, path string) *http.Request {
	direct := r.Clone(r.Context())
	direct.URL.Path, direct.URL.RawPath = unescape(path), path
	return direct
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
