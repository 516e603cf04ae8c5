package world

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// A State resolves what written values refer to.
var _ attribute.Workspace = (*State)(nil)

// FindObject returns the id of an object by its slug or id, if it exists and is enabled.
func (s *State) FindObject(slugOrID string) (attio.ID, error) {
	object, err := s.Schema.ObjectNamed(slugOrID, attio.TargetObjectNotFound)
	if err != nil {
		return "", err
	}
	return object.ID, nil
}

// StandardObject returns the slug of the standard object that an object is, or "".
func (s *State) StandardObject(id attio.ID) string {
	if object, ok := s.Schema.ObjectByID(id); ok {
		return object.Standard
	}
	return ""
}

// HasRecord reports whether an object has a record.
func (s *State) HasRecord(object, record attio.ID) bool {
	_, ok := s.Record(object, record)
	return ok
}

// FindAttribute returns a visible attribute of an object by its slug or id.
func (s *State) FindAttribute(objectID attio.ID, slugOrID string) (*attribute.Definition, bool) {
	object, ok := s.Schema.ObjectByID(objectID)
	if !ok {
		return nil, false
	}
	d, ok := object.Attribute(slugOrID)
	return d, ok && s.Schema.Shows(d)
}

// FindRecords returns the records of an object that have a value of an attribute, two at most.
func (s *State) FindRecords(object attio.ID, d *attribute.Definition, value attribute.Value) []attio.ID {
	var found []attio.ID
	if d.Unique {
		for id := range s.stores.holders(object, d, value) {
			if found = append(found, id); len(found) == 2 {
				break
			}
		}
		return found
	}
	for record := range s.Records(object) {
		if indexOf(record.Active(d), value) >= 0 {
			if found = append(found, record.ID); len(found) == 2 {
				break
			}
		}
	}
	return found
}

// HasMember reports whether a workspace member exists.
func (s *State) HasMember(id attio.ID) bool {
	_, ok := s.Member(id)
	return ok
}

// FindMember returns the workspace member with an e-mail address, in any case.
func (s *State) FindMember(email string) (attio.ID, bool) {
	member, ok := s.MemberByEmail(email)
	if !ok {
		return "", false
	}
	return member.ID, true
}
