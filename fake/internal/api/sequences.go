package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// unsubscribedEmail is an address on the list of unsubscribed e-mail addresses.
type unsubscribedEmail struct {
	EmailAddress string     `json:"email_address"`
	CreatedAt    attio.Time `json:"created_at"`
}

// unsubscribeBody is the body of a request that unsubscribes addresses.
type unsubscribeBody struct {
	Data struct {
		EmailAddresses []string `json:"email_addresses"`
	} `json:"data"`
}

// unsubscribeShape takes no other keys at either level: Attio's OpenAPI document says so.
var unsubscribeShape = shape.Object(shape.Required("data", shape.Object(
	shape.Required("email_addresses", shape.Array(shape.Refine(shape.String(), attio.InvalidEmailAddress, func(value any) bool {
		text, _ := value.(string)
		_, ok := world.NormalEmail(text)
		return ok
	})).Min(1).Max(1000)),
).Strict())).Strict()

// unsubscribe answers POST /v2/sequences/unsubscribed_emails with the addresses that were sent, as they are on the list
// now. That an address which was sent twice is answered once is assumed. The fake has no sequences, so there are none
// to stop.
func unsubscribe(c *Call) (any, error) {
	body, err := shape.Body[unsubscribeBody](unsubscribeShape, c.json())
	if err != nil {
		return nil, err
	}
	answer := []unsubscribedEmail{}
	err = c.update(func(tx *world.Tx) error {
		listed, err := tx.Unsubscribe(body.Data.EmailAddresses)
		for _, u := range listed {
			answer = append(answer, unsubscribedEmail{u.Address, attio.Time{Time: u.CreatedAt}})
		}
		return err
	})
	return envelope{answer}, err
}
