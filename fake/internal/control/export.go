package control

import (
	"net/http"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
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
	return exportAs(r, func(format scenario.Format) (*scenario.Exported, error) { return h.ExportAs(format, nil, slug) })
}

// exportAs exports in the format that the parameter "format" names.
func exportAs(r *http.Request, export func(scenario.Format) (*scenario.Exported, error)) (any, *refusal) {
	format, err := scenario.FormatNamed(r.URL.Query().Get("format"))
	if err != nil {
		return nil, badRequest("%v", err)
	}
	file, err := export(format)
	if err != nil {
		return nil, &refusal{status: http.StatusUnprocessableEntity, message: err.Error()}
	}
	return file, nil
}

// writeExported answers with a scenario, which is made while it is sent.
func writeExported(w http.ResponseWriter, file *scenario.Exported) {
	w.Header().Set("Content-Type", "application/"+string(file.Format)+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.FormatInt(file.Size, 10))
	_, _ = file.WriteTo(w) // fails only if the client is gone
}

// Export returns the current state as a scenario. If workspace is not empty it exports only that workspace.
func (h *Handler) Export(workspace string) ([]byte, error) {
	file, err := h.ExportAs(scenario.YAML, nil, workspace)
	if err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// ExportAs prepares a moment, or the present with nil, to be written as a scenario. A moment has no faults, which belong to the
// server. If workspace is not empty it exports only that workspace.
func (h *Handler) ExportAs(format scenario.Format, moment *world.Snapshot, workspace string) (*scenario.Exported, error) {
	var seed *world.Seed
	if moment != nil {
		seed = moment.Seed()
	} else {
		seed = h.world.Present()
		seed.Faults = h.faults.Left()
	}
	if workspace != "" {
		var err error
		if seed, err = scenario.Only(seed, workspace); err != nil {
			return nil, err
		}
	}
	return scenario.ExportAs(format, seed)
}
