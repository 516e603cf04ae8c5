package control

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

// ConsolePath begins the paths of the console's pages, besides the first one, which is prefix + "/".
const ConsolePath = prefix + "/console/"

// isConsole reports whether a path is one of the console's.
func isConsole(path string) bool {
	return path == prefix || path == prefix+"/" || strings.HasPrefix(path, ConsolePath)
}

// StatusOf returns the status with which the control API answers an error: that of a refusal, else 500.
func StatusOf(err error) int {
	if refused, ok := errors.AsType[*refusal](err); ok {
		return refused.status
	}
	return http.StatusInternalServerError
}

// asError returns a refusal as an error, which is nil if there is none.
func asError(refused *refusal) error {
	if refused == nil {
		return nil
	}
	return refused
}

// Token returns the control token, "" if the server has none.
func (h *Handler) Token() string { return h.token }

// IsToken reports whether a text is the control token.
func (h *Handler) IsToken(text string) bool {
	return subtle.ConstantTimeCompare([]byte(text), []byte(h.token)) == 1
}

// Clock returns the server's time and whether its clock stands.
func (h *Handler) Clock() (now time.Time, frozen bool) {
	return h.world.Clock.Now(), h.world.Clock.Frozen()
}

// Closing is closed when the server closes.
func (h *Handler) Closing() <-chan struct{} { return h.closing }

// Changed tells who waits for news that the clock, the faults or a setting changed by another way than a request.
func (h *Handler) Changed() { h.changed.ring() }

// News has channels that are closed when there is something new of a kind.
type News struct {
	Requests   <-chan struct{} // another request, or the requests were cleared
	Deliveries <-chan struct{} // another delivery, or another state of one
	State      <-chan struct{} // a workspace, the clock, the faults or a setting changed
}

// News returns what to wait for to learn that something has happened since.
func (h *Handler) News() News {
	requests := h.journal.change.next()
	_, deliveries := h.webhooks.Count(func(*webhook.Delivery) bool { return false })
	return News{requests, deliveries, h.changed.next()}
}

// LatestRequests returns the latest requests that a question asks for and that contain a text, newest first, at most so
// many. older reports whether there are more before them.
func (h *Handler) LatestRequests(q Question, text string, most int) (latest []*Entry, older bool) {
	chosen := h.journal.chosen(q)
	for i := len(chosen) - 1; i >= 0; i-- {
		if !chosen[i].contains(text) {
			continue
		}
		if len(latest) == most {
			return latest, true
		}
		latest = append(latest, h.journal.shown(chosen[i]))
	}
	return latest, false
}

// Request returns the request with a number, nil if the journal does not have it, and the numbers of the oldest and the
// latest that it has, 0 if there are none.
func (h *Handler) Request(number int) (found *Entry, oldest, latest int) {
	k, oldest, latest := h.journal.find(number)
	if k != nil {
		found = h.journal.shown(k)
	}
	return found, oldest, latest
}

// MomentsKept returns the numbers of the oldest and the latest request after which everything can still be seen, 0 if there
// are none.
func (h *Handler) MomentsKept() (oldest, latest int) {
	_, _, latest = h.journal.find(0)
	return h.journal.since(h.moments.forgetBefore(0)), latest
}

// LatestDeliveries returns the latest deliveries that are wanted, newest first, at most so many after those that are
// skipped. older reports whether there are more before them.
func (h *Handler) LatestDeliveries(wanted func(*webhook.Delivery) bool, skip, most int) (latest []Delivery, older bool) {
	for _, d := range slices.Backward(h.webhooks.Deliveries()) {
		switch {
		case !wanted(&d):
		case skip > 0:
			skip--
		case len(latest) == most:
			return latest, true
		default:
			latest = append(latest, newDelivery(d))
		}
	}
	return latest, false
}

// Messages returns the latest messages of an inbox, newest first, at most so many. An empty workspace stands for all.
func (h *Handler) Messages(inbox, workspace string, most int) []webhook.Message {
	messages, _ := h.webhooks.Messages(func(m webhook.Message) bool {
		return m.Inbox == inbox && (workspace == "" || m.Workspace == workspace)
	})
	messages = slices.Clone(messages[max(0, len(messages)-most):])
	slices.Reverse(messages)
	return messages
}

// Call makes a request to the control API for somebody who has been let in already, and drops the answer. So a form does
// what the route does, and is refused in its words. The body is sent as JSON, nil is none.
func (h *Handler) Call(ctx context.Context, method, path string, query url.Values, body any) error {
	r := (&http.Request{Method: method, URL: &url.URL{Path: prefix + path, RawQuery: query.Encode()}, Header: make(http.Header), Body: http.NoBody}).WithContext(ctx)
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(encoded)), int64(len(encoded))
	}
	var found mux.RouteMatch
	if !findRoute(r, &found) {
		return notFound(fmt.Sprintf("the control API has no %s", r.URL.Path))
	}
	_, err := h.run(nil, r, found)
	return err
}
