package pull

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/pseudonym"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// section gives things their keys and writes those that can be written.
func section[T any](o *outline, path, otherwise string, things []T, of func(T) (id, created, title string), write func(thing T, key string) *yamltree.Mapping) *yamltree.Mapping {
	byID := make(map[string]T, len(things))
	var all []*named
	for _, thing := range things {
		id, created, title := of(thing)
		words := strings.Fields(title)
		byID[id] = thing
		all = append(all, &named{id: id, created: created, base: keyOf(strings.Join(words[:min(len(words), 6)], " "), otherwise)})
	}
	giveKeys(all, o.Slug+"/"+path)
	written := new(yamltree.Mapping)
	for _, t := range all {
		if m := write(byID[t.id], t.key); m != nil {
			written.Put(t.key, m)
		}
	}
	return written
}

// place names a record by its object and its key.
func (o *outline) place(id string) (yamltree.Text, bool) {
	key, ok := o.records[id]
	if !ok {
		return "", false
	}
	return yamltree.Text(o.objectOf[id].key() + "/" + key), true
}

func (o *outline) notesSection() *yamltree.Mapping {
	return section(o, "notes/", "note", o.notes, func(n *note) (string, string, string) { return n.ID.Note, n.CreatedAt, n.Title }, func(n *note, _ string) *yamltree.Mapping {
		record, ok := o.place(n.Record)
		if !ok {
			o.leave("notes on records that were not pulled")
			return nil
		}
		m := yamltree.MappingOf("record", record, "title", yamltree.Text(n.Title), "markdown", yamltree.Text(n.Markdown))
		var tags yamltree.Sequence
		for _, tag := range n.Tags {
			if key, ok := o.members[tag.Member]; ok {
				tags = append(tags, yamltree.Text(key))
			} else if tagged, ok := o.place(tag.Record); ok {
				tags = append(tags, yamltree.MappingOf("record", tagged))
			}
		}
		m.PutAll("tags", tags)
		o.putCreatedBy(m, n.CreatedAt, n.CreatedBy)
		o.putID(m, n.ID.Note)
		return m
	})
}

func (o *outline) tasksSection() *yamltree.Mapping {
	return section(o, "tasks/", "task", o.tasks, func(t *task) (string, string, string) { return t.ID.Task, t.CreatedAt, t.Content }, func(t *task, _ string) *yamltree.Mapping {
		m := yamltree.MappingOf("content", yamltree.Text(t.Content))
		m.PutText("deadline_at", t.Deadline)
		m.PutIf(t.Completed, "is_completed", yamltree.Plain("true"))
		if t.Completed {
			m.PutText("completed_at", t.CompletedAt)
		}
		var linked, assignees yamltree.Sequence
		for _, link := range t.Linked {
			if record, ok := o.place(link.Record); ok {
				linked = append(linked, record)
			} else {
				o.leave("links of tasks to records that were not pulled")
			}
		}
		for _, assignee := range t.Assignees {
			if key, ok := o.members[assignee.ID]; ok {
				assignees = append(assignees, yamltree.Text(key))
			}
		}
		m.PutAll("linked_records", linked)
		m.PutAll("assignees", assignees)
		o.putCreatedBy(m, t.CreatedAt, t.CreatedBy)
		o.putID(m, t.ID.Task)
		return m
	})
}

func (o *outline) threadsSection() *yamltree.Mapping {
	var opened []*thread
	for _, t := range o.threads {
		if len(t.Comments) > 0 {
			opened = append(opened, t)
		}
	}
	of := func(t *thread) (string, string, string) {
		return t.ID.Thread, t.Comments[0].CreatedAt, t.Comments[0].Content
	}
	return section(o, "threads/", "thread", opened, of, o.thread)
}

func (o *outline) thread(t *thread, key string) *yamltree.Mapping {
	head, m := t.Comments[0], new(yamltree.Mapping)
	switch {
	case head.Entry != nil && o.entries[head.Entry.Entry] != "":
		m.Put("entry", yamltree.Text(o.entries[head.Entry.Entry]))
	case head.Record != nil && o.records[head.Record.Record] != "":
		record, _ := o.place(head.Record.Record)
		m.Put("record", record)
	default:
		o.leave("comments on what was not pulled")
		return nil
	}
	o.putComment(m, head)
	replies := section(o, "threads/"+key+"/replies/", "reply", t.Comments[1:], func(c *comment) (string, string, string) { return c.ID.Comment, c.CreatedAt, c.Content }, func(c *comment, _ string) *yamltree.Mapping {
		reply := new(yamltree.Mapping)
		o.putComment(reply, c)
		o.putID(reply, c.ID.Comment)
		return reply
	})
	m.PutAll("replies", replies)
	if head.ResolvedAt != nil {
		m.Put("resolved_at", yamltree.Text(*head.ResolvedAt))
		if head.ResolvedBy != nil {
			m.Put("resolved_by", o.author(*head.ResolvedBy))
		}
	}
	o.putID(m, t.ID.Thread)
	return m
}

func (o *outline) putComment(m *yamltree.Mapping, c *comment) {
	m.Put("content", yamltree.Text(c.Content))
	m.Put("author", o.author(c.Author))
	m.Put("created_at", yamltree.Text(c.CreatedAt))
}

func (o *outline) webhooksSection() *yamltree.Mapping {
	of := func(w *webhook) (string, string, string) {
		_, host, _ := strings.Cut(w.URL, "://")
		return w.ID.Webhook, w.CreatedAt, host
	}
	return section(o, "webhooks/", "webhook", o.webhooks, of, func(w *webhook, _ string) *yamltree.Mapping {
		var subscriptions yamltree.Sequence
		for _, s := range w.Subscriptions {
			m := yamltree.MappingOf("event_type", yamltree.Text(s.Event))
			if s.Filter != nil {
				m.Put("filter", o.filter(s.Filter))
			}
			subscriptions = append(subscriptions, m)
		}
		m := yamltree.MappingOf("target_url", yamltree.Text(w.URL), "status", yamltree.Text(w.Status), "subscriptions", subscriptions, "created_at", yamltree.Text(w.CreatedAt))
		o.putID(m, w.ID.Webhook)
		return m
	})
}

// filter writes the filter of a subscription, which names things by their ids.
func (o *outline) filter(part any) any {
	switch part := part.(type) {
	case map[string]any:
		m := new(yamltree.Mapping)
		for _, key := range []string{"$and", "$or", "field", "operator", "value"} {
			if value, ok := part[key]; ok {
				m.Put(key, o.filter(value))
			}
		}
		return m
	case []any:
		all := yamltree.Sequence{}
		for _, item := range part {
			all = append(all, o.filter(item))
		}
		return all
	case string:
		if !pseudonym.IsUUID(part) {
			return yamltree.Text(part)
		}
		for _, k := range o.kinds() {
			if k.id() == part {
				return yamltree.Text(k.key())
			}
		}
		return yamltree.Text(o.actorID(part))
	}
	return yamltree.Plain("null")
}
