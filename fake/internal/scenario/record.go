package scenario

import (
	"reflect"
	"slices"
	"time"

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
		for j := range o.value.Records.items {
			object, ok := b.object(o.at, o.key)
			if !ok {
				break
			}
			b.addRecord(object, &o.value.Records.items[j])
		}
	}
}

func (b *builder) addRecord(object *world.Object, r *item[record]) {
	if b.isGenerated(object.Slug, r.key) {
		b.problems.Add(r.at, "%s is the key of a record that generate makes up; choose another", suggest.Quote(r.key))
		return
	}
	id := b.recordID(object.Slug, r.key)
	b.named(id, r.key, r.at)
	b.fill(object, id, r.at, &r.value, func(writes []world.Write, given []*attribute.Definition) error {
		return b.tx.SeedRecord(object, id, writes, given)
	})
}

// fill creates a record or an entry and sets its values. The function that creates it is told the values that it can write
// at once, and which attributes will have values.
func (b *builder) fill(kind world.Kind, id attio.ID, place yamltree.Position, r *record, create func(writes []world.Write, given []*attribute.Definition) error) {
	author := b.authorOf(r.createdBy)
	b.write(at(r.createdAt, b.created), author)
	var given []*attribute.Definition
	var later []yamltree.Field
	b.writes = b.writes[:0]
	for _, f := range r.values {
		d, ok := kind.Common().Attribute(f.Name)
		if ok {
			given = append(given, d)
		}
		if ok && b.isPlain(kind, d, f.Name) {
			b.writes = append(b.writes, world.Write{Attribute: f.Name, Value: f.Value.Plain()})
		} else {
			later = append(later, f)
		}
	}
	for _, h := range r.history.items {
		if d, ok := kind.Common().Attribute(h.key); ok {
			given = append(given, d)
		}
	}
	reported := b.problems.Reported()
	err := create(b.writes, given)
	if err != nil && len(b.writes) > 0 && b.tx.HasRecord(kind.Common().ID, id) {
		r.markWrong()
		later = r.values // once more, one by one, to find out which are wrong
	} else if err != nil {
		b.refuse(place, err, "")
		return
	}
	for _, f := range later {
		b.addValue(kind, id, f, author)
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
func (b *builder) addValue(kind world.Kind, id attio.ID, f yamltree.Field, author world.Author) {
	d, ok := kind.Common().Attribute(f.Name)
	b.tx.Author = author
	switch {
	case b.isBrokenAttribute(kind, f.Name):
		return
	case ok && d.Type == attribute.TypeRecordReference && b.tx.Schema.Shows(d):
		b.links = append(b.links, link{kind: kind.Common().ID, record: id, attribute: d.ID, field: f, author: author})
		return
	case ok && !d.Writable:
		b.tx.Author = world.System() // who writes what clients cannot
	}
	written := f.Value.Plain()
	if _, err := b.tx.UpdateRecord(kind, id, world.Overwrite, []world.Write{{Attribute: f.Name, Value: written}}); err != nil {
		b.refuseValue(kind.Common(), f, written, err)
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
			made, ok := b.tx.Record(kind.Common().ID, r.id())
			if !ok {
				continue
			}
			for _, d := range b.tx.Missing(kind, made) {
				unset := r.record.wrong && d.Default != nil // a default is set only where all values are right
				if !unset && !r.record.writes(d) && !r.record.hasHistory(d) {
					b.refuse(r.at, attio.MissingValue(d.ID), " It is the attribute "+suggest.Quote(d.Slug)+".")
				}
			}
		}
	}
}

func (b *builder) recordID(object, key string) attio.ID { return b.id(object + "/" + key) }

// nameRecords gives records and entries their keys, and works out which references follow from others.
func (e *exporter) nameRecords() {
	e.inverse = make(map[attio.ID]map[attio.ID][]attribute.Value)
	e.order = make(map[attio.ID][]attio.ID)
	for _, o := range e.state.Schema.Objects {
		e.nameThings(o, e.recordName)
	}
	for _, a := range e.state.Schema.Activities {
		e.nameThings(a, e.recordName)
	}
	for _, l := range e.state.Schema.Lists {
		e.nameThings(l, func(kind world.Kind, r *world.Record) string { return e.keys[l.ParentOf(r).Record] })
	}
	for _, o := range e.allObjects() {
		e.deriveInverses(o)
	}
}

func (e *exporter) nameThings(kind world.Kind, propose func(world.Kind, *world.Record) string) {
	of := kind.Common().ID
	ids := make([]attio.ID, 0, e.state.CountRecords(of))
	for record := range e.state.Records(of) {
		ids = append(ids, record.ID)
	}
	get := func(id attio.ID) *world.Record {
		record, _ := e.state.Record(of, id)
		return record
	}
	e.inOrder(ids, func(id attio.ID) time.Time { return get(id).CreatedAt })
	e.order[of] = ids
	e.nameAll(ids, make(map[string]bool, len(ids)), func(n int) string { return propose(kind, get(ids[n])) })
}

// recordName makes a key from the name of a record or, without one, from its first value that yields a key.
func (e *exporter) recordName(kind world.Kind, r *world.Record) string {
	attributes := slices.Clone(kind.Common().Attributes)
	slices.SortStableFunc(attributes, func(a, b *attribute.Definition) int {
		switch {
		case a.Slug == "name" && b.Slug != "name":
			return -1
		case b.Slug == "name" && a.Slug != "name":
			return 1
		}
		return 0
	})
	for _, d := range attributes {
		if d.Computed != "" {
			continue
		}
		for _, held := range r.Active(d) {
			if key := cleanKey(titleText(held.Value), ""); key != "" {
				return key
			}
		}
	}
	return cleanKey(singularOf(kind), "record")
}

// singularOf returns the noun for one record of an object or an activity.
func singularOf(kind world.Kind) string {
	if activity, ok := kind.(*world.Activity); ok {
		return activity.Singular
	}
	return kind.(*world.Object).Singular
}

func (e *exporter) records(o *world.Object) *yamltree.Mapping {
	return e.things(o, e.keys[o.ID]+"/", func(*yamltree.Mapping, *world.Record) {})
}

// things writes the records of an object or the entries of a list, one at a time.
func (e *exporter) things(kind world.Kind, path string, begin func(*yamltree.Mapping, *world.Record)) *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	of := kind.Common().ID
	for _, id := range e.order[of] {
		key := e.keys[id]
		section.Put(key, yamltree.Lazy(func() any {
			record, _ := e.state.Record(of, id)
			m := new(yamltree.Mapping)
			e.putID(m, path+key, id)
			begin(m, record)
			e.putCreatedBy(m, record.CreatedAt, record.CreatedBy)
			e.putValues(m, kind, record)
			return m
		}))
	}
	return section
}

