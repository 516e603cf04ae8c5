package world

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Schema is what a workspace can hold: its objects and lists with their attributes. It never changes, and two
// states with one Schema render their records alike.
type Schema struct {
	WorkspaceID   attio.ID
	WorkspaceSlug string
	Objects       []*Object // in the order of their ids, as Attio lists them
	Lists         []*List   // in the order in which they came to be
}

// Target is what objects and lists have in common: Attio's word for the owner of attributes.
type Target struct {
	ID         attio.ID
	Slug       string
	Attributes []*attribute.Definition // in order, archived ones too; a list's begin with the parent attribute
	CreatedAt  time.Time
}

// Object is a kind of record.
type Object struct {
	Target
	Singular string
	Plural   string
	Standard string // the slug of the standard object that it is, or empty
	WebPath  string // the path of its records in Attio's app, below the workspace: "person"
	Enabled  bool   // if not, no listing has the object, and a request that names it is refused
}

// Attribute returns an attribute by slug or id, also an archived one.
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

// ObjectNamed returns the object that a client names by slug or id. Every error is an answer of the API: a standard
// object that is disabled has its own error, an unknown name gets that of unknown.
func (s *Schema) ObjectNamed(slugOrID string, unknown func(string) *attio.Error) (*Object, error) {
	for _, o := range s.Objects {
		switch {
		case o.Slug != slugOrID && string(o.ID) != slugOrID:
		case o.Enabled:
			return o, nil
		default:
			return nil, attio.StandardObjectDisabled(o.ID)
		}
	}
	return nil, unknown(slugOrID)
}

// ObjectByID returns an object, also a disabled one.
func (s *Schema) ObjectByID(id attio.ID) (*Object, bool) {
	i := slices.IndexFunc(s.Objects, func(o *Object) bool { return o.ID == id })
	if i < 0 {
		return nil, false
	}
	return s.Objects[i], true
}

// SlugOf returns the slug of an object, or the id of one that is gone.
func (s *Schema) SlugOf(object attio.ID) string {
	if o, ok := s.ObjectByID(object); ok {
		return o.Slug
	}
	return string(object)
}

// Shows reports whether clients see an attribute: it is not archived, and the object on the other side of its
// relationship is enabled. The parent of an entry is not one of its values.
func (s *Schema) Shows(d *attribute.Definition) bool {
	switch {
	case d.Archived || d.Computed == attribute.ComputedParent:
		return false
	case d.Relationship == nil:
		return true
	}
	other, ok := s.ObjectByID(d.Relationship.Object)
	return ok && other.Enabled
}

// Reaches reports whether filters, sorts and paths may name an attribute: one that clients see or, of an entry, its
// parent record.
func (s *Schema) Reaches(d *attribute.Definition) bool {
	return d.Computed == attribute.ComputedParent || s.Shows(d)
}

// List returns a list by slug or id.
func (s *Schema) List(slugOrID string) (*List, bool) {
	for _, l := range s.Lists {
		if l.Slug == slugOrID || string(l.ID) == slugOrID {
			return l, true
		}
	}
	return nil, false
}

// with returns a schema with one object added, or replaced by id.
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

// withList returns a schema with one list added at the end, or replaced by id.
func (s *Schema) withList(list *List) *Schema {
	next := *s
	next.Lists = slices.Clone(s.Lists)
	if i := slices.IndexFunc(s.Lists, func(l *List) bool { return l.ID == list.ID }); i >= 0 {
		next.Lists[i] = list
	} else {
		next.Lists = append(next.Lists, list)
	}
	return &next
}

// without returns a schema without one object or list.
func (s *Schema) without(id attio.ID) *Schema {
	next := *s
	next.Objects = slices.DeleteFunc(slices.Clone(s.Objects), func(o *Object) bool { return o.ID == id })
	next.Lists = slices.DeleteFunc(slices.Clone(s.Lists), func(l *List) bool { return l.ID == id })
	return &next
}
