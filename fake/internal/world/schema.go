package world

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Schema is what a workspace can hold: its objects with their attributes. It never changes, and two
// states with one Schema render their records alike.
type Schema struct {
	WorkspaceID   attio.ID
	WorkspaceSlug string
	Objects       []*Object // in the order of their ids, as Attio lists them
}

// Target is what records are made of: Attio's word for the owner of attributes.
type Target struct {
	ID         attio.ID
	Slug       string
	Attributes []*attribute.Definition // in their order, archived ones too
	CreatedAt  time.Time
}

// Object is a kind of record.
type Object struct {
	Target
	Singular string
	Plural   string
	Standard string // the slug of the standard object that it is, or empty
	WebPath  string // where its records are on the web, below the workspace: "person"
	Enabled  bool   // standard objects may be off, which is as if they were not there
}

// Attribute returns an attribute by slug or id, an archived one too.
func (t *Target) Attribute(slugOrID string) (*attribute.Definition, bool) {
	for _, d := range t.Attributes {
		if d.Slug == slugOrID || string(d.ID) == slugOrID {
			return d, true
		}
	}
	return nil, false
}

// Object returns an object by slug or id, if it is enabled.
func (s *Schema) Object(slugOrID string) (*Object, bool) {
	for _, o := range s.Objects {
		if o.Enabled && (o.Slug == slugOrID || string(o.ID) == slugOrID) {
			return o, true
		}
	}
	return nil, false
}

// ObjectByID returns an object, a disabled one too.
func (s *Schema) ObjectByID(id attio.ID) (*Object, bool) {
	i := slices.IndexFunc(s.Objects, func(o *Object) bool { return o.ID == id })
	if i < 0 {
		return nil, false
	}
	return s.Objects[i], true
}

// Shows reports whether readers see an attribute: it is not archived, and the object on the other side
// of its relationship is enabled.
func (s *Schema) Shows(d *attribute.Definition) bool {
	if d.Archived || d.Relationship == nil {
		return !d.Archived
	}
	other, ok := s.ObjectByID(d.Relationship.Object)
	return ok && other.Enabled
}

// with returns a schema in which one object takes the place of the one with its id, or is new.
func (s *Schema) with(object *Object) *Schema {
	next := *s
	i, found := slices.BinarySearchFunc(s.Objects, object.ID, func(o *Object, id attio.ID) int {
		switch {
		case o.ID < id:
			return -1
		case o.ID > id:
			return 1
		}
		return 0
	})
	next.Objects = slices.Clone(s.Objects)
	if found {
		next.Objects[i] = object
	} else {
		next.Objects = slices.Insert(next.Objects, i, object)
	}
	return &next
}

// without returns a schema that lacks an object.
func (s *Schema) without(id attio.ID) *Schema {
	next := *s
	next.Objects = slices.DeleteFunc(slices.Clone(s.Objects), func(o *Object) bool { return o.ID == id })
	return &next
}
