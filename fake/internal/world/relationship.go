package world

import (
	"cmp"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// relate updates the other side of a relationship after references of a record have ended or begun. If there is no
// other side, it updates the references table.
func (tx *Tx) relate(of, record attio.ID, d *attribute.Definition, ended, began []Held) {
	other, inverse, paired := tx.inverse(d)
	back := attribute.RecordReference{Object: of, Record: record}
	for _, held := range ended {
		to := held.Value.(attribute.RecordReference)
		if paired {
			tx.dropReference(other.ID, to.Record, inverse, back)
		} else {
			tx.references.remove(reference{to.Record, d.ID, record, of})
		}
	}
	for _, held := range began {
		to := held.Value.(attribute.RecordReference)
		if paired {
			tx.link(of, d, to, other.ID, inverse, back)
		} else {
			tx.references.add(reference{to.Record, d.ID, record, of})
		}
	}
}

// link adds a reference back to the target of a new reference. If that side holds only one, the record that it referred
// to before loses its reference. If it holds several, the new one comes first, as when a PATCH writes that side; the
// order of recorded teams shows no rule.
func (tx *Tx) link(of attio.ID, d *attribute.Definition, to attribute.RecordReference, other attio.ID, inverse *attribute.Definition, back attribute.RecordReference) {
	target, ok := tx.edit(other, to.Record)
	if !ok {
		return
	}
	if inverse.Multiselect {
		target.change(inverse).add(back, tx.stamp())
		return
	}
	for _, left := range target.Active(inverse) {
		tx.dropReference(of, left.Value.(attribute.RecordReference).Record, d, to)
	}
	ended, _ := target.change(inverse).replace([]attribute.Value{back}, tx.stamp())
	tx.noteFormer(other, to.Record, inverse, ended)
}

// dropReference removes one reference from a record or an entry, but not its other side.
func (tx *Tx) dropReference(of, id attio.ID, d *attribute.Definition, to attribute.RecordReference) {
	if record, ok := tx.edit(of, id); ok {
		record.change(d).end(to, tx.stamp())
		tx.former.add(reference{to.Record, d.ID, id, of})
	}
}

// noteFormer adds references of a record that have ended to the index.
func (tx *Tx) noteFormer(of, record attio.ID, d *attribute.Definition, ended []Held) {
	for _, held := range ended {
		tx.former.add(reference{held.Value.(attribute.RecordReference).Record, d.ID, record, of})
	}
}

// forget removes the former references of a record that goes away from the index.
func (tx *Tx) forget(of attio.ID, record *Record, d *attribute.Definition) {
	for _, held := range record.Past(d) {
		tx.former.remove(reference{held.Value.(attribute.RecordReference).Record, d.ID, record.ID, of})
	}
}

// inverse returns the other side of a relationship.
func (tx *Tx) inverse(d *attribute.Definition) (*Object, *attribute.Definition, bool) {
	if d.Relationship == nil {
		return nil, nil, false
	}
	object, ok := tx.Schema.ObjectByID(d.Relationship.Object)
	if !ok {
		return nil, nil, false
	}
	other, ok := object.Attribute(string(d.Relationship.Attribute))
	return object, other, ok
}

// unreference removes all references to a record that have no other side, and deletes the record's entries.
func (tx *Tx) unreference(target attribute.RecordReference) error {
	for _, r := range tx.references.to(target.Record) {
		tx.references.remove(r)
		kind, ok := tx.Schema.Kind(r.of)
		if !ok {
			continue
		}
		d, ok := kind.Common().Attribute(string(r.attribute))
		switch {
		case !ok:
		case d.Computed != attribute.ComputedParent:
			tx.dropReference(r.of, r.source, d, target)
		case tx.HasRecord(r.of, r.source): // an entry that refers to its parent twice is deleted once
			if err := tx.DeleteRecord(kind, r.source); err != nil {
				return err
			}
		}
	}
	return nil
}

// reference is the fact that a record or an entry refers to a record.
type reference struct {
	target, attribute, source attio.ID
	of                        attio.ID // the object or list of the source
}

// compare puts all references to one target next to each other.
func (r *reference) compare(other *reference) int {
	return cmp.Or(
		strings.Compare(string(r.target), string(other.target)),
		strings.Compare(string(r.attribute), string(other.attribute)),
		strings.Compare(string(r.source), string(other.source)),
	)
}

func (r *reference) head() uint64 { return textHead(string(r.target)) }

func (r *reference) place() place[*reference] {
	return place[*reference]{r.head(), func(other *reference) int { return other.compare(r) }}
}

// references is an index of references by their targets.
type references struct{ tree[*reference] }

func (r *references) copy(w *writer) references { return references{r.tree.copy(w)} }

func (r *references) add(to reference) { r.put(&to) }

func (r *references) remove(to reference) { r.delete(to.place()) }

// to lists the references to a record.
func (r *references) to(target attio.ID) []reference {
	var found []reference
	for to := range r.from((&reference{target: target}).place()) {
		if to.target != target {
			break
		}
		found = append(found, *to)
	}
	return found
}
