package control

import (
	"errors"
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// slugForm is the form of a workspace's slug, as in scenarios.
var slugForm = lazy.New(`^[a-z0-9][a-z0-9-]*$`)

// cloneBody is the optional body of POST /_fake/workspaces/{workspace}/clone.
type cloneBody struct {
	Slug string `json:"slug" jsonschema:"example=other"` // of the copy: lower-case letters, digits and hyphens; the server chooses one by default
}

// cloneWorkspace answers POST /_fake/workspaces/{workspace}/clone with the new workspace and its tokens. Without a
// slug in the body, the world chooses one.
func cloneWorkspace(h *Handler, r *http.Request) (any, *refusal) {
	var body cloneBody
	if refusal := decodeOptional(r, &body); refusal != nil {
		return nil, refusal
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
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	case err != nil:
		return nil, badRequest("%v", err)
	}
	return describe(clone.View()), nil
}

// workspaceChange is the body of PATCH /_fake/workspaces/{workspace}.
type workspaceChange struct {
	// The new name; the slug never changes.
	Name string `json:"name" required:"the new name" jsonschema:"example=Acme Ltd"`
}

// changeWorkspace answers PATCH /_fake/workspaces/{workspace}.
func changeWorkspace(h *Handler, r *http.Request) (any, *refusal) {
	var body workspaceChange
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	_ = workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error { // never fails
		tx.Rename(body.Name)
		return nil
	})
	return nil, nil
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

// WorkspaceNamed returns the workspace with a slug.
func (h *Handler) WorkspaceNamed(slug string) (*world.Workspace, error) {
	workspace, refused := h.workspaceNamed(slug)
	return workspace, asError(refused)
}

func (h *Handler) workspaceNamed(slug string) (*world.Workspace, *refusal) {
	return workspaceAmong(h.world.Workspaces(), slug)
}

func workspaceAmong(workspaces []*world.Workspace, slug string) (*world.Workspace, *refusal) {
	var slugs []string
	for _, workspace := range workspaces {
		if workspace.View().Slug == slug {
			return workspace, nil
		}
		slugs = append(slugs, workspace.View().Slug)
	}
	return nil, &refusal{status: http.StatusNotFound, message: suggest.Unknown("workspace", slug, slugs)}
}
