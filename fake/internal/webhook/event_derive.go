package webhook

import (
	"cmp"
	"reflect"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Events returns the events of a commit, in order.
func Events(c world.Commit) []Event {
	d := deriver{commit: c}
	for _, merge := range c.Merges {
		d.merge(merge)
	}
	if c.Silent {
		return d.events
	}
	for _, change := range c.Changes {
		if derive := derivations[change.Thing].derive; derive != nil {
			derive(&d, change)
		}
	}
	return d.events
}

// NoEvents says why there are no events about a kind of thing; it returns "" where there are.
func NoEvents(kind world.Thing) (reason string) { return derivations[kind].none }

// derivations says how changes to each kind of thing become events, or why they do not.
var derivations = map[world.Thing]derivation{
	world.ThingWorkspace:      none(noType),
	world.ThingObject:         none(noType),
	world.ThingList:           {derive: (*deriver).list},
	world.ThingActivity:       {derive: (*deriver).activity},
	world.ThingAttribute:      {derive: (*deriver).attribute},
	world.ThingMember:         {derive: (*deriver).member},
	world.ThingInvite:         none(noType),
	world.ThingTeam:           none(noType),
	world.ThingToken:          none(noType),
	world.ThingView:           none(noType),
	world.ThingRecord:         {derive: (*deriver).record},
	world.ThingEntry:          {derive: (*deriver).entry},
	world.ThingActivityRecord: {derive: (*deriver).activityRecord},
	world.ThingNote:           {derive: (*deriver).note},
	world.ThingTask:           {derive: (*deriver).task},
	world.ThingComment:        {derive: (*deriver).comment},
	world.ThingMeeting:        none(noType),
	world.ThingCallRecording:  {derive: (*deriver).callRecording},
	world.ThingFile:           none(noType),
	world.ThingEmail:          none(noType),
	world.ThingUnsubscribed:   none(noType),
	world.ThingWebhook:        none(noType),
}

// derivation is how the events about a change to a thing are made, or the reason why there are none.
type derivation struct {
	derive func(*deriver, world.Change)
	none   string
}

func none(reason string) derivation { return derivation{none: reason} }

const noType = "Attio has no type of event for it"

// shapes describes the events about each subject: their ids below the workspace, their further members, and the kind of
// thing that they are about.
var shapes = map[string]struct {
	ids, more []string
	about     world.Thing
}{
	"activity":           {[]string{"activity_id"}, nil, world.ThingActivity},
	"activity-attribute": {[]string{"activity_id", "attribute_id"}, nil, world.ThingAttribute},
	"activity-record":    {[]string{"activity_id", "record_id"}, nil, world.ThingActivityRecord},
	"call-recording":     {[]string{"meeting_id", "call_recording_id"}, nil, world.ThingCallRecording},
	"comment":            {[]string{"comment_id"}, []string{"thread_id", "object_id", "record_id", "list_id", "entry_id"}, world.ThingComment},
	"list":               {[]string{"list_id"}, nil, world.ThingList},
	"list-attribute":     {[]string{"list_id", "attribute_id"}, nil, world.ThingAttribute},
	"list-entry":         {[]string{"list_id", "entry_id"}, []string{"parent_object_id", "parent_record_id"}, world.ThingEntry},
	"note":               {[]string{"note_id"}, []string{"parent_object_id", "parent_record_id"}, world.ThingNote},
	"note-content":       {[]string{"note_id"}, []string{"parent_object_id", "parent_record_id"}, world.ThingNote},
	"object-attribute":   {[]string{"object_id", "attribute_id"}, nil, world.ThingAttribute},
	"record":             {[]string{"object_id", "record_id"}, nil, world.ThingRecord},
	"task":               {[]string{"task_id"}, nil, world.ThingTask},
	"workspace-member":   {[]string{"workspace_member_id"}, nil, world.ThingMember},
}

// deriver collects the events of a commit.
type deriver struct {
	commit world.Commit
	events []Event
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

// record adds the events of a record: one when it is created, whatever values it has, and later one for each attribute that
// changes. That Attio sends one for the other side of a relationship too is assumed.
func (d *deriver) record(c world.Change) {
	ids := members{{"object_id", c.Of}, {"record_id", c.ID}}
	for _, attribute := range changed(c) {
		d.add("record.updated", append(ids[:2:2], member{"attribute_id", attribute}), nil)
	}
	if verb(c) != "updated" {
		d.add("record."+verb(c), ids, nil)
	}
}

// merge adds an event for each of the originals once the merge is over, and none for the rest of what it changed. Attio's
// webhook reference says that each merge fires two events.
func (d *deriver) merge(m *world.Merge) {
	if m.Done.After(d.commit.At) {
		return
	}
	for _, original := range []attio.ID{m.Primary, m.Secondary} {
		d.add("record.merged", members{{"object_id", m.Object}, {"record_id", m.Record}}, members{{"duplicate_object_id", m.Object}, {"duplicate_record_id", original}})
	}
}

// activityRecord adds the event of a record of an activity that is new or gone; Attio has no event for a change of one.
func (d *deriver) activityRecord(c world.Change) {
	if verb(c) != "updated" {
		d.add("activity-record."+verb(c), members{{"activity_id", c.Of}, {"record_id", c.ID}}, nil)
	}
}

func (d *deriver) activity(c world.Change) {
	d.add("activity."+verb(c), members{{"activity_id", c.ID}}, nil)
}
func (d *deriver) list(c world.Change) { d.add("list."+verb(c), members{{"list_id", c.ID}}, nil) }
func (d *deriver) task(c world.Change) { d.add("task."+verb(c), members{{"task_id", c.ID}}, nil) }

// member adds the event of a new workspace member; Attio has no event for a change of the access level.
func (d *deriver) member(c world.Change) {
	if c.Before == nil {
		d.add("workspace-member.created", members{{"workspace_member_id", c.ID}}, nil)
	}
}

// entry adds the events of an entry, like those of a record.
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

// changed lists the attributes of a record or an entry that have other values now. It returns none if the record
// is new or gone.
func changed(c world.Change) []attio.ID {
	if verb(c) != "updated" {
		return nil
	}
	return c.After.(*world.Record).ChangedSince(c.Before.(*world.Record))
}

// attribute adds the event of an attribute that is new or changed; Attio has no event for its deletion, and none for options
// and statuses. That a change of these is no change of the attribute is assumed.
func (d *deriver) attribute(c world.Change) {
	if c.After == nil || c.Before != nil && sameWithoutChoices(c.Before.(*attribute.Definition), c.After.(*attribute.Definition)) {
		return
	}
	kind, ok := d.commit.After.Schema.Kind(c.Of)
	if !ok {
		return
	}
	what, key := "object", "object_id"
	switch kind.(type) {
	case *world.List:
		what, key = "list", "list_id"
	case *world.Activity:
		what, key = "activity", "activity_id"
	}
	d.add(what+"-attribute."+verb(c), members{{key, c.Of}, {"attribute_id", c.ID}}, nil)
}

func sameWithoutChoices(before, after *attribute.Definition) bool {
	a, b := *before, *after
	a.Options, a.Statuses = b.Options, b.Statuses
	return reflect.DeepEqual(a, b)
}

// note adds the events of a note: its title and its content have events of their own, its meeting has none.
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

// comment adds the event of a comment. That a thread which is deleted with its head, a record or an entry has an event for
// each comment is assumed.
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

// callRecording adds the event of a new call recording that is complete. The engine announces one that is still being
// processed later; one that fails has no event.
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
