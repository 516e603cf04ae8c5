package control

import (
	"errors"
	"net/http"
	"regexp"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// slugForm is the form of a workspace's slug, as in scenarios.
var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// cloneBody is the optional body of POST /_fake/workspaces/{workspace}/clone.
type cloneBody struct {
	Slug string `json:"slug"`
}

// cloneWorkspace answers POST /_fake/workspaces/{workspace}/clone with the new workspace and its tokens. Without a
// slug in the body, the world chooses one.
func cloneWorkspace(h *Handler, r *http.Request) (any, *refusal) {
	var body cloneBody
	if r.ContentLength != 0 {
		if refusal := decode(r, &body); refusal != nil {
			return nil, refusal
		}
	}
	original, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	if body.Slug != "" && !slugForm.MatchString(body.Slug) {
		return nil, badRequest("a slug consists of lower-case letters, digits and hyphens, and does not start with a hyphen")
	}
	clone, err := h.world.Clone(original, body.Slug)
	switch {
	case errors.Is(err, world.ErrSlugTaken), errors.Is(err, world.ErrSlugGone):
		return nil, &refusal{http.StatusConflict, err.Error()}
	case err != nil:
		return nil, badRequest("%v", err)
	}
	return describe(clone.View()), nil
}

// deleteWorkspace answers DELETE /_fake/workspaces/{workspace}. A reset brings a workspace of the scenario back.
func deleteWorkspace(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refusal := h.workspace(r)
	if refusal == nil {
		h.world.Remove(workspace)
	}
	return nil, refusal
}

// workspace returns the workspace that the path names.
func (h *Handler) workspace(r *http.Request) (*world.Workspace, *refusal) {
	return h.workspaceNamed(variable(r, "workspace"))
}

func (h *Handler) workspaceNamed(slug string) (*world.Workspace, *refusal) {
	workspace, ok := h.world.Workspace(slug)
	if ok {
		return workspace, nil
	}
	var slugs []string
	for _, workspace := range h.world.Workspaces() {
		slugs = append(slugs, workspace.View().Slug)
	}
	return nil, &refusal{http.StatusNotFound, suggest.Unknown("workspace", slug, slugs)}
}
