package chaos

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// thingID names a thing of any workspace.
type thingID struct{ workspace, id string }

// effectOf returns the changes between two states to the things that the client has touched.
func effectOf(start, end *world.Snapshot, touched map[thingID]bool, run span) []Change {
	var changes []Change
	for _, workspace := range control.Diff(start, end, end.Now()) {
		for _, c := range workspace.Changes {
			if touched[thingID{workspace.Workspace, string(c.ID)}] {
				changes = append(changes, Change{
					Workspace: workspace.Workspace, Thing: string(c.Thing), In: c.In, ID: string(c.ID), Action: string(c.Action), Values: run.valuesOf(c),
				})
			}
		}
	}
	return changes
}

// span is the time of a run by several clocks: the server's and that of the client.
type span []clockSpan

type clockSpan struct{ from, to time.Time }

// valuesOf returns the values that a change leads to, or those of a deleted thing.
func (s span) valuesOf(c control.Change) map[string]any {
	values := make(map[string]any)
	for _, a := range c.Attributes {
		shown := a.After
		if c.Action == control.Deleted {
			shown = a.Before
		}
		values[a.Attribute] = s.plain(decoded(shown))
	}
	before, _ := decoded(c.Before).(map[string]any)
	after, _ := decoded(c.After).(map[string]any)
	if c.Action == control.Deleted {
		before, after = nil, before
	}
	for field, value := range after {
		if !reflect.DeepEqual(value, before[field]) && !derived.Get()[field] {
			values[field] = s.plain(value)
		}
	}
	return values
}

// decoded decodes JSON that this program has encoded; nothing is nil.
func decoded(raw json.RawMessage) (value any) {
	_ = json.Unmarshal(raw, &value)
	return value
}

// derived holds the members of a value or a thing that say who wrote it and when, or are drawn as its id is.
var derived = lazy.Of[map[string]bool]{Make: func() map[string]bool {
	return map[string]bool{
		"active_from": true, "active_until": true, "created_by_actor": true, "attribute_type": true,
		"id": true, "created_at": true, "web_url": true, "thread_id": true, "url": true, "secret": true,
	}
}}

// duringRun stands for a time that only says when the run took place.
const duringRun = "(during the run)"

// plain returns a value without what derived names, and without the wrapping of single values. Times within the run become one.
func (s span) plain(value any) any {
	switch value := value.(type) {
	case string:
		if s.covers(value) {
			return duringRun
		}
	case []any:
		if len(value) == 1 {
			return s.plain(value[0])
		}
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = s.plain(item)
		}
		return list
	case map[string]any:
		members := make(map[string]any)
		for name, member := range value {
			if !derived.Get()[name] {
				members[name] = s.plain(member)
			}
		}
		if len(members) == 1 {
			for _, only := range members {
				return only
			}
		}
		return members
	}
	return value
}

// covers reports whether a text is a time of the run, or its day.
func (s span) covers(text string) bool {
	for _, clock := range s {
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil && !at.Before(clock.from) && !at.After(clock.to) {
			return true
		}
		for _, day := range []time.Time{clock.from, clock.to} {
			if text == day.Format(time.DateOnly) {
				return true
			}
		}
	}
	return false
}
