package scenario

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func (e *exporter) webhooks() *mapping {
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
			m := of("target_url", text(w.TargetURL))
			m.putIf(w.Secret != derivedSecret(e.state.Origin, key), "secret", text(w.Secret))
			m.putIf(w.Status != world.WebhookActive, "status", text(w.Status))
			e.putCreated(m, w.CreatedAt)
			e.putID(m, "webhooks/"+key, w.ID)
			var gone sequence
			subscriptions := sequence{}
			for _, s := range w.Subscriptions {
				wanted := of("event_type", text(s.EventType))
				if s.Filter != nil {
					wanted.put("filter", e.eventFilter(s.Filter, key))
					gone = e.addGone(gone, s.Filter)
				}
				subscriptions = append(subscriptions, shortened(wanted))
			}
			m.put("subscriptions", subscriptions)
			m.putAll("gone", gone)
			return m
		})
}

// eventFilter writes the filter of a subscription as the client did, with objects and lists by their keys.
func (e *exporter) eventFilter(f *world.EventFilter, webhook string) any {
	dec := json.NewDecoder(bytes.NewReader(f.Written))
	dec.UseNumber()
	written, err := readOrdered(dec)
	filter, ok := written.(*mapping)
	if err != nil || !ok {
		e.refuse("webhook", webhook, "has a filter that cannot be read: %v", err)
		return plain("null")
	}
	for _, combined := range filter.entries {
		conditions, _ := combined.value.(sequence)
		for _, c := range conditions {
			if condition, ok := c.(*mapping); ok {
				e.nameTarget(condition)
			}
		}
	}
	return filter
}

// addGone adds the ids of the objects and lists that a filter names and that are gone.
func (e *exporter) addGone(gone sequence, f *world.EventFilter) sequence {
	for _, c := range f.Conditions {
		if c.Names() != "" && e.keys[attio.ID(c.Value)] == "" && !slices.Contains(gone, any(text(c.Value))) {
			gone = append(gone, text(c.Value))
		}
	}
	return gone
}

// nameTarget puts the key of an object or a list in the place of its id.
func (e *exporter) nameTarget(condition *mapping) {
	field, value := -1, -1
	for i, entry := range condition.entries {
		switch entry.key {
		case "field":
			field = i
		case "value":
			value = i
		}
	}
	if field < 0 || value < 0 {
		return
	}
	path, _ := condition.entries[field].value.(text)
	id, _ := condition.entries[value].value.(text)
	if (world.EventCondition{Field: string(path)}).Names() == "" {
		return
	}
	if key, known := e.keys[attio.ID(id)]; known { // else it is gone, and goes by its id
		condition.entries[value].value = text(key)
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
		return text(token), nil
	case json.Number:
		return plain(token), nil
	case bool:
		return boolean(token), nil
	case nil:
		return plain("null"), nil
	case json.Delim:
		if token == '[' {
			all := sequence{}
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
		m := new(mapping)
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			value, err := readOrdered(dec)
			if err != nil {
				return nil, err
			}
			m.put(key.(string), value)
		}
		_, err := dec.Token()
		return m, err
	}
	return plain("null"), nil
}
