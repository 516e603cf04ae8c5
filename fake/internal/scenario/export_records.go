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

// nameRecords gives records and entries their keys, and works out which references the others make.
func (e *exporter) nameRecords() {
	e.inverse = make(map[attio.ID]map[attio.ID][]attribute.Value)
	e.order = make(map[attio.ID][]attio.ID)
	for _, o := range e.state.Schema.Objects {
		e.nameThings(o, e.recordName)
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

// recordName makes a key of what a record is called: by its name, or else by the first of its values that says anything.
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
	object := kind.(*world.Object)
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
	return cleanKey(object.Singular, "record")
}

// references returns the active values of a record reference.
func references(held []world.Held) []attribute.RecordReference {
	all := make([]attribute.RecordReference, len(held))
	for i := range held {
		all[i] = held[i].Value.(attribute.RecordReference)
	}
	return all
}

// deriveInverses notes the references back that loading makes of those that an object's records write.
func (e *exporter) deriveInverses(o *world.Object) {
	for _, d := range o.Attributes {
		if !e.leads(d) {
			continue
		}
		made := make(map[attio.ID][]attribute.Value)
		for _, id := range e.order[o.ID] {
			record, _ := e.state.Record(o.ID, id)
			if !e.isOriginal(o, record, d) {
				continue
			}
			for _, to := range references(record.Active(d)) {
				made[to.Record] = slices.Insert(made[to.Record], 0, attribute.Value(attribute.RecordReference{Object: o.ID, Record: id}))
			}
		}
		e.inverse[d.Relationship.Attribute] = made
	}
}

// leads reports whether a relationship is written on this side: the one with a single value, if the other has several.
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

// otherSide returns the attribute that mirrors a reference, if one does.
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

func (e *exporter) records(o *world.Object) *yamltree.Mapping {
	return e.things(o, e.keys[o.ID]+"/", func(*yamltree.Mapping, *world.Record) {})
}

func (e *exporter) entries(l *world.List) *yamltree.Mapping {
	return e.things(l, listPath(e.keys[l.ID])+"/entries/", func(m *yamltree.Mapping, r *world.Record) {
		m.Put(parentKey, yamltree.Text(e.keys[l.ParentOf(r).Record]))
	})
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

// putValues adds the values of a record or an entry: those that it has had since its making by themselves, and those of all
// other attributes with their history.
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
			m.Put(key, yamltree.Sequence{}) // and not its default
		case len(active) > 0 && e.isOriginal(kind, record, d):
			m.Put(key, e.values(d, active))
		default:
			history.Put(key, e.history(record, d, active, past))
		}
	}
	m.PutIf(len(history.Entries) > 0, historyKey, history)
}

// isDerived reports whether a record has what it does for an attribute without a word about it.
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

// isOriginal reports whether what a record has for an attribute is what it gets at its making where the file lists it:
// since then, written by who made it, and within the rules for what is new.
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

// values writes the values of an attribute as a client would.
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

// history writes all values that a record has or had for an attribute.
func (e *exporter) history(record *world.Record, d *attribute.Definition, active, past []world.Held) any {
	written := yamltree.Sequence{}
	for _, held := range slices.Concat(past, active) {
		m := yamltree.MappingOf("value", e.value(d, held.Value))
		m.PutIf(!held.From.Equal(record.CreatedAt), "from", timestamp(held.From))
		if held.Until != nil {
			m.Put("until", timestamp(*held.Until))
		}
		e.putAuthor(m, changedByKey, held.Actor)
		written = append(written, m)
	}
	return written
}

// firstWords returns how a text begins.
func firstWords(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(len(words), 6)], " ")
}
