package webhook

import (
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Message is what an inbox, a receiver that needs no server, received.
type Message struct {
	Number    int // from 1, of all inboxes together
	At        time.Time
	Inbox     string
	Workspace string // its slug
	Webhook   attio.ID
	Delivery  attio.ID
	Header    http.Header
	Body      []byte
}

// Beyond these bounds, the inboxes forget their oldest messages.
const (
	maxMessages     = 10_000
	maxMessageBytes = 32 << 20 // of all bodies together
)

// inboxes holds the messages of all inboxes, oldest first. The zero value is ready to use.
type inboxes struct {
	messages []Message
	bytes    int
	last     int
}

func (i *inboxes) add(m Message) {
	i.last++
	m.Number = i.last
	i.messages = append(i.messages, m)
	i.bytes += len(m.Body)
	for len(i.messages) > maxMessages || i.bytes > maxMessageBytes {
		i.bytes -= len(i.messages[0].Body)
		i.messages[0] = Message{} // the array still holds it otherwise
		i.messages = i.messages[1:]
	}
}

func (i *inboxes) clear(chosen func(Message) bool) {
	i.messages = slices.DeleteFunc(i.messages, func(m Message) bool {
		if chosen(m) {
			i.bytes -= len(m.Body)
			return true
		}
		return false
	})
}

// receive puts a delivery into an inbox, which accepts everything.
func (e *Engine) receive(d *delivery, inbox string) {
	header, body := d.Message()
	e.mu.Lock()
	defer e.mu.Unlock()
	if d.era != e.era {
		return
	}
	e.era.inboxes.add(Message{
		At: e.world.Clock.Now(), Inbox: inbox, Workspace: d.Workspace, Webhook: d.Webhook, Delivery: d.ID, Header: header, Body: body,
	})
	e.era.changed()
}

// Messages returns the messages that match a condition, oldest first, and a channel that is closed when another may have arrived.
func (e *Engine) Messages(chosen func(Message) bool) ([]Message, <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var found []Message
	for _, m := range e.era.inboxes.messages {
		if chosen(m) {
			found = append(found, m)
		}
	}
	return found, e.era.waitForChange()
}

// ClearMessages forgets the messages that match a condition.
func (e *Engine) ClearMessages(chosen func(Message) bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.era.inboxes.clear(chosen)
}
