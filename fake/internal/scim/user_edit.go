package scim

import (
	"maps"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// userEdit is what a request writes of a user; nil leaves an attribute as it is.
type userEdit struct {
	givenName, familyName *string
	active                *bool
	role                  *world.AccessLevel
}

// patch applies the operations of a PATCH in their order.
func (e *userEdit) patch(operations []operation, of user) error {
	for _, o := range operations {
		if err := e.apply(o, of); err != nil {
			return err
		}
	}
	return nil
}

func (e *userEdit) apply(o operation, of user) error {
	if o.path == "" {
		values, err := o.keyed()
		if err != nil {
			return err
		}
		return e.setAll(values, of)
	}
	name, in, err := o.target(userSchema)
	if err != nil {
		return err
	}
	set := e.setter(name)
	switch {
	case strings.EqualFold(name, "userName") && o.op != "remove":
		return sameUserName(o.value, of)
	case strings.EqualFold(name, "userName"), isEmails(name):
		return immutable("The attribute %s cannot be written.", name)
	case set == nil || in != nil:
		return invalidPath("The path %q does not name an attribute that can be written: those are name.givenName, name.familyName, active and appRole.", o.path)
	case o.op != "remove":
		return set(o.value)
	case strings.EqualFold(name, "name.givenName"), strings.EqualFold(name, "name.familyName"):
		return set("")
	}
	return immutable("The attribute %s cannot be removed; only name.givenName and name.familyName can.", name)
}

// setAll writes the attributes of an object and ignores those that Attio does not have. A null is as good as nothing.
func (e *userEdit) setAll(values map[string]any, of user) error {
	for _, key := range slices.Sorted(maps.Keys(values)) { // sorted, for the same refusal each time
		value := values[key]
		if value == nil {
			continue
		}
		if set := e.setter(key); set != nil {
			if err := set(value); err != nil {
				return err
			}
			continue
		}
		switch key {
		case "userName":
			if err := sameUserName(value, of); err != nil {
				return err
			}
		case "name":
			if err := e.setName(value, of); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *userEdit) setName(value any, of user) error {
	parts, ok := value.(map[string]any)
	if !ok {
		return invalidValue("The attribute name has to be a JSON object.")
	}
	named := make(map[string]any, len(parts))
	for key, part := range parts {
		named["name."+key] = part
	}
	return e.setAll(named, of)
}

// setter returns what writes an attribute; nil for attributes that cannot be written.
func (e *userEdit) setter(name string) func(value any) error {
	switch strings.ToLower(name) {
	case "name.givenname":
		return func(value any) error { return setText(&e.givenName, "name.givenName", value) }
	case "name.familyname":
		return func(value any) error { return setText(&e.familyName, "name.familyName", value) }
	case "active":
		return e.setActive
	case "approle":
		return e.setRole
	}
	return nil
}

func setText(into **string, name string, value any) error {
	text, ok := value.(string)
	if !ok {
		return invalidValue("The attribute %s has to be a string.", name)
	}
	*into = &text
	return nil
}

func (e *userEdit) setActive(value any) error {
	active, ok := boolean(value)
	if !ok {
		return invalidValue("The attribute active has to be true or false.")
	}
	e.active = &active
	return nil
}

func (e *userEdit) setRole(value any) error {
	text, _ := value.(string)
	role := world.AccessLevel(text)
	if role != world.Admin && role != world.Regular {
		return invalidValue("The attribute appRole has to be admin or member.")
	}
	e.role = &role
	return nil
}

// sameUserName refuses another e-mail address: the account is the user's own, not the workspace's.
func sameUserName(value any, of user) error {
	if text, _ := value.(string); !strings.EqualFold(text, of.UserName) {
		return immutable("The attribute userName cannot be changed.")
	}
	return nil
}

func isEmails(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	return strings.EqualFold(name, "emails")
}
