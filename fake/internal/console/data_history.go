package console

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// historyPage is the data of the page with all that the values of a record have been.
type historyPage struct {
	PageOf
	Collection collection
	Name       string
	Record     string // the link to the record
	Attribute  string // the title of the one attribute whose history is shown; "" for all
	All        string // the link to the history of all attributes
	Events     []historyEvent
	Untold     []string // the attributes whose history Attio does not show
}

// historyEvent is the change of the values of an attribute at one time.
type historyEvent struct {
	Time         time.Time
	Title, Link  string
	By           string
	Ended, Began []cell
	place        int // of the attribute
}

// history shows the values of a record as a timeline, latest first.
func (c *Console) history(r *http.Request) (page, error) {
	l, k, found, err := c.lensOnRecord(r)
	if err != nil {
		return page{}, err
	}
	item := k.item(found.id())
	data := historyPage{PageOf: l.pageOf(item + "/history"), Collection: k, Name: l.name(k, found), Record: l.link(item), All: l.link(item + "/history")}
	chosen := r.URL.Query().Get("attribute")
	for i, d := range l.attributes(k) {
		if chosen != "" && d.Slug != chosen || d.Computed != "" {
			continue
		}
		if chosen != "" {
			data.Attribute = d.Title
		}
		if d.Enriched {
			if len(found.values(d.Slug)) > 0 {
				data.Untold = append(data.Untold, d.Title)
			}
			continue
		}
		var all []value
		if err := l.read(item+"/attributes/"+escaped(d.Slug)+"/values?show_historic=true", &all); err != nil {
			return page{}, err
		}
		data.Events = append(data.Events, l.events(d, i, all, l.link(item+"/history", "attribute", d.Slug))...)
	}
	if chosen != "" && data.Attribute == "" {
		return page{}, notFound("%s has no attribute %s", k.Title, chosen)
	}
	slices.SortStableFunc(data.Events, func(a, b historyEvent) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.place, b.place)) })
	return page{content: &data, title: "History of " + data.Name, workspace: l.slug, switchTo: dataPath}, nil
}

// events turns the values that an attribute has ever had into changes: at each time some end and some begin.
func (l *lens) events(d *attribute.Definition, place int, all []value, link string) []historyEvent {
	var events []historyEvent
	at := func(t time.Time) *historyEvent {
		for i := range events {
			if events[i].Time.Equal(t) {
				return &events[i]
			}
		}
		events = append(events, historyEvent{Time: t, Title: d.Title, Link: link, place: place})
		return &events[len(events)-1]
	}
	for _, v := range all {
		began := at(v.ActiveFrom)
		began.Began = append(began.Began, l.cell(v))
		began.By = l.actorName(v.CreatedBy.Type, v.CreatedBy.ID)
		if v.ActiveUntil != nil {
			ended := at(*v.ActiveUntil)
			ended.Ended = append(ended.Ended, l.cell(v))
		}
	}
	return events
}
