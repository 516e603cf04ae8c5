package console

import (
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// deletePage is the data of the page that asks before something is deleted.
type deletePage struct {
	PageOf
	What, Name string
	Action     string
	Back       string
	Mistake    string
}

// deletable says what the pages of deletion call the things that have no collection.
var deletable = lazy.Of[map[string]string]{Make: func() map[string]string {
	return map[string]string{"notes": "note", "tasks": "task", "comments": "comment", "files": "file", "meetings": "meeting"}
}}

// askDelete asks whether to delete what the path names.
func (c *Console) askDelete(r *http.Request) (page, error) {
	l, data, _, err := c.deletion(r)
	if err != nil {
		return page{}, err
	}
	return l.showDelete(data, http.StatusOK), nil
}

// delete deletes what the path names: without its end, the path is that of Attio's API.
func (c *Console) delete(r *http.Request) (page, error) {
	l, data, path, err := c.deletion(r)
	if err != nil {
		return page{}, err
	}
	err = l.write(http.MethodDelete, path, nil, nil)
	if refused, ok := refusal(err); ok {
		data.Mistake = sentence(refused)
		return l.showDelete(data, refused.Status), nil
	}
	back := data.Back
	if strings.Contains(back, path) { // the page of what is gone
		back = l.link(parentOf(path))
	}
	return seeOther(back), err
}

// parentOf returns the page above the one of a record or of another thing.
func parentOf(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) == 4 { // objects/people/records/id
		return strings.Join(parts[:2], "/")
	}
	return parts[0]
}

func (l *lens) showDelete(data deletePage, status int) page {
	return page{content: &data, title: "Delete " + data.What, status: status, workspace: l.slug, switchTo: dataPath}
}

// deletion returns the page for the thing that a path names, and its path in Attio's API. A thing that is gone has none.
func (c *Console) deletion(r *http.Request) (*lens, deletePage, string, error) {
	l, err := c.lens(r)
	if err != nil {
		return nil, deletePage{}, "", err
	}
	path := strings.TrimSuffix(strings.TrimPrefix(r.URL.EscapedPath(), dataPath), "/delete")
	data := deletePage{PageOf: l.pageOf(path + "/delete")}
	if kind, _, _ := strings.Cut(path, "/"); deletable.Get()[kind] != "" {
		data.What = "this " + deletable.Get()[kind]
		var found struct {
			Title   string `json:"title"`
			Name    string `json:"name"`
			Content string `json:"content_plaintext"`
		}
		err = l.read(path, &found)
		data.Name = found.Title + found.Name
		if data.Name == "" {
			data.Name = found.Content
		}
		data.Back = l.backTo(r, kind)
	} else {
		var k collection
		var found *record
		if k, err = l.collection(r); err == nil {
			found, err = l.record(k, r)
		}
		if err == nil {
			data.What, data.Name, data.Back = strings.ToLower(k.One), l.name(k, found), l.link(path)
		}
	}
	data.Action = l.link(path+"/delete", "back", data.Back)
	return l, data, path, err
}
