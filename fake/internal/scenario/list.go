package scenario

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// list is a list of records of an object.
type list struct {
	placed
	Name            *string                      `yaml:"name" doc:"The title that people see. By default it is made from the slug."`
	ParentObject    apiSlug                      `yaml:"parent_object,required" doc:"The slug of the object whose records are on the list."`
	WorkspaceAccess *listAccess                  `yaml:"workspace_access" doc:"What every member may do with it. Defaults to full-access; with null, nothing."`
	MemberAccess    grants                       `yaml:"member_access" doc:"What single members may do in addition, by user; or a list of {member, level}, which may name a member twice."`
	CreatedAt       *moment                      `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	CreatedBy       author                       `yaml:"created_by" doc:"Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
	Attributes      ordered[apiSlug, definition] `yaml:"attributes" doc:"Attributes that the list has in addition to Attio's, by slug."`
	Views           ordered[name, savedView]     `yaml:"views" doc:"The saved views, by a key of your choice."`
	Entries         ordered[name, listEntry]     `yaml:"entries" doc:"The entries, by a key of your choice."`
	APISlug         *string                      `yaml:"api_slug" doc:"The slug that the API shows, if it was changed. The scenario refers to it by its key."`
	identified      `yaml:"inline"`
}

// listAccess is what a member may do with a list.
type listAccess string

func (listAccess) words() (string, []string) { return "list access", asStrings(world.ListAccesses()) }

// grants are what single members may do with a list: by user, or as a list, which may name a member twice as in the API.
type grants struct{ ordered[name, listAccess] }

// grant is an item of that list.
type grant struct {
	placed
	Member name       `yaml:"member,required" doc:"The user."`
	Level  listAccess `yaml:"level,required" doc:"What the member may do."`
}

func (g *grants) decode(d *decoder, f yamltree.Field) {
	if f.Value.Kind != yamltree.KindSequence {
		g.ordered.decode(d, f)
		return
	}
	for _, n := range f.Value.Items {
		var one grant
		decodeInto(d, yamltree.Field{At: n.Position, Value: n}, &one)
		g.items = append(g.items, item[listAccess]{key: string(one.Member), at: one.at("member"), value: one.Level})
	}
}

func (g *grants) schema() schema {
	return schema{"anyOf": []any{g.ordered.schema(), schema{"type": "array", "items": schemaFor[grant]()}}}
}

// access returns what every member may do with the list.
func (l *list) access() world.ListAccess {
	switch {
	case l.WorkspaceAccess != nil:
		return world.ListAccess(*l.WorkspaceAccess)
	case l.has("workspace_access"):
		return ""
	}
	return world.FullAccess
}

// listEntry is an entry of a list: like a record, with its parent record.
type listEntry struct {
	record
	parent *yamltree.Node // nil if it is not named
}

const parentKey = "record"

func (e *listEntry) decode(d *decoder, f yamltree.Field) {
	e.record.decode(d, f)
	e.values = without(e.values, func(entry yamltree.Field) bool {
		if entry.Name != parentKey {
			return false
		}
		if _, ok := d.text(entry); ok {
			e.parent = entry.Value
		}
		return true
	})
	if !d.single && e.node != nil && !e.has(parentKey) {
		d.problems.Add(f.At, "the required key %s is missing. %s", suggest.Quote(parentKey), parentDoc)
	}
}

const parentDoc = "The key of a record of the parent object."

func (*listEntry) schema() schema {
	s := schemaFor[record]()
	properties := s["properties"].(schema)
	properties[parentKey] = schema{"type": "string", "description": parentDoc}
	return s
}

func (c *idCollector) lists(w *workspace) {
	collectAll(c, "lists/", w.Lists)
	for i := range w.Lists.items {
		l := &w.Lists.items[i]
		c.attributesAndViews(listPath(l.key), l.value.Attributes, l.value.Views)
		collectAll(c, listPath(l.key)+"/entries/", l.value.Entries)
	}
}

// addLists creates the lists, without their attributes and entries.
func (b *builder) addLists() {
	for i := range b.workspace.Lists.items {
		l := &b.workspace.Lists.items[i]
		b.broken[listPath(l.key)] = !b.addList(l)
	}
}

func (b *builder) addList(l *item[list]) bool {
	grants, right := b.memberAccess(&l.value)
	if l.value.ParentObject == "" || !right {
		return false // which is reported
	}
	parent, ok := b.object(l.value.at("parent_object"), string(l.value.ParentObject))
	if !ok {
		return false
	}
	b.write(at(l.value.CreatedAt, b.created), b.authorOf(l.value.CreatedBy))
	title, access := titleOf(l.value.Name, l.key), l.value.access()
	made, err := b.tx.CreateList(parent.Slug, world.ListEdit{Slug: &l.key, Name: &title, WorkspaceAccess: &access, MemberAccess: &grants})
	if err != nil {
		place := l.at
		if err.Error() == attio.FullAccessMissing().Error() {
			place = l.value.at("workspace_access")
		}
		b.refuse(place, err, "")
		return false
	}
	b.named(made.ID, l.key, l.at)
	return true
}

