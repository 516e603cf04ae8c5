package webhook

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// watchCall schedules the event of a call recording that is still being processed, and cancels that of one that was
// deleted.
func (e *Engine) watchCall(c world.Commit, change world.Change) {
	e.mu.Lock()
	defer e.mu.Unlock()
	of := thing{c.Workspace, change.ID}
	recording, ok := change.After.(*world.CallRecording)
	if ok && recording.Status(c.At) == world.CallProcessing {
		e.awaitCall(e.era, of, recording.ReadyAt)
		return
	}
	e.era.calls.drop(of)
}

// awaitCall announces a call recording when its processing ends. The caller holds the lock.
func (e *Engine) awaitCall(era *era, of thing, ready time.Time) {
	e.await(era, &era.calls, of, ready, func() { e.complete(era, of, ready) })
}

// await rings for a thing at a moment. The caller holds the lock.
func (e *Engine) await(era *era, set *alarms, of thing, at time.Time, ring func()) {
	set.put(e.world.Clock, of, at, func() {
		e.mu.Lock()
		if era != e.era { // the world was reset since
			e.mu.Unlock()
			return
		}
		set.drop(of)
		e.mu.Unlock()
		ring()
	})
}

// complete announces a call recording whose processing has ended to the webhooks that exist by then, unless it was
// deleted.
func (e *Engine) complete(era *era, of thing, ready time.Time) {
	state := of.workspace.View()
	recording, ok := state.CallRecording(of.id)
	if !ok {
		return
	}
	e.announce(era, world.Commit{
		Workspace: of.workspace, Before: state, After: state, At: later(e.world.Clock.Now(), ready), Author: world.Author{Actor: recording.CreatedBy},
		Changes: []world.Change{{Thing: world.ThingCallRecording, ID: of.id, After: recording}},
	})
}
