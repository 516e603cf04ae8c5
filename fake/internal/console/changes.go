package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// changedThing is a change for people to read.
type changedThing struct {
	control.Change
	Data  string // the path of its page among the data, if it has one and still exists
	Parts []changedPart
}

// places are the paths of things among the data pages: with the slug of what they are in, and their id.
var places = lazy.Of[map[world.Thing]string]{Make: func() map[world.Thing]string {
	return map[world.Thing]string{
		world.ThingRecord:         "objects/%s/records/%s",
		world.ThingEntry:          "lists/%s/entries/%s",
		world.ThingActivityRecord: "activities/%s/records/%s",
	}
}}

// changedPart is a part of a thing that changed: an attribute, or a field.
type changedPart struct {
	Name          string
	Before, After []string // its values
}

// changedThings makes changes of a workspace readable.
func changedThings(changes []control.Change, workspace string) []changedThing {
	var things []changedThing
	for _, change := range changes {
		thing := changedThing{Change: change}
		if place, ok := places.Get()[change.Thing]; ok && change.Action != control.Deleted {
			thing.Data = prefix + "data/" + fmt.Sprintf(place, url.PathEscape(change.In), change.ID) + "?workspace=" + url.QueryEscape(workspace)
		}
		for _, a := range change.Attributes {
			thing.Parts = append(thing.Parts, changedPart{a.Attribute, briefly(a.Before), briefly(a.After)})
		}
		if change.Attributes == nil {
			thing.Parts = changedFields(change.Before, change.After)
		}
		things = append(things, thing)
	}
	return things
}

// changedFields compares two objects field by field. One of them may be missing.
func changedFields(before, after json.RawMessage) []changedPart {
	var was, is map[string]json.RawMessage
	_, _ = json.Unmarshal(before, &was), json.Unmarshal(after, &is) // what is missing stays nil
	names := make(map[string]bool)
	for _, fields := range []map[string]json.RawMessage{was, is} {
		for name := range fields {
			names[name] = true
		}
	}
	var parts []changedPart
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !bytes.Equal(was[name], is[name]) {
			parts = append(parts, changedPart{name, briefly(was[name]), briefly(is[name])})
		}
	}
	return parts
}

// told lists the fields of values that say all about them, in the order in which they are tried.
var told = []string{
	"value", "full_name", "full_address", "title", "name", "original_email_address", "domain", "original_phone_number", "currency_value",
	"target_record_id", "referenced_actor_id", "option", "status", "target_record", "content", "interaction_type",
}

// aside lists the fields of values that say where they come from.
var aside = []string{"active_from", "active_until", "created_by_actor", "attribute_type"}

// briefly returns what a person wants to know of values: each without its metadata.
func briefly(values json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(values, &list) == nil {
		var texts []string
		for _, value := range list {
			texts = append(texts, briefly(value)...)
		}
		return texts
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(values, &object) != nil || object == nil {
		return plainly(values)
	}
	for _, name := range told {
		if value, ok := object[name]; ok && string(value) != "null" {
			return briefly(value)
		}
	}
	maps.DeleteFunc(object, func(name string, _ json.RawMessage) bool { return slices.Contains(aside, name) })
	rest, _ := json.Marshal(object) // was JSON a moment ago
	return []string{string(rest)}
}

// plainly returns a text without its quotation marks, any other value as JSON, and nothing for null.
func plainly(value json.RawMessage) []string {
	var text string
	switch {
	case len(value) == 0 || string(value) == "null":
		return nil
	case json.Unmarshal(value, &text) == nil:
		return []string{text}
	}
	return []string{string(value)}
}