// memberAccess reads what single members may do with a list.
func (b *builder) memberAccess(l *list) ([]world.MemberAccess, bool) {
	grants, right := []world.MemberAccess{}, true
	for _, m := range l.MemberAccess.items {
		if m.key == "" {
			return nil, false // which is reported
		}
		if _, ok := b.workspace.Members.get(m.key); !ok {
			b.problems.AddUnknown(m.at, "member", m.key, b.workspace.Members.keys())
			right = false
		}
		right = right && m.value != ""
		grants = append(grants, world.MemberAccess{Level: world.ListAccess(m.value), Member: b.memberID(m.key)})
	}
	return grants, right
}

// relabelList gives a list its current slug, if that differs from its key, and returns its id.
func (b *builder) relabelList(l *item[list]) (attio.ID, bool) {
	made, ok := b.list(l.key)
	if !ok || l.value.APISlug == nil {
		return "", false
	}
	changed := *made
	changed.Slug = *l.value.APISlug
	b.tx.RelabelList(&changed)
	return made.ID, true
}

// list returns a list that could be created.
func (b *builder) list(slug string) (*world.List, bool) { return b.tx.Schema.List(slug) }

// addEntries creates the entries.
func (b *builder) addEntries() {
	for i := range b.workspace.Lists.items {
		l := &b.workspace.Lists.items[i]
		for j := range l.value.Entries.items {
			list, ok := b.list(l.key)
			if !ok {
				break
			}
			b.addEntry(list, string(l.value.ParentObject), &l.value.Entries.items[j])
		}
	}
}

func (b *builder) addEntry(list *world.List, object string, e *item[listEntry]) {
	if e.value.parent == nil {
		return // which is reported
	}
	place, key := e.value.parent.Position, e.value.parent.Text
	if slug, rest, ok := strings.Cut(key, "/"); ok {
		object, key = slug, rest
	}
	parent, ok := b.findRecord(place, object, key)
	if !ok {
		return
	}
	id := b.entryID(list.Slug, e.key)
	b.named(id, e.key, e.at)
	b.fill(list, place, &e.value.record, func(writes []world.Write, later []*attribute.Definition) (*world.Record, error) {
		return b.tx.SeedEntry(list, id, world.Parent{Object: object, Record: parent.Record}, writes, later)
	})
}

func (b *builder) entryID(list, key string) attio.ID { return b.id(listPath(list) + "/entries/" + key) }

func (e *exporter) lists() any {
	section := &yamltree.Mapping{Block: true}
	for _, l := range e.state.Schema.Lists {
		m, key := &yamltree.Mapping{Block: true}, e.keys[l.ID]
		m.PutIf(l.Name != titleOf[string](nil, key), "name", yamltree.Text(l.Name))
		m.Put("parent_object", yamltree.Text(e.keys[l.Parent]))
		switch l.WorkspaceAccess {
		case world.FullAccess:
		case "":
			m.Put("workspace_access", yamltree.Plain("null"))
		default:
			m.Put("workspace_access", yamltree.Text(l.WorkspaceAccess))
		}
		m.PutAll("member_access", e.memberAccess(l))
		e.putCreatedBy(m, l.CreatedAt, l.CreatedBy)
		e.putID(m, listPath(key), l.ID)
		m.PutIf(l.Slug != key, "api_slug", yamltree.Text(l.Slug))
		e.putKind(m, l)
		m.PutAll("entries", e.entries(l))
		section.Put(key, m)
	}
	return section
}

// memberAccess writes what single members may do, as a list if one of them comes twice.
func (e *exporter) memberAccess(l *world.List) any {
	byMember, all := new(yamltree.Mapping), yamltree.Sequence{}
	seen := make(map[attio.ID]bool)
	for _, grant := range l.MemberAccess {
		byMember.Put(e.keys[grant.Member], yamltree.Text(grant.Level))
		all = append(all, yamltree.MappingOf("member", yamltree.Text(e.keys[grant.Member]), "level", yamltree.Text(grant.Level)))
		seen[grant.Member] = true
	}
	if len(seen) < len(all) {
		return all
	}
	return byMember
}

// keyOfParent returns the key of the record that an entry is of.
func (e *exporter) keyOfParent(l *world.List, entry *world.Record) string {
	parent := l.ParentOf(entry)
	return e.keyOf(parent.Object, parent.Record)
}

func (e *exporter) entries(l *world.List) any {
	return e.things(l, listPath(e.keys[l.ID])+"/entries/", func(m *yamltree.Mapping, r *world.Record) {
		m.Put(parentKey, yamltree.Text(e.keyOfParent(l, r)))
	})
}
