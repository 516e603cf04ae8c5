package scenario

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

func (e *exporter) webhooks() *yamltree.Mapping {
	return attached(e, slices.Collect(e.state.Webhooks()),
		func(w *world.Webhook) attio.ID { return w.ID },
		func(w *world.Webhook) string {
			target, err := url.Parse(w.TargetURL)
			if err != nil {
				return "webhook"
			}
			return cleanKey(target.Hostname(), "webhook")
		},
		func(w *world.Webhook, key string) any {
			m := yamltree.MappingOf("target_url", yamltree.Text(w.TargetURL))
			m.PutIf(w.Secret != derivedSecret(e.state.Origin, key), "secret", yamltree.Text(w.Secret))
			m.PutIf(w.Status != world.WebhookActive, "status", yamltree.Text(w.Status))
			e.putCreated(m, w.CreatedAt)
			e.putID(m, "webhooks/"+key, w.ID)
			subscriptions := yamltree.Sequence{}
			for _, s := range w.Subscriptions {
				wanted := yamltree.MappingOf("event_type", yamltree.Text(s.EventType))
				if s.Filter != nil {
					wanted.Put("filter", e.eventFilter(s.Filter, key))
				}
				subscriptions = append(subscriptions, shortened(wanted))
			}
			m.Put("subscriptions", subscriptions)
			return m
		})
}

// eventFilter writes the filter of a subscription as the client did, with objects and lists by their keys.
func (e *exporter) eventFilter(f *world.EventFilter, webhook string) any {
	dec := json.NewDecoder(bytes.NewReader(f.Written))
	dec.UseNumber()
	written, err := readOrdered(dec)
	filter, ok := written.(*yamltree.Mapping)
	if err != nil || !ok {
		e.refuse("webhook", webhook, "has a filter that cannot be read: %v", err)
		return yamltree.Plain("null")
	}
	for _, combined := range filter.Entries {
		conditions, _ := combined.Value.(yamltree.Sequence)
		for _, c := range conditions {
			if condition, ok := c.(*yamltree.Mapping); ok {
				e.nameTarget(condition)
			}
		}
	}
	return filter
}

// nameTarget puts the key of an object or a list in the place of its id.
func (e *exporter) nameTarget(condition *yamltree.Mapping) {
	field, value := -1, -1
	for i, entry := range condition.Entries {
		switch entry.Key {
		case "field":
			field = i
		case "value":
			value = i
		}
	}
	if field < 0 || value < 0 {
		return
	}
	path, _ := condition.Entries[field].Value.(yamltree.Text)
	id, _ := condition.Entries[value].Value.(yamltree.Text)
	if (world.EventCondition{Field: string(path)}).Names() == "" {
		return
	}
	if key, known := e.keys[attio.ID(id)]; known { // else it is gone, and goes by its id
		condition.Entries[value].Value = yamltree.Text(key)
	}
}

// readOrdered reads a value of JSON with its keys in their order.
func readOrdered(dec *json.Decoder) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case string:
		return yamltree.Text(token), nil
	case json.Number:
		return yamltree.Plain(token), nil
	case bool:
		return boolean(token), nil
	case nil:
		return yamltree.Plain("null"), nil
	case json.Delim:
		if token == '[' {
			all := yamltree.Sequence{}
			for dec.More() {
				item, err := readOrdered(dec)
				if err != nil {
					return nil, err
				}
				all = append(all, item)
			}
			_, err := dec.Token()
			return all, err
		}
		m := new(yamltree.Mapping)
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			value, err := readOrdered(dec)
			if err != nil {
				return nil, err
			}
			m.Put(key.(string), value)
		}
		_, err := dec.Token()
		return m, err
	}
	return yamltree.Plain("null"), nil
}