// putValues adds the values of a record or an entry: plain ones for attributes that have not changed since it was created, and
// histories for the others.
func (e *exporter) putValues(m *yamltree.Mapping, kind world.Kind, record *world.Record) {
	history := new(yamltree.Mapping)
	for _, d := range kind.Common().Attributes {
		if d.Computed != "" {
			continue
		}
		key := e.keys[d.ID]
		if isReserved(kind, key) {
			key = string(d.ID)
		}
		active, past := record.Active(d), record.Past(d)
		switch {
		case e.isDerived(record, d, active, past):
		case len(active)+len(past) == 0 && !d.Required && d.Type != attribute.TypeRecordReference:
			m.Put(key, yamltree.Sequence{}) // or it would get its default
		case len(active) > 0 && e.isOriginal(kind, record, d):
			m.Put(key, e.values(d, active))
		default:
			history.Put(key, e.history(record, d, active, past))
		}
	}
	m.PutIf(len(history.Entries) > 0, historyKey, history)
}

// isDerived reports whether loading gives a record its values of an attribute without their being written.
func (e *exporter) isDerived(record *world.Record, d *attribute.Definition, active, past []world.Held) bool {
	if len(past) > 0 {
		return false
	}
	if len(active) == 0 && (d.Required || d.Default != nil && d.Type != attribute.TypeRecordReference) {
		return false
	}
	if d.Relationship == nil || e.leads(d) {
		return len(active) == 0
	}
	return slices.EqualFunc(active, e.inverse[d.ID][record.ID], func(held world.Held, value attribute.Value) bool { return held.Value == value })
}

// isOriginal reports whether the values of an attribute are those that a listed record gets when it is created: valid since
// then, written by the record's author, and allowed for a new record.
func (e *exporter) isOriginal(kind world.Kind, record *world.Record, d *attribute.Definition) bool {
	if len(record.Past(d)) > 0 || d.Relationship != nil && !e.leads(d) {
		return false
	}
	active := record.Active(d)
	since, by := record.CreatedAt, record.CreatedBy
	switch {
	case d.Type == attribute.TypeRecordReference:
		since = e.linkTime(since, references(active))
	case !d.Writable:
		by = world.System().Actor
	}
	for _, held := range active {
		if !held.From.Equal(since) || held.Actor != by || d.Unique && e.state.Holders(kind.Common().ID, d, held.Value) > 1 {
			return false
		}
		if to, ok := held.Value.(attribute.RecordReference); ok && len(d.Objects) > 0 && !slices.Contains(d.Objects, to.Object) {
			return false
		}
	}
	return true
}

// values writes the values of an attribute in the form that clients use.
func (e *exporter) values(d *attribute.Definition, active []world.Held) any {
	written := yamltree.Sequence{}
	for _, held := range active {
		written = append(written, e.value(d, held.Value))
	}
	if d.Multiselect {
		return written
	}
	return written[0]
}
