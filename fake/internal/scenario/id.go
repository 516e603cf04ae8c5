package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// uuid is an id that is not derived.
type uuid string

func (uuid) form() form {
	return form{"id", `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`, "write a UUID in lower case"}
}

// id returns the id of what the file has at a path below the workspace.
func (b *builder) id(path string) attio.ID { return b.tx.SeededID(path) }

// named notes what the file calls the thing with an id.
func (b *builder) named(id attio.ID, key string, place yamltree.Position) {
	if !b.tx.Names.Add(id, key) && b.problems.Empty() {
		b.problems.Add(place, "the id %s of this is that of another thing, too", id)
	}
}

// collectIDs returns the ids that a workspace gives its things, by their paths, and reports those that it gives twice.
func collectIDs(w *workspace, ps *yamltree.Problems) map[string]attio.ID {
	c := idCollector{ids: make(map[string]attio.ID), problems: ps}
	collectEach(&c, "members/", w.Members, func(m *member) (uuid, *placed) { return m.ID, &m.placed })
	collectEach(&c, "tokens/", w.Tokens, func(t *access) (uuid, *placed) { return t.ID, &t.placed })
	collectEach(&c, "objects/", w.Objects, func(o *object) (uuid, *placed) { return o.ID, &o.placed })
	for i := range w.Objects.items {
		o := &w.Objects.items[i]
		c.addKind(objectPath(o.key), o.value.Attributes, o.value.Views)
		collectEach(&c, o.key+"/", o.value.Records, func(r *record) (uuid, *placed) { return r.id, &r.placed })
	}
	collectEach(&c, "lists/", w.Lists, func(l *list) (uuid, *placed) { return l.ID, &l.placed })
	for i := range w.Lists.items {
		l := &w.Lists.items[i]
		c.addKind(listPath(l.key), l.value.Attributes, l.value.Views)
		collectEach(&c, listPath(l.key)+"/entries/", l.value.Entries, func(e *listEntry) (uuid, *placed) { return e.id, &e.placed })
	}
	collectEach(&c, "meetings/", w.Meetings, func(m *meeting) (uuid, *placed) { return m.ID, &m.placed })
	collectEach(&c, "call_recordings/", w.CallRecordings, func(r *callRecording) (uuid, *placed) { return r.ID, &r.placed })
	collectEach(&c, "emails/", w.Emails, func(m *message) (uuid, *placed) { return m.ID, &m.placed })
	collectEach(&c, "notes/", w.Notes, func(n *note) (uuid, *placed) { return n.ID, &n.placed })
	collectEach(&c, "tasks/", w.Tasks, func(t *task) (uuid, *placed) { return t.ID, &t.placed })
	collectEach(&c, "files/", w.Files, func(f *recordFile) (uuid, *placed) { return f.ID, &f.placed })
	collectEach(&c, "threads/", w.Threads, func(t *thread) (uuid, *placed) { return t.ID, &t.placed })
	for i := range w.Threads.items {
		t := &w.Threads.items[i]
		collectEach(&c, "threads/"+t.key+"/replies/", t.value.Replies, func(r *reply) (uuid, *placed) { return r.ID, &r.placed })
	}
	collectEach(&c, "webhooks/", w.Webhooks.ordered, func(h *hook) (uuid, *placed) { return h.ID, &h.placed })
	return c.ids
}

// idCollector collects ids by the paths of the things that have them.
type idCollector struct {
	ids      map[string]attio.ID
	taken    map[uuid]yamltree.Position
	problems *yamltree.Problems
}

func (c *idCollector) add(path string, id uuid, p *placed) {
	if id == "" {
		return
	}
	if first, ok := c.taken[id]; ok {
		c.problems.Add(p.at(idKey), "this id is taken (%s); every thing needs one of its own", first)
		return
	}
	if c.taken == nil {
		c.taken = make(map[uuid]yamltree.Position)
	}
	c.taken[id] = p.at(idKey)
	c.ids[path] = attio.ID(id)
}

// addKind collects the ids in an object or a list, but for those of its records or entries.
func (c *idCollector) addKind(path string, attributes ordered[apiSlug, definition], views ordered[name, savedView]) {
	collectEach(c, path+"/attributes/", attributes, func(d *definition) (uuid, *placed) { return d.ID, &d.placed })
	for i := range attributes.items {
		d := &attributes.items[i]
		for j := range d.value.Options {
			o := &d.value.Options[j]
			c.add(path+"/attributes/"+d.key+"/options/"+string(o.Title), o.ID, &o.placed)
		}
		for j := range d.value.Statuses {
			s := &d.value.Statuses[j]
			c.add(path+"/attributes/"+d.key+"/statuses/"+string(s.Title), s.ID, &s.placed)
		}
	}
	collectEach(c, path+"/views/", views, func(v *savedView) (uuid, *placed) { return v.ID, &v.placed })
}

func collectEach[K interface {
	~string
	formed
}, V any](c *idCollector, section string, things ordered[K, V], idOf func(*V) (uuid, *placed)) {
	for i := range things.items {
		if id, p := idOf(&things.items[i].value); id != "" {
			c.add(section+things.items[i].key, id, p)
		}
	}
}

// putID says which id something has, unless that derives from its place.
func (e *exporter) putID(m *yamltree.Mapping, path string, id attio.ID) {
	if id != attio.PathID(e.state.Origin+"/"+path) {
		m.Put(idKey, yamltree.Text(id))
		e.explicit = true
	}
}
