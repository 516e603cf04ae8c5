package webhook

import (
	"maps"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// thing names a webhook or a call recording. The id alone does not: clones of a workspace have the same ones.
type thing struct {
	workspace *world.Workspace
	id        attio.ID
}

// alarm is something that the clock does later about a thing.
type alarm struct {
	at     time.Time
	cancel func()
}

// alarms has at most one alarm a thing. The zero value is ready.
type alarms struct{ set map[thing]alarm }

// put sets the alarm of a thing, instead of the one that it has.
func (a *alarms) put(clock *world.Clock, of thing, at time.Time, ring func()) {
	a.drop(of)
	if a.set == nil {
		a.set = make(map[thing]alarm)
	}
	a.set[of] = alarm{at, clock.At(at, ring)}
}

// drop cancels the alarm of a thing, if it has one.
func (a *alarms) drop(of thing) {
	if alarm, ok := a.set[of]; ok {
		alarm.cancel()
		delete(a.set, of)
	}
}

// dropAll cancels the alarms of a workspace.
func (a *alarms) dropAll(workspace *world.Workspace) {
	for of := range maps.Clone(a.set) {
		if of.workspace == workspace {
			a.drop(of)
		}
	}
}
