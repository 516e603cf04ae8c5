package world

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Path names an attribute: one of the view's own object or list or, through record references, one of another object.
// Its JSON is the attribute alone, or an array that begins with it and has {"object", "attribute"} for each further
// step, as in the examples of Attio's documentation: ["company", {"object": "companies", "attribute": "name"}].
type Path []Step

// Step is one attribute on a path, and the object that it belongs to, which the first step omits. A stored view has
// ids; a view that a client writes may have slugs.
type Step struct {
	Object    string `json:"object"`
	Attribute string `json:"attribute"`
}

// MarshalJSON writes the shortest form.
func (p Path) MarshalJSON() ([]byte, error) {
	if len(p) == 1 {
		return json.Marshal(p[0].Attribute)
	}
	steps := make([]any, len(p))
	for i, step := range p {
		if steps[i] = step; i == 0 {
			steps[i] = step.Attribute
		}
	}
	return json.Marshal(steps)
}

// UnmarshalJSON reads both forms.
func (p *Path) UnmarshalJSON(raw []byte) error {
	var first string
	if json.Unmarshal(raw, &first) == nil {
		*p = Path{{Attribute: first}}
		return nil
	}
	var steps []json.RawMessage
	if err := json.Unmarshal(raw, &steps); err != nil {
		return err
	}
	if len(steps) == 0 {
		return errors.New("a path to an attribute is empty")
	}
	path := make(Path, len(steps))
	if err := json.Unmarshal(steps[0], &path[0].Attribute); err != nil {
		return err
	}
	for i, step := range steps[1:] {
		if err := json.Unmarshal(step, &path[i+1]); err != nil {
			return err
		}
	}
	*p = path
	return nil
}

// resolvePath returns a path with ids, and the attribute at its end. Deleted things are named by the ids in gone; if
// the last attribute is one, resolvePath returns no attribute.
func (s *Schema) resolvePath(target *Target, path Path, gone map[attio.ID]bool) (Path, *attribute.Definition, error) {
	resolved := make(Path, len(path))
	var end *attribute.Definition
	for i, step := range path {
		owner := target
		if i > 0 {
			object, err := s.step(end, step.Object, gone)
			if err != nil {
				return nil, nil, err
			}
			owner = &object.Target
			resolved[i].Object = string(object.ID)
		}
		if gone[attio.ID(step.Attribute)] {
			end = nil
			resolved[i].Attribute = step.Attribute
			continue
		}
		d, ok := owner.Attribute(step.Attribute)
		if !ok || !s.Reaches(d) {
			return nil, nil, attio.AttributeNotFoundInValues(step.Attribute)
		}
		end = d
		resolved[i].Attribute = string(d.ID)
	}
	return resolved, end, nil
}

// step returns the object that an attribute leads to, or nil if it is gone. An object that is gone has only an id.
func (s *Schema) step(from *attribute.Definition, slugOrID string, gone map[attio.ID]bool) (*Object, error) {
	if gone[attio.ID(slugOrID)] {
		if object, ok := s.ObjectByID(attio.ID(slugOrID)); ok { // it exists, but nothing leads to it any more
			return object, nil
		}
		return &Object{Target: Target{ID: attio.ID(slugOrID)}}, nil
	}
	object, err := s.ObjectNamed(slugOrID, attio.TargetObjectNotFound)
	if err == nil && from != nil && !mayReferTo(from, object) {
		err = attio.AttributeNotReferring(from.Slug, object.Slug)
	}
	return object, err
}

// mayReferTo reports whether an attribute may refer to records of an object.
func mayReferTo(d *attribute.Definition, object *Object) bool {
	return d.Type == attribute.TypeRecordReference && (len(d.Objects) == 0 || slices.Contains(d.Objects, object.ID))
}
