package scenario

import (
	"iter"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// kindSpec is what an object, a list and an activity of the file have in common.
type kindSpec struct {
	attributes []item[definition]
	views      []item[savedView]
	things     iter.Seq[thing]           // the records or entries
	kind       func() (world.Kind, bool) // the object, list or activity; its absence is reported
	built      func() (world.Kind, bool) // the same, without reporting
}

// thing is a record or an entry of the file.
type thing struct {
	at yamltree.Position
	*record
}

// kindSpecs lists the objects, then the lists and then the activities of the file.
func (b *builder) kindSpecs() []kindSpec {
	var all []kindSpec
	for i := range b.workspace.Objects.items {
		all = append(all, b.objectSpec(&b.workspace.Objects.items[i]))
	}
	for i := range b.workspace.Lists.items {
		all = append(all, b.listSpec(&b.workspace.Lists.items[i]))
	}
	for i := range b.workspace.Activities.items {
		all = append(all, b.activitySpec(&b.workspace.Activities.items[i]))
	}
	return all
}

func (b *builder) objectSpec(o *item[object]) kindSpec {
	return kindSpec{
		attributes: o.value.Attributes.items, views: o.value.Views.items,
		things: thingsOf(o.value.Records.items, func(r *record) *record { return r }),
		kind:   func() (world.Kind, bool) { return b.object(o.at, o.key) },
		built:  func() (world.Kind, bool) { return b.tx.Schema.Object(o.key) },
	}
}

func (b *builder) listSpec(l *item[list]) kindSpec {
	find := func() (world.Kind, bool) { return b.list(l.key) }
	return kindSpec{
		attributes: l.value.Attributes.items, views: l.value.Views.items,
		things: thingsOf(l.value.Entries.items, func(e *listEntry) *record { return &e.record }),
		kind:   find, built: find, // a list that could not be created was reported then
	}
}

func (b *builder) activitySpec(a *item[activity]) kindSpec {
	find := func() (world.Kind, bool) { return b.activity(a.key) }
	return kindSpec{
		attributes: a.value.Attributes.items,
		things:     thingsOf(a.value.Records.items, func(r *record) *record { return r }),
		kind:       find, built: find, // one that could not be created was reported then
	}
}

// thingsOf goes through the things of a section.
func thingsOf[T any](items []item[T], recordOf func(*T) *record) iter.Seq[thing] {
	return func(yield func(thing) bool) {
		for i := range items {
			if !yield(thing{items[i].at, recordOf(&items[i].value)}) {
				return
			}
		}
	}
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

// Paths of objects, lists, activities and attributes below the workspace.

func objectPath(slug string) string { return "objects/" + slug }

func listPath(slug string) string { return "lists/" + slug }

func activityPath(slug string) string { return "activities/" + slug }

func pathOf(kind world.Kind) string { return pathUnder(kind, kind.Common().Slug) }

// pathUnder returns where a kind is that goes by a slug or a key.
func pathUnder(kind world.Kind, key string) string {
	switch kind.(type) {
	case *world.List:
		return listPath(key)
	case *world.Activity:
		return activityPath(key)
	}
	return objectPath(key)
}

func pathOfAttribute(kind world.Kind, slug string) string {
	return pathOf(kind) + "/attributes/" + slug
}

// finishKinds does what has to come last: it orders and archives attributes, sets defaults that refer to records, and renames
// objects, lists, activities and attributes, to which the file refers by their keys.
func (b *builder) finishKinds() {
	b.orderAttributes()
	labels := make(map[attio.ID]yamltree.Position)
	for _, l := range b.later {
		b.finishAttribute(l)
		if l.spec.APISlug != nil {
			labels[l.attribute] = l.spec.at("api_slug")
		}
	}
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		if id, ok := b.relabelObject(o); ok && o.value.APISlug != nil {
			labels[id] = o.value.at("api_slug")
		}
	}
	for i := range b.workspace.Lists.items {
		l := &b.workspace.Lists.items[i]
		if id, ok := b.relabelList(l); ok {
			labels[id] = l.value.at("api_slug")
		}
	}
	for i := range b.workspace.Activities.items {
		a := &b.workspace.Activities.items[i]
		if id, ok := b.relabelActivity(a); ok {
			labels[id] = a.value.at("api_slug")
		}
	}
	if len(labels) > 0 {
		b.checkLabels(labels)
	}
}

// checkLabels reports slugs that two things have after renaming.
func (b *builder) checkLabels(labels map[attio.ID]yamltree.Position) {
	type named struct {
		id   attio.ID
		slug string
	}
	check := func(things []named, conflict func(slug string) error) {
		first := make(map[string]attio.ID)
		for _, t := range things {
			other, taken := first[t.slug]
			if !taken {
				first[t.slug] = t.id
				continue
			}
			place, ok := labels[t.id]
			if !ok {
				place = labels[other]
			}
			b.refuse(place, conflict(t.slug), "")
		}
	}
	attributes := func(target *world.Target) {
		var all []named
		for _, d := range target.Attributes {
			all = append(all, named{d.ID, d.Slug})
		}
		check(all, func(string) error { return attio.AttributeConflict() })
	}
	var objects, lists, activities []named
	for _, o := range b.tx.Schema.Objects {
		objects = append(objects, named{o.ID, o.Slug})
		attributes(&o.Target)
	}
	for _, l := range b.tx.Schema.Lists {
		lists = append(lists, named{l.ID, l.Slug})
		attributes(&l.Target)
	}
	for _, a := range b.tx.Schema.Activities {
		activities = append(activities, named{a.ID, a.Slug})
		attributes(&a.Target)
	}
	check(objects, func(string) error { return attio.ObjectConflictOnUpdate() })
	check(lists, func(slug string) error { return attio.ListConflict(slug) })
	check(activities, func(string) error { return attio.ActivityConflictOnUpdate() })
}

// nameKinds gives objects, lists, activities and attributes their keys: their keys in the scenario, or else their slugs.
func (e *exporter) nameKinds() {
	taken := make(map[string]bool)
	for _, o := range e.state.Schema.Objects {
		if o.Standard != "" {
			e.keys[o.ID], taken[o.Standard] = o.Standard, true
		}
	}
	objects := e.customObjects()
	e.nameAll(objects, taken, func(n int) string { return e.slugKey(objects[n], "object") })
	var lists []attio.ID
	for _, l := range e.state.Schema.Lists {
		lists = append(lists, l.ID)
	}
	e.nameAll(lists, make(map[string]bool), func(n int) string { return e.slugKey(lists[n], "list") })
	e.nameActivities()
	for _, o := range e.state.Schema.Objects {
		e.nameAttributes(&o.Target)
	}
	for _, a := range e.state.Schema.Activities {
		e.nameAttributes(&a.Target)
	}
	for _, l := range e.state.Schema.Lists {
		e.nameAttributes(&l.Target)
	}
}

// slugKey makes a key from the slug of an object, a list or an activity.
func (e *exporter) slugKey(id attio.ID, otherwise string) string {
	kind, _ := e.state.Schema.Kind(id)
	return keyOfSlug(kind.Common().Slug, otherwise)
}

// putKind adds what objects, lists and activities have in common.
func (e *exporter) putKind(m *yamltree.Mapping, kind world.Kind) {
	path := pathUnder(kind, e.keys[kind.Common().ID])
	made := madeByAttio(kind)
	attributes, places := &yamltree.Mapping{Block: true}, positions(kind)
	for _, d := range kind.Common().Attributes {
		var written *yamltree.Mapping
		if at := path + "/attributes/" + e.keys[d.ID]; d.System {
			written = e.arranged(made, d, at)
		} else {
			written = e.attribute(kind, d, at)
		}
		if place, ok := places[d.ID]; ok {
			written.Put(positionKey, yamltree.Plain(strconv.Itoa(place)))
		}
		if len(written.Entries) > 0 {
			attributes.Put(e.keys[d.ID], shortenedType(written))
		}
	}
	m.PutAll("attributes", attributes)
	m.PutAll("views", e.views(kind, path))
}
