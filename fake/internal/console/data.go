package console

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func dataSection() section {
	pages := []route{
		{"GET", dataPath, (*Console).dataHome},
		{"GET", dataPath + "notes", (*Console).allNotes},
		{"GET", dataPath + "tasks", (*Console).allTasks},
		{"POST", dataPath + "tasks/{id}", (*Console).completeTask},
		{"GET", dataPath + "meetings", (*Console).allMeetings},
		{"GET", dataPath + "meetings/{id}", (*Console).meeting},
		{"GET", dataPath + "files/{id}/download", (*Console).download},
	}
	for kind := range deletable.Get() {
		pages = append(pages, deletion(dataPath+kind+"/{id}")...)
	}
	for group, items := range map[string]string{"objects/{object}": "records", "lists/{list}": "entries", "activities/{activity}": "records"} {
		path := dataPath + group
		item := path + "/" + items + "/{id}"
		pages = append(pages,
			route{"GET", path, (*Console).table},
			route{"GET", path + "/board", (*Console).board},
			route{"GET", path + "/new", (*Console).newForm},
			route{"POST", path + "/new", (*Console).create},
			route{"GET", item, (*Console).record},
			route{"GET", item + "/history", (*Console).history},
			route{"GET", item + "/edit", (*Console).editForm},
			route{"POST", item + "/edit", (*Console).edit},
			route{"POST", item + "/notes", (*Console).addNote},
			route{"POST", item + "/tasks", (*Console).addTask},
			route{"POST", item + "/comments", (*Console).addComment},
		)
		pages = append(pages, deletion(item)...)
	}
	for i := range pages {
		handle := pages[i].handle
		pages[i].handle = func(c *Console, r *http.Request) (page, error) {
			answer, err := handle(c, r)
			return answer, forReader(err)
		}
	}
	return section{"Data", dataPath, pages}
}

// deletion returns the pages that delete what a path names.
func deletion(path string) []route {
	return []route{{"GET", path + "/delete", (*Console).askDelete}, {"POST", path + "/delete", (*Console).delete}}
}

// PageOf is what every Data page shows around its content.
type PageOf struct {
	Here      string // the page's path, for the form that chooses who looks
	Back      string // the link to the page, for forms elsewhere that lead back to it
	Workspace string
	At        int
	People    []person // who can look
	Home      string
}

// person is a member, or Attio itself, in whose name data is read and written.
type person struct {
	Key, Name string
	Chosen    bool
}

func (l *lens) pageOf(path string) PageOf {
	shown := PageOf{Here: dataPath + path, Back: l.link(path), Workspace: l.slug, At: l.at, Home: l.link("")}
	shown.People = append(shown.People, person{system, "Attio", l.as == system})
	for member := range l.state.Members() {
		if member.CanAct() == nil {
			chosen := l.author.Member == member.ID
			shown.People = append(shown.People, person{cmp.Or(member.User.Key, string(member.ID)), nameOf(member), chosen})
		}
	}
	return shown
}

// Writable reports whether the page shows the present, which can be changed.
func (p PageOf) Writable() bool { return p.At == 0 }

// lensOn returns the lens of a request and the collection that its path names.
func (c *Console) lensOn(r *http.Request) (*lens, collection, error) {
	l, err := c.lens(r)
	if err != nil {
		return nil, collection{}, err
	}
	k, err := l.collection(r)
	return l, k, err
}

// lensOnRecord is lensOn that also reads the record or the entry that the path names.
func (c *Console) lensOnRecord(r *http.Request) (*lens, collection, *record, error) {
	l, k, err := c.lensOn(r)
	if err != nil {
		return nil, collection{}, nil, err
	}
	found, err := l.record(k, r)
	return l, k, found, err
}

// homePage is the data of the page that lists what a workspace holds.
type homePage struct {
	PageOf
	Name   string
	Groups []homeGroup
}

// homeGroup is the objects, the lists, the activities, or the rest.
type homeGroup struct {
	Title string
	Empty string // what to do where there are none
	Items []homeItem
}

type homeItem struct {
	Title, Slug, Link string
	Count             int
	Board             string // the link to its board; "" if it has none
}

// dataHome lists what a workspace holds.
func (c *Console) dataHome(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	groups := []homeGroup{
		{Title: "Objects", Empty: "No object is turned on. Turn one on in the scenario, with enabled: true."},
		{Title: "Lists", Empty: "There is no list that " + l.actorName(l.author.Actor.Type, l.author.Actor.ID) + " may see. Add one to the scenario, or create one through the API."},
		{Title: "Activities", Empty: "There are no activities."},
		{Title: "Everything else", Items: []homeItem{
			{Title: "Notes", Slug: "notes", Link: l.link("notes"), Count: l.state.CountNotes()},
			{Title: "Tasks", Slug: "tasks", Link: l.link("tasks"), Count: l.state.CountTasks()},
			{Title: "Meetings", Slug: "meetings", Link: l.link("meetings"), Count: l.state.CountMeetings()},
		}},
	}
	for _, object := range l.state.Schema.Objects {
		if object.Enabled {
			groups[0].Items = append(groups[0].Items, l.homeItem(object))
		}
	}
	for _, list := range l.state.Schema.Lists {
		if list.AccessOf(l.author.Member) != "" {
			groups[1].Items = append(groups[1].Items, l.homeItem(list))
		}
	}
	for _, activity := range l.state.Schema.Activities {
		groups[2].Items = append(groups[2].Items, l.homeItem(activity))
	}
	data := homePage{PageOf: l.pageOf(""), Name: l.state.Name, Groups: groups}
	return page{content: &data, title: "Data", workspace: l.slug, switchTo: dataPath}, nil
}

func (l *lens) homeItem(kind world.Kind) homeItem {
	k := collectionOf(kind)
	item := homeItem{Title: k.Title, Slug: k.Slug, Link: l.link(k.path()), Count: l.state.CountRecords(kind.Common().ID)}
	if _, ok := l.status(k); ok {
		item.Board = l.link(k.path() + "/board")
	}
	return item
}

// escaped writes a name as one part of a path.
func escaped(name string) string { return url.PathEscape(name) }

// members lists the members who can act, for choices in forms.
func (l *lens) members() []*world.Member {
	return slices.Collect(func(yield func(*world.Member) bool) {
		for member := range l.state.Members() {
			if member.CanAct() == nil && !yield(member) {
				return
			}
		}
	})
}
