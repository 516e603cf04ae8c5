package console

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const webhooksPath = prefix + "webhooks"

// How many deliveries a page of them has, and how many messages of an inbox are shown.
const (
	deliveriesShown = 50
	messagesShown   = 100
)

func webhookSection() section {
	return section{title: "Webhooks", path: webhooksPath, pages: []route{
		{"GET", webhooksPath, (*Console).webhooks},
		{"POST", webhooksPath + "/{webhook}/status", (*Console).setWebhookStatus},
		{"POST", webhooksPath + "/{webhook}/test", (*Console).testWebhook},
		{"POST", webhooksPath + "/chaos", (*Console).setChaos},
		{"POST", webhooksPath + "/flush", (*Console).flush},
		{"GET", webhooksPath + "/deliveries/{delivery}", (*Console).delivery},
		{"POST", webhooksPath + "/deliveries/{delivery}/redeliver", (*Console).redeliver},
		{"GET", webhooksPath + "/inboxes/{inbox}", (*Console).inbox},
		{"POST", webhooksPath + "/inboxes/{inbox}/clear", (*Console).clearInbox},
	}}
}

// webhooksPage is the data of the page of webhooks.
type webhooksPage struct {
	Form                      form
	Webhooks                  []shownWebhook
	Webhook, State, EventType string // the filters of deliveries
	States                    []webhook.State
	EventTypes                []string
	Filtered                  bool
	Mistake                   string // what is wrong with the filters
	Deliveries                []control.Delivery
	Skip, Older               int // how many deliveries are skipped on this page and the next, 0 if there is no next
	Newer                     bool
	Chaos                     webhook.Chaos
	Inboxes                   []control.Inbox
}

// shownWebhook is a webhook in a workspace.
type shownWebhook struct {
	*world.Webhook
	Workspace string
	Inbox     string // to which it sends, if its target is one
	Selects   []selected
	Types     []string // of events, each once
}

// selected is a subscription for people to read.
type selected struct{ EventType, Filter string }

// webhooks shows the webhooks and their deliveries.
func (c *Console) webhooks(r *http.Request) (page, error) { return c.webhooksPage(r, form{}) }

func (c *Console) webhooksPage(r *http.Request, f form) (page, error) {
	slug, err := c.workspace(r)
	if err != nil {
		return page{}, err
	}
	query := r.URL.Query()
	data := &webhooksPage{
		Form: f, Webhooks: c.webhooksOf(slug), Webhook: query.Get("webhook"), State: query.Get("state"), EventType: query.Get("event_type"),
		States: webhook.States(), EventTypes: subscription.EventTypes(), Chaos: c.control.Chaos(), Inboxes: c.control.Inboxes(),
	}
	data.Filtered = data.Webhook != "" || data.State != "" || data.EventType != ""
	shown := page{content: data, title: "Webhooks"}
	for _, condition := range []string{"webhook", "state", "event_type"} {
		if value := query.Get(condition); value != "" && err == nil {
			err = c.control.CheckDelivery(condition, value)
		}
	}
	if err != nil {
		data.Mistake, shown.status = err.Error(), http.StatusUnprocessableEntity
		return shown, nil
	}
	data.Skip, _ = strconv.Atoi(query.Get("skip")) // anything but a number skips nothing
	data.Skip = max(0, data.Skip)
	var older bool
	data.Deliveries, older = c.control.LatestDeliveries(func(d *webhook.Delivery) bool {
		return (slug == "" || d.Workspace == slug) && (data.Webhook == "" || string(d.Webhook) == data.Webhook) &&
			(data.State == "" || string(d.State) == data.State) && (data.EventType == "" || slices.Contains(d.Events, data.EventType))
	}, data.Skip, deliveriesShown)
	if older {
		data.Older = data.Skip + deliveriesShown
	}
	return shown, nil
}

// webhooksOf lists the webhooks of a workspace, or of all.
func (c *Console) webhooksOf(slug string) []shownWebhook {
	var all []shownWebhook
	for _, one := range c.slugs() {
		workspace, err := c.control.WorkspaceNamed(one)
		if err != nil || slug != "" && slug != one {
			continue
		}
		for hook := range workspace.View().Webhooks() {
			all = append(all, showWebhook(hook, one))
		}
	}
	return all
}

func showWebhook(hook *world.Webhook, workspace string) shownWebhook {
	shown := shownWebhook{Webhook: hook, Workspace: workspace}
	if name, ok := subscription.Inbox(hook.TargetURL); ok {
		shown.Inbox = name
	}
	for _, s := range hook.Subscriptions {
		one := selected{EventType: s.EventType}
		if s.Filter != nil {
			filter, _ := json.Marshal(s.Filter) // as a client wrote it
			one.Filter = string(filter)
		}
		shown.Selects = append(shown.Selects, one)
		if !slices.Contains(shown.Types, s.EventType) {
			shown.Types = append(shown.Types, s.EventType)
		}
	}
	return shown
}

// ofWebhook is the action of a form that concerns one webhook.
func (c *Console) ofWebhook(r *http.Request, method, what string, fields ...string) (page, error) {
	id := r.PathValue("webhook")
	return c.act(r, action{name: id + "-" + r.PostFormValue("in") + "-" + what, fields: fields, to: webhooksPath, page: c.webhooksPage, do: func() error {
		return c.control.Call(r.Context(), method, "/webhooks/"+id+"/"+what, url.Values{"workspace": {r.PostFormValue("in")}}, filled(r.PostForm, fields, nil))
	}})
}

