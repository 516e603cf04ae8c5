package webhook

import (
	"cmp"
	"reflect"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Events returns what a commit makes known, in order. It is nothing for what Attio has no type of event
// for: objects, views, meetings, files, e-mails, tokens, webhooks and the deletion of attributes.
func Events(c world.Commit) []Event {
	d := deriver{commit: c}
	for _, merge := range c.Merges {
		d.merge(merge)
	}
	if c.Silent {
		return d.events
	}
	for _, change := range c.Changes {
		d.derive(change)
	}
	return d.events
}

// deriver collects the events of a commit.
type deriver struct {
	commit world.Commit
	events []Event
}

func (d *deriver) derive(c world.Change) {
	switch c.Thing {
	case world.ThingRecord:
		d.record(c)
	case world.ThingEntry:
		d.entry(c)
	case world.ThingAttribute:
		d.attribute(c)
	case world.ThingList:
		d.add("list."+verb(c), members{{"list_id", c.ID}}, nil)
	case world.ThingNote:
		d.note(c)
	case world.ThingTask:
		d.add("task."+verb(c), members{{"task_id", c.ID}}, nil)
	case world.ThingComment:
		d.comment(c)
	case world.ThingCallRecording:
		d.callRecording(c)
	case world.ThingMember:
		if c.Before == nil {
			d.add("workspace-member.created", members{{"workspace_member_id", c.ID}}, nil)
		}
	}
}

// verb is the last word of the type of an event.
func verb(c world.Change) string {
	switch {
	case c.Before == nil:
		return "created"
	case c.After == nil:
		return "deleted"
	}
	return "updated"
}

// record tells of a record. What it has from the beginning is no news of its own; afterwards each
// attribute is, on both sides of a relationship: that Attio tells of the other side too is assumed, whose
// values change like any others.
func (d *deriver) record(c world.Change) {
	ids := members{{"object_id", c.Of}, {"record_id", c.ID}}
	for _, attribute := range changed(c) {
		d.add("record.updated", append(ids[:2:2], member{"attribute_id", attribute}), nil)
	}
	if verb(c) != "updated" {
		d.add("record."+verb(c), ids, nil)
	}
}

// merge tells of a merge, once it is over, for each of the originals, and of nothing else that it did: Attio's webhook
// reference says that each fires two events.
func (d *deriver) merge(m *world.Merge) {
	if m.Done.After(d.commit.At) {
		return
	}
	for _, original := range []attio.ID{m.Primary, m.Secondary} {
		d.add("record.merged", members{{"object_id", m.Object}, {"record_id", m.Record}}, members{{"duplicate_object_id", m.Object}, {"duplicate_record_id", original}})
	}
}

// entry tells of an entry as of a record.
func (d *deriver) entry(c world.Change) {
	before, _ := c.Before.(*world.Record)
	after, _ := c.After.(*world.Record)
	state := d.commit.After
	if after == nil {
		state = d.commit.Before // the list may be gone as well
	}
	kind, _ := state.Schema.Kind(c.Of)
	list, ok := kind.(*world.List)
	if !ok {
		return
	}
	parent := list.ParentOf(cmp.Or(after, before))
	ids := members{{"list_id", c.Of}, {"entry_id", c.ID}}
	more := members{{"parent_object_id", parent.Object}, {"parent_record_id", parent.Record}}
	for _, attribute := range changed(c) {
		d.add("list-entry.updated", append(ids[:2:2], member{"attribute_id", attribute}), more)
	}
	if verb(c) != "updated" {
		d.add("list-entry."+verb(c), ids, more)
	}
}

// changed lists the attributes of a record or an entry that have other values now. It is nothing for one
// that is new or gone.
func changed(c world.Change) []attio.ID {
	if verb(c) != "updated" {
		return nil
	}
	return c.After.(*world.Record).ChangedSince(c.Before.(*world.Record))
}

// attribute tells of an attribute. Its options and statuses are things of their own, of which Attio has no
// events; that it does not tell of the attribute in their place is assumed.
func (d *deriver) attribute(c world.Change) {
	if c.After == nil || c.Before != nil && sameWithoutChoices(c.Before.(*attribute.Definition), c.After.(*attribute.Definition)) {
		return
	}
	kind, ok := d.commit.After.Schema.Kind(c.Of)
	if !ok {
		return
	}
	what, key := "object", "object_id"
	if _, isList := kind.(*world.List); isList {
		what, key = "list", "list_id"
	}
	d.add(what+"-attribute."+verb(c), members{{key, c.Of}, {"attribute_id", c.ID}}, nil)
}

func sameWithoutChoices(before, after *attribute.Definition) bool {
	a, b := *before, *after
	a.Options, a.Statuses = b.Options, b.Statuses
	return reflect.DeepEqual(a, b)
}

// note tells of a note: of its title and its content apart, and not of the meeting at which it was taken.
func (d *deriver) note(c world.Change) {
	before, _ := c.Before.(*world.Note)
	after, _ := c.After.(*world.Note)
	note := cmp.Or(after, before)
	tell := func(kind string) {
		d.add(kind, members{{"note_id", c.ID}}, members{{"parent_object_id", note.Parent.Object}, {"parent_record_id", note.Parent.Record}})
	}
	if before == nil || after == nil {
		tell("note." + verb(c))
		return
	}
	if before.Title != after.Title {
		tell("note.updated")
	}
	if !reflect.DeepEqual(before.Content, after.Content) {
		tell("note-content.updated")
	}
}

// comment tells of a comment. Of a thread that goes with its head, a record or an entry it tells comment by
// comment, which is assumed.
func (d *deriver) comment(c world.Change) {
	before, _ := c.Before.(*world.Comment)
	after, _ := c.After.(*world.Comment)
	comment, what := cmp.Or(after, before), verb(c)
	switch {
	case before == nil || after == nil:
	case before.Resolved == nil && after.Resolved != nil:
		what = "resolved"
	case before.Resolved != nil && after.Resolved == nil:
		what = "unresolved"
	default:
		return
	}
	on := comment.On
	d.add("comment."+what, members{{"comment_id", c.ID}}, members{
		{"thread_id", comment.Thread}, {"object_id", on.Object}, {"record_id", on.Record}, {"list_id", on.List}, {"entry_id", on.Entry},
	})
}

// callRecording tells of a new call recording that is complete. Of one that is still processed the engine tells
// later, and one that fails never is.
func (d *deriver) callRecording(c world.Change) {
	if r, ok := c.After.(*world.CallRecording); ok && c.Before == nil && r.Status(d.commit.At) == world.CallCompleted {
		d.add("call-recording.created", members{{"meeting_id", r.Meeting}, {"call_recording_id", r.ID}}, nil)
	}
}

// add adds an event. The ids are those below the workspace.
func (d *deriver) add(kind string, ids, more members) {
	ids = append(members{{"workspace_id", d.commit.After.ID}}, ids...)
	d.events = append(d.events, newEvent(kind, ids, more, d.commit.Author.Actor))
}
