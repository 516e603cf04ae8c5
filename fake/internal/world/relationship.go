package world

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// relate brings the other side of a relationship in line after a record's references have changed, or
// notes who refers to whom where there is no other side.
func (tx *Tx) relate(object *Object, id attio.ID, d *attribute.Definition, before, after []Held) {
	for _, held := range before {
		if indexOf(after, held.Value.Key()) < 0 {
			tx.unlink(object, id, d, held.Value.(attribute.RecordReference))
		}
	}
	for _, held := range after {
		if indexOf(before, held.Value.Key()) < 0 {
			tx.link(object, id, d, held.Value.(attribute.RecordReference))
		}
	}
}

// link tells the target of a new reference about the record that refers to it. A target that has room
// for one only leaves the record that it had.
func (tx *Tx) link(object *Object, id attio.ID, d *attribute.Definition, to attribute.RecordReference) {
	other, inverse, ok := tx.inverse(d)
	if !ok {
		tx.references.set(referenceKey(to.Record, d.ID, id), object.ID)
		return
	}
	target, ok := tx.Record(other.ID, to.Record)
	back := attribute.RecordReference{Object: object.ID, Record: id}
	if !ok || indexOf(target.Active(inverse), back.Key()) >= 0 {
		return
	}
	var values []attribute.Value
	for _, held := range target.Active(inverse) {
		if inverse.Multiselect {
			values = append(values, held.Value)
		} else if left, ok := held.Value.(attribute.RecordReference); ok {
			tx.drop(object, left.Record, d, to)
		}
	}
	target, _ = tx.Record(other.ID, to.Record) // dropping may have written to it
	tx.put(other, target.with(inverse, append(values, back), tx.Now, tx.Author.Actor))
}

// unlink tells the target of a reference that is gone.
func (tx *Tx) unlink(object *Object, id attio.ID, d *attribute.Definition, to attribute.RecordReference) {
	other, inverse, ok := tx.inverse(d)
	if !ok {
		tx.references.delete(referenceKey(to.Record, d.ID, id))
		return
	}
	tx.drop(other, to.Record, inverse, attribute.RecordReference{Object: object.ID, Record: id})
}

// drop takes one reference from a record and tells nobody.
func (tx *Tx) drop(object *Object, id attio.ID, d *attribute.Definition, reference attribute.RecordReference) {
	record, ok := tx.Record(object.ID, id)
	if !ok || indexOf(record.Active(d), reference.Key()) < 0 {
		return
	}
	var left []attribute.Value
	for _, held := range record.Active(d) {
		if held.Value.Key() != reference.Key() {
			left = append(left, held.Value)
		}
	}
	tx.put(object, record.with(d, left, tx.Now, tx.Author.Actor))
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

// unreference takes all references without another side that point to a record.
func (tx *Tx) unreference(target attio.ID) {
	var found []string
	var objects []attio.ID
	tx.references.from(string(target)+"/", func(key string, object attio.ID) bool {
		if !strings.HasPrefix(key, string(target)+"/") {
			return false
		}
		found, objects = append(found, key), append(objects, object)
		return true
	})
	for i, key := range found {
		parts := strings.Split(key, "/")
		object, ok := tx.Schema.ObjectByID(objects[i])
		if !ok {
			continue
		}
		d, ok := object.Attribute(parts[1])
		record, exists := tx.Record(object.ID, attio.ID(parts[2]))
		if ok && exists {
			at := slices.IndexFunc(record.Active(d), func(h Held) bool {
				reference, ok := h.Value.(attribute.RecordReference)
				return ok && reference.Record == target
			})
			if at >= 0 {
				tx.drop(object, record.ID, d, record.Active(d)[at].Value.(attribute.RecordReference))
			}
		}
		tx.references.delete(key)
	}
}

// referenceKey is under what the references table has a reference: all to one target stand together.
func referenceKey(target, attribute, source attio.ID) string {
	return string(target) + "/" + string(attribute) + "/" + string(source)
}
