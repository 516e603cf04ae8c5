package scenario

import (
	"errors"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// heldValue is a current or past value of an attribute.
type heldValue struct {
	placed
	Value written `yaml:"value,required" doc:"The value, in a form that the API accepts."`
	From  *date   `yaml:"from" doc:"When it became the value. By default when the record or entry was created."`
	Until *date   `yaml:"until" doc:"When it ceased to be the value. Without it, it still is."`
	By    author  `yaml:"by" doc:"Who wrote it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
}

const historyKey = "history"

// isReserved reports whether a slug is also another key of a record or an entry. An attribute with such a slug goes by its
// id there.
func isReserved(kind world.Kind, slug string) bool {
	_, isList := kind.(*world.List)
	return slices.Contains([]string{idKey, changesKey, historyKey}, slug) || isList && slug == parentKey
}

// told is a history that was written.
type told struct {
	kind      world.Kind
	record    attio.ID
	attribute *attribute.Definition
	place     yamltree.Position
	before    []world.Held // what the record held before
}

// hasHistory reports whether the file has a history of an attribute.
func (r *record) hasHistory(d *attribute.Definition) bool {
	_, bySlug := r.history.get(d.Slug)
	_, byID := r.history.get(string(d.ID))
	return bySlug || byID
}

// writes reports whether the file has plain values of an attribute.
func (r *record) writes(d *attribute.Definition) bool {
	return slices.ContainsFunc(r.values, func(f yamltree.Field) bool { return f.Name == d.Slug || f.Name == string(d.ID) })
}

// addHistory replaces the values of records and entries by their histories.
func (b *builder) addHistory() {
	var all []told
	for _, s := range b.kindSpecs() {
		kind, ok := s.built()
		if !ok {
			continue
		}
		for t := range s.things {
			if t.made != nil {
				all = append(all, b.historiesOf(kind, t.made, t.record)...)
			}
		}
	}
	b.checkSides(all)
}

func (b *builder) historiesOf(kind world.Kind, made *world.Record, r *record) []told {
	var all []told
	for i := range r.history.items {
		h := &r.history.items[i]
		d, ok := kind.Common().Attribute(h.key)
		switch {
		case b.isBrokenAttribute(kind, h.key):
			continue
		case !ok || !b.tx.Schema.Shows(d):
			b.refuse(h.at, attio.AttributeNotFoundInValues(h.key), b.hint(h.key, b.writable(kind.Common())))
			continue
		case d.Computed != "":
			b.refuse(h.at, attio.AttributeNotWritable(d.Slug), "")
			continue
		case r.writes(d):
			b.problems.Add(h.at, "%s has both values and a history; write all values in the history", suggest.Quote(h.key))
			continue
		}
		var active, past []world.Held
		right := true
		for j := range h.value {
			held, ok := b.held(d, &h.value[j], made)
			switch right = right && ok; {
			case held.Until == nil:
				active = append(active, held)
			default:
				past = append(past, held)
			}
		}
		if len(active) > 1 && !d.Multiselect {
			b.problems.Add(h.at, "%s holds one value at a time; say until when it held the others", suggest.Quote(h.key))
			continue
		}
		if !right {
			continue
		}
		before, _ := b.tx.Record(kind.Common().ID, made.ID)
		all = append(all, told{kind, made.ID, d, h.at, before.Active(d)})
		b.tx.SetHistory(kind, made.ID, d, active, past)
	}
	return all
}

// held reads a value of a history.
func (b *builder) held(d *attribute.Definition, v *heldValue, of *world.Record) (world.Held, bool) {
	if v.Value.Node == nil {
		return world.Held{}, false // which is reported
	}
	held := world.Held{Stamp: &world.Stamp{From: at((*moment)(v.From), of.CreatedAt()), Actor: b.authorOf(v.By).Actor}}
	if v.Until != nil {
		held.Until = new(at((*moment)(v.Until), of.CreatedAt()))
	}
	var ok bool
	held.Value, ok = b.heldValue(d, v.Value.Node, held.Until != nil)
	return held, ok
}

// heldValue reads a current or past value. A past reference may be to a record that is gone.
func (b *builder) heldValue(d *attribute.Definition, n *yamltree.Node, past bool) (attribute.Value, bool) {
	if d.Type == attribute.TypeRecordReference {
		return b.heldReference(d, n, past)
	}
	values, err := attribute.ParseAllSeed(b.tx, d, []any{n.Plain()})
	switch {
	case err == nil && len(values) == 0:
		b.problems.Add(n.Position, "an empty string is not a value of type %s; leave it out", suggest.Quote(string(d.Type)))
		return nil, false
	case err == nil:
		return values[0], true
	}
	if answer, ok := errors.AsType[*attio.Error](err); ok {
		b.refuseAt(n, answer, d)
	} else {
		b.problems.Add(n.Position, "%v", err)
	}
	return nil, false
}

func (b *builder) heldReference(d *attribute.Definition, n *yamltree.Node, past bool) (attribute.Value, bool) {
	written, ok := b.resolve(n, d)
	if !ok {
		return nil, false // which is reported
	}
	if to, ok := written.(attribute.RecordReference); ok {
		return to, true
	}
	form, _ := written.(map[string]any)
	slug, _ := form["target_object"].(string)
	text, _ := form["target_record_id"].(string)
	record, isID := attio.ParseID(text)
	if !isID || slug == "" {
		b.problems.Add(n.Position, "refer to a record by {record: people/grace} or {target_object, target_record_id}")
		return nil, false
	}
	object, err := b.tx.FindObject(slug)
	known := err == nil
	if gone, isID := attio.ParseID(slug); !known && isID && past {
		object, known = gone, true
	}
	switch {
	case !known:
		b.object(n.Position, slug) // which reports it
		return nil, false
	case !past && !b.tx.HasRecord(object, record):
		b.refuse(n.Position, attio.TargetRecordNotFound(record), "")
		return nil, false
	}
	return attribute.RecordReference{Object: object, Record: record}, true
}

// checkSides reports histories that disagree with the other side of a relationship.
func (b *builder) checkSides(all []told) {
	type cell struct {
		record    *world.Record
		attribute attio.ID
	}
	known := make(map[cell]map[attribute.Value]bool)
	holds := func(record *world.Record, d *attribute.Definition, value attribute.Value) bool {
		values, ok := known[cell{record, d.ID}]
		if !ok {
			values = make(map[attribute.Value]bool)
			for _, held := range record.Active(d) {
				values[held.Value] = true
			}
			known[cell{record, d.ID}] = values
		}
		return values[value]
	}
	for _, t := range all {
		other := b.otherSide(t.attribute)
		if other == nil {
			continue
		}
		record, _ := b.tx.Record(t.kind.Common().ID, t.record)
		back := attribute.RecordReference{Object: t.kind.Common().ID, Record: t.record}
		for _, held := range slices.Concat(t.before, record.Active(t.attribute)) {
			to := held.Value.(attribute.RecordReference)
			if target, ok := b.tx.Record(to.Object, to.Record); ok && holds(record, t.attribute, to) != holds(target, other, back) {
				b.problems.Add(t.place, "the other side of this relationship says otherwise; the two must agree")
				break
			}
		}
	}
}

// history writes all current and past values of an attribute.
func (e *exporter) history(record *world.Record, d *attribute.Definition) any {
	written := yamltree.Sequence{}
	for _, held := range slices.Concat(record.Past(d), record.Active(d)) {
		m := yamltree.MappingOf("value", e.value(d, held.Value))
		if !held.From.Equal(record.CreatedAt()) {
			m.Put("from", timestamp(held.From))
		}
		if held.Until != nil {
			m.Put("until", timestamp(*held.Until))
		}
		e.putAuthor(m, changedByKey, held.Actor)
		written = append(written, m)
	}
	return written
}
