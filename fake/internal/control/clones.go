package control

import (
	"errors"
	"net/http"
	"regexp"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// slugForm is what the slug of a workspace looks like, as in scenarios.
var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// cloneBody may name the slug of the clone.
type cloneBody struct {
	Slug string `json:"slug"`
}

// cloneWorkspace answers POST /_fake/workspaces/{workspace}/clone with the new workspace and its tokens. The
// body may name its slug; otherwise it gets one.
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
		return nil, badRequest("a slug has lower case letters, digits and hyphens, and no hyphen first")
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

// deleteWorkspace answers DELETE /_fake/workspaces/{workspace}. Only a reset brings one of the scenario's back.
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
