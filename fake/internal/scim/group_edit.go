package scim

import (
	"slices"
	"strings"

	filter "github.com/scim2/filter-parser/v2"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// groupEdit is what a group becomes.
type groupEdit struct {
	name    string
	members []attio.ID
	in      map[attio.ID]bool // the members, to look them up
}

func newGroupEdit(name string, members []attio.ID) *groupEdit {
	e := &groupEdit{name: name}
	e.replaceMembers(members)
	return e
}

// patch applies the operations of a PATCH in their order.
func (e *groupEdit) patch(operations []operation) error {
	for _, o := range operations {
		if err := e.apply(o); err != nil {
			return err
		}
	}
	return nil
}

func (e *groupEdit) apply(o operation) error {
	if o.path == "" {
		return e.applyKeyed(o)
	}
	name, in, err := o.target(groupSchema)
	if err != nil {
		return err
	}
	switch {
	case strings.EqualFold(name, "displayName") && in == nil && o.op == "remove":
		return immutable("The attribute displayName cannot be removed.")
	case strings.EqualFold(name, "displayName") && in == nil:
		return e.setName(o.value)
	case strings.EqualFold(name, "members") && in == nil:
		return e.writeMembers(o)
	case strings.EqualFold(name, "members") && o.op == "remove":
		return e.removeMembers(in)
	}
	return invalidPath("The path %q does not name an attribute that can be written: those are displayName and members.", o.path)
}

// applyKeyed writes the attributes of a value without a path, and ignores those that Attio does not have.
func (e *groupEdit) applyKeyed(o operation) error {
	values, err := o.keyed()
	if err != nil {
		return err
	}
	if name := values["displayName"]; name != nil {
		if err := e.setName(name); err != nil {
			return err
		}
	}
	if members := values["members"]; members != nil {
		return e.writeMembers(operation{op: o.op, value: members})
	}
	return nil
}

func (e *groupEdit) setName(value any) error {
	name, ok := value.(string)
	if name = strings.TrimSpace(name); !ok || name == "" {
		return invalidValue("The attribute displayName has to be a string that is not empty.")
	}
	e.name = name
	return nil
}

// writeMembers adds, replaces or removes members. Entra ID removes members by their values, beside removing them by
// a condition in the path; without any value all go.
func (e *groupEdit) writeMembers(o operation) error {
	var ids []attio.ID
	if o.value != nil || o.op != "remove" {
		var err error
		if ids, err = memberIDs(o.value); err != nil {
			return err
		}
	}
	switch {
	case o.op == "replace", o.value == nil:
		e.replaceMembers(ids)
	case o.op == "add":
		e.addMembers(ids)
	default:
		e.keep(func(id attio.ID) bool { return !slices.Contains(ids, id) })
	}
	return nil
}

// memberFields are the attributes that a condition on members may name.
var memberFields = []field[attio.ID]{
	{name: "value", text: func(id attio.ID) string { return string(id) }},
}

func (e *groupEdit) removeMembers(in filter.Expression) error {
	selects, err := compile(in, groupSchema, memberFields)
	if err != nil {
		return err
	}
	e.keep(func(id attio.ID) bool { return !selects(id) })
	return nil
}

func (e *groupEdit) replaceMembers(ids []attio.ID) {
	e.members, e.in = nil, make(map[attio.ID]bool, len(ids))
	e.addMembers(ids)
}

func (e *groupEdit) addMembers(ids []attio.ID) {
	for _, id := range ids {
		if !e.in[id] {
			e.members, e.in[id] = append(e.members, id), true
		}
	}
}

func (e *groupEdit) keep(kept func(attio.ID) bool) {
	var members []attio.ID
	for _, id := range e.members {
		if kept(id) {
			members = append(members, id)
		}
	}
	e.replaceMembers(members)
}

// memberIDs reads the ids of members: an array of objects, or one object.
func memberIDs(value any) ([]attio.ID, error) {
	sent, ok := value.([]any)
	if !ok {
		sent = []any{value}
	}
	ids := make([]attio.ID, len(sent))
	for i, one := range sent {
		object, _ := one.(map[string]any)
		text, ok := object["value"].(string)
		if !ok {
			return nil, invalidValue("The attribute members has to be an array of objects, each with the id of a user as its value.")
		}
		if ids[i], ok = attio.ParseID(text); !ok {
			return nil, noUser(text)
		}
	}
	return ids, nil
}

func noUser(id string) *Error { return invalidValue("No user has the id %q.", id) }
