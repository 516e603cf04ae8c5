package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// An id derives from the path of its thing, such as acme/notes/welcome, unless the file gives one.

const idKey = "id"

// identified is part of each mapping of the format whose thing has an id.
type identified struct {
	ID uuid `yaml:"id" doc:"The id, if it is not the one derived from the path."`
}

func (i *identified) givenID() uuid { return i.ID }

// uuid is an id that is given.
type uuid string

func (uuid) form() form {
	return form{"id", `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`, "write a UUID in lower case"}
}

// idCollector collects the ids that a file gives, by the paths of their things. It does so before anything is built, as
// things refer to each other.
type idCollector struct {
	ids      map[string]attio.ID
	taken    map[uuid]yamltree.Position
	problems *yamltree.Problems
}

// collectIDs returns the ids that a workspace gives its things, by their paths, and reports those given twice.
func collectIDs(w *workspace, ps *yamltree.Problems) map[string]attio.ID {
	c := &idCollector{ids: make(map[string]attio.ID), taken: make(map[uuid]yamltree.Position), problems: ps}
	for _, s := range sections {
		if s.ids != nil {
			s.ids(c, w)
		}
	}
	return c.ids
}

// identifiable is a pointer to a mapping of the format whose thing has an id.
type identifiable interface {
	givenID() uuid
	at(key string) yamltree.Position
}

// collectAll collects the ids of things that stand below a path by their keys.
func collectAll[K formedString, V any, P interface {
	*V
	identifiable
}](c *idCollector, path string, things ordered[K, V]) {
	for i := range things.items {
		if thing := P(&things.items[i].value); thing.givenID() != "" { // few have one, and a path takes memory
			c.collect(path+things.items[i].key, thing)
		}
	}
}

func (c *idCollector) collect(path string, thing identifiable) {
	id, place := thing.givenID(), thing.at(idKey)
	if id == "" {
		return
	}
	if first, ok := c.taken[id]; ok {
		c.problems.Add(place, "this id is taken (%s); every thing needs its own id", first)
		return
	}
	c.taken[id] = place
	c.ids[path] = attio.ID(id)
}

// id returns the id of the thing at a path below the workspace.
func (b *builder) id(path string) attio.ID { return b.tx.SeededID(path) }

// named notes the key of the thing with an id.
func (b *builder) named(id attio.ID, key string, place yamltree.Position) {
	if !b.tx.Names.Add(id, key) && b.problems.Empty() {
		b.problems.Add(place, "the id %s belongs to another thing as well", id)
	}
}

// putID adds an id unless it is the one derived from the path.
func (e *exporter) putID(m *yamltree.Mapping, path string, id attio.ID) {
	if !e.isDerivedID(path, id) {
		e.giveID(m, id)
	}
}

// isDerivedID reports whether an id derives from a path.
func (e *exporter) isDerivedID(path string, id attio.ID) bool {
	return id == attio.PathID(e.state.Origin+"/"+path)
}

// giveID adds an id.
func (e *exporter) giveID(m *yamltree.Mapping, id attio.ID) {
	m.Put(idKey, yamltree.Text(id))
	e.explicit = true
}
