package api

import (
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// timestampShape allows a string that is a moment, in the forms of a timestamp attribute's value. Attio's OpenAPI
// document names no forms for any other moment.
var timestampShape = shape.Refine(shape.String(), attio.InvalidDate, func(value any) bool {
	text, _ := value.(string)
	_, ok := parseTimestamp(text)
	return ok
})

// readTimestamp parses a moment whose form the shape has checked; it returns nil if none was sent.
func readTimestamp(sent *string) *time.Time {
	if sent == nil {
		return nil
	}
	at, _ := parseTimestamp(*sent)
	return &at
}

var timestamps = attribute.Definition{Type: attribute.TypeTimestamp}

func parseTimestamp(text string) (time.Time, bool) {
	value, err := attribute.Parse(nil, &timestamps, text)
	timestamp, _ := value.(attribute.Timestamp)
	return timestamp.Time, err == nil
}

// readID parses an id whose form the shape has checked; without one it returns "".
func readID(sent string) attio.ID {
	id, _ := attio.ParseID(sent)
	return id
}

// readItems splits a comma-separated list into its items in lower case; it returns nil if there are none.
func readItems(list string) []string {
	var items []string
	for item := range strings.SplitSeq(strings.ToLower(list), ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// words returns the values of an enumeration, for its shape.
func words[S ~string](of []S) []string {
	all := make([]string, len(of))
	for i, word := range of {
		all[i] = string(word)
	}
	return all
}

// linkedQuery has the parameters by which a listing selects what is linked to one record.
type linkedQuery struct {
	LinkedObject   *string `json:"linked_object"`
	LinkedRecordID *string `json:"linked_record_id"`
}

// read returns the record that the query names, or nil. It need not exist.
func (q linkedQuery) read(schema *world.Schema) (*attribute.RecordReference, error) {
	if issues := together("linked_object", q.LinkedObject != nil, "linked_record_id", q.LinkedRecordID != nil); issues != nil {
		return nil, attio.InvalidQuery(issues...)
	}
	if q.LinkedObject == nil {
		return nil, nil
	}
	object, err := objectNamed(schema, *q.LinkedObject)
	if err != nil {
		return nil, err
	}
	return &attribute.RecordReference{Object: object.ID, Record: readID(*q.LinkedRecordID)}, nil
}

// together refuses one of two parameters without the other.
func together(a string, hasA bool, b string, hasB bool) []attio.Issue {
	switch {
	case hasA && !hasB:
		return []attio.Issue{attio.MissingBeside(b, a, b)}
	case hasB && !hasA:
		return []attio.Issue{attio.MissingBeside(a, a, b)}
	}
	return nil
}

// objectNamed returns the object that a parameter names by slug or id. The error for an unknown one is that of the
// listing of notes in Attio's OpenAPI document.
func objectNamed(schema *world.Schema, slugOrID string) (*world.Object, error) {
	return schema.ObjectNamed(slugOrID, attio.ObjectNotFound)
}

// window returns the page of things that limit and offset select.
func window[T any](things []T, limit, offset int) []T {
	things = things[min(offset, len(things)):]
	return things[:min(limit, len(things))]
}
