package world

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// EventFilter selects events of a subscription's type.
type EventFilter struct {
	Any        bool // one condition is enough ("$or"); otherwise all must hold ("$and")
	Conditions []EventCondition
	Written    json.RawMessage // as the client wrote it, which is how it is read back
}

// EventCondition compares a field of an event.
type EventCondition struct {
	Field    string `json:"field"` // a path into the event, such as "id.object_id"
	Operator string `json:"operator"`
	Value    string `json:"value"`
}

// The operators of filters.
const (
	FilterEquals    = "equals"
	FilterNotEquals = "not_equals"
)

// Names says whether the value is the id of an object or of a list; it is empty for other fields.
func (c EventCondition) Names() Thing {
	switch c.Field {
	case "id.list_id", "list_id":
		return ThingList
	case "id.object_id", "object_id", "parent_object_id", "duplicate_object_id":
		return ThingObject
	}
	return ""
}

// UnmarshalJSON reads a filter whose shape was checked.
func (f *EventFilter) UnmarshalJSON(raw []byte) error {
	var written struct {
		Or  *[]EventCondition `json:"$or"`
		And []EventCondition  `json:"$and"`
	}
	if err := json.Unmarshal(raw, &written); err != nil {
		return err
	}
	*f = EventFilter{Conditions: written.And, Written: slices.Clone(raw)}
	if written.Or != nil {
		f.Any, f.Conditions = true, *written.Or
	}
	return nil
}

// MarshalJSON writes the filter as the client did.
func (f *EventFilter) MarshalJSON() ([]byte, error) { return f.Written, nil }

// Passes reports whether an event satisfies the filter. field returns the event's value at a path, if there is one. A
// field that is missing or null equals nothing, and an empty "$or" never holds: both are assumed.
func (f *EventFilter) Passes(field func(path string) (string, bool)) bool {
	if f == nil {
		return true
	}
	holds := func(c EventCondition) bool {
		value, ok := field(c.Field)
		return (ok && value == c.Value) == (c.Operator == FilterEquals)
	}
	if f.Any {
		return slices.ContainsFunc(f.Conditions, holds)
	}
	return !slices.ContainsFunc(f.Conditions, func(c EventCondition) bool { return !holds(c) })
}

// key is equal for two filters that differ only in the order of keys or conditions, and for no filter and an empty
// "$and". From Attio's changelog of August 2026.
func (f *EventFilter) key() string {
	if f == nil {
		return "$and"
	}
	conditions := make([]string, len(f.Conditions))
	for i, c := range f.Conditions {
		conditions[i] = fmt.Sprintf("%q %q %q", c.Field, c.Operator, c.Value)
	}
	slices.Sort(conditions)
	combinator := "$and"
	if f.Any {
		combinator = "$or"
	}
	return strings.Join(append([]string{combinator}, conditions...), "\n")
}
