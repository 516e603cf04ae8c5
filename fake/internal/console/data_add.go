package console

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// failed is a note, a task or a comment that Attio refused, in the page that has its form.
type failed struct {
	Form    string // note, task or comment
	Mistake string
	sent    url.Values
}

// Sent returns what was sent as a field of a form, if the form was refused.
func (f failed) Sent(form, field string) string {
	if f.Form != form {
		return ""
	}
	return f.sent.Get(field)
}

// addNote adds a note to a record.
func (c *Console) addNote(r *http.Request) (page, error) {
	return c.add(r, "note", func(_ *lens, k collection, id attio.ID, sent url.Values) (string, map[string]any) {
		return "notes", map[string]any{
			"parent_object": k.Slug, "parent_record_id": id, "title": sent.Get("title"),
			"format": string(world.MarkdownNote), "content": sent.Get("content"),
		}
	})
}

// addTask adds a task to a record.
func (c *Console) addTask(r *http.Request) (page, error) {
	return c.add(r, "task", func(_ *lens, k collection, id attio.ID, sent url.Values) (string, map[string]any) {
		task := map[string]any{
			"content": sent.Get("content"), "format": "plaintext", "deadline_at": nil, "is_completed": false, "assignees": []any{},
			"linked_records": []any{map[string]any{"target_object": k.Slug, "target_record_id": id}},
		}
		if deadline := sent.Get("deadline_at"); deadline != "" {
			task["deadline_at"] = deadline
		}
		if assignee := sent.Get("assignee"); assignee != "" {
			task["assignees"] = []any{map[string]any{"referenced_actor_type": attio.ActorWorkspaceMember, "referenced_actor_id": assignee}}
		}
		return "tasks", task
	})
}

// addComment begins a thread on a record or an entry, or replies in one.
func (c *Console) addComment(r *http.Request) (page, error) {
	return c.add(r, "comment", func(_ *lens, k collection, id attio.ID, sent url.Values) (string, map[string]any) {
		comment := map[string]any{
			"format": "plaintext", "content": sent.Get("content"),
			"author": map[string]any{"type": attio.ActorWorkspaceMember, "id": sent.Get("author")},
		}
		switch {
		case sent.Get("thread_id") != "":
			comment["thread_id"] = sent.Get("thread_id")
		case k.Group == "lists":
			comment["entry"] = map[string]any{"list": k.Slug, "entry_id": id}
		default:
			comment["record"] = map[string]any{"object": k.Slug, "record_id": id}
		}
		return "comments", comment
	})
}

// add writes what belongs to a record. If Attio refuses it, the record's page is shown with the refusal at the form.
func (c *Console) add(r *http.Request, form string, body func(*lens, collection, attio.ID, url.Values) (string, map[string]any)) (page, error) {
	l, k, found, err := c.lensOnRecord(r)
	if err != nil {
		return page{}, err
	}
	if err := r.ParseForm(); err != nil {
		return page{}, badRequest("this form cannot be read")
	}
	path, data := body(l, k, found.id(), r.PostForm)
	err = l.write(http.MethodPost, path, data, nil)
	if refused, ok := refusal(err); ok {
		shown, err := l.recordPage(k, found, failed{form, sentence(refused), r.PostForm})
		shown.status = http.StatusUnprocessableEntity
		return shown, err
	}
	return seeOther(l.link(k.item(found.id()))), err
}

// completeTask completes a task, or opens it again.
func (c *Console) completeTask(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	if err := r.ParseForm(); err != nil {
		return page{}, badRequest("this form cannot be read")
	}
	change := map[string]any{"is_completed": r.PostForm.Get("is_completed") == "true"}
	if err := l.write(http.MethodPatch, "tasks/"+escaped(r.PathValue("id")), change, nil); err != nil {
		return page{}, err
	}
	return seeOther(l.backTo(r, "tasks")), nil
}

// backTo returns the Data page that a form says to go back to, else another.
func (l *lens) backTo(r *http.Request, otherwise string) string {
	if back := r.FormValue("back"); strings.HasPrefix(back, dataPath) {
		return back
	}
	return l.link(otherwise)
}
