package scenario

import (
	"crypto/sha256"
	"encoding/hex"
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
		secret = derivedSecret(b.slug, h.key)
	}
	b.write(at(h.value.CreatedAt, b.created), b.author)
	id := attio.PathID(b.slug + "/webhooks/" + h.key)
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
		b.problems.add(h.node.child(issue.Path[1:]).position, "%s", subscription.Advice(issue)) // the path is below "data"
	}
}

// eventFilters returns the filters of subscriptions as the API takes them, nil where there is none.
func (b *builder) eventFilters(subscriptions []wanted) (filters []any, ok bool) {
	filters, ok = make([]any, len(subscriptions)), true
	for i, s := range subscriptions {
		if s.Filter.node == nil {
			continue
		}
		filter := s.Filter.plain().(map[string]any)
		for _, f := range s.Filter.fields {
			conditions, _ := filter[f.name].([]any)
			for j, c := range conditions {
				if condition, isMapping := c.(map[string]any); isMapping {
					ok = b.nameTarget(f.value.items[j], condition) && ok
				}
			}
		}
		filters[i] = filter
	}
	return filters, ok
}

// nameTarget puts the id of an object or a list in the place of its slug, by which a scenario names it.
func (b *builder) nameTarget(n *node, condition map[string]any) bool {
	field, _ := condition["field"].(string)
	slug, isText := condition["value"].(string)
	names := world.EventCondition{Field: field}.Names()
	if _, isID := attio.ParseID(slug); !isText || isID || names == "" {
		return true
	}
	place := n.child([]any{"value"}).position
	if names == world.ThingList {
		list, ok := b.list(slug)
		if ok {
			condition["value"] = string(list.ID)
		} else if !b.broken[listPath(slug)] {
			b.problems.addUnknown(place, "list", slug, b.workspace.Lists.keys())
		}
		return ok
	}
	object, ok := b.object(place, slug)
	if ok {
		condition["value"] = string(object.ID)
	}
	return ok
}
