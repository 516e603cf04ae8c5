package scenario

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// change is a later change of a record or an entry: new values of some attributes at a moment.
type change struct {
	placed
	when   moment
	by     author
	values []yamltree.Field
}

const (
	changesKey   = "changes"
	changedAtKey = "at"
	changedByKey = "by"
)

const changedAtDoc = "When the values changed."

func (c *change) decode(d *decoder, f yamltree.Field) {
	if !d.is(f, yamltree.KindMapping) {
		return
	}
	c.place(placed{key: f.At, node: f.Value})
	for _, entry := range f.Value.Fields {
		switch entry.Name {
		case changedAtKey:
			decodeInto(d, entry, &c.when)
		case changedByKey:
			decodeInto(d, entry, &c.by)
		default:
			c.values = append(c.values, entry)
		}
	}
	if !c.has(changedAtKey) {
		d.problems.Add(f.At, "the required key %s is missing. %s", suggest.Quote(changedAtKey), changedAtDoc)
	}
}

func (*change) schema() schema {
	at := schemaFor[moment]()
	at["description"] = changedAtDoc
	by := schemaFor[author]()
	by["description"] = "Who changed them: a user, {token: name}, {app: key}, or system. Defaults to the first admin."
	return schema{"type": "object", "properties": schema{changedAtKey: at, changedByKey: by}, "required": []any{changedAtKey}}
}

// due is a change that can be written.
type due struct {
	kind   attio.ID
	record attio.ID
	at     time.Time
	change *change
}

// addChanges applies the changes of all records and entries in the order of time, as an earlier change may use what a later
// one takes away, such as a unique value or the other side of a relationship.
func (b *builder) addChanges() {
	var all []due
	for _, s := range b.kindSpecs() {
		kind, ok := s.built()
		if !ok {
			continue
		}
		for t := range s.things {
			if t.made != nil {
				all = append(all, b.changesOf(kind, t.made, t.record)...)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y due) int { return x.at.Compare(y.at) })
	for _, c := range all {
		b.addChange(c)
	}
}

// changesOf returns the changes of a record or an entry, up to the first that is out of order.
func (b *builder) changesOf(kind world.Kind, made *world.Record, r *record) []due {
	var changes []due
	before, what := made.CreatedAt(), "the creation of what it changes"
	for i := range r.changes {
		c := &r.changes[i]
		if c.when.IsZero() {
			continue // which is reported
		}
		when := at(&c.when, before)
		if when.Before(before) {
			b.problems.Add(c.at(changedAtKey), "this is before %s, %s; list changes in the order of time", what, before.Format(time.RFC3339Nano))
			break
		}
		before, what = when, "the change above it"
		changes = append(changes, due{kind.Common().ID, made.ID, when, c})
	}
	return changes
}

func (b *builder) addChange(c due) {
	kind, _ := b.tx.Schema.Kind(c.kind)
	b.write(c.at, b.authorOf(c.change.by))
	author := b.tx.Author
	for _, f := range c.change.values {
		d, known := kind.Common().Attribute(f.Name)
		written, resolved := f.Value.Plain(), true
		b.tx.Author = author
		switch {
		case b.isBrokenAttribute(kind, f.Name):
			continue
		case known && d.Type == attribute.TypeRecordReference && b.tx.Schema.Shows(d):
			written, resolved = b.resolve(f.Value, d)
		case known && !d.Writable:
			b.tx.Author = world.System() // who writes what clients cannot
		}
		if !resolved || known && !b.timely(c, d, f, written) {
			continue
		}
		if _, err := b.tx.UpdateRecord(kind, c.record, world.Overwrite, []world.Write{{Attribute: f.Name, Value: written}}); err != nil {
			b.refuseValue(kind.Common(), f, written, err)
		}
	}
}

// timely reports whether a change comes after everything that it builds on: the values that it replaces, the records that it
// refers to, and the values of these on the other side of a relationship.
func (b *builder) timely(c due, d *attribute.Definition, f yamltree.Field, written any) bool {
	record, _ := b.tx.Record(c.kind, c.record)
	latest, what := latestOf(record, d), "the value that this replaces"
	values, err := attribute.ParseAllSeed(b.tx, d, written)
	if err != nil {
		return true // which the write reports
	}
	for _, value := range values {
		to, ok := value.(attribute.RecordReference)
		if !ok {
			continue
		}
		target, ok := b.tx.Record(to.Object, to.Record)
		if !ok {
			continue
		}
		if target.CreatedAt().After(latest) {
			latest, what = target.CreatedAt(), "a record that this refers to"
		}
		if other := b.otherSide(d); other != nil && latestOf(target, other).After(latest) {
			latest, what = latestOf(target, other), "a reference that this replaces"
		}
	}
	if !c.at.Before(latest) {
		return true
	}
	b.problems.Add(f.Value.Position, "%s exists only from %s on; make this change later, or that one earlier", what, latest.Format(time.RFC3339Nano))
	return false
}

// latestOf is the time of the latest current value of an attribute, zero if there is none.
func latestOf(record *world.Record, d *attribute.Definition) time.Time {
	var latest time.Time
	for _, held := range record.Active(d) {
		if held.From.After(latest) {
			latest = held.From
		}
	}
	return latest
}

// otherSide returns the other side of a relationship, nil for an attribute without one.
func (b *builder) otherSide(d *attribute.Definition) *attribute.Definition {
	if d.Relationship == nil {
		return nil
	}
	object, ok := b.tx.Schema.ObjectByID(d.Relationship.Object)
	if !ok {
		return nil
	}
	other, _ := object.Attribute(string(d.Relationship.Attribute))
	return other
}
