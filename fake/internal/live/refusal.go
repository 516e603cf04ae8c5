package live

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// RefusedError is an answer other than a success.
type RefusedError struct {
	Request string // "GET /v2/lists"
	Status  int
	Code    string // Attio's; empty if the answer is not Attio's
	Message string // Attio's
}

func (e *RefusedError) Error() string {
	text := e.Message
	if text == "" {
		text = http.StatusText(e.Status)
	}
	return fmt.Sprintf("%s answered %d: %s", e.Request, e.Status, text)
}

// Fetch sends a request and reads the JSON of a success into a value. Any other answer is a RefusedError.
func (c *Client) Fetch(ctx context.Context, r Request, into any) error {
	answer, err := c.Do(ctx, r)
	if err != nil {
		return err
	}
	if answer.Status < 200 || answer.Status > 299 {
		return c.refused(r, answer)
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		return fmt.Errorf("%s answered what Attio would not: no JSON, or values of other types", c.hide(r.String()))
	}
	return nil
}

func (c *Client) refused(r Request, answer Answer) error {
	var envelope struct{ Code, Message string }
	_ = json.Unmarshal(answer.Body, &envelope) // another program may answer anything
	return &RefusedError{Request: c.hide(r.String()), Status: answer.Status, Code: c.hide(envelope.Code), Message: c.hide(envelope.Message)}
}
