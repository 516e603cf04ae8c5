package scenario

import (
	"reflect"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// record is a record of an object. Its keys are the object's attributes, with values as the API accepts them, and those of
// attributes that no client can write.
type record struct {
	placed
	identified
	createdAt *moment
	createdBy author
	changes   []change
	history   ordered[apiSlug, []heldValue]
	values    []yamltree.Field

	made *world.Record // which the transaction of the build changes; nil if it could not be created
}

const (
	createdAtKey = "created_at"
	createdByKey = "created_by"
)

func (r *record) decode(d *decoder, f yamltree.Field) {
	if !d.is(f, yamltree.KindMapping) {
		return
	}
	r.place(placed{key: f.At, node: f.Value})
	r.values = without(f.Value.Fields, func(entry yamltree.Field) bool {
		switch entry.Name {
		case createdAtKey:
			decodeInto(d, entry, &r.createdAt)
		case createdByKey:
			decodeInto(d, entry, &r.createdBy)
		case changesKey:
			decodeInto(d, entry, &r.changes)
		case idKey:
			decodeInto(d, entry, &r.ID)
		case historyKey:
			decodeInto(d, entry, &r.history)
		default:
			return false
		}
		return true
	})
}

// without returns the fields of a mapping other than those that take accepts, which is asked once about each. They mostly
// stand together, and then need no copy.
func without(fields []yamltree.Field, take func(yamltree.Field) bool) []yamltree.Field {
	var rest []yamltree.Field
	start := 0 // of the rest, while it is a part of the fields
	for i, f := range fields {
		switch {
		case take(f):
		case len(rest) == 0:
			start, rest = i, fields[i:i+1:i+1]
		case start+len(rest) == i:
			rest = fields[start : i+1 : i+1]
		default:
			start, rest = len(fields), append(rest, f)
		}
	}
	return rest
}

func (*record) schema() schema {
	at := schemaFor[*moment]()
	at["description"] = "When it was created. Defaults to the scenario's clock."
	by := schemaFor[author]()
	by["description"] = "Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."
	changes := schemaFor[[]change]()
	changes["description"] = "Later changes, in the order of time."
	history := schemaFor[ordered[apiSlug, []heldValue]]()
	history["description"] = "All values that it has or had, by attribute, instead of values in the record itself: past ones in the order in which they ended, current ones in order."
	id := schemaFor[uuid]()
	id["description"] = optionsOf(reflect.TypeFor[identified]())[0].doc
	return schema{"type": "object", "properties": schema{idKey: id, createdAtKey: at, createdByKey: by, changesKey: changes, historyKey: history}}
}

// addRecords adds the records that the file lists. Their references are put off, as they may refer to any record of the file,
// including later ones and ones that refer back.
func (b *builder) addRecords() {
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		if len(o.value.Records.items) == 0 {
			continue
		}
		object, ok := b.object(o.at, o.key)
		if !ok {
			continue
		}
		var listed []*item[record]
		for r := range o.value.Records.all() {
			if b.isGenerated(object.Slug, r.key) {
				b.problems.Add(r.at, "%s is the key of a record that generate makes up; choose another", suggest.Quote(r.key))
			} else {
				listed = append(listed, r)
			}
		}
		b.addListed(object, listed, func(key string) attio.ID { return b.recordID(object.Slug, key) })
	}
}

// addListed adds records of the file to an object or an activity.
func (b *builder) addListed(kind world.Kind, listed []*item[record], id func(key string) attio.ID) {
	ids := make([]attio.ID, len(listed))
	for i, r := range listed {
		ids[i] = id(r.key)
	}
	b.links = slices.Grow(b.links, len(listed)) // most records refer to one other, if to any
	for i, made := range b.tx.SeedRecords(kind, ids) {
		r := listed[i]
		b.named(made.ID, r.key, r.at)
		b.fill(kind, r.at, &r.value, func(writes []world.Write, later []*attribute.Definition) (*world.Record, error) {
			return made, b.tx.SeedRecord(kind, made, writes, later)
		})
	}
}

