package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addNotes makes the notes, by the rules of the API.
func (b *builder) addNotes() {
	for i := range b.workspace.Notes.items {
		if n := &b.workspace.Notes.items[i]; n.value.node != nil { // else it is no mapping, which is reported
			b.addNote(n)
		}
	}
	b.write(b.created, b.author)
}

func (b *builder) addNote(n *item[note]) {
	b.write(at(n.value.CreatedAt, b.created), b.authorOf(n.value.CreatedBy))
	parent, parentOK := b.noteParent(&n.value)
	tags, tagsOK := b.noteTags(&n.value)
	meeting, meetingOK := b.noteMeeting(&n.value)
	if n.value.has("markdown") && n.value.has("plaintext") {
		b.problems.Add(n.value.at("plaintext"), "a note is written in one format; leave out this or markdown")
		return
	}
	format, written := n.value.written()
	content, err := world.ReadNoteContent(format, written)
	if err == nil && parentOK && tagsOK && meetingOK {
		id := b.id("notes/" + n.key)
		b.named(id, n.key, n.at)
		_, err = b.tx.CreateNote(id, world.NoteDraft{
			Object: string(parent.Object), Record: parent.Record, Title: n.value.Title, Content: content, Meeting: meeting, Tags: tags,
		})
	}
	if err != nil {
		b.refuse(n.value.at(string(format)), err, "") // its content is all that can be wrong
	}
}

// noteParent finds the record that a note is about.
func (b *builder) noteParent(n *note) (attribute.RecordReference, bool) {
	f, ok := n.node.Get(parentKey)
	if !ok {
		return attribute.RecordReference{}, false // which is reported
	}
	return b.linkedRecord(f.Value)
}

// noteTags finds whom and what a note mentions.
func (b *builder) noteTags(n *note) ([]world.NoteTag, bool) {
	var tags []world.NoteTag
	right := true
	for _, t := range n.Tags {
		tag, ok := b.noteTag(t)
		right = right && ok
		tags = append(tags, tag)
	}
	return tags, right
}

func (b *builder) noteTag(t noteTag) (world.NoteTag, bool) {
	switch {
	case t.Node == nil:
		return world.NoteTag{}, false // which is reported
	case t.Kind == yamltree.KindMapping:
		record, ok := b.linkedRecord(t.Fields[0].Value)
		return world.NoteTag{Record: record}, ok
	}
	id := b.memberID(t.Text)
	if _, known := b.workspace.Members.get(t.Text); !known {
		b.problems.AddUnknown(t.Position, "member", t.Text, b.workspace.Members.keys())
	}
	return world.NoteTag{Member: id}, b.tx.HasMember(id)
}

// noteMeeting finds the meeting of a note, if it has one.
func (b *builder) noteMeeting(n *note) (attio.ID, bool) {
	f, ok := n.node.Get("meeting")
	switch {
	case !ok:
		return "", true
	case f.Value.Kind != yamltree.KindString:
		return "", false // which is reported
	}
	id := b.meetingID(n.Meeting)
	if _, known := b.workspace.Meetings.get(n.Meeting); !known {
		b.problems.AddUnknown(f.Value.Position, "meeting", n.Meeting, b.workspace.Meetings.keys())
	}
	_, ok = b.tx.Meeting(id)
	return id, ok // else it could not be made, which is reported
}
