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
)

func (e *exporter) notes() *mapping {
	return attached(e, slices.Collect(e.state.Notes()),
		func(n *world.Note) attio.ID { return n.ID },
		func(n *world.Note) string { return cleanKey(n.Title, "note") },
		func(n *world.Note, key string) any {
			m := of(parentKey, text(e.recordKey(n.Parent)))
			m.putIf(n.Title != "", "title", text(n.Title))
			if n.Meeting != "" {
				m.put("meeting", text(e.keys[n.Meeting]))
			}
			tags := sequence{}
			for _, tag := range n.Tags {
				if tag.Member != "" {
					tags = append(tags, text(e.keys[tag.Member]))
				} else {
					tags = append(tags, of(parentKey, text(e.recordKey(tag.Record))))
				}
			}
			m.putAll("tags", tags)
			e.putCreatedBy(m, n.CreatedAt, n.CreatedBy)
			e.putID(m, "notes/"+key, n.ID)
			e.putContent(m, n, key)
			return m
		})
}

// putContent adds what a note says, without formatting if it has none.
func (e *exporter) putContent(m *mapping, n *world.Note, key string) {
	for _, form := range []struct {
		key, written string
		format       world.NoteFormat
	}{{"plaintext", n.Content.Plaintext, world.PlaintextNote}, {"markdown", n.Content.Markdown, world.MarkdownNote}} {
		if content, err := world.ReadNoteContent(form.format, form.written); err == nil && content == n.Content {
			m.putIf(content != markdown.Content{}, form.key, text(form.written))
			return
		}
	}
	e.refuse("note", key, "is too long to be written again")
}

func (e *exporter) tasks() *mapping {
	return attached(e, slices.Collect(e.state.Tasks()),
		func(t *world.Task) attio.ID { return t.ID },
		func(t *world.Task) string { return cleanKey(firstWords(t.Content), "task") },
		func(t *world.Task, key string) any {
			m := of("content", text(t.Content))
			if t.Deadline != nil {
				m.put("deadline_at", timestamp(*t.Deadline))
			}
			switch {
			case t.CompletedAt == nil:
			case t.CompletedAt.Equal(t.CreatedAt):
				m.put("is_completed", boolean(true))
			default:
				m.put("completed_at", timestamp(*t.CompletedAt))
			}
			m.putAll("linked_records", e.recordKeys(t.Linked))
			assignees := sequence{}
			for _, member := range t.Assignees {
				assignees = append(assignees, text(e.keys[member]))
			}
			m.putAll("assignees", assignees)
			e.putCreatedBy(m, t.CreatedAt, t.CreatedBy)
			e.putID(m, "tasks/"+key, t.ID)
			return m
		})
}

func (e *exporter) files() *mapping {
	return attached(e, slices.Collect(e.state.Files()),
		func(f *world.File) attio.ID { return f.ID },
		func(f *world.File) string {
			name := cmp.Or(f.Name, f.ExternalID)
			extension := path.Ext(name)
			return cleanKey(name[:len(name)-len(extension)], "file")
		},
		func(f *world.File, key string) any {
			m := new(mapping)
			m.put(parentKey, text(e.keys[f.Object]+"/"+e.keys[f.Record]))
			m.putIf(f.Type != world.TypeFile, "type", text(f.Type))
			switch f.Type {
			case world.TypeFile:
				m.putIf(f.Name != key, "name", text(f.Name))
			case world.TypeFolder:
				m.putIf(f.Name != titleOf[string](nil, key), "name", text(f.Name))
			default:
				m.put("storage_provider", text(f.Provider))
				m.putIf(f.ExternalID != key, "external_provider_file_id", text(f.ExternalID))
				m.putText("microsoft_drive_id", f.DriveID)
			}
			if f.Folder != "" {
				m.put("folder", text(e.keys[f.Folder]))
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
func putData(m *mapping, content *world.FileContent) {
	usual := "application/octet-stream"
	readable := isReadable(content.Data)
	if readable {
		usual = "text/plain"
	}
	switch {
	case content.Type == nil:
		m.put("content_type", plain("null"))
	case *content.Type != usual:
		m.put("content_type", text(*content.Type))
	}
	if readable {
		m.put("text", text(content.Data))
		return
	}
	m.put("base64", text(base64.StdEncoding.EncodeToString(content.Data)))
}

// isReadable reports whether bytes are a text in which there is nothing that people do not see.
func isReadable(data []byte) bool {
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if !isPrintable(r) && r != '\n' && r != '\t' && r != '\r' {
			return false
		}
		rest = rest[size:]
	}
	return true
}

func (e *exporter) threads() *mapping {
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
			m := new(mapping)
			if head.On.Entry != "" {
				m.put("entry", text(e.keys[head.On.List]+"/"+e.keys[head.On.Entry]))
			} else {
				m.put(parentKey, text(e.keys[head.On.Object]+"/"+e.keys[head.On.Record]))
			}
			m.put("content", text(head.Content))
			e.putAuthor(m, "author", head.Author)
			e.putCreated(m, head.CreatedAt)
			e.putID(m, "threads/"+key, head.ID)
			m.putAll("replies", e.replies(head, replies[head.ID], "threads/"+key+"/replies/"))
			if r := head.Resolved; r != nil {
				m.put("resolved_at", timestamp(r.At))
				e.putAuthor(m, "resolved_by", r.By)
			}
			return m
		})
}

func (e *exporter) replies(head *world.Comment, all []*world.Comment, section string) *mapping {
	since := e.created // of what does not say
	if head.CreatedAt.After(since) {
		since = head.CreatedAt
	}
	return attached(e, all,
		func(c *world.Comment) attio.ID { return c.ID },
		func(c *world.Comment) string { return cleanKey(firstWords(c.Content), "reply") },
		func(c *world.Comment, key string) any {
			m := of("content", text(c.Content))
			e.putAuthor(m, "author", c.Author)
			m.putIf(!c.CreatedAt.Equal(e.usualReply(c, since, section+key)), createdAtKey, timestamp(c.CreatedAt))
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

func (e *exporter) unsubscribed() sequence {
	written := sequence{}
	for out := range e.state.Unsubscribed() {
		m := of("address", text(out.Address))
		e.putCreated(m, out.CreatedAt)
		written = append(written, shortened(m))
	}
	return written
}
