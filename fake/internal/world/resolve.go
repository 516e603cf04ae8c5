package world

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// A State finds what written values refer to.
var _ attribute.Workspace = (*State)(nil)

// FindObject returns the id of an object by its slug or id, if it exists and is enabled.
func (s *State) FindObject(slugOrID string) (attio.ID, bool) {
	object, ok := s.Schema.Object(slugOrID)
	if !ok {
		return "", false
	}
	return object.ID, true
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

// FindRecords returns the records of an object, two at the most, that have a value, in a write form,
// for an attribute by slug or id.
func (s *State) FindRecords(objectID attio.ID, slugOrID string, written any) ([]attio.ID, error) {
	object, ok := s.Schema.ObjectByID(objectID)
	if !ok {
		return nil, attio.TargetObjectNotFound(string(objectID))
	}
	d, ok := object.Attribute(slugOrID)
	if !ok || !s.Schema.Shows(d) {
		return nil, attio.AttributeNotFoundInValues(slugOrID)
	}
	value, err := attribute.Parse(s, d, written)
	if err != nil {
		return nil, err
	}
	var found []attio.ID
	if d.Unique {
		for id := range s.stores.holders(objectID, d, value) {
			found = append(found, id)
		}
		return found, nil
	}
	for record := range s.Records(objectID) {
		if indexOf(record.Active(d), value) >= 0 {
			if found = append(found, record.ID); len(found) == 2 {
				break
			}
		}
	}
	return found, nil
}

// HasMember reports whether a workspace member exists.
func (s *State) HasMember(id attio.ID) bool {
	_, ok := s.Member(id)
	return ok
}

// FindMember returns the workspace member with an e-mail address, whatever its case.
func (s *State) FindMember(email string) (attio.ID, bool) {
	member, ok := s.MemberByEmail(email)
	if !ok {
		return "", false
	}
	return member.ID, true
}
