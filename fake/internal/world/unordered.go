package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Unordered puts things that Attio lists in no reliable order into a random order, drawn for each answer, if the
// workspace has the effect. Otherwise it leaves them as they are.
func Unordered[T any](ws *Workspace, things []T) []T {
	if ws.View().Effects.ShuffleUnordered {
		ws.world.order.Load().shuffle(len(things), func(i, j int) { things[i], things[j] = things[j], things[i] })
	}
	return things
}

// UnorderedReferences is Unordered for the references of a record that come from the other side of a relationship: a
// company's team. In 34 captured pairs their order was neither that of time nor that of ids.
func (ws *Workspace) UnorderedReferences(schema *Schema, kind Kind, record *Record) *Record {
	if !ws.View().Effects.ShuffleUnordered {
		return record
	}
	shown := record.clone()
	for i := range shown.cells {
		c := &shown.cells[i]
		d, ok := kind.Common().Attribute(string(c.attribute))
		if ok && len(c.active) > 1 && schema.comesFromOtherSide(d) {
			c.put(Unordered(ws, slices.Clone(c.active)), c.past(), nil)
		}
	}
	return shown
}

// comesFromOtherSide reports whether an attribute holds several references, and its other side only one. If both sides
// hold several, nothing tells which of them was written.
func (s *Schema) comesFromOtherSide(d *attribute.Definition) bool {
	if d.Relationship == nil || !d.Multiselect {
		return false
	}
	object, ok := s.ObjectByID(d.Relationship.Object)
	if !ok {
		return false
	}
	other, ok := object.Attribute(string(d.Relationship.Attribute))
	return ok && !other.Multiselect
}
