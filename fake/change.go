package fake

import (
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// Change is how one thing of a workspace changed.
type Change struct {
	Thing      string // "record", "list-entry", "note", "object", "attribute", …
	In         string // the slug of the object or list that it is in, if any
	ID         string
	Action     string // "created", "changed" or "deleted"
	Attributes []AttributeChange
	Before     string // JSON as the API shows it, of anything but a record or an entry; empty for nothing
	After      string
}

// AttributeChange is how an attribute of a record or an entry changed: JSON arrays of its values.
type AttributeChange struct{ Attribute, Before, After string }

// String describes the change in one line.
func (c Change) String() string {
	in := ""
	if c.In != "" {
		in = c.In + "/"
	}
	text := fmt.Sprintf("%s %s%s %s", c.Thing, in, c.ID, c.Action)
	if len(c.Attributes) == 0 {
		return text
	}
	slugs := make([]string, len(c.Attributes))
	for i, a := range c.Attributes {
		slugs[i] = a.Attribute
	}
	return text + ": " + strings.Join(slugs, ", ")
}

func newChanges(changes []control.Change) []Change {
	var all []Change
	for _, c := range changes {
		change := Change{
			Thing: string(c.Thing), In: c.In, ID: string(c.ID), Action: string(c.Action),
			Before: string(c.Before), After: string(c.After),
		}
		for _, a := range c.Attributes {
			change.Attributes = append(change.Attributes, AttributeChange{a.Attribute, string(a.Before), string(a.After)})
		}
		all = append(all, change)
	}
	return all
}
