package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// kindSpec is what the file says of an object or of a list, as far as the two are alike.
type kindSpec struct {
	attributes []item[definition]
	views      []item[savedView]
	things     func() []thing            // the records or entries
	kind       func() (world.Kind, bool) // what there is of it; that there is nothing is reported
	built      func() (world.Kind, bool) // the same, and nothing is reported
}

// thing is a record or an entry of the file.
type thing struct {
	at     yamltree.Position
	id     attio.ID
	record *record
}

// kindSpecs lists the objects and then the lists of the file.
func (b *builder) kindSpecs() []kindSpec {
	var all []kindSpec
	for i := range b.workspace.Objects.items {
		all = append(all, b.objectSpec(&b.workspace.Objects.items[i]))
	}
	for i := range b.workspace.Lists.items {
		all = append(all, b.listSpec(&b.workspace.Lists.items[i]))
	}
	return all
}

func (b *builder) objectSpec(o *item[object]) kindSpec {
	return kindSpec{
		attributes: o.value.Attributes.items, views: o.value.Views.items,
		things: func() []thing {
			return thingsOf(o.value.Records.items, func(r *record) *record { return r }, func(key string) attio.ID { return b.recordID(o.key, key) })
		},
		kind:  func() (world.Kind, bool) { return b.object(o.at, o.key) },
		built: func() (world.Kind, bool) { return b.tx.Schema.Object(o.key) },
	}
}

func (b *builder) listSpec(l *item[list]) kindSpec {
	find := func() (world.Kind, bool) { return b.list(l.key) }
	return kindSpec{
		attributes: l.value.Attributes.items, views: l.value.Views.items,
		things: func() []thing {
			return thingsOf(l.value.Entries.items, func(e *listEntry) *record { return &e.record }, func(key string) attio.ID { return b.entryID(l.key, key) })
		},
		kind: find, built: find, // one that could not be made was reported when it was to be made
	}
}

func thingsOf[T any](items []item[T], recordOf func(*T) *record, id func(key string) attio.ID) []thing {
	things := make([]thing, len(items))
	for i := range items {
		things[i] = thing{items[i].at, id(items[i].key), recordOf(&items[i].value)}
	}
	return things
}

// attributesAndViews collects the ids in an object or a list other than those of its records or entries.
func (c *idCollector) attributesAndViews(path string, attributes ordered[apiSlug, definition], views ordered[name, savedView]) {
	collectAll(c, path+"/attributes/", attributes)
	for i := range attributes.items {
		d := &attributes.items[i]
		for j := range d.value.Options {
			o := &d.value.Options[j]
			c.collect(path+"/attributes/"+d.key+"/options/"+string(o.Title), o)
		}
		for j := range d.value.Statuses {
			s := &d.value.Statuses[j]
			c.collect(path+"/attributes/"+d.key+"/statuses/"+string(s.Title), s)
		}
	}
	collectAll(c, path+"/views/", views)
}

// Where objects, lists and attributes are in the scenario, below the workspace.

func objectPath(slug string) string { return "objects/" + slug }

func listPath(slug string) string { return "lists/" + slug }

func pathOf(kind world.Kind) string {
	if list, ok := kind.(*world.List); ok {
		return listPath(list.Slug)
	}
	return objectPath(kind.Common().Slug)
}

func pathOfAttribute(kind world.Kind, slug string) string {
	return pathOf(kind) + "/attributes/" + slug
}
