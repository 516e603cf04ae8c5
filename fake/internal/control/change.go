package control

import (
	"bytes"
	"encoding/json"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Change is what happened to one thing.
type Change struct {
	Thing      world.Thing       `json:"thing"`                // what kind of thing it is: record, list-entry, note, …
	In         string            `json:"in,omitempty"`         // the slug of the object, list or activity of a record, an entry, an attribute or a view
	ID         attio.ID          `json:"id"`                   // the id of the thing
	Action     Action            `json:"action"`               // what was done to it
	Attributes []AttributeChange `json:"attributes,omitempty"` // of a record or an entry: those that differ
	Before     json.RawMessage   `json:"before,omitempty"`     // of any other thing: as the API showed it
	After      json.RawMessage   `json:"after,omitempty"`      // of any other thing: as the API shows it now
}

// AttributeChange is what happened to an attribute of a record or an entry: its values as the API shows them.
type AttributeChange struct {
	Attribute string          `json:"attribute"` // its slug
	Before    json.RawMessage `json:"before"`    // the values that it had
	After     json.RawMessage `json:"after"`     // the values that it has
}

// Action is what was done to a thing.
type Action string

// The actions.
const (
	Created Action = "created"
	Changed Action = "changed"
	Deleted Action = "deleted"
)

// ChangesOf renders changes between two states of a workspace, as the API shows things at a given time.
func ChangesOf(before, after *world.State, at time.Time, changes []world.Change) []Change {
	all := make([]Change, len(changes))
	for i, c := range changes {
		all[i] = changeOf(before, after, at, c)
	}
	return all
}

func changeOf(before, after *world.State, at time.Time, c world.Change) Change {
	if isRecord(c) {
		return recordChange(before.Schema, after.Schema, c)
	}
	change, _, _ := outline(before.Schema, after.Schema, c)
	change.Before, change.After = api.RenderThing(before, c.Thing, c.Of, c.Before, at), api.RenderThing(after, c.Thing, c.Of, c.After, at)
	return change
}

// recordChange renders a change of a record or an entry, which takes no more than the schemas.
func recordChange(was, is *world.Schema, c world.Change) Change {
	change, then, now := outline(was, is, c)
	change.Attributes = attributeChanges(was, then, c.Before, is, now, c.After)
	return change
}

// outline returns a change without what it did to its thing, and the object, list or activity that the thing was and is in, or nil.
func outline(was, is *world.Schema, c world.Change) (change Change, then, now world.Kind) {
	change = Change{Thing: c.Thing, ID: c.ID, Action: actionOf(c)}
	then, now = kindOf(was, c.Of), kindOf(is, c.Of)
	for _, kind := range []world.Kind{then, now} {
		if kind != nil {
			change.In = kind.Common().Slug
		}
	}
	return change, then, now
}

// rewritten is what a commit did, if it wrote nothing but records and entries.
type rewritten struct {
	was, is *world.Schema
	changes []world.Change
}

func (r rewritten) rendered() []Change {
	all := make([]Change, len(r.changes))
	for i, c := range r.changes {
		all[i] = recordChange(r.was, r.is, c)
	}
	return all
}

// isRecord reports whether a change is of a record or an entry.
func isRecord(c world.Change) bool {
	return c.Thing == world.ThingRecord || c.Thing == world.ThingEntry || c.Thing == world.ThingActivityRecord
}

func actionOf(c world.Change) Action {
	switch {
	case c.Before == nil:
		return Created
	case c.After == nil:
		return Deleted
	}
	return Changed
}

// kindOf returns the object or list that a change is in, or nil.
func kindOf(schema *world.Schema, id attio.ID) world.Kind {
	if kind, ok := schema.Kind(id); ok {
		return kind
	}
	return nil
}

// attributeChanges compares two versions of a record or an entry, one of which may be nil.
func attributeChanges(was *world.Schema, then world.Kind, before any, is *world.Schema, now world.Kind, after any) []AttributeChange {
	old, _ := before.(*world.Record)
	new, _ := after.(*world.Record)
	var kind world.Kind = now
	if kind == nil {
		kind = then
	}
	differing := make([]difference, 0, 16)
	for _, d := range kind.Common().Attributes {
		if d.Computed != "" && d.Computed != attribute.ComputedParent {
			continue // never changes
		}
		from, to := active(old, d), active(new, d)
		switch gone, went := past(old, d), past(new, d); {
		case !world.SameValues(from, to):
			from, to = different(from, to)
		case old != nil && new != nil && !world.SamePast(gone, went): // by a written history
			from, to = gone, went
		default:
			continue
		}
		differing = append(differing, difference{d, from, to})
	}
	return rendered(was, is, kind, differing)
}

// difference is how an attribute of two versions of a record differs.
type difference struct {
	attribute *attribute.Definition
	from, to  []world.Held
}

// rooms are buffers in which changes are rendered.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// rendered renders differences. As the journal keeps many changes, all texts of one share an array of their length.
func rendered(was, is *world.Schema, kind world.Kind, differing []difference) []AttributeChange {
	changes := make([]AttributeChange, len(differing))
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	text := (*room)[:0]
	ends := make([]int, 0, 32)
	for _, d := range differing {
		text = api.AppendValues(text, was, kind, d.attribute, d.from)
		ends = append(ends, len(text))
		text = api.AppendValues(text, is, kind, d.attribute, d.to)
		ends = append(ends, len(text))
	}
	*room = text
	text = bytes.Clone(text)
	start := 0
	next := func(end int) json.RawMessage {
		part := text[start:end:end]
		start = end
		return part
	}
	for i, d := range differing {
		changes[i] = AttributeChange{d.attribute.Slug, next(ends[2*i]), next(ends[2*i+1])}
	}
	return changes
}

// maxShown is how many values of an attribute a change shows in full.
const maxShown = 100

// different returns two lists of values whole, or if they are long only the part that differs. Otherwise each person
// added to a company with thousands would list all the others twice.
func different(before, after []world.Held) (from, to []world.Held) {
	if max(len(before), len(after)) <= maxShown {
		return before, after
	}
	if n := len(after) - len(before); n > 0 && len(before) > 0 && &after[n] == &before[0] { // before is the tail of after's array
		return nil, after[:n]
	}
	same := func(i, j int) bool { return world.SameValues(before[i:i+1], after[j:j+1]) }
	start := 0
	for start < min(len(before), len(after)) && same(start, start) {
		start++
	}
	before, after = before[start:], after[start:]
	for len(before) > 0 && len(after) > 0 && same(len(before)-1, len(after)-1) {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return before, after
}

func active(record *world.Record, d *attribute.Definition) []world.Held {
	if record == nil {
		return nil
	}
	return record.Active(d)
}

func past(record *world.Record, d *attribute.Definition) []world.Held {
	if record == nil {
		return nil
	}
	return record.Past(d)
}
