package api

import (
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// timestampShape is a string that is a moment, in the forms that the value of a timestamp attribute has.
// Attio's OpenAPI document says of no other moment which forms it can have.
var timestampShape = shape.Refine(shape.String(), attio.InvalidDate, func(value any) bool {
	text, _ := value.(string)
	_, ok := parseTimestamp(text)
	return ok
})

// readTimestamp reads a moment whose form the shape has checked, nil where none was sent.
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

// readID reads an id whose form the shape has checked; none is empty.
func readID(sent string) attio.ID {
	id, _ := attio.ParseID(sent)
	return id
}

// readItems reads a list with commas: its items in lower case, nil where there are none.
func readItems(list string) []string {
	var items []string
	for item := range strings.SplitSeq(strings.ToLower(list), ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// words returns what an enumeration allows, for its shape.
func words[S ~string](of []S) []string {
	all := make([]string, len(of))
	for i, word := range of {
		all[i] = string(word)
	}
	return all
}

// linkedQuery is how a listing is asked for what is linked to one record.
type linkedQuery struct {
	LinkedObject   *string `json:"linked_object"`
	LinkedRecordID *string `json:"linked_record_id"`
}

// read returns the record that is asked for, nil for none. It need not exist.
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

// objectNamed returns the object that a parameter names by slug or id. Attio's OpenAPI document has the
// answer to an unknown one for the listing of notes.
func objectNamed(schema *world.Schema, slugOrID string) (*world.Object, error) {
	return schema.ObjectNamed(slugOrID, attio.ObjectNotFound)
}

// window returns the things that a listing with these two parameters shows.
func window[T any](things []T, limit, offset int) []T {
	things = things[min(offset, len(things)):]
	return things[:min(limit, len(things))]
}
