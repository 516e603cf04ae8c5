package api

import (
	"cmp"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// hook is a webhook on the wire. Recorded in May 2026.
type hook struct {
	ID            hookID               `json:"id"`
	TargetURL     string               `json:"target_url"`
	Status        world.WebhookStatus  `json:"status"`
	Subscriptions []world.Subscription `json:"subscriptions"`
	CreatedAt     attio.Time           `json:"created_at"`
}

type hookID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	WebhookID   attio.ID `json:"webhook_id"`
}

// newHook is the answer to the creation of a webhook, the only one with the secret.
type newHook struct {
	hook
	Secret string `json:"secret"`
}

// hooksQuery has the parameters of a listing of webhooks.
type hooksQuery struct {
	Limit  int `json:"limit"`
	Offset int `json:"offset"`
}

// listWebhooksShape has the bounds of Attio's OpenAPI document.
var listWebhooksShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(10).Max(100), 10),
	shape.Default("offset", shape.QueryInt().Min(0), 0),
)

// listWebhooks answers GET /v2/webhooks in ascending order of the ids, as recorded in May 2026.
func listWebhooks(c *Call) (any, error) {
	query, err := shape.Query[hooksQuery](listWebhooksShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	all := slices.SortedFunc(state.Webhooks(), func(a, b *world.Webhook) int { return cmp.Compare(a.ID, b.ID) })
	all = all[min(query.Offset, len(all)):]
	hooks := []hook{}
	for _, w := range all[:min(query.Limit, len(all))] {
		hooks = append(hooks, renderWebhook(state, w))
	}
	return envelope{hooks}, nil
}

// getWebhook answers GET /v2/webhooks/{webhook_id}.
func getWebhook(c *Call) (any, error) {
	id, err := c.id("webhook_id")
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	w, ok := state.Webhook(id)
	if !ok {
		return nil, attio.WebhookNotFound(string(id))
	}
	return envelope{renderWebhook(state, w)}, nil
}

// createWebhook answers POST /v2/webhooks.
func createWebhook(c *Call) (any, error) {
	edit, err := subscription.ReadNew(c.json())
	if err != nil {
		return nil, err
	}
	var rendered newHook
	err = c.update(func(tx *world.Tx) error {
		w, err := tx.CreateWebhook(c.newID(), c.Workspace.NewSecret(), edit)
		if err == nil {
			rendered = newHook{renderWebhook(tx.State, w), w.Secret}
		}
		return err
	})
	return envelope{rendered}, err
}

// updateWebhook answers PATCH /v2/webhooks/{webhook_id}.
func updateWebhook(c *Call) (any, error) {
	id, err := c.id("webhook_id")
	if err != nil {
		return nil, err
	}
	edit, err := subscription.ReadChange(c.json())
	if err != nil {
		return nil, err
	}
	var rendered hook
	err = c.update(func(tx *world.Tx) error {
		w, err := tx.UpdateWebhook(id, edit)
		if err == nil {
			rendered = renderWebhook(tx.State, w)
		}
		return err
	})
	return envelope{rendered}, err
}

// deleteWebhook answers DELETE /v2/webhooks/{webhook_id}.
func deleteWebhook(c *Call) (any, error) {
	id, err := c.id("webhook_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error { return tx.DeleteWebhook(id) })
}

func renderWebhook(state *world.State, w *world.Webhook) hook {
	return hook{hookID{state.ID, w.ID}, w.TargetURL, w.Status, w.Subscriptions, attio.Time{Time: w.CreatedAt}}
}
