package world

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Kind is an object or a list: it has attributes, and things with values for them. The things of an object are records.
// Those of a list are entries, which are records with a parent.
type Kind interface {
	// Common returns what objects and lists have in common. Callers must not change it.
	Common() *Target
	// NotFound returns the error for an unknown record or entry.
	NotFound(id attio.ID) *attio.Error

	thing() Thing
	bare() any        // a copy without its attributes, to compare
	path() string     // its path in the scenario, below the workspace
	standard() string // the slug of the standard object that it is, or empty
	withAttributes(s *Schema, attributes []*attribute.Definition) *Schema
	slugConflict() *attio.Error // the error for an attribute whose slug is taken
}

var (
	_ Kind = (*Object)(nil)
	_ Kind = (*List)(nil)
)

// Kind returns an object, also a disabled one, or a list.
func (s *Schema) Kind(id attio.ID) (Kind, bool) {
	if object, ok := s.ObjectByID(id); ok {
		return object, true
	}
	for _, list := range s.Lists {
		if list.ID == id {
			return list, true
		}
	}
	return nil, false
}

// kinds lists the objects, disabled ones too, and then the lists.
func (s *Schema) kinds() []Kind {
	var all []Kind
	for _, o := range s.Objects {
		all = append(all, o)
	}
	for _, l := range s.Lists {
		all = append(all, l)
	}
	return all
}

// Common returns the target itself.
func (t *Target) Common() *Target { return t }

func (o *Object) path() string               { return "objects/" + o.Slug }
func (o *Object) standard() string           { return o.Standard }
func (o *Object) slugConflict() *attio.Error { return attio.AttributeConflict() }

// NotFound returns the error for an unknown record.
func (o *Object) NotFound(record attio.ID) *attio.Error { return attio.RecordNotFound(string(record)) }

func (o *Object) withAttributes(s *Schema, attributes []*attribute.Definition) *Schema {
	changed := *o
	changed.Attributes = attributes
	return s.with(&changed)
}

func (l *List) path() string               { return "lists/" + l.Slug }
func (l *List) standard() string           { return "" }
func (l *List) slugConflict() *attio.Error { return attio.ListAttributeConflict() }

// NotFound returns the error for an unknown entry.
func (l *List) NotFound(entry attio.ID) *attio.Error { return attio.EntryNotFound(string(entry)) }

func (l *List) withAttributes(s *Schema, attributes []*attribute.Definition) *Schema {
	changed := *l
	changed.Attributes = attributes
	return s.withList(&changed)
}
