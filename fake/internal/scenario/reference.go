package scenario

import (
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// link is the value of a reference attribute, which is written once all records exist.
type link struct {
	kind      attio.ID
	record    *world.Record
	attribute attio.ID
	field     *yamltree.Field
	values    []attribute.Value // what was written, to check later that it still holds
}

// addReferences writes the references of the listed records and entries.
func (b *builder) addReferences() {
	for i := range b.links {
		l := &b.links[i]
		kind, _ := b.tx.Schema.Kind(l.kind)
		d, _ := kind.Common().Attribute(string(l.attribute))
		written, ok := b.resolve(l.field.Value, d)
		if !ok {
			continue
		}
		var err error
		if l.values, err = attribute.ParseAllSeed(b.tx, d, written); err == nil {
			b.write(b.linkTime(l), world.Author{Actor: l.record.CreatedBy()})
			err = b.tx.SeedValues(kind, l.record, world.Write{Attribute: string(d.ID), Value: l.withOtherSide(d)})
		}
		if err != nil {
			b.refuseValue(kind.Common(), *l.field, written, err)
			l.values = nil
		}
	}
	if b.problems.Empty() {
		b.checkLinks()
	}
}

// linkTime is the earliest time at which a record can refer to others: when the last of them was created.
func (b *builder) linkTime(l *link) time.Time {
	latest := l.record.CreatedAt()
	for _, value := range l.values {
		if to, ok := value.(attribute.RecordReference); ok {
			if target, ok := b.tx.Record(to.Object, to.Record); ok && target.CreatedAt().After(latest) {
				latest = target.CreatedAt()
			}
		}
	}
	return latest
}

// withOtherSide returns the references, and those that the other side of a relationship has brought already: a file may write
// a relationship on either side, or on both.
func (l *link) withOtherSide(d *attribute.Definition) []attribute.Value {
	active := l.record.Active(d)
	if !d.Multiselect || d.Relationship == nil || len(active) == 0 {
		return l.values
	}
	all := slices.Clip(l.values)
	known := make(map[attribute.Value]bool, len(all))
	for _, value := range all {
		known[value] = true
	}
	for _, held := range active {
		if !known[held.Value] {
			all = append(all, held.Value)
		}
	}
	return all
}

// checkLinks looks for references that other references of the file have undone, such as that of a person to a company
// after another company lists the person in its team.
func (b *builder) checkLinks() {
	for i := range b.links {
		l := &b.links[i]
		kind, _ := b.tx.Schema.Kind(l.kind)
		d, _ := kind.Common().Attribute(string(l.attribute))
		for _, value := range l.values {
			if !slices.ContainsFunc(l.record.Active(d), func(h world.Held) bool { return h.Value == value }) {
				b.problems.Add(l.field.Value.Position, "the other side of this relationship says otherwise further down; the two must agree")
				break
			}
		}
	}
}

// resolve turns the names of records of the file into references, and everything else into the API's form. A record that
// could not be made, and one to which the attribute cannot refer, come in that form too, so that it is refused in the API's words.
func (b *builder) resolve(n *yamltree.Node, d *attribute.Definition) (any, bool) {
	switch {
	case n.Kind == yamltree.KindSequence:
		list, right := make([]any, 0, len(n.Items)), true
		for _, item := range n.Items {
			written, ok := b.resolve(item, d)
			right = right && ok
			list = append(list, written)
		}
		return list, right
	case n.Kind == yamltree.KindMapping && len(n.Fields) == 1 && n.Fields[0].Name == "record":
		found, ok := b.namedRecord(n.Fields[0].Value)
		switch {
		case !ok:
			return nil, false
		case !found.made || len(d.Objects) > 0 && !slices.Contains(d.Objects, found.Object):
			return referenceTo(found.slug, found.Record), true
		}
		return found.RecordReference, true
	}
	return n.Plain(), true
}

// found is a record that the file lists or makes up.
type found struct {
	attribute.RecordReference
	slug string // of the object
	made bool
}

// namedRecord returns the record that a text such as companies/navy names, and reports one that the file does not have.
func (b *builder) namedRecord(n *yamltree.Node) (found, bool) {
	slug, key, ok := strings.Cut(n.Text, "/")
	if n.Kind != yamltree.KindString || !ok {
		b.problems.Add(n.Position, "name a record of this file by its object and its key, like companies/navy")
		return found{}, false
	}
	return b.findRecord(n.Position, slug, key)
}

func (b *builder) linkedRecord(n *yamltree.Node) (attribute.RecordReference, bool) {
	if n.Kind != yamltree.KindString {
		return attribute.RecordReference{}, false // which is reported
	}
	named, ok := b.namedRecord(n)
	return named.RecordReference, ok && named.made // a record that could not be made is reported
}

// findRecord returns a listed or made-up record, and reports one that does not exist.
func (b *builder) findRecord(at yamltree.Position, slug, key string) (found, bool) {
	object, ok := b.object(at, slug)
	if !ok {
		return found{}, false
	}
	refer := func(id attio.ID) attribute.RecordReference {
		return attribute.RecordReference{Object: object.ID, Record: id}
	}
	if b.isGenerated(slug, key) {
		to := refer(b.recordID(slug, key))
		return found{to, slug, b.tx.HasRecord(to.Object, to.Record)}, true
	}
	var keys []string
	if listed, ok := b.workspace.Objects.get(slug); ok {
		if r, ok := listed.Records.get(key); ok && r.made != nil {
			return found{refer(r.made.ID), slug, true}, true
		} else if ok {
			return found{refer(b.recordID(slug, key)), slug, false}, true
		}
		keys = listed.Records.keys()
	}
	b.problems.AddUnknown(at, "record of "+slug, key, keys)
	return found{}, false
}

// isGenerated reports whether generate makes a record with a key.
func (b *builder) isGenerated(object, key string) bool {
	count, ok := b.workspace.Generate.get(object)
	return ok && isGeneratedKey(key, int(*count))
}

func referenceTo(object string, record attio.ID) map[string]any {
	return map[string]any{"target_object": object, "target_record_id": string(record)}
}

// deriveInverses notes the references on the other side that loading derives from those which the records of a table write.
func (e *exporter) deriveInverses(t *table) {
	for j := range t.columns {
		c := &t.columns[j]
		if !c.leads {
			continue
		}
		other := e.tables[c.Relationship.Object]
		made := make([][]attribute.Value, len(other.records))
		for i, record := range slices.Backward(t.records) { // each reference is put before the others
			if e.cell(t, i, j) != writtenOnce {
				continue
			}
			var back attribute.Value = attribute.RecordReference{Object: t.kind.Common().ID, Record: record.ID}
			for _, held := range record.Active(c.Definition) {
				to := held.Value.(attribute.RecordReference)
				if t, place, ok := e.find(to.Object, to.Record); ok && t == other {
					made[place] = append(made[place], back)
				}
			}
		}
		if k := slices.IndexFunc(other.columns, func(o tableColumn) bool { return o.ID == c.Relationship.Attribute }); k >= 0 {
			other.columns[k].inverse = made
		}
	}
}

// leads reports whether a relationship is written on this side: on the single-valued one, if the other is multi-valued.
func (e *exporter) leads(d *attribute.Definition) bool {
	other := e.otherSide(d)
	switch {
	case other == nil:
		return false
	case d.Multiselect != other.Multiselect:
		return other.Multiselect
	}
	return d.ID < other.ID
}

// otherSide returns the other side of a relationship, nil for an attribute without one.
func (e *exporter) otherSide(d *attribute.Definition) *attribute.Definition {
	if d.Relationship == nil {
		return nil
	}
	object, ok := e.state.Schema.ObjectByID(d.Relationship.Object)
	if !ok {
		return nil
	}
	other, _ := object.Attribute(string(d.Relationship.Attribute))
	return other
}

// reference writes a reference to a record, including one that is gone.
func (e *exporter) reference(to attribute.RecordReference) any {
	if t, place, ok := e.find(to.Object, to.Record); ok {
		if t.references[place] == nil { // several records may refer to this one, and each is written twice
			t.references[place] = yamltree.MappingOf(parentKey, yamltree.Text(e.keys[to.Object]+"/"+t.keys[place]))
		}
		return t.references[place]
	}
	object, known := e.keys[to.Object]
	if !known {
		object = string(to.Object)
	}
	return yamltree.MappingOf("target_object", yamltree.Text(object), "target_record_id", yamltree.Text(to.Record))
}

// recordKey names a record by its object and its key.
func (e *exporter) recordKey(to attribute.RecordReference) string {
	return e.keys[to.Object] + "/" + e.keyOf(to.Object, to.Record)
}

// linkTime is the earliest time at which a record can refer to others: when the last of them was created.
func (e *exporter) linkTime(created time.Time, references []world.Held) time.Time {
	for _, held := range references {
		to := held.Value.(attribute.RecordReference)
		if t, place, ok := e.find(to.Object, to.Record); ok && t.records[place].CreatedAt().After(created) {
			created = t.records[place].CreatedAt()
		}
	}
	return created
}

func (e *exporter) recordKeys(all []attribute.RecordReference) yamltree.Sequence {
	keys := yamltree.Sequence{}
	for _, to := range all {
		keys = append(keys, yamltree.Text(e.recordKey(to)))
	}
	return keys
}
