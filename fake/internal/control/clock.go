package control

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// clockState is the answer of both clock routes.
type clockState struct {
	Now    attio.Time `json:"now"`
	Frozen bool       `json:"frozen"`
}

// getClock answers GET /_fake/clock.
func getClock(h *Handler, _ *http.Request) (any, *refusal) {
	return clockState{attio.Time{Time: h.world.Clock.Now()}, h.world.Clock.Frozen()}, nil
}

// clockBody says what to do with the clock.
type clockBody struct {
	Set     *time.Time `json:"set"`
	Advance *string    `json:"advance"`
	Freeze  *bool      `json:"freeze"`
}

// setClock answers POST /_fake/clock: {"set": timestamp}, {"advance": duration}, {"freeze": bool}, one
// or several, done in this order.
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
		var err error
		if advance, err = time.ParseDuration(*change.Advance); err != nil {
			return nil, badRequest(`advance: %q is not a duration like "90s", "1h30m" or "24h"`, *change.Advance)
		}
	}
	if change.Set != nil {
		h.world.Clock.Set(*change.Set)
	}
	h.world.Clock.Advance(advance)
	if change.Freeze != nil {
		h.world.Clock.Freeze(*change.Freeze)
	}
	return getClock(h, r)
}
