package scenario

import (
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// thread is a thread on a record or an entry: a comment with its replies.
type thread struct {
	placed
	Record     string               `yaml:"record" doc:"The record that it is on, by object and key, like people/grace. A thread is on either a record or an entry."`
	Entry      string               `yaml:"entry" doc:"The entry that it is on, by list and key, like sales/navy."`
	Content    string               `yaml:"content,required" doc:"The content of its first comment."`
	Author     name                 `yaml:"author" doc:"The author of the first comment, a member of the workspace. Defaults to the first admin."`
	CreatedAt  *moment              `yaml:"created_at" doc:"When it was started. Defaults to the scenario's clock."`
	Replies    ordered[name, reply] `yaml:"replies" doc:"The comments that follow, by a key of your choice."`
	ResolvedAt *moment              `yaml:"resolved_at" doc:"When it was resolved. With resolved_by alone, the default is the scenario's clock."`
	ResolvedBy author               `yaml:"resolved_by" doc:"Who resolved it: a user, {token: name}, {app: key}, or system. With resolved_at alone, the default is the first admin."`
	identified `yaml:"inline"`
}

// reply is a comment in a thread.
type reply struct {
	placed
	Content    string  `yaml:"content,required,short" doc:"What it says."`
	Author     name    `yaml:"author" doc:"The author, a member of the workspace. Defaults to the first admin."`
	CreatedAt  *moment `yaml:"created_at" doc:"When it was written. Defaults to the scenario's clock."`
	identified `yaml:"inline"`
}

func (c *idCollector) threads(w *workspace) {
	collectAll(c, "threads/", w.Threads)
	for i := range w.Threads.items {
		t := &w.Threads.items[i]
		collectAll(c, "threads/"+t.key+"/replies/", t.value.Replies)
	}
}

// addThreads creates the threads with their comments. The id of a thread is that of its first comment.
func (b *builder) addThreads() {
	for i := range b.workspace.Threads.items {
		if t := &b.workspace.Threads.items[i]; t.value.node != nil { // otherwise it is not a mapping, which is reported
			b.addThread(t)
		}
	}
}

func (b *builder) addThread(t *item[thread]) {
	on, placed := b.threadPlace(t)
	opened := at(t.value.CreatedAt, b.created)
	id := b.id("threads/" + t.key)
	b.named(id, t.key, t.at)
	made := b.say(&t.value.placed, opened, t.value.Author, t.value.Content, func(message world.Message) error {
		if !placed {
			return nil // which is reported
		}
		_, err := b.tx.StartThread(id, on, message)
		return err
	}) && placed
	for i := range t.value.Replies.items {
		r := &t.value.Replies.items[i]
		replyID := b.id("threads/" + t.key + "/replies/" + r.key)
		b.named(replyID, r.key, r.at)
		since := opened
		if r.value.ID != "" { // created by a client, which may date it before the thread
			since = time.Time{}
		}
		written, timely := b.after(since, r.value.CreatedAt)
		b.say(&r.value.placed, written, r.value.Author, r.value.Content, func(message world.Message) error {
			if !made || !timely {
				return nil
			}
			_, err := b.tx.Reply(replyID, id, message)
			return err
		})
	}
	if t.value.ResolvedAt == nil && t.value.ResolvedBy.node == nil {
		return
	}
	when, timely := b.after(opened, t.value.ResolvedAt)
	b.write(when, b.authorOf(t.value.ResolvedBy))
	if made && timely {
		_ = b.tx.ResolveThread(id) // it is there
	}
}

// say writes a member's comment, and reports an unknown member.
func (b *builder) say(p *placed, when time.Time, author name, content string, write func(world.Message) error) bool {
	by := b.author
	switch _, known := b.workspace.Members.get(string(author)); {
	case p.key.File == nil:
		return false // it is not a comment, which is reported
	case known:
		by = world.MemberAuthor(b.memberID(string(author)))
	case author != "":
		b.problems.AddUnknown(p.at("author"), "member", string(author), b.workspace.Members.keys())
		return false
	case by.Member == "":
		b.problems.Add(p.key, "a comment needs an author, and the workspace has no admin; name a member with the key \"author\"")
		return false
	}
	b.write(when, by)
	return write(world.Message{Author: by.Member, Content: content}) == nil // otherwise the member could not be added, which is reported
}

// after returns a moment of the file, which may be before the thread was started: a client can say so, and the clock can be
// set back. The default is the scenario's clock, or the start of the thread if that is later.
func (b *builder) after(opened time.Time, m *moment) (time.Time, bool) {
	if m == nil {
		if opened.After(b.created) {
			return opened, true
		}
		return b.created, true
	}
	when := at(m, b.created)
	return when, !when.IsZero() // otherwise it is malformed, which is reported
}

// threadPlace finds the record or the entry that a thread is on.
func (b *builder) threadPlace(t *item[thread]) (world.CommentPlace, bool) {
	record, onRecord := t.value.node.Get("record")
	entry, onEntry := t.value.node.Get("entry")
	if onRecord == onEntry {
		b.problems.Add(t.at, "a thread is on one thing; write either record: people/grace or entry: sales/navy")
		return world.CommentPlace{}, false
	}
	if onEntry {
		return b.entryPlace(entry.Value)
	}
	slug, key, ok := strings.Cut(record.Value.Text, "/")
	if !ok && t.value.Record != "" {
		b.problems.Add(record.Value.Position, "name a record of this file by its object and its key, like companies/navy")
	}
	if !ok {
		return world.CommentPlace{}, false // which is reported
	}
	found, ok := b.findRecord(record.Value.Position, slug, key)
	if !ok {
		return world.CommentPlace{}, false
	}
	on, err := b.tx.PlaceOfRecord(slug, found.Record)
	return on, err == nil // otherwise the record could not be created, which is reported
}

// entryPlace finds an entry that the file lists, by its list and its key.
func (b *builder) entryPlace(n *yamltree.Node) (world.CommentPlace, bool) {
	slug, key, ok := strings.Cut(n.Text, "/")
	if n.Kind != yamltree.KindString {
		return world.CommentPlace{}, false // which is reported
	}
	if !ok {
		b.problems.Add(n.Position, "name an entry of this file by its list and its key, like sales/navy")
		return world.CommentPlace{}, false
	}
	listed, ok := b.workspace.Lists.get(slug)
	if !ok {
		b.problems.AddUnknown(n.Position, "list", slug, b.workspace.Lists.keys())
		return world.CommentPlace{}, false
	}
	if _, ok := listed.Entries.get(key); !ok {
		b.problems.AddUnknown(n.Position, "entry of "+slug, key, listed.Entries.keys())
		return world.CommentPlace{}, false
	}
	list, ok := b.list(slug)
	if !ok {
		return world.CommentPlace{}, false // it could not be created, which is reported
	}
	on, err := b.tx.PlaceOfEntry(list, b.entryID(slug, key))
	return on, err == nil // otherwise the entry could not be created, which is reported
}

func (e *exporter) threads() any {
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
				m.Put("entry", yamltree.Text(e.keys[head.On.List]+"/"+e.keyOf(head.On.List, head.On.Entry)))
			} else {
				m.Put(parentKey, yamltree.Text(e.keys[head.On.Object]+"/"+e.keyOf(head.On.Object, head.On.Record)))
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

func (e *exporter) replies(head *world.Comment, all []*world.Comment, section string) any {
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

// usualReply is the default time of a reply.
func (e *exporter) usualReply(c *world.Comment, since time.Time, path string) time.Time {
	if !e.isDerivedID(path, c.ID) {
		return e.created // as a client may write one that is older than its thread
	}
	return since
}
