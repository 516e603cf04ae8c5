package control

import (
	"errors"
	"net/http"

	"github.com/gorilla/mux"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// faultsAnswer is the answer of GET /_fake/faults.
type faultsAnswer struct {
	Faults []fault.Status `json:"faults"` // oldest first
}

// listFaults answers GET /_fake/faults: the rules and their counts, oldest first.
func listFaults(h *Handler, _ *http.Request) (any, *refusal) {
	return faultsAnswer{h.Faults()}, nil
}

// addFault answers POST /_fake/faults with the rule that was added.
func addFault(h *Handler, r *http.Request) (any, *refusal) {
	var rule fault.Rule
	if refusal := decode(r, &rule); refusal != nil {
		return nil, refusal
	}
	id, err := h.AddFault(rule)
	switch {
	case errors.Is(err, fault.ErrIDTaken):
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	case err != nil:
		return nil, badRequest("%v", err)
	}
	status, _ := h.faults.Status(id)
	return status, nil
}

// removeFault answers DELETE /_fake/faults/{fault}.
func removeFault(h *Handler, r *http.Request) (any, *refusal) {
	if id := variable(r, "fault"); !h.faults.Remove(id) {
		var ids []string
		for _, status := range h.faults.Rules() {
			ids = append(ids, status.ID)
		}
		return nil, &refusal{status: http.StatusNotFound, message: suggest.Unknown("fault", id, ids)}
	}
	return nil, nil
}

// clearFaults answers DELETE /_fake/faults.
func clearFaults(h *Handler, _ *http.Request) (any, *refusal) {
	h.faults.Clear()
	return nil, nil
}

// variable returns a parameter of the path.
func variable(r *http.Request, name string) string { return mux.Vars(r)[name] }

// Faults lists the rules and their counts, oldest first.
func (h *Handler) Faults() []fault.Status { return h.faults.Rules() }
