package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
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

// derivedSecret returns the secret of a webhook that has none of its own: 64 hex characters.
func derivedSecret(workspace, key string) string {
	sum := sha256.Sum256([]byte("fakeattio webhook " + workspace + "/" + key))
	return hex.EncodeToString(sum[:])
}

// refuseHook reports each issue of a webhook at its place.
func (b *builder) refuseHook(h *hook, answer *attio.Error) {
	for _, issue := range answer.ValidationErrors {
		b.problems.add(h.node.child(issue.Path[1:]).position, "%s", subscription.Advice(issue)) // the path is below "data"
	}
}

// eventFilters returns the filters of subscriptions as the API takes them, nil where there is none. They stay in the
// order of the file, in which they are read back.
func (b *builder) eventFilters(subscriptions []wanted) (filters []any, ok bool) {
	filters, ok = make([]any, len(subscriptions)), true
	for i, s := range subscriptions {
		if s.Filter.node == nil {
			continue
		}
		named := s.Filter.node.with(func(conditions *node) *node {
			return conditions.with(func(condition *node) *node {
				condition, known := b.nameTarget(condition)
				ok = ok && known
				return condition
			})
		})
		filters[i] = json.RawMessage(named.appendJSON(nil))
	}
	return filters, ok
}

// nameTarget puts the id of an object or a list in the place of its slug, by which a scenario names it.
func (b *builder) nameTarget(condition *node) (*node, bool) {
	field, _ := condition.get("field")
	value, _ := condition.get("value")
	if field.value == nil || value.value == nil || value.value.kind != kindString {
		return condition, true
	}
	slug := value.value.text
	names := world.EventCondition{Field: field.value.text}.Names()
	if _, isID := attio.ParseID(slug); isID || names == "" {
		return condition, true
	}
	var id attio.ID
	if names == world.ThingList {
		list, ok := b.list(slug)
		if !ok {
			if !b.broken[listPath(slug)] {
				b.problems.addUnknown(value.value.position, "list", slug, b.workspace.Lists.keys())
			}
			return condition, false
		}
		id = list.ID
	} else {
		object, ok := b.object(value.value.position, slug)
		if !ok {
			return condition, false
		}
		id = object.ID
	}
	return condition.with(func(n *node) *node {
		if n != value.value {
			return n
		}
		named := *n
		named.text = string(id)
		return &named
	}), true
}
