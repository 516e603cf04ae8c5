package verify

import (
	"cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// place returns a record as a scenario names it, and puts it there. Objects are named by slugs or ids.
func (d *deriver) place(object, record string) *compare.Node {
	k := d.object(object, "")
	d.reference(k, record)
	return value(k.slug + "/" + record)
}

// common puts id, time and author of a thing into its form in the scenario.
func (d *deriver) common(t, n *compare.Node, id string) {
	put(t, "id", value(id))
	if created := d.moment(at(n, "created_at")); created != null {
		put(t, "created_at", created)
	}
	if by := n.Field("created_by_actor"); by != nil {
		put(t, "created_by", d.author(by))
	}
}

func (d *deriver) notes(r *request) {
	if id := r.named["note_id"]; r.verb() == "delete" && d.stub(id) {
		put(within(d.workspace, "notes"), id, mapping("record", "companies/"+d.parentOf("companies", id), "id", id))
		return
	}
	for _, n := range each(r.body) {
		id := text(n, "id", "note_id")
		parent := text(n, "parent_record_id")
		if parent != "" && !d.made[parent] {
			d.place(text(n, "parent_object"), parent)
		}
		if !d.begin(r, id) || d.made[parent] {
			continue
		}
		t := mapping("record", d.place(text(n, "parent_object"), parent))
		copyKeys(t, n, "title")
		if markdown := text(n, "content_markdown"); markdown != "" {
			put(t, "markdown", value(markdown))
		} else {
			put(t, "plaintext", value(text(n, "content_plaintext")))
		}
		tags := sequence()
		for _, tag := range at(n, "tags").Items {
			switch {
			case text(tag, "workspace_member_id") != "":
				tags.Items = append(tags.Items, value(d.member(text(tag, "workspace_member_id"))))
			case text(tag, "record_id") != "":
				tags.Items = append(tags.Items, mapping("record", d.place(text(tag, "object"), text(tag, "record_id"))))
			}
		}
		put(t, "tags", tags)
		d.common(t, n, id)
		put(within(d.workspace, "notes"), id, t)
	}
}

func (d *deriver) tasks(r *request) {
	if id := r.named["task_id"]; r.verb() == "delete" && d.stub(id) {
		put(within(d.workspace, "tasks"), id, mapping("content", "A task", "id", id))
		return
	}
	for _, n := range each(r.body) {
		id := text(n, "id", "task_id")
		linked, assignees := sequence(), sequence()
		for _, l := range at(n, "linked_records").Items {
			if record := text(l, "target_record_id"); !d.made[record] {
				linked.Items = append(linked.Items, d.place(text(l, "target_object_id"), record))
			}
		}
		for _, a := range at(n, "assignees").Items {
			assignees.Items = append(assignees.Items, value(d.member(text(a, "referenced_actor_id"))))
		}
		if !d.begin(r, id) {
			continue
		}
		t := mapping("content", at(n, "content_plaintext"), "linked_records", linked, "assignees", assignees)
		copyKeys(t, n, "deadline_at", "is_completed", "completed_at")
		d.common(t, n, id)
		put(within(d.workspace, "tasks"), id, t)
	}
}

func (d *deriver) threads(r *request) {
	for _, n := range each(r.body) {
		comments := at(n, "comments").Items
		if len(comments) > 0 && !d.made[text(n, "id", "thread_id")] {
			d.thread(r, comments)
		}
	}
}

// comments derives a thread from its only known comment.
func (d *deriver) comments(r *request) {
	if id := r.named["comment_id"]; r.verb() == "delete" && d.stub(id) {
		put(within(d.workspace, "threads"), id, mapping("record", "companies/"+d.parentOf("companies", id), "content", "A comment", "id", id))
		return
	}
	sent, err := compare.Parse(r.Body)
	for _, n := range each(r.body) {
		if object := text(n, "record", "object_id"); err == nil && object != "" {
			d.object(cmp.Or(text(sent, "data", "record", "object"), object), object) // the answer does not name it
		}
		d.author(at(n, "author"))
		if thread := text(n, "thread_id"); thread == text(n, "id", "comment_id") && !d.made[thread] {
			d.thread(r, []*compare.Node{n})
		} else if r.verb() == "create" {
			d.made[text(n, "id", "comment_id")] = true
		}
	}
}

func (d *deriver) thread(r *request, comments []*compare.Node) {
	first := comments[0]
	id := text(first, "id", "comment_id")
	t := mapping()
	if record := at(first, "record"); text(record, "record_id") != "" && !d.made[text(record, "record_id")] {
		put(t, "record", d.place(text(record, "object_id"), text(record, "record_id")))
	}
	if entry := at(first, "entry"); text(entry, "entry_id") != "" && !d.made[text(entry, "entry_id")] {
		k := d.list(text(entry, "list_id"), "")
		d.entry(k, text(entry, "entry_id"))
		remove(t, "record")
		put(t, "entry", value(k.slug+"/"+text(entry, "entry_id")))
	}
	if !d.begin(r, id) || len(t.Keys) == 0 {
		return
	}
	comment := func(t, n *compare.Node) {
		d.common(t, n, text(n, "id", "comment_id"))
		put(t, "content", at(n, "content_plaintext"))
		put(t, "author", d.author(at(n, "author")))
	}
	comment(t, first)
	if resolved := d.moment(at(first, "resolved_at")); resolved != null {
		put(t, "resolved_at", resolved)
		put(t, "resolved_by", d.author(at(first, "resolved_by")))
	}
	replies := mapping()
	for _, n := range comments[1:] {
		if d.begin(r, text(n, "id", "comment_id")) {
			comment(within(replies, text(n, "id", "comment_id")), n)
		}
	}
	put(t, "replies", replies)
	put(within(d.workspace, "threads"), id, t)
}

func (d *deriver) webhooks(r *request) {
	if id := r.named["webhook_id"]; r.verb() == "delete" && d.stub(id) {
		put(within(d.workspace, "webhooks"), id, mapping("target_url", "https://receiver.example.com/", "subscriptions", sequence(), "id", id))
		return
	}
	for _, n := range each(r.body) {
		id := text(n, "id", "webhook_id")
		if !d.begin(r, id) {
			continue
		}
		t := mapping("target_url", at(n, "target_url"), "subscriptions", at(n, "subscriptions"))
		copyKeys(t, n, "status")
		gone := sequence()
		idsIn(at(n, "subscriptions"), func(id string) {
			if d.kinds["objects/"+id] == nil && d.kinds["lists/"+id] == nil {
				gone.Items = append(gone.Items, value(id))
			}
		})
		if len(gone.Items) > 0 {
			put(t, "gone", gone)
		}
		d.common(t, n, id)
		put(within(d.workspace, "webhooks"), id, t)
	}
}

// idsIn calls do with every id in a value.
func idsIn(n *compare.Node, do func(id string)) {
	if _, ok := attio.ParseID(n.Text); ok && n.Kind == compare.String {
		do(n.Text)
	}
	for _, item := range n.Items {
		idsIn(item, do)
	}
}
