package scenario

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// nameKinds gives objects, lists and attributes their keys: the slugs that they had in the scenario, or have.
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
	for _, o := range e.state.Schema.Objects {
		e.nameAttributes(&o.Target)
	}
	for _, l := range e.state.Schema.Lists {
		e.nameAttributes(&l.Target)
	}
}

// slugKey makes a key of the slug of an object or a list.
func (e *exporter) slugKey(id attio.ID, otherwise string) string {
	kind, _ := e.state.Schema.Kind(id)
	return keyOfSlug(kind.Common().Slug, otherwise)
}

func keyOfSlug(slug, otherwise string) string {
	if slugForm.MatchString(slug) {
		return slug
	}
	return cleanKey(slug, otherwise)
}

// putKind adds what objects and lists have in common.
func (e *exporter) putKind(m *yamltree.Mapping, kind world.Kind) {
	path := objectPath(e.keys[kind.Common().ID])
	if _, ok := kind.(*world.List); ok {
		path = listPath(e.keys[kind.Common().ID])
	}
	attributes, places := &yamltree.Mapping{Block: true}, positions(kind)
	for _, d := range kind.Common().Attributes {
		write := e.attribute
		if d.System {
			write = e.arranged
		}
		written := write(kind, d, path+"/attributes/"+e.keys[d.ID])
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
