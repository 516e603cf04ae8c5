package attio

import "time"

// Error is an error answer in Attio's envelope. Its JSON has the keys in wire order.
type Error struct {
	Status           int      `json:"status_code"`
	Type             string   `json:"type"`
	Code             string   `json:"code"`
	Message          string   `json:"message"`
	ValidationErrors []Issue  `json:"validation_errors,omitempty"` // with code "validation_type"
	Path             []string `json:"path,omitempty"`              // with the codes of filters

	RetryAfter time.Time `json:"-"` // sent as a header, to the second; the zero time is not
}

func (e *Error) Error() string { return e.Message }

// Issue is one problem of a request's shape, as Attio renders those that zod finds.
type Issue struct {
	Code             string   `json:"code"`
	Path             []any    `json:"path"` // keys as strings, array indices as numbers
	Message          string   `json:"message"`
	Expected         string   `json:"expected,omitempty"`
	Received         string   `json:"received,omitempty"`
	Options          []string `json:"options,omitempty"`
	StringValidation string   `json:"string_validation,omitempty"`
}

// The values of Error.Type.
const (
	typeAuth    = "auth_error"
	typeRequest = "invalid_request_error"
)
