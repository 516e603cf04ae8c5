package control

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// How long a request waits by default and at most, in real time, and for how many items at most. Lists can hold more.
const (
	defaultTimeout = 5 * time.Second
	maxTimeout     = time.Minute
	maxAwaited     = maxEntries
)

// awaitParameters are the parameters of every list for which a request can wait.
var awaitParameters = []parameter{
	{"await", "Answers only once the list has at least this many items, from 1 to 10,000. If the time is up before, the answer is a 409 that says what is missing.", "3"},
	{"timeout", "How long to await them, in real time: up to 1m, 5s by default.", "10s"},
}

// await returns at once unless the request has the parameter await. Otherwise it waits until there are that many items.
// count returns how many there are, and a channel that is closed when that may have changed. progress reports how far it got.
func (h *Handler) await(r *http.Request, count func() (int, <-chan struct{}), progress func(n, of int) string) *refusal {
	awaited, timeout, refused := awaitOf(r.URL.Query())
	if refused != nil || awaited == 0 {
		return refused
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	for {
		n, change := count()
		if n >= awaited {
			return nil
		}
		select {
		case <-change:
		case <-h.closing:
			return &refusal{status: http.StatusServiceUnavailable, message: "the server is closing"}
		case <-ctx.Done():
			if r.Context().Err() != nil { // nobody reads this, unless the program was asked to stop
				return &refusal{status: http.StatusServiceUnavailable, message: "the request was cancelled"}
			}
			return &refusal{status: http.StatusConflict, message: fmt.Sprintf("after %s, %s", timeout, progress(n, awaited))}
		}
	}
}

// awaitOf returns how many items a query waits for (0 for none) and for how long.
func awaitOf(query url.Values) (n int, timeout time.Duration, refused *refusal) {
	if !query.Has("await") {
		if query.Has("timeout") {
			return 0, 0, badRequest("timeout needs await, which says how many items to wait for")
		}
		return 0, 0, nil
	}
	n, err := strconv.Atoi(query.Get("await"))
	if err != nil || n < 1 || n > maxAwaited {
		return 0, 0, badRequest("await is %q; it has to be a number of items from 1 to %d", query.Get("await"), maxAwaited)
	}
	if !query.Has("timeout") {
		return n, defaultTimeout, nil
	}
	timeout, refused = timeoutOf("timeout", query.Get("timeout"))
	return n, timeout, refused
}

// timeoutOf reads how long to wait from a parameter.
func timeoutOf(name, text string) (time.Duration, *refusal) {
	timeout, err := time.ParseDuration(text)
	if err != nil || timeout <= 0 || timeout > maxTimeout {
		return 0, badRequest(`%s is %q; it has to be a duration up to 1m, such as "500ms" or "10s"`, name, text)
	}
	return timeout, nil
}

// part says which items of a list a request asks for. The zero value asks for all.
type part struct{ limit, last int }

// partParameters are the parameters of every list that can return only a part.
var partParameters = []parameter{
	{"limit", "At most this many: the first ones.", "100"},
	{"last", "At most this many: the last ones.", "10"},
}

func partOf(query url.Values) (p part, refused *refusal) {
	for name, into := range map[string]*int{"limit": &p.limit, "last": &p.last} {
		if !query.Has(name) {
			continue
		}
		var err error
		if *into, err = atLeastOne(query.Get(name)); err != nil {
			return p, badRequest("%s is %q; it has to be a number, 1 or more", name, query.Get(name))
		}
	}
	if p.limit > 0 && p.last > 0 {
		return p, badRequest("limit asks for the first items and last for the last ones; use one of them")
	}
	return p, nil
}

// take returns the part of a list.
func take[T any](p part, all []T) []T {
	if p.limit > 0 {
		return all[:min(p.limit, len(all))]
	}
	if p.last > 0 {
		return all[max(0, len(all)-p.last):]
	}
	return all
}
