package scenario

import (
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// link is a reference of a record or an entry, which is written once all records are there.
type link struct {
	kind      attio.ID
	record    attio.ID
	attribute attio.ID
	field     yamltree.Field
	author    world.Author
	values    []attribute.Value // what was written, to look whether it held
}

// addRecords makes the records that the file lists, and then the references between them: those may
// point to any record of the file, one that comes later or one that points back.
func (b *builder) addRecords() {
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		for j := range o.value.Records.items {
			object, ok := b.object(o.at, o.key)
			if !ok {
				break
			}
			b.addRecord(object, &o.value.Records.items[j])
		}
	}
	b.write(b.created, b.author)
}

func (b *builder) addRecord(object *world.Object, r *item[record]) {
	if b.isGenerated(object.Slug, r.key) {
		b.problems.Add(r.at, "%s is the key of a record that generate makes up; choose another", suggest.Quote(r.key))
		return
	}
	id := b.recordID(object.Slug, r.key)
	b.named(id, r.key, r.at)
	b.fill(object, id, r.at, &r.value, func(given []*attribute.Definition) error {
		return b.tx.SeedRecord(object, id, nil, given)
	})
}

// fill makes a record or an entry and gives it its values. What makes it is told which attributes will
// have some.
func (b *builder) fill(kind world.Kind, id attio.ID, place yamltree.Position, r *record, create func(given []*attribute.Definition) error) {
	author := b.authorOf(r.createdBy)
	b.write(at(r.createdAt, b.created), author)
	var given []*attribute.Definition
	for _, f := range r.values {
		if d, ok := kind.Common().Attribute(f.Name); ok {
			given = append(given, d)
		}
	}
	for _, h := range r.history.items {
		if d, ok := kind.Common().Attribute(h.key); ok {
			given = append(given, d)
		}
	}
	if err := create(given); err != nil {
		b.refuse(place, err, "")
		return
	}
	for _, f := range r.values {
		b.addValue(kind, id, f, author)
	}
}

// addValue gives a record or an entry the values of one attribute, so that a wrong one hides no other. References
// are put off.
func (b *builder) addValue(kind world.Kind, id attio.ID, f yamltree.Field, author world.Author) {
	d, ok := kind.Common().Attribute(f.Name)
	b.tx.Author = author
	switch {
	case b.broken[pathOfAttribute(kind, f.Name)]:
		return
	case ok && d.Type == attribute.TypeRecordReference && b.tx.Schema.Shows(d):
		b.links = append(b.links, link{kind: kind.Common().ID, record: id, attribute: d.ID, field: f, author: author})
		return
	case ok && !d.Writable:
		b.tx.Author = world.System() // which is who writes what clients cannot
	}
	written := f.Value.Plain()
	if _, err := b.tx.UpdateRecord(kind, id, world.Overwrite, []world.Write{{Attribute: f.Name, Value: written}}); err != nil {
		b.refuseValue(kind.Common(), f, written, err)
	}
}

// addLinks writes the references of the listed records and entries.
func (b *builder) addLinks() {
	for i := range b.links {
		l := &b.links[i]
		kind, _ := b.tx.Schema.Kind(l.kind)
		d, _ := kind.Common().Attribute(string(l.attribute))
		written, ok := b.resolve(l.field.Value)
		if !ok {
			continue
		}
		var err error
		if l.values, err = attribute.ParseAllSeed(b.tx, d, written); err == nil {
			b.write(b.linkTime(l), l.author)
			_, err = b.tx.UpdateRecord(kind, l.record, world.Overwrite, []world.Write{{Attribute: string(d.ID), Value: b.besides(l, d, written)}})
		}
		if err != nil {
			b.refuseValue(kind.Common(), l.field, written, err)
			l.values = nil
		}
	}
	b.write(b.created, b.author)
	if b.problems.Empty() {
		b.checkLinks()
	}
}

// linkTime is when a record can first have pointed to others: when the last of them was made.
func (b *builder) linkTime(l *link) time.Time {
	record, _ := b.tx.Record(l.kind, l.record)
	latest := record.CreatedAt
	for _, value := range l.values {
		if to, ok := value.(attribute.RecordReference); ok {
			if target, ok := b.tx.Record(to.Object, to.Record); ok && target.CreatedAt.After(latest) {
				latest = target.CreatedAt
			}
		}
	}
	return latest
}

