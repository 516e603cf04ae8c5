package scenario

import (
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// hook is a webhook.
type hook struct {
	placed
	TargetURL     string     `yaml:"target_url,required" doc:"Where events are sent: an https:// URL, or http:// and a host of this machine or its network."`
	Subscriptions []wanted   `yaml:"subscriptions,required" doc:"What it is told of: types of events, or mappings with a filter."`
	Secret        signingKey `yaml:"secret" doc:"What deliveries are signed with. By default it derives from the names of workspace and webhook."`
	Status        hookStatus `yaml:"status" doc:"How its deliveries fare, by default well."`
	Gone          []uuid     `yaml:"gone" doc:"Ids of the objects and lists that its filters name and that are gone."`
	CreatedAt     *moment    `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	ID            uuid       `yaml:"id" doc:"The id, where it is not the one that derives from its place."`

	wrong bool // what is written does not have the form, which is reported
}

// wanted is what a webhook is told of.
type wanted struct {
	placed
	EventType eventType `yaml:"event_type,required,short" doc:"The type of events."`
	Filter    condition `yaml:"filter" doc:"Which events of the type: {$and: […]} or {$or: […]} of {field: id.object_id, operator: equals, value: people}. Without it all."`
}

// Words and forms of single values.
type (
	eventType  string
	hookStatus string
	signingKey string
)

func (eventType) words() (string, []string) { return "type of event", subscription.EventTypes() }

func (hookStatus) words() (string, []string) {
	return "status of webhook", asStrings([]world.WebhookStatus{world.WebhookActive, world.WebhookDegraded, world.WebhookInactive})
}

func (signingKey) form() form { return form{"secret", `.`, "use at least one character"} }

func (h *hook) decode(d *decoder, f field) {
	before := d.problems.reports
	d.decodeStruct(f, reflect.ValueOf(h).Elem())
	h.wrong = d.problems.reports > before
}

func (*hook) schema() schema { return structSchema(reflect.TypeFor[hook]()) }

// body writes the webhook with these filters as a client would send it.
func (h *hook) body(filters []any) []byte {
	subscriptions := make([]any, len(h.Subscriptions))
	for i, s := range h.Subscriptions {
		subscriptions[i] = map[string]any{"event_type": s.EventType, "filter": filters[i]}
	}
	raw, err := json.Marshal(map[string]any{"data": map[string]any{"target_url": h.TargetURL, "subscriptions": subscriptions}})
	if err != nil {
		panic(err) // a tree always marshals
	}
	return raw
}

// hooks are the webhooks by a key of the user's choice, or as a list, whose keys are 1, 2 and so on.
type hooks struct{ ordered[name, hook] }

func (h *hooks) decode(d *decoder, f field) {
	if f.value.kind != kindSequence {
		h.ordered.decode(d, f)
		return
	}
	for i, n := range f.value.items {
		h.items = append(h.items, item[hook]{key: strconv.Itoa(i + 1), at: n.position})
		decodeInto(d, field{at: n.position, value: n}, &h.items[i].value)
	}
}

func (h *hooks) schema() schema {
	return schema{"anyOf": []any{h.ordered.schema(), schema{"type": "array", "items": schemaFor[hook]()}}}
}
