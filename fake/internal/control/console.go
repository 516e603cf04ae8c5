package control

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"

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

// Request returns the request with a number, and the number of the first and the last one that the journal keeps.
func (h *Handler) Request(number int) (found *Entry, first, last int) {
	chosen := h.journal.chosen(Question{After: number - 1, Limit: 1})
	if len(chosen) == 1 && chosen[0].Number == number {
		found = h.journal.shown(chosen[0])
	}
	first, last = h.journal.span()
	return found, first, last
}
