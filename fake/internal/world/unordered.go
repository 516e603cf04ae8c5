package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Unordered gives things that Attio lists in no order that a client could rely on another one, drawn anew for
// each answer, where the workspace has the effect; else they stay as they are.
func Unordered[T any](ws *Workspace, things []T) []T {
	if ws.View().Effects.ShuffleUnordered {
		ws.world.order.Load().shuffle(len(things), func(i, j int) { things[i], things[j] = things[j], things[i] })
	}
	return things
}

// UnorderedReferences is Unordered for the references of a record that come from the other sides of
// relationships: a company's team. In 34 captured pairs they were neither in the order of time nor of ids.
func (ws *Workspace) UnorderedReferences(schema *Schema, kind Kind, record *Record) *Record {
	if !ws.View().Effects.ShuffleUnordered {
		return record
	}
	shown := record.clone()
	for i := range shown.cells {
		c := &shown.cells[i]
		d, ok := kind.Common().Attribute(string(c.attribute))
		if ok && len(c.active) > 1 && schema.comesFromOtherSide(d) {
			c.active, c.room = Unordered(ws, slices.Clone(c.active)), nil
		}
	}
	return shown
}

// comesFromOtherSide reports whether an attribute has several references of which each is the one of the record
// that it points to. Where both sides have several nothing tells which of them was written.
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
