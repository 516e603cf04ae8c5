package scenario

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
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
			subscriptions := sequence{}
			for _, s := range w.Subscriptions {
				wanted := of("event_type", text(s.EventType))
				if s.Filter != nil {
					wanted.put("filter", e.eventFilter(s.Filter, key))
				}
				subscriptions = append(subscriptions, shortened(wanted))
			}
			m.put("subscriptions", subscriptions)
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
				e.nameTarget(condition, webhook)
			}
		}
	}
	return filter
}

// nameTarget puts the key of an object or a list in the place of its id.
func (e *exporter) nameTarget(condition *mapping, webhook string) {
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
	key, known := e.keys[attio.ID(id)]
	if !known {
		e.refuse("webhook", webhook, "has a filter for an object or a list that is gone")
	}
	condition.entries[value].value = text(key)
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

// faultsSection writes the faults that the scenario of the workspace has.
func (e *exporter) faultsSection(rules []fault.Rule) *mapping {
	section := &mapping{block: true}
	for _, r := range rules {
		if r.Workspace != e.state.Slug {
			continue
		}
		m := of("fault", text(r.Kind))
		m.putIf(r.Operation != "", "operation", text(r.Operation))
		m.putIf(r.Method != "", "method", text(r.Method))
		m.putIf(r.Path != "", "path", text(r.Path))
		m.putIf(r.Token != "", "token", text(r.Token))
		m.putIf(r.Status > 0, "status", number(float64(r.Status)))
		m.putIf(r.After > 0, "after", number(float64(r.After)))
		m.putIf(r.Every > 0, "every", number(float64(r.Every)))
		m.putIf(r.Times > 0, "times", number(float64(r.Times)))
		m.putIf(r.Probability > 0, "probability", number(r.Probability))
		m.putIf(r.Delay > 0, "delay", text(time.Duration(r.Delay).String()))
		section.put(strings.TrimPrefix(r.ID, e.state.Slug+"/faults/"), shortened(m))
	}
	return section
}
