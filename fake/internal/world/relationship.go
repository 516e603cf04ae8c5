package world

import (
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
			tx.references.delete(referenceKey(to.Record, d.ID, record))
		}
	}
	for _, held := range began {
		to := held.Value.(attribute.RecordReference)
		if paired {
			tx.link(of, d, to, other.ID, inverse, back)
		} else {
			tx.references.set(referenceKey(to.Record, d.ID, record), of)
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
	target.change(inverse).replace([]attribute.Value{back}, tx.stamp())
}

// dropReference removes one reference from a record or an entry, but not its other side.
func (tx *Tx) dropReference(of, id attio.ID, d *attribute.Definition, reference attribute.RecordReference) {
	if record, ok := tx.edit(of, id); ok {
		record.change(d).end(reference, tx.stamp())
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
	var found []string
	for key := range tx.references.from(string(target.Record) + "/") {
		if !strings.HasPrefix(key, string(target.Record)+"/") {
			break
		}
		found = append(found, key)
	}
	for _, key := range found {
		source, _ := tx.references.Get(key)
		tx.references.delete(key)
		ids := strings.Split(key, "/")
		kind, ok := tx.Schema.Kind(source)
		if !ok {
			continue // deleted already: an entry that referred to its parent twice
		}
		d, ok := kind.Common().Attribute(ids[1])
		switch {
		case !ok:
		case d.Computed == attribute.ComputedParent:
			if err := tx.DeleteRecord(kind, attio.ID(ids[2])); err != nil {
				return err
			}
		default:
			tx.dropReference(source, attio.ID(ids[2]), d, target)
		}
	}
	return nil
}

// referenceKey is the key of a reference in the references table: all references to one target are adjacent.
func referenceKey(target, attribute, source attio.ID) string {
	return string(target) + "/" + string(attribute) + "/" + string(source)
}
