package webhook

import (
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// sample makes an event to test a webhook with, about something in the workspace or, if it has nothing of
// the kind, with made-up ids. From Attio's webhook guide.
func sample(state *world.State, kind string, newID func() attio.ID, now time.Time) Event {
	thing, verb, _ := strings.Cut(kind, ".")
	shape := shapes[thing]
	ids, more := shape.ids[:len(shape.ids):len(shape.ids)], shape.more
	switch {
	case verb == "updated" && (thing == "record" || thing == "list-entry"):
		ids = append(ids, "attribute_id")
	case verb == "merged":
		more = []string{"duplicate_object_id", "duplicate_record_id"}
	}
	real := specimen(state, thing, shape.about, now)
	fill := func(keys []string) members {
		var filled members
		for _, key := range keys {
			filled = append(filled, member{key, real(key, newID)})
		}
		return filled
	}
	ids, actor := append([]string{"workspace_id"}, ids...), attio.Actor{Type: attio.ActorSystem}
	return newEvent(kind, fill(ids), fill(more), actor)
}

// specimen returns a function that gives the ids of a sample: those of an event about something in the workspace, as if
// it were created now.
func specimen(state *world.State, subject string, about world.Thing, now time.Time) func(key string, newID func() attio.ID) attio.ID {
	var of Event
	var kind world.Kind
	created := strings.TrimSuffix(subject, "-content") + ".created"
	for change := range state.Each(about) {
		events := Events(world.Commit{Before: state, After: state, At: now, Changes: []world.Change{change}})
		if len(events) > 0 && events[0].Type == created {
			of = events[0]
			kind, _ = state.Schema.Kind(change.Of)
			break
		}
	}
	return func(key string, newID func() attio.ID) attio.ID {
		switch {
		case key == "workspace_id":
			return state.ID
		case key == "duplicate_object_id":
			key = "object_id"
		case key == "attribute_id" && kind != nil && of.ids.none(key) && len(kind.Common().Attributes) > 0:
			return kind.Common().Attributes[0].ID
		}
		for _, m := range append(of.ids[:len(of.ids):len(of.ids)], of.more...) {
			if m.key == key {
				return m.id
			}
		}
		return newID()
	}
}

func (m members) none(key string) bool {
	_, ok := m.get(key)
	return !ok
}
