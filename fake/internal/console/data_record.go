package console

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// recordPage is the data of the page of a record or an entry.
type recordPage struct {
	PageOf
	Collection collection
	Table      string // the link to the collection
	ID         attio.ID
	Name       string
	CreatedAt  time.Time
	Parent     *cell // the record of an entry

	Values []attributeFact // of the attributes that have any
	Empty  []attributeFact // the other attributes

	Links   []linkGroup
	Entries []entryLink
	related

	History, Edit, Delete        string // the links to these pages; the last two only in the present
	AddNote, AddTask, AddComment string // where their forms go
	failed
	Lists []listChoice
}

// attributeFact is an attribute with its values.
type attributeFact struct {
	Slug, Title, Type string
	Cells             []cell
	History           string // the link to its history
}

// linkGroup is the records that refer to a record with one attribute, which the record itself does not have.
type linkGroup struct {
	Title, Attribute string
	Count            int
	Cells            []cell
	All              string // the link to all of them as a table
}

// entryLink is an entry of a record.
type entryLink struct {
	List, Link string
	CreatedAt  time.Time
}

// listChoice is a list that a record can be added to.
type listChoice struct{ Name, Link string }

// record shows a record or an entry with all that belongs to it.
func (c *Console) record(r *http.Request) (page, error) {
	l, k, found, err := c.lensOnRecord(r)
	if err != nil {
		return page{}, err
	}
	return l.recordPage(k, found, failed{})
}

// recordPage shows a record or an entry, and the form that Attio refused.
func (l *lens) recordPage(k collection, found *record, refused failed) (page, error) {
	item := k.item(found.id())
	data := recordPage{
		PageOf: l.pageOf(item), Collection: k, Table: l.link(k.path()),
		ID: found.id(), Name: l.name(k, found), CreatedAt: found.CreatedAt, History: l.link(item + "/history"), failed: refused,
	}
	if found.ParentRecord != "" {
		parent := l.recordLink(found.ParentObject, found.ParentRecord)
		data.Parent = &parent
	}
	if l.at == 0 {
		data.Edit, data.Delete = l.link(item+"/edit"), l.link(item+"/delete")
		data.AddNote, data.AddTask, data.AddComment = l.link(item+"/notes"), l.link(item+"/tasks"), l.link(item+"/comments")
	}
	for _, d := range l.attributes(k) {
		shown := attributeFact{Slug: d.Slug, Title: d.Title, Type: string(d.Type), Cells: l.cells(found.values(d.Slug))}
		if d.Computed == "" && !d.Enriched {
			shown.History = l.link(item+"/history", "attribute", d.Slug)
		}
		if len(shown.Cells) > 0 {
			data.Values = append(data.Values, shown)
		} else {
			data.Empty = append(data.Empty, shown)
		}
	}
	var err error
	if data.related, err = l.related(k, found.id()); err != nil {
		return page{}, err
	}
	if object, ok := k.kind.(*world.Object); ok {
		if data.Entries, err = l.entries(k, found.id()); err != nil {
			return page{}, err
		}
		if data.Links, err = l.referring(object, found.id()); err != nil {
			return page{}, err
		}
		data.Lists = l.listsFor(object, found.id())
	}
	return page{content: &data, title: data.Name, workspace: l.slug, switchTo: dataPath}, nil
}

// record reads the record or the entry that the path of a request names.
func (l *lens) record(k collection, r *http.Request) (*record, error) {
	found := new(record)
	return found, l.read(k.items()+"/"+escaped(r.PathValue("id")), found)
}

// entries lists the entries of a record.
func (l *lens) entries(k collection, id attio.ID) ([]entryLink, error) {
	var found []struct {
		List      string    `json:"list_api_slug"`
		Entry     attio.ID  `json:"entry_id"`
		CreatedAt time.Time `json:"created_at"`
	}
	if err := l.read(k.item(id)+"/entries", &found); err != nil {
		return nil, err
	}
	entries := make([]entryLink, len(found))
	for i, e := range found {
		list, _ := l.state.Schema.List(e.List)
		entries[i] = entryLink{list.Name, l.link(collectionOf(list).item(e.Entry)), e.CreatedAt}
	}
	return entries, nil
}

// linksShown is how many records of a linkGroup are shown.
const linksShown = 10

// referring finds the records, entries and activities that refer to a record with an attribute that has no other side: a
// relationship is among the record's own values.
func (l *lens) referring(object *world.Object, id attio.ID) ([]linkGroup, error) {
	var groups []linkGroup
	for _, k := range l.collections() {
		for _, d := range l.attributes(k) {
			if d.Type != attribute.TypeRecordReference || d.Relationship != nil || !mayPointTo(d, object) {
				continue
			}
			filter := map[string]any{d.Slug: map[string]any{"target_object": object.Slug, "target_record_id": string(id)}}
			count, err := api.Count(l.workspace, k.kind, filter)
			if err != nil {
				return nil, err
			}
			if count == 0 {
				continue
			}
			var found []record
			if err := l.find(k.items()+"/query", map[string]any{"filter": filter, "limit": linksShown}, &found); err != nil {
				return nil, err
			}
			group := linkGroup{Title: k.Title, Attribute: d.Title, Count: count, All: l.linkTo(k, filter)}
			for i := range found {
				group.Cells = append(group.Cells, cell{Kind: "link", Text: l.name(k, &found[i]), Href: l.link(k.item(found[i].id()))})
			}
			groups = append(groups, group)
		}
	}
	return groups, nil
}

// mayPointTo reports whether a reference may point to records of an object.
func mayPointTo(d *attribute.Definition, object *world.Object) bool {
	for _, id := range d.Objects {
		if id == object.ID {
			return true
		}
	}
	return len(d.Objects) == 0
}

// collections lists all that whoever looks may see.
func (l *lens) collections() []collection {
	var all []collection
	for _, object := range l.state.Schema.Objects {
		if object.Enabled {
			all = append(all, collectionOf(object))
		}
	}
	for _, list := range l.state.Schema.Lists {
		if list.AccessOf(l.author.Member) != "" {
			all = append(all, collectionOf(list))
		}
	}
	for _, activity := range l.state.Schema.Activities {
		all = append(all, collectionOf(activity))
	}
	return all
}

// listsFor lists the lists of an object, with links to the form that adds a record.
func (l *lens) listsFor(object *world.Object, id attio.ID) []listChoice {
	var choices []listChoice
	if l.at > 0 {
		return nil
	}
	for _, k := range l.collections() {
		if list, ok := k.kind.(*world.List); ok && list.Parent == object.ID {
			choices = append(choices, listChoice{list.Name, l.link(k.path()+"/new", "parent_record_id", string(id))})
		}
	}
	return choices
}
