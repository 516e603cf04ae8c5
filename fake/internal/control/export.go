package control

import (
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// text is a result that is not JSON.
type text struct {
	contentType string
	body        []byte
}

// exportScenario answers GET /_fake/export: the current state, or that of one workspace, as a scenario.
func exportScenario(h *Handler, r *http.Request) (any, *refusal) {
	slug := r.URL.Query().Get("workspace")
	if slug != "" {
		if _, refusal := h.workspaceNamed(slug); refusal != nil {
			return nil, refusal
		}
	}
	file, err := h.Export(slug)
	if err != nil {
		return nil, &refusal{status: http.StatusUnprocessableEntity, message: err.Error()}
	}
	return text{"application/yaml; charset=utf-8", file}, nil
}

// Export returns the current state as a scenario. If workspace is not empty it exports only that workspace.
func (h *Handler) Export(workspace string) ([]byte, error) {
	present := h.world.Present()
	present.Faults = h.faults.Left()
	if workspace == "" {
		return scenario.Export(present)
	}
	return scenario.ExportWorkspace(present, workspace)
}