// fill creates a record or an entry and sets its values. The function that creates it is told the values that it can write
// at once, and which attributes will have values later.
func (b *builder) fill(kind world.Kind, place yamltree.Position, r *record, create func(writes []world.Write, later []*attribute.Definition) (*world.Record, error)) {
	author := b.authorOf(r.createdBy)
	b.write(at(r.createdAt, b.created), author)
	b.room.objects.used = 0
	writes, later, rest := b.room.writes[:0], b.room.later[:0], b.room.rest[:0]
	for i := range r.values {
		f := &r.values[i]
		d, ok := kind.Common().Attribute(f.Name)
		if ok && b.isPlain(kind, d, f.Name) {
			writes = append(writes, world.Write{Attribute: f.Name, Value: b.room.objects.plain(f.Value)})
			continue
		}
		rest = append(rest, f)
		if ok {
			later = append(later, d)
		}
	}
	for _, h := range r.history.items {
		if d, ok := kind.Common().Attribute(h.key); ok {
			later = append(later, d)
		}
	}
	b.room.writes, b.room.later, b.room.rest = writes, later, rest
	reported := b.problems.Reported()
	var err error
	r.made, err = create(writes, later)
	if err != nil && len(writes) > 0 && r.made != nil {
		r.markWrong()
		rest = rest[:0] // once more, one by one, to find out which are wrong
		for i := range r.values {
			rest = append(rest, &r.values[i])
		}
	} else if err != nil {
		b.refuse(place, err, "")
		return
	}
	for _, f := range rest {
		b.addValue(kind, r.made, f, author)
	}
	if err != nil && b.problems.Reported() == reported {
		b.refuse(place, err, "")
	}
}

// isPlain reports whether the values of an attribute can be written together with others: one at a time is only needed for
// references, for what a client cannot write, and for unique values, which are refused only when they are written first.
func (b *builder) isPlain(kind world.Kind, d *attribute.Definition, slug string) bool {
	return d.Writable && !d.Unique && d.Type != attribute.TypeRecordReference && b.tx.Schema.Shows(d) && !b.isBrokenAttribute(kind, slug)
}

// isBrokenAttribute reports whether an attribute could not be created, which is reported once.
func (b *builder) isBrokenAttribute(kind world.Kind, slug string) bool {
	return len(b.broken) > 0 && b.broken[pathOfAttribute(kind, slug)]
}

// addValue sets the values of one attribute, so that a wrong one does not hide others. References are put off.
func (b *builder) addValue(kind world.Kind, made *world.Record, f *yamltree.Field, author world.Author) {
	d, ok := kind.Common().Attribute(f.Name)
	b.tx.Author = author
	switch {
	case b.isBrokenAttribute(kind, f.Name):
		return
	case ok && d.Type == attribute.TypeRecordReference && b.tx.Schema.Shows(d):
		b.links = append(b.links, link{kind: kind.Common().ID, record: made, attribute: d.ID, field: f})
		return
	case ok && !d.Writable:
		b.tx.Author = world.System() // who writes what clients cannot
	}
	written := f.Value.Plain()
	if err := b.tx.SeedValues(kind, made, world.Write{Attribute: f.Name, Value: written}); err != nil {
		b.refuseValue(kind.Common(), *f, written, err)
	}
}

// checkRequired reports required values that listed records and entries lack, unless what is written was refused.
func (b *builder) checkRequired() {
	for _, s := range b.kindSpecs() {
		kind, ok := s.built()
		if !ok || !slices.ContainsFunc(kind.Common().Attributes, func(d *attribute.Definition) bool { return d.Required }) {
			continue
		}
		for r := range s.things {
			if r.made == nil {
				continue
			}
			for _, d := range b.tx.Missing(kind, r.made) {
				unset := r.wrong && d.Default != nil // a default is set only where all values are right
				if !unset && !r.writes(d) && !r.hasHistory(d) {
					b.refuse(r.at, attio.MissingValue(d.ID), " It is the attribute "+suggest.Quote(d.Slug)+".")
				}
			}
		}
	}
}

func (b *builder) recordID(object, key string) attio.ID { return b.id(object + "/" + key) }

func (e *exporter) records(o *world.Object) any {
	return e.things(o, e.keys[o.ID]+"/", func(*yamltree.Mapping, *world.Record) {})
}
