package control

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
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
	clone, err := h.Clone(original, body.Slug)
	switch {
	case errors.Is(err, world.ErrSlugTaken):
		return nil, &refusal{http.StatusConflict, err.Error()}
	case err != nil:
		return nil, badRequest("%v", err)
	}
	return describe(clone.View()), nil
}

// Clone makes a workspace that holds what another holds, under a slug. Where that is empty it is the first
// of "acme-2", "acme-3", … that is free.
func (h *Handler) Clone(original *world.Workspace, slug string) (*world.Workspace, error) {
	if slug != "" {
		if !slugForm.MatchString(slug) {
			return nil, errors.New("a slug has lower case letters, digits and hyphens, and no hyphen first")
		}
		return h.world.Clone(original, slug)
	}
	for n := 2; ; n++ {
		clone, err := h.world.Clone(original, fmt.Sprintf("%s-%d", original.View().Slug, n))
		if !errors.Is(err, world.ErrSlugTaken) {
			return clone, err
		}
	}
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
	return nil, &refusal{http.StatusNotFound, scenario.Unknown("workspace", slug, slugs)}
}
