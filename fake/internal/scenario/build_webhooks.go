package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addWebhooks makes the webhooks, by the rules of the API.
func (b *builder) addWebhooks() {
	for i := range b.workspace.Webhooks.items {
		b.addWebhook(&b.workspace.Webhooks.items[i])
	}
	b.write(b.created, b.author)
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
	if _, err := b.tx.CreateWebhook(id, secret, edit); err != nil {
		b.refuse(h.value.at("subscriptions"), err, "")
		return
	}
	if h.value.Status != "" {
		b.tx.SetWebhookStatus(id, world.WebhookStatus(h.value.Status))
	}
}

// derivedSecret returns the secret of a webhook that has none of its own: 64 hex characters.
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

// eventFilters returns the filters of subscriptions as the API takes them, nil where there is none. They stay in the
// order of the file, in which they are read back.
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

// nameTarget puts the id of an object or a list in the place of its slug, by which a scenario names it.
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
	if names == world.ThingList {
		list, ok := b.list(slug)
		if !ok {
			if !b.broken[listPath(slug)] {
				b.problems.AddUnknown(value.Value.Position, "list", slug, b.workspace.Lists.keys())
			}
			return condition, false
		}
		id = list.ID
	} else {
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
