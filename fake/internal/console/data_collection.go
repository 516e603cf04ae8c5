package console

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/search"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// collection is an object, a list or an activity, with the records or the entries that it holds.
type collection struct {
	kind  world.Kind
	Group string // objects, lists or activities, which begins its path
	Slug  string
	Title string
	One   string // what it calls one of its records
}

// path is its path in Attio's API, and below dataPath.
func (k collection) path() string { return k.Group + "/" + k.Slug }

// items is the path of its records or entries.
func (k collection) items() string {
	if k.Group == "lists" {
		return k.path() + "/entries"
	}
	return k.path() + "/records"
}

// item is the path of a record or an entry.
func (k collection) item(id attio.ID) string { return k.items() + "/" + string(id) }

// attributes lists the attributes that clients see.
func (l *lens) attributes(k collection) []*attribute.Definition {
	var all []*attribute.Definition
	for _, d := range k.kind.Common().Attributes {
		if l.state.Schema.Shows(d) {
			all = append(all, d)
		}
	}
	return all
}

// labels lists the attributes that say what a record is called, the most telling first. Those of a list belong to the
// object of its records.
func (l *lens) labels(k collection) []*attribute.Definition {
	switch kind := k.kind.(type) {
	case *world.Object:
		return search.LabelAttributes(kind)
	case *world.List:
		if parent, ok := l.state.Schema.ObjectByID(kind.Parent); ok {
			return search.LabelAttributes(parent)
		}
	case *world.Activity:
		all := l.attributes(k)
		if i := slices.IndexFunc(all, func(d *attribute.Definition) bool { return d.Computed == "" && attribute.CanLabel(d.Type) }); i >= 0 {
			return all[i : i+1]
		}
	}
	return nil
}

// status returns the first status attribute, by which a board has its columns.
func (l *lens) status(k collection) (*attribute.Definition, bool) {
	all := l.attributes(k)
	i := slices.IndexFunc(all, func(d *attribute.Definition) bool { return d.Type == attribute.TypeStatus })
	if i < 0 {
		return nil, false
	}
	return all[i], true
}

// collection returns what the path of a request names, if whoever looks may see it. The error is Attio's.
func (l *lens) collection(r *http.Request) (collection, error) {
	schema := l.state.Schema
	for group, variable := range map[string]string{"objects": "object", "lists": "list", "activities": "activity"} {
		name := r.PathValue(variable)
		if name == "" {
			continue
		}
		if err := l.read(group+"/"+escaped(name), new(struct{})); err != nil {
			return collection{}, err
		}
		switch group {
		case "objects":
			object, _ := schema.Object(name)
			return collectionOf(object), nil
		case "lists":
			list, _ := schema.List(name)
			return collectionOf(list), nil
		}
		activity, _ := schema.Activity(name)
		return collectionOf(activity), nil
	}
	return collection{}, notFound("the console has no page %s", r.URL.Path)
}

func collectionOf(kind world.Kind) collection {
	k := collection{kind: kind, Slug: kind.Common().Slug}
	switch kind := kind.(type) {
	case *world.Object:
		k.Group, k.Title, k.One = "objects", kind.Plural, kind.Singular
	case *world.List:
		k.Group, k.Title, k.One = "lists", kind.Name, "Entry"
	case *world.Activity:
		k.Group, k.Title, k.One = "activities", kind.Plural, kind.Singular
	}
	return k
}

// record is a record or an entry in an answer of Attio's API.
type record struct {
	ID struct {
		Record attio.ID `json:"record_id"`
		Entry  attio.ID `json:"entry_id"`
	} `json:"id"`
	CreatedAt    time.Time                  `json:"created_at"`
	ParentObject string                     `json:"parent_object"`
	ParentRecord attio.ID                   `json:"parent_record_id"`
	Values       map[string]json.RawMessage `json:"values"`
	EntryValues  map[string]json.RawMessage `json:"entry_values"`
}

func (r *record) id() attio.ID {
	if r.ID.Entry != "" {
		return r.ID.Entry
	}
	return r.ID.Record
}

// values returns the values of an attribute.
func (r *record) values(slug string) []value {
	if raw, ok := r.Values[slug]; ok {
		return values(raw)
	}
	return values(r.EntryValues[slug])
}

// name returns what people call a record or an entry of a collection.
func (l *lens) name(k collection, r *record) string {
	if r.ParentRecord != "" {
		return l.labelOf(r.ParentObject, r.ParentRecord)
	}
	for _, d := range l.labels(k) {
		for _, shown := range l.cells(r.values(d.Slug)) {
			if strings.TrimSpace(shown.Text) != "" {
				return shown.Text
			}
		}
	}
	return string(r.id())
}