// besides adds to what is written the references that the other side of a relationship has made
// already: a file may write a relationship on either side, or on both.
func (b *builder) besides(l *link, d *attribute.Definition, written any) any {
	list, ok := written.([]any)
	if !ok || !d.Multiselect || d.Relationship == nil {
		return written
	}
	record, _ := b.tx.Record(l.kind, l.record)
	for _, held := range record.Active(d) {
		if to, ok := held.Value.(attribute.RecordReference); ok {
			list = append(list, referenceTo(string(to.Object), to.Record))
		}
	}
	return list
}

// checkLinks looks for references that others of the file have undone: a person whose company says
// so has left the company that the person names.
func (b *builder) checkLinks() {
	for i := range b.links {
		l := &b.links[i]
		kind, _ := b.tx.Schema.Kind(l.kind)
		d, _ := kind.Common().Attribute(string(l.attribute))
		record, _ := b.tx.Record(l.kind, l.record)
		for _, value := range l.values {
			if !slices.ContainsFunc(record.Active(d), func(h world.Held) bool { return h.Value.Key() == value.Key() }) {
				b.problems.Add(l.field.Value.Position, "the other side of this relationship says otherwise further down; the two must agree")
				break
			}
		}
	}
}

// resolve turns the references of a value to records of the file into the API's form.
func (b *builder) resolve(n *yamltree.Node) (any, bool) {
	switch {
	case n.Kind == yamltree.KindSequence:
		list, right := make([]any, 0, len(n.Items)), true
		for _, item := range n.Items {
			written, ok := b.resolve(item)
			right = right && ok
			list = append(list, written)
		}
		return list, right
	case n.Kind == yamltree.KindMapping && len(n.Fields) == 1 && n.Fields[0].Name == "record":
		return b.resolveRecord(n.Fields[0].Value)
	}
	return n.Plain(), true
}

func (b *builder) resolveRecord(n *yamltree.Node) (any, bool) {
	slug, key, ok := strings.Cut(n.Text, "/")
	if n.Kind != yamltree.KindString || !ok {
		b.problems.Add(n.Position, "name a record of this file by its object and its key, like companies/navy")
		return nil, false
	}
	id, ok := b.findRecord(n.Position, slug, key)
	return referenceTo(slug, id), ok
}

// findRecord returns a record that the file lists or that is made up. One that is not there is reported.
func (b *builder) findRecord(at yamltree.Position, slug, key string) (attio.ID, bool) {
	if _, ok := b.object(at, slug); !ok {
		return "", false
	}
	id := b.recordID(slug, key)
	if b.isGenerated(slug, key) {
		return id, true
	}
	var keys []string
	if listed, ok := b.workspace.Objects.get(slug); ok {
		if _, ok := listed.Records.get(key); ok {
			return id, true
		}
		keys = listed.Records.keys()
	}
	b.problems.AddUnknown(at, "record of "+slug, key, keys)
	return "", false
}

// isGenerated reports whether generate makes a record with a key.
func (b *builder) isGenerated(object, key string) bool {
	count, ok := b.workspace.Generate.get(object)
	return ok && isGeneratedKey(key, int(*count))
}

func referenceTo(object string, record attio.ID) map[string]any {
	return map[string]any{"target_object": object, "target_record_id": string(record)}
}

// checkRequired reports what the listed records and entries lack, of what was not refused already.
func (b *builder) checkRequired() {
	for _, s := range b.sections() {
		kind, ok := s.built()
		if !ok {
			continue
		}
		for _, r := range s.things() {
			made, ok := b.tx.Record(kind.Common().ID, r.id)
			if !ok {
				continue
			}
			for _, d := range b.tx.Missing(kind, made) {
				if !r.record.writes(d) && !r.record.hasHistory(d) {
					b.refuse(r.at, attio.MissingValue(d.ID), " It is the attribute "+suggest.Quote(d.Slug)+".")
				}
			}
		}
	}
}

// authorOf returns who made something.
func (b *builder) authorOf(a author) world.Author {
	switch {
	case a.node == nil:
		return b.author
	case a.system:
		return world.System()
	case a.token != "":
		if token, ok := b.tx.TokenNamed(a.token); ok {
			return token.Author()
		}
		if _, known := b.workspace.Tokens.get(a.token); !known {
			b.problems.AddUnknown(a.node.Position, "token", a.token, b.workspace.Tokens.keys())
		}
		return b.author
	}
	id := b.memberID(a.user)
	if _, known := b.workspace.Members.get(a.user); !known {
		b.problems.AddUnknown(a.node.Position, "member", a.user, b.workspace.Members.keys())
		return b.author
	}
	return world.MemberAuthor(id)
}

func (b *builder) recordID(object, key string) attio.ID { return b.id(object + "/" + key) }