func (c *Console) setWebhookStatus(r *http.Request) (page, error) {
	return c.ofWebhook(r, http.MethodPut, "status", "status")
}

func (c *Console) testWebhook(r *http.Request) (page, error) {
	return c.ofWebhook(r, http.MethodPost, "test", "event_type")
}

// setChaos disturbs deliveries.
func (c *Console) setChaos(r *http.Request) (page, error) {
	return c.act(r, action{name: "chaos", fields: []string{"duplicate", "reorder", "delay", "batch", "lose_answers"}, to: webhooksPath, page: c.webhooksPage, do: func() error {
		_ = r.PostFormValue("delay") // parses the form
		return c.control.Call(r.Context(), http.MethodPut, "/webhooks/chaos", nil, filled(r.PostForm, []string{"delay"}, []string{"duplicate", "reorder", "batch", "lose_answers"}))
	}})
}

// flush attempts every waiting delivery once.
func (c *Console) flush(r *http.Request) (page, error) {
	return c.act(r, action{name: "flush", fields: []string{"flush"}, to: webhooksPath, page: c.webhooksPage, do: func() error {
		return c.control.Call(r.Context(), http.MethodPost, "/deliveries/flush", nil, nil)
	}})
}

// deliveryPath returns the path of the page of a delivery.
func deliveryPath(id attio.ID) string {
	return webhooksPath + "/deliveries/" + url.PathEscape(string(id))
}

// deliveryPage is the data of the page of a delivery.
type deliveryPage struct {
	control.Delivery
	Form      form
	Headers   []headerLine
	Raw       string         // the body, byte for byte
	Hook      *world.Webhook // nil if it is gone
	Signature string         // as the header has it
	Command   string         // computes the signature
	Verified  bool           // the signature is that of the body
}

// delivery shows a delivery with its attempts, and how its signature was computed.
func (c *Console) delivery(r *http.Request) (page, error) { return c.deliveryPage(r, form{}) }

func (c *Console) deliveryPage(r *http.Request, f form) (page, error) {
	id := r.PathValue("delivery")
	found, _ := c.control.LatestDeliveries(func(d *webhook.Delivery) bool { return string(d.ID) == id }, 0, 1)
	if len(found) == 0 {
		return page{}, notFound("there is no delivery %s; the server keeps the latest 20,000, and a reset or a restored snapshot clears them", id)
	}
	data := &deliveryPage{Delivery: found[0], Form: f, Raw: string(found[0].Body), Signature: found[0].Header["Attio-Signature"]}
	header := make(http.Header)
	for name, value := range data.Header {
		header.Set(name, value)
	}
	data.Headers = headerLines(header)
	if workspace, err := c.control.WorkspaceNamed(data.Workspace); err == nil {
		if hook, ok := workspace.View().Webhook(data.Webhook); ok {
			data.Hook, data.Verified = hook, webhook.Verify(data.Signature, found[0].Body, hook.Secret)
			data.Command = "printf %s " + quoted(data.Raw) + " \\\n  | openssl dgst -sha256 -hmac " + quoted(hook.Secret)
		}
	}
	return page{content: data, title: "Delivery"}, nil
}

// redeliver sends a delivery again.
func (c *Console) redeliver(r *http.Request) (page, error) {
	id := r.PathValue("delivery")
	return c.act(r, action{name: "redeliver", fields: []string{"redeliver"}, to: deliveryPath(attio.ID(id)), page: c.deliveryPage, do: func() error {
		return c.control.Call(r.Context(), http.MethodPost, "/deliveries/"+id+"/redeliver", nil, nil)
	}})
}

// inboxPage is the data of the page of an inbox.
type inboxPage struct {
	Name     string
	Messages []message
	Of       int // how many there are in all workspaces
}

// message is a message of an inbox for people to read.
type message struct {
	webhook.Message
	Headers []headerLine
	Events  []string
}

// inbox shows what an inbox was sent, latest first.
func (c *Console) inbox(r *http.Request) (page, error) {
	slug, err := c.workspace(r)
	if err != nil {
		return page{}, err
	}
	data := inboxPage{Name: r.PathValue("inbox")}
	inboxes := c.control.Inboxes()
	i := slices.IndexFunc(inboxes, func(i control.Inbox) bool { return i.Name == data.Name })
	if i < 0 {
		return page{}, notFound("there is no inbox %s; a webhook with the target inbox://name makes one", data.Name)
	}
	data.Of = inboxes[i].Messages
	for _, m := range c.control.Messages(data.Name, slug, messagesShown) {
		data.Messages = append(data.Messages, message{m, headerLines(m.Header), eventTypesIn(m.Body)})
	}
	return page{content: &data, title: "Inbox " + data.Name}, nil
}

// eventTypesIn lists the types of the events in the body of a delivery.
func eventTypesIn(body []byte) []string {
	var sent struct {
		Events []struct {
			Type string `json:"event_type"`
		}
	}
	_ = json.Unmarshal(body, &sent) // the server made it
	var types []string
	for _, event := range sent.Events {
		types = append(types, event.Type)
	}
	return types
}

// clearInbox empties an inbox.
func (c *Console) clearInbox(r *http.Request) (page, error) {
	name, query := r.PathValue("inbox"), url.Values{}
	if slug := r.URL.Query().Get("workspace"); slug != "" {
		query.Set("workspace", slug)
	}
	if err := c.control.Call(r.Context(), http.MethodDelete, "/inboxes/"+name, query, nil); err != nil {
		return page{}, err
	}
	return seeOther(onward(r, webhooksPath+"/inboxes/"+url.PathEscape(name))), nil
}
