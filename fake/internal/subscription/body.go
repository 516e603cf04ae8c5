package subscription

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// body is the body of a request that creates or changes a webhook.
type body struct {
	Data struct {
		TargetURL     *string               `json:"target_url"`
		Subscriptions *[]world.Subscription `json:"subscriptions"`
	} `json:"data"`
}

// ReadNew reads the JSON body that creates a webhook. An error is an answer of the API.
func ReadNew(raw []byte) (world.WebhookEdit, error) { return read(newShape, raw) }

// ReadChange reads the JSON body that changes a webhook. One that changes nothing is accepted: Attio's
// OpenAPI document has no error for it. An error is an answer of the API.
func ReadChange(raw []byte) (world.WebhookEdit, error) { return read(changeShape, raw) }

func read(allowed shape.Schema, raw []byte) (world.WebhookEdit, error) {
	sent, err := shape.Body[body](allowed, raw)
	return world.WebhookEdit{TargetURL: sent.Data.TargetURL, Subscriptions: sent.Data.Subscriptions}, err
}

var (
	newShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("target_url", targetURLShape),
		shape.Required("subscriptions", subscriptionsShape),
	)))
	changeShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("target_url", targetURLShape),
		shape.Optional("subscriptions", subscriptionsShape),
	)))

	subscriptionsShape = shape.Array(shape.Object(
		shape.Required("event_type", shape.Enum(eventTypes...)),
		shape.Required("filter", filterShape),
	))

	// targetURLShape allows the URLs that Attio allows, except for a few hosts, and also HTTP to hosts that Attio itself
	// could not reach, and inboxes of the fake.
	targetURLShape = shape.Choose(func(value any) shape.Schema {
		target, ok := value.(string)
		switch {
		case !ok:
			return secureURLShape
		case Forbidden(target) != nil:
			return shape.String().Refine(Forbidden(target).Error(), func(string) bool { return false })
		case isLocal(target), strings.HasPrefix(target, inboxScheme):
			return shape.String()
		}
		return secureURLShape
	})
	secureURLShape = shape.String().URL().Pattern(lazy.New(`^https://`))
)
