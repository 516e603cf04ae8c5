package scenario

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// hook is a webhook.
type hook struct {
	placed
	TargetURL     string     `yaml:"target_url,required" doc:"Where events are sent: an https:// URL, or an http:// URL of this machine or its network."`
	Subscriptions []wanted   `yaml:"subscriptions,required" doc:"The events that it receives: types of events, or mappings with a filter."`
	Secret        signingKey `yaml:"secret" doc:"The secret that deliveries are signed with. By default it derives from the names of the workspace and the webhook."`
	Status        hookStatus `yaml:"status" doc:"How its deliveries do. Defaults to active."`
	Gone          []uuid     `yaml:"gone" doc:"Ids that its filters name of objects and lists that are gone."`
	CreatedAt     *moment    `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	identified    `yaml:"inline"`
}

// wanted is a subscription of a webhook.
type wanted struct {
	placed
	EventType eventType `yaml:"event_type,required,short" doc:"The type of events."`
	Filter    condition `yaml:"filter" doc:"Which events of the type: {$and: […]} or {$or: […]} of {field: id.object_id, operator: equals, value: people}. Without it, all."`
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

// hooks are the webhooks by their keys, or as a list, whose keys are 1, 2 and so on.
type hooks struct{ ordered[name, hook] }

func (h *hooks) decode(d *decoder, f yamltree.Field) {
	if f.Value.Kind != yamltree.KindSequence {
		h.ordered.decode(d, f)
		return
	}
	for i, n := range f.Value.Items {
		h.items = append(h.items, item[hook]{key: strconv.Itoa(i + 1), at: n.Position})
		decodeInto(d, yamltree.Field{At: n.Position, Value: n}, &h.items[i].value)
	}
}

func (h *hooks) schema() schema {
	return schema{"anyOf": []any{h.ordered.schema(), schema{"type": "array", "items": schemaFor[hook]()}}}
}

func (c *idCollector) webhooks(w *workspace) { collectAll(c, "webhooks/", w.Webhooks.ordered) }

// addWebhooks creates the webhooks, by the rules of the API.
func (b *builder) addWebhooks() {
	for i := range b.workspace.Webhooks.items {
		b.addWebhook(&b.workspace.Webhooks.items[i])
	}
}

func (b *builder) addWebhook(h *item[hook]) {
	filters, ok := b.eventFilters(h.value.Subscriptions)
	if !ok || h.value.wrong {
		return // which is reported
	}
	edit, err := subscription.ReadNew(h.value.body(filters))
	if answer, ok := errors.AsType[*attio.Error](err); ok {
		b.refuseHook(&h.value, answer)
		return
	}
	secret := string(h.value.Secret)
	if secret == "" {
		secret = derivedSecret(b.tx.Origin, h.key)
	}
	b.write(at(h.value.CreatedAt, b.created), b.author)
	id := b.id("webhooks/" + h.key)
	b.named(id, h.key, h.at)
	gone := make(map[attio.ID]bool)
	for i, id := range h.value.Gone {
		gone[attio.ID(id)] = true
		b.checkGone(h.value.placed, i, string(id), "subscriptions")
	}
	if _, err := b.tx.SeedWebhook(id, secret, edit, gone); err != nil {
		b.refuse(h.value.at("subscriptions"), err, "")
		return
	}
	if h.value.Status != "" {
		b.tx.SetWebhookStatus(id, world.WebhookStatus(h.value.Status))
	}
}

// derivedSecret returns the default secret of a webhook: 64 hex characters.
func derivedSecret(workspace, key string) string {
	sum := sha256.Sum256([]byte("fakeattio webhook " + workspace + "/" + key))
	return hex.EncodeToString(sum[:])
}

// refuseHook reports each issue of a webhook at its place.
func (b *builder) refuseHook(h *hook, answer *attio.Error) {
	for _, issue := range answer.ValidationErrors {
		b.problems.Add(h.node.Child(issue.Path[1:]).Position, "%s", subscription.Advice(issue)) // the path is below "data"
	}
}

// eventFilters returns the filters of subscriptions as the API takes them, nil for none. Their keys keep the order of the
// file, in which clients read them back.
func (b *builder) eventFilters(subscriptions []wanted) (filters []any, ok bool) {
	filters, ok = make([]any, len(subscriptions)), true
	for i, s := range subscriptions {
		if s.Filter.Node == nil {
			continue
		}
		named := s.Filter.Node.With(func(conditions *yamltree.Node) *yamltree.Node {
			return conditions.With(func(condition *yamltree.Node) *yamltree.Node {
				condition, known := b.nameTarget(condition)
				ok = ok && known
				return condition
			})
		})
		filters[i] = json.RawMessage(appendJSON(nil, named))
	}
	return filters, ok
}

// nameTarget replaces the slug of an object, a list or an activity by its id.
func (b *builder) nameTarget(condition *yamltree.Node) (*yamltree.Node, bool) {
	field, _ := condition.Get("field")
	value, _ := condition.Get("value")
	if field.Value == nil || value.Value == nil || value.Value.Kind != yamltree.KindString {
		return condition, true
	}
	slug := value.Value.Text
	names := world.EventCondition{Field: field.Value.Text}.Names()
	if _, isID := attio.ParseID(slug); isID || names == "" {
		return condition, true
	}
	var id attio.ID
	switch names {
	case world.ThingActivity:
		activity, ok := b.activity(slug)
		if !ok {
			if !b.broken[activityPath(slug)] {
				b.problems.AddUnknown(value.Value.Position, "activity", slug, b.activitySlugs())
			}
			return condition, false
		}
		id = activity.ID
	case world.ThingList:
		list, ok := b.list(slug)
		if !ok {
			if !b.broken[listPath(slug)] {
				b.problems.AddUnknown(value.Value.Position, "list", slug, b.workspace.Lists.keys())
			}
			return condition, false
		}
		id = list.ID
	default:
		object, ok := b.object(value.Value.Position, slug)
		if !ok {
			return condition, false
		}
		id = object.ID
	}
	return condition.With(func(n *yamltree.Node) *yamltree.Node {
		if n != value.Value {
			return n
		}
		named := *n
		named.Text = string(id)
		return &named
	}), true
}

// appendJSON appends a value in JSON, with the keys in the order of the file.
func appendJSON(b []byte, n *yamltree.Node) []byte {
	switch n.Kind {
	case yamltree.KindBool, yamltree.KindNumber:
		return append(b, n.Text...)
	case yamltree.KindString:
		return attribute.AppendString(b, n.Text)
	case yamltree.KindSequence:
		b = append(b, '[')
		for i, item := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, item)
		}
		return append(b, ']')
	case yamltree.KindMapping:
		b = append(b, '{')
		for i, f := range n.Fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(append(attribute.AppendString(b, f.Name), ':'), f.Value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func (e *exporter) webhooks() any {
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
			var gone yamltree.Sequence
			subscriptions := yamltree.Sequence{}
			for _, s := range w.Subscriptions {
				wanted := yamltree.MappingOf("event_type", yamltree.Text(s.EventType))
				if s.Filter != nil {
					wanted.Put("filter", e.eventFilter(s.Filter, key))
					gone = e.addGone(gone, s.Filter)
				}
				subscriptions = append(subscriptions, shortened(wanted))
			}
			m.Put("subscriptions", subscriptions)
			m.PutAll("gone", gone)
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

// addGone adds the ids of the objects, lists and activities that a filter names and that are gone.
func (e *exporter) addGone(gone yamltree.Sequence, f *world.EventFilter) yamltree.Sequence {
	for _, c := range f.Conditions {
		if c.Names() != "" && e.keys[attio.ID(c.Value)] == "" && !slices.Contains(gone, any(yamltree.Text(c.Value))) {
			gone = append(gone, yamltree.Text(c.Value))
		}
	}
	return gone
}

// nameTarget replaces the id of an object, a list or an activity by its key.
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
	if key, known := e.keys[attio.ID(id)]; known { // otherwise it is gone, and keeps its id
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
