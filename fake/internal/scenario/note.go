package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// note is a note on a record.
type note struct {
	placed
	Record     string    `yaml:"record,required" doc:"The record that it is about, by object and key, like people/grace."`
	Title      string    `yaml:"title" doc:"The title. Empty by default."`
	Markdown   string    `yaml:"markdown" doc:"The content, in Attio's subset of Markdown."`
	Plaintext  string    `yaml:"plaintext" doc:"The content without formatting, instead of markdown."`
	Meeting    string    `yaml:"meeting" doc:"The key of the meeting at which it was taken."`
	Tags       []noteTag `yaml:"tags" doc:"The members and records that it mentions: members by their user, records like {record: people/grace}."`
	CreatedAt  *moment   `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	CreatedBy  author    `yaml:"created_by" doc:"Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
	identified `yaml:"inline"`
}

// written returns the content of the note and its format.
func (n *note) written() (world.NoteFormat, string) {
	if n.has("plaintext") {
		return world.PlaintextNote, n.Plaintext
	}
	return world.MarkdownNote, n.Markdown
}

// noteTag is a member or a record that a note mentions.
type noteTag struct{ *yamltree.Node }

func (t *noteTag) decode(d *decoder, f yamltree.Field) {
	switch {
	case f.Value.Kind == yamltree.KindString:
	case f.Value.Kind == yamltree.KindMapping && len(f.Value.Fields) == 1 && f.Value.Fields[0].Name == parentKey:
		if _, ok := d.text(f.Value.Fields[0]); !ok {
			return
		}
	default:
		d.problems.Add(f.Value.Position, "%s must be a user, or a record like {record: people/grace}", subject(f))
		return
	}
	t.Node = f.Value
}

func (*noteTag) schema() schema {
	return schema{"anyOf": []any{
		schema{"type": "string"},
		schema{
			"type": "object", "properties": schema{parentKey: schema{"type": "string"}},
			"required": []any{parentKey}, "additionalProperties": false,
		},
	}}
}

func (c *idCollector) notes(w *workspace) { collectAll(c, "notes/", w.Notes) }

// addNotes creates the notes, by the rules of the API.
func (b *builder) addNotes() {
	for i := range b.workspace.Notes.items {
		if n := &b.workspace.Notes.items[i]; n.value.node != nil { // otherwise it is not a mapping, which is reported
			b.addNote(n)
		}
	}
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
		b.refuse(n.value.at(string(format)), err, "") // only the content can be wrong
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

// noteTags finds the members and records that a note mentions.
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
	return id, ok // otherwise it could not be created, which is reported
}

func (e *exporter) notes() any {
	return attached(e, slices.Collect(e.state.Notes()),
		func(n *world.Note) attio.ID { return n.ID },
		func(n *world.Note) string { return cleanKey(n.Title, "note") },
		func(n *world.Note, key string) any {
			m := yamltree.MappingOf(parentKey, yamltree.Text(e.recordKey(n.Parent)))
			m.PutIf(n.Title != "", "title", yamltree.Text(n.Title))
			if n.Meeting != "" {
				m.Put("meeting", yamltree.Text(e.keys[n.Meeting]))
			}
			tags := yamltree.Sequence{}
			for _, tag := range n.Tags {
				if tag.Member != "" {
					tags = append(tags, yamltree.Text(e.keys[tag.Member]))
				} else {
					tags = append(tags, yamltree.MappingOf(parentKey, yamltree.Text(e.recordKey(tag.Record))))
				}
			}
			m.PutAll("tags", tags)
			e.putCreatedBy(m, n.CreatedAt, n.CreatedBy)
			e.putID(m, "notes/"+key, n.ID)
			e.putContent(m, n, key)
			return m
		})
}

// putContent adds the content of a note, as plain text if it has no formatting.
func (e *exporter) putContent(m *yamltree.Mapping, n *world.Note, key string) {
	for _, form := range []struct {
		key, written string
		format       world.NoteFormat
	}{{"plaintext", n.Content.Plaintext, world.PlaintextNote}, {"markdown", n.Content.Markdown, world.MarkdownNote}} {
		if content, err := world.ReadNoteContent(form.format, form.written); err == nil && content == n.Content {
			m.PutIf(content != markdown.Content{}, form.key, yamltree.Text(form.written))
			return
		}
	}
	e.refuse("note", key, "is too long to be written again")
}
