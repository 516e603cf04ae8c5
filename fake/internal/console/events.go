package console

import (
	"fmt"
	"net/http"
	"time"
)

// eventPause is how long events wait for others, so that a busy client does not make pages reload all the time.
const eventPause = 250 * time.Millisecond

// events tells a page what has happened, as server-sent events: requests, deliveries or state. The page
// then fetches again what it shows of that.
func (c *Console) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = fmt.Fprint(w, "retry: 1000\n\n")
	for news := c.control.News(); stream.Flush() == nil; { // a client that is gone ends the loop
		select {
		case <-news.Requests:
		case <-news.Deliveries:
		case <-news.State:
		case <-c.control.Closing():
			return
		case <-r.Context().Done():
			return
		}
		if !c.pause(r) {
			return
		}
		old := news
		news = c.control.News() // before the events are sent, so that nothing is missed
		for _, kind := range []struct {
			name    string
			changed <-chan struct{}
		}{{"requests", old.Requests}, {"deliveries", old.Deliveries}, {"state", old.State}} {
			select {
			case <-kind.changed:
				_, _ = fmt.Fprintf(w, "event: %s\ndata: changed\n\n", kind.name)
			default:
			}
		}
	}
}

// pause waits for more events. It reports false if the server closes or the client is gone.
func (c *Console) pause(r *http.Request) bool {
	timer := time.NewTimer(eventPause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-c.control.Closing():
	case <-r.Context().Done():
	}
	return false
}
