package control

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// clockState is the answer of both clock routes.
type clockState struct {
	Now    attio.Time `json:"now"`    // what the server's clock says
	Frozen bool       `json:"frozen"` // whether it stands
}

// getClock answers GET /_fake/clock.
func getClock(h *Handler, _ *http.Request) (any, *refusal) {
	return clockState{attio.Time{Time: h.world.Clock.Now()}, h.world.Clock.Frozen()}, nil
}

// clockBody is the body of POST /_fake/clock.
type clockBody struct {
	Set     *time.Time `json:"set"`                                // moves the clock to a time
	Advance *string    `json:"advance" jsonschema:"example=1h30m"` // then moves it on by a duration, backwards with a minus sign
	Freeze  *bool      `json:"freeze"`                             // then stops it, or lets it run on
}

// setClock answers POST /_fake/clock with {"set": timestamp}, {"advance": duration} and {"freeze": bool}, any of them,
// applied in this order.
func setClock(h *Handler, r *http.Request) (any, *refusal) {
	var change clockBody
	if err := decode(r, &change); err != nil {
		return nil, err
	}
	if change.Set == nil && change.Advance == nil && change.Freeze == nil {
		return nil, badRequest(`say what to do with the clock: {"advance": "1h"}, {"set": "2026-01-15T09:00:00Z"} or {"freeze": true}`)
	}
	var advance time.Duration
	if change.Advance != nil {
		var refused *refusal
		if advance, refused = readAdvance(*change.Advance); refused != nil {
			return nil, refused
		}
	}
	if err := h.world.Clock.Move(change.Set, advance); err != nil {
		return nil, badRequest("%v", err)
	}
	if change.Freeze != nil {
		h.world.Clock.Freeze(*change.Freeze)
	}
	return getClock(h, r)
}

// overlong matches durations, including those too long for a time.Duration.
var overlong = lazy.New(`^[-+]?([0-9]+(\.[0-9]*)?(ns|us|µs|μs|ms|s|m|h))+$`)

func readAdvance(text string) (time.Duration, *refusal) {
	d, err := time.ParseDuration(text)
	switch {
	case err == nil:
		return d, nil
	case overlong.MatchString(text):
		return 0, badRequest(`advance: %q is more than 292 years, the longest step; set the clock to a time instead, like {"set": "2600-01-01T00:00:00Z"}`, text)
	}
	return 0, badRequest(`advance: %q is not a duration; write one such as "90s", "1h30m" or "24h"`, text)
}
