package control

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

// inboxesAnswer is the answer of GET /_fake/inboxes.
type inboxesAnswer struct {
	// The inboxes to which webhooks send, and those that hold messages, by name.
	Inboxes []Inbox `json:"inboxes"`
}

// Inbox is a receiver of webhooks that needs no server: the target inbox://name.
type Inbox struct {
	// What stands after inbox:// in the target of a webhook.
	Name string `json:"name" jsonschema:"example=mine"`
	// How many messages it holds.
	Messages int `json:"messages"`
}

// messagesAnswer is the answer of GET /_fake/inboxes/{inbox}.
type messagesAnswer struct {
	// Oldest first.
	Messages []Message `json:"messages"`
}

// Message is a delivery that an inbox received.
type Message struct {
	// From 1, of all inboxes together.
	Number int `json:"number"`
	// When it came, on the server's clock.
	Time attio.Time `json:"time"`
	// The slug of the workspace.
	Workspace string `json:"workspace"`
	// The id of the webhook.
	Webhook attio.ID `json:"webhook_id"`
	// The id of the delivery; also its Idempotency-Key.
	Delivery attio.ID `json:"delivery_id"`
	// The header, with Attio-Signature.
	Headers map[string]string `json:"headers"`
	// The body as JSON.
	Body body `json:"body"`
	// The body as it was sent, byte for byte, of which the signature is made.
	Text string `json:"text"`
}

// listInboxes answers GET /_fake/inboxes.
func listInboxes(h *Handler, _ *http.Request) (any, *refusal) {
	return inboxesAnswer{h.Inboxes()}, nil
}

// Inboxes lists the inboxes by name.
func (h *Handler) Inboxes() []Inbox {
	counts, all := h.inboxes(), []Inbox{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, Inbox{name, counts[name]})
	}
	return all
}

// inboxes counts the messages of the inboxes that webhooks send to or that hold any.
func (h *Handler) inboxes() map[string]int {
	counts := map[string]int{}
	for _, workspace := range h.world.Workspaces() {
		for hook := range workspace.View().Webhooks() {
			if name, ok := subscription.Inbox(hook.TargetURL); ok {
				counts[name] = 0
			}
		}
	}
	messages, _ := h.webhooks.Messages(func(webhook.Message) bool { return true })
	for _, m := range messages {
		counts[m.Inbox]++
	}
	return counts
}

// readInbox answers GET /_fake/inboxes/{inbox}.
func readInbox(h *Handler, r *http.Request) (any, *refusal) {
	part, refused := partOf(r.URL.Query())
	if refused != nil {
		return nil, refused
	}
	chosen, refused := h.chosenMessages(r)
	if refused != nil {
		return nil, refused
	}
	refused = h.await(r, func() (int, <-chan struct{}) {
		messages, change := h.webhooks.Messages(chosen)
		return len(messages), change
	}, func(n, of int) string {
		return fmt.Sprintf("%d of %d messages have come to inbox://%s; of the deliveries, %s", n, of, variable(r, "inbox"), h.webhooks.Waiting(nil))
	})
	if refused != nil {
		return nil, refused
	}
	messages, _ := h.webhooks.Messages(chosen)
	answer := messagesAnswer{[]Message{}}
	for _, m := range take(part, messages) {
		headers := make(map[string]string)
		for name, values := range m.Header {
			headers[name] = values[0]
		}
		answer.Messages = append(answer.Messages, Message{
			Number: m.Number, Time: attio.Time{Time: m.At}, Workspace: m.Workspace, Webhook: m.Webhook, Delivery: m.Delivery,
			Headers: headers, Body: m.Body, Text: string(m.Body),
		})
	}
	return answer, nil
}

// clearInbox answers DELETE /_fake/inboxes/{inbox}.
func clearInbox(h *Handler, r *http.Request) (any, *refusal) {
	chosen, refused := h.chosenMessages(r)
	if refused == nil {
		h.webhooks.ClearMessages(chosen)
	}
	return nil, refused
}

// chosenMessages returns the condition that the path and the query define. It refuses an unknown inbox, unless the request
// waits: the webhook may still be created.
func (h *Handler) chosenMessages(r *http.Request) (func(webhook.Message) bool, *refusal) {
	name, query, after := variable(r, "inbox"), r.URL.Query(), 0
	if err := subscription.CheckInbox(name); err != nil {
		return nil, badRequest("%v", err)
	}
	if counts := h.inboxes(); !query.Has("await") {
		if _, ok := counts[name]; !ok {
			return nil, &refusal{status: http.StatusNotFound, message: suggest.Unknown("inbox", name, slices.Sorted(maps.Keys(counts)))}
		}
	}
	slug := query.Get("workspace")
	if slug != "" {
		if err := h.CheckDelivery("workspace", slug); err != nil {
			return nil, badRequest("%v", err)
		}
	}
	if query.Has("after") {
		var err error
		if after, err = strconv.Atoi(query.Get("after")); err != nil {
			return nil, badRequest("after is %q; it has to be the number of a message, such as 17", query.Get("after"))
		}
	}
	return func(m webhook.Message) bool {
		return m.Inbox == name && (slug == "" || m.Workspace == slug) && m.Number > after
	}, nil
}
