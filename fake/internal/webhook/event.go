package webhook

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Event is one event of a delivery's "events" array.
type Event struct {
	Type string // such as "record.created"
	JSON []byte // as it is sent: event_type, id, further members, actor

	// What filters can ask for.
	ids, more members
	actor     attio.Actor
}

// members are ids by their keys, in wire order. An empty id is null.
type members []member

type member struct {
	key string
	id  attio.ID
}

func newEvent(kind string, ids, more members, actor attio.Actor) Event {
	b := append([]byte(`{"event_type":"`), kind...)
	b = ids.appendJSON(append(b, `","id":{`...))
	b = append(b, '}')
	if more != nil {
		b = more.appendJSON(append(b, ','))
	}
	b = actor.AppendJSON(append(b, `,"actor":`...))
	return Event{Type: kind, JSON: append(b, '}'), ids: ids, more: more, actor: actor}
}

// appendJSON appends the members without the braces around them.
func (m members) appendJSON(b []byte) []byte {
	for i, member := range m {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), member.key...), `":`...)
		if member.id == "" {
			b = append(b, "null"...)
		} else {
			b = append(append(append(b, '"'), member.id...), '"')
		}
	}
	return b
}

func (m members) get(key string) (string, bool) {
	for _, member := range m {
		if member.key == key {
			return string(member.id), member.id != ""
		}
	}
	return "", false
}

// Matches reports whether an event has the type of a subscription and passes its filter.
func Matches(sub world.Subscription, e Event) bool {
	return sub.EventType == e.Type && sub.Filter.Passes(e.field)
}

// field returns the text that the event has at a path, if it has one there: "id.record_id".
func (e Event) field(path string) (string, bool) {
	if key, ok := strings.CutPrefix(path, "id."); ok {
		return e.ids.get(key)
	}
	switch path {
	case "event_type":
		return e.Type, true
	case "actor.type":
		return string(e.actor.Type), true
	case "actor.id":
		return string(e.actor.ID), e.actor.ID != ""
	}
	return e.more.get(path)
}
