package scenario

import (
	"cmp"
	"encoding/base64"
	"path"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

func (e *exporter) notes() *yamltree.Mapping {
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

// putContent adds what a note says, without formatting if it has none.
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

func (e *exporter) tasks() *yamltree.Mapping {
	return attached(e, slices.Collect(e.state.Tasks()),
		func(t *world.Task) attio.ID { return t.ID },
		func(t *world.Task) string { return cleanKey(firstWords(t.Content), "task") },
		func(t *world.Task, key string) any {
			m := yamltree.MappingOf("content", yamltree.Text(t.Content))
			if t.Deadline != nil {
				m.Put("deadline_at", timestamp(*t.Deadline))
			}
			switch {
			case t.CompletedAt == nil:
			case t.CompletedAt.Equal(t.CreatedAt):
				m.Put("is_completed", boolean(true))
			default:
				m.Put("completed_at", timestamp(*t.CompletedAt))
			}
			m.PutAll("linked_records", e.recordKeys(t.Linked))
			assignees := yamltree.Sequence{}
			for _, member := range t.Assignees {
				assignees = append(assignees, yamltree.Text(e.keys[member]))
			}
			m.PutAll("assignees", assignees)
			e.putCreatedBy(m, t.CreatedAt, t.CreatedBy)
			e.putID(m, "tasks/"+key, t.ID)
			return m
		})
}

func (e *exporter) files() *yamltree.Mapping {
	return attached(e, slices.Collect(e.state.Files()),
		func(f *world.File) attio.ID { return f.ID },
		func(f *world.File) string {
			name := cmp.Or(f.Name, f.ExternalID)
			extension := path.Ext(name)
			return cleanKey(name[:len(name)-len(extension)], "file")
		},
		func(f *world.File, key string) any {
			m := new(yamltree.Mapping)
			m.Put(parentKey, yamltree.Text(e.keys[f.Object]+"/"+e.keys[f.Record]))
			m.PutIf(f.Type != world.TypeFile, "type", yamltree.Text(f.Type))
			switch f.Type {
			case world.TypeFile:
				m.PutIf(f.Name != key, "name", yamltree.Text(f.Name))
			case world.TypeFolder:
				m.PutIf(f.Name != titleOf[string](nil, key), "name", yamltree.Text(f.Name))
			default:
				m.Put("storage_provider", yamltree.Text(f.Provider))
				m.PutIf(f.ExternalID != key, "external_provider_file_id", yamltree.Text(f.ExternalID))
				m.PutText("microsoft_drive_id", f.DriveID)
			}
			if f.Folder != "" {
				m.Put("folder", yamltree.Text(e.keys[f.Folder]))
			}
			e.putCreatedBy(m, f.CreatedAt, f.CreatedBy)
			e.putID(m, "files/"+key, f.ID)
			if f.Content != nil {
				putData(m, f.Content)
			}
			return m
		})
}

// putData adds what is in a file, as text if it can be read as such.
func putData(m *yamltree.Mapping, content *world.FileContent) {
	usual := "application/octet-stream"
	readable := isReadable(content.Data)
	if readable {
		usual = "text/plain"
	}
	switch {
	case content.Type == nil:
		m.Put("content_type", yamltree.Plain("null"))
	case *content.Type != usual:
		m.Put("content_type", yamltree.Text(*content.Type))
	}
	if readable {
		m.Put("text", yamltree.Text(content.Data))
		return
	}
	m.Put("base64", yamltree.Text(base64.StdEncoding.EncodeToString(content.Data)))
}

// isReadable reports whether bytes are a text in which there is nothing that people do not see.
func isReadable(data []byte) bool {
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if !yamltree.IsPrintable(r) && r != '\n' && r != '\t' && r != '\r' {
			return false
		}
		rest = rest[size:]
	}
	return true
}

func (e *exporter) threads() *yamltree.Mapping {
	replies := make(map[attio.ID][]*world.Comment)
	var heads []*world.Comment
	for c := range e.state.Comments() {
		if c.IsHead() {
			heads = append(heads, c)
		} else {
			replies[c.Thread] = append(replies[c.Thread], c)
		}
	}
	return attached(e, heads,
		func(c *world.Comment) attio.ID { return c.ID },
		func(c *world.Comment) string { return cleanKey(firstWords(c.Content), "thread") },
		func(head *world.Comment, key string) any {
			m := new(yamltree.Mapping)
			if head.On.Entry != "" {
				m.Put("entry", yamltree.Text(e.keys[head.On.List]+"/"+e.keys[head.On.Entry]))
			} else {
				m.Put(parentKey, yamltree.Text(e.keys[head.On.Object]+"/"+e.keys[head.On.Record]))
			}
			m.Put("content", yamltree.Text(head.Content))
			e.putAuthor(m, "author", head.Author)
			e.putCreated(m, head.CreatedAt)
			e.putID(m, "threads/"+key, head.ID)
			m.PutAll("replies", e.replies(head, replies[head.ID], "threads/"+key+"/replies/"))
			if r := head.Resolved; r != nil {
				m.Put("resolved_at", timestamp(r.At))
				e.putAuthor(m, "resolved_by", r.By)
			}
			return m
		})
}

func (e *exporter) replies(head *world.Comment, all []*world.Comment, section string) *yamltree.Mapping {
	since := e.created // of what does not say
	if head.CreatedAt.After(since) {
		since = head.CreatedAt
	}
	return attached(e, all,
		func(c *world.Comment) attio.ID { return c.ID },
		func(c *world.Comment) string { return cleanKey(firstWords(c.Content), "reply") },
		func(c *world.Comment, key string) any {
			m := yamltree.MappingOf("content", yamltree.Text(c.Content))
			e.putAuthor(m, "author", c.Author)
			m.PutIf(!c.CreatedAt.Equal(e.usualReply(c, since, section+key)), createdAtKey, timestamp(c.CreatedAt))
			e.putID(m, section+key, c.ID)
			return shortened(m)
		})
}

// usualReply is when a reply was written that does not say when.
func (e *exporter) usualReply(c *world.Comment, since time.Time, path string) time.Time {
	if c.ID != attio.PathID(e.state.Origin+"/"+path) {
		return e.created // for a client may write one that is older than its thread
	}
	return since
}

func (e *exporter) unsubscribed() yamltree.Sequence {
	written := yamltree.Sequence{}
	for out := range e.state.Unsubscribed() {
		m := yamltree.MappingOf("address", yamltree.Text(out.Address))
		e.putCreated(m, out.CreatedAt)
		written = append(written, shortened(m))
	}
	return written
}
