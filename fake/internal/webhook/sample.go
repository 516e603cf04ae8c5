package webhook

import (
	"iter"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// shapes says of the events about each kind of thing which ids they have below the workspace, and which
// members besides.
var shapes = map[string]struct{ ids, more []string }{
	"activity":           {[]string{"activity_id"}, nil},
	"activity-attribute": {[]string{"activity_id", "attribute_id"}, nil},
	"activity-record":    {[]string{"activity_id", "record_id"}, nil},
	"call-recording":     {[]string{"meeting_id", "call_recording_id"}, nil},
	"comment":            {[]string{"comment_id"}, []string{"thread_id", "object_id", "record_id", "list_id", "entry_id"}},
	"list":               {[]string{"list_id"}, nil},
	"list-attribute":     {[]string{"list_id", "attribute_id"}, nil},
	"list-entry":         {[]string{"list_id", "entry_id"}, []string{"parent_object_id", "parent_record_id"}},
	"note":               {[]string{"note_id"}, []string{"parent_object_id", "parent_record_id"}},
	"note-content":       {[]string{"note_id"}, []string{"parent_object_id", "parent_record_id"}},
	"object-attribute":   {[]string{"object_id", "attribute_id"}, nil},
	"record":             {[]string{"object_id", "record_id"}, nil},
	"task":               {[]string{"task_id"}, nil},
	"workspace-member":   {[]string{"workspace_member_id"}, nil},
}

// sample makes an event to test a webhook with: about something that the workspace has, if it has any of
// that kind, else about ids that nothing has. From Attio's webhook guide.
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
	real := specimen(state, thing, now)
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

// specimen returns where the ids of a sample come from: the event of something that the workspace has, as if it came to
// be now.
func specimen(state *world.State, thing string, now time.Time) func(key string, newID func() attio.ID) attio.ID {
	var of Event
	var kind world.Kind
	for change := range things(state, thing) {
		events := Events(world.Commit{Before: state, After: state, At: now, Changes: []world.Change{change}})
		if len(events) > 0 {
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

// things yields the things of a kind that the workspace has, as if each were new.
func things(state *world.State, thing string) iter.Seq[world.Change] {
	var kinds []world.Kind
	if thing == "record" || thing == "object-attribute" {
		for _, o := range state.Schema.Objects {
			kinds = append(kinds, o)
		}
	} else {
		for _, l := range state.Schema.Lists {
			kinds = append(kinds, l)
		}
	}
	switch thing {
	case "record", "list-entry":
		what := world.ThingRecord
		if thing == "list-entry" {
			what = world.ThingEntry
		}
		return func(yield func(world.Change) bool) {
			for _, kind := range kinds {
				of := kind.Common().ID
				for r := range state.Records(of) {
					if !yield(world.Change{Thing: what, Of: of, ID: r.ID, After: r}) {
						return
					}
				}
			}
		}
	case "object-attribute", "list-attribute":
		return func(yield func(world.Change) bool) {
			for _, kind := range kinds {
				for _, d := range kind.Common().Attributes {
					if !yield(world.Change{Thing: world.ThingAttribute, Of: kind.Common().ID, ID: d.ID, After: d}) {
						return
					}
				}
			}
		}
	case "list":
		return func(yield func(world.Change) bool) {
			for _, kind := range kinds {
				if !yield(world.Change{Thing: world.ThingList, ID: kind.Common().ID, After: kind}) {
					return
				}
			}
		}
	case "note", "note-content":
		return asNew(world.ThingNote, state.Notes(), func(n *world.Note) attio.ID { return n.ID })
	case "task":
		return asNew(world.ThingTask, state.Tasks(), func(t *world.Task) attio.ID { return t.ID })
	case "comment":
		return asNew(world.ThingComment, state.Comments(), func(c *world.Comment) attio.ID { return c.ID })
	case "call-recording":
		return asNew(world.ThingCallRecording, state.CallRecordings(), func(r *world.CallRecording) attio.ID { return r.ID })
	case "workspace-member":
		return asNew(world.ThingMember, state.Members(), func(m *world.Member) attio.ID { return m.ID })
	}
	return func(func(world.Change) bool) {}
}

func asNew[T any](thing world.Thing, all iter.Seq[T], id func(T) attio.ID) iter.Seq[world.Change] {
	return func(yield func(world.Change) bool) {
		for one := range all {
			if !yield(world.Change{Thing: thing, ID: id(one), After: one}) {
				return
			}
		}
	}
}
