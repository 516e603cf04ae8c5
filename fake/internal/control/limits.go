package control

import (
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// attioLimits is the word for Attio's rate limits, as in scenarios.
const attioLimits = "attio"

// limitsBody is the body of PUT /_fake/workspaces/{workspace}/limits.
type limitsBody struct {
	Limits *string `json:"limits" required:"\"attio\", or null for none" jsonschema:"nullable"` // "attio", or null for none
}

// setLimits answers PUT /_fake/workspaces/{workspace}/limits with {"limits": "attio"}, or null for none.
func setLimits(h *Handler, r *http.Request) (any, *refusal) {
	var body limitsBody
	if refusal := decode(r, &body); refusal != nil {
		return nil, refusal
	}
	if body.Limits != nil && *body.Limits != attioLimits {
		return nil, badRequest("%s", suggest.Unknown("limits", *body.Limits, []string{attioLimits}))
	}
	workspace, refusal := h.workspace(r)
	if refusal != nil {
		return nil, refusal
	}
	_ = workspace.Update(world.Author{}, func(tx *world.Tx) error { // never fails
		tx.Limited = body.Limits != nil
		return nil
	})
	return nil, nil
}
