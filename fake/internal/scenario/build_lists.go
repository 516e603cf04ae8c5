package scenario

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// addLists makes the lists, without their attributes and entries.
func (b *builder) addLists() {
	for i := range b.workspace.Lists.items {
		l := &b.workspace.Lists.items[i]
		b.broken[listPath(l.key)] = !b.addList(l)
	}
	b.write(b.created, b.author)
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
			b.problems.addUnknown(m.at, "member", m.key, b.workspace.Members.keys())
			right = false
		}
		right = right && m.value != ""
		grants = append(grants, world.MemberAccess{Level: world.ListAccess(m.value), Member: b.memberID(m.key)})
	}
	return grants, right
}

// list returns a list that could be made.
func (b *builder) list(slug string) (*world.List, bool) { return b.tx.Schema.List(slug) }

// addEntries makes the entries, for which all records are there.
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
	b.write(b.created, b.author)
}

func (b *builder) addEntry(list *world.List, object string, e *item[listEntry]) {
	if e.value.parent == nil {
		return // which is reported
	}
	place, key := e.value.parent.position, e.value.parent.text
	if slug, rest, ok := strings.Cut(key, "/"); ok {
		object, key = slug, rest
	}
	record, ok := b.findRecord(place, object, key)
	if !ok {
		return
	}
	id := b.entryID(list.Slug, e.key)
	b.named(id, e.key, e.at)
	b.fill(list, id, place, &e.value.record, func(given []*attribute.Definition) error {
		return b.tx.SeedEntry(list, id, world.Parent{Object: object, Record: record}, nil, given)
	})
}

func (b *builder) entryID(list, key string) attio.ID { return b.id(listPath(list) + "/entries/" + key) }
