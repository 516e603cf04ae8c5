package api

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// historyBody is the whole history of an attribute.
type historyBody struct {
	Data struct {
		Values []struct {
			Value       any     `json:"value"`
			ActiveFrom  string  `json:"active_from"`
			ActiveUntil *string `json:"active_until"`
		} `json:"values"`
	} `json:"data"`
}

// historyShape is the shape in Attio's OpenAPI document of October 2026, which forbids other keys on all three levels.
var historyShape = shape.Object(shape.Required("data", shape.Object(
	shape.Required("values", shape.Array(shape.Object(
		shape.Required("value", shape.Union(shape.Record(shape.Any()), shape.String(), shape.Number(), shape.Boolean())),
		shape.Required("active_from", momentShape),
		shape.Required("active_until", shape.Nullable(momentShape)),
	).Strict()).Min(1).Max(400)),
	shape.Required("replace_history", shape.Literal(true)),
).Strict())).Strict()

// momentShape is a date with a time and an offset, whose year has four digits in UTC too.
var momentShape = shape.Refine(dateTimeShape, attio.InvalidDate, func(value any) bool {
	text, _ := value.(string)
	_, ok := world.MeetingMoment(text, nil)
	return ok || shape.Check(dateTimeShape, value) != nil // dateTimeShape reports it
})

var dateTimeShape = shape.String().DateTime()

// replaceRecordValues answers PUT /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values, and the same for an
// entry, with the whole history, oldest first. It is assumed that Attio returns the whole history, and that every 404 has the
// code not_found: the document also has value_not_found and does not say when.
func replaceRecordValues(c *Call) (any, error) {
	id, err := c.recordID()
	if err != nil {
		return nil, err
	}
	body, err := shape.Body[historyBody](historyShape, c.json())
	if err != nil {
		return nil, err
	}
	spans := make([]world.Span, len(body.Data.Values))
	for i, v := range body.Data.Values {
		spans[i] = world.Span{Value: v.Value, From: *readMoment(&v.ActiveFrom), Until: readMoment(v.ActiveUntil)}
	}
	var on owner
	var history []world.Held
	err = c.update(func(tx *world.Tx) error {
		kind, err := c.kind(tx.Schema)
		if err != nil {
			return err
		}
		var d *attribute.Definition
		d, history, err = tx.ReplaceHistory(kind, id, c.vars.get("attribute"), spans)
		on = owner{tx.Schema, kind.Common(), d}
		return err
	})
	if err != nil {
		return nil, err
	}
	return ready(append(appendHeld([]byte(dataKey), on, history), '}')), nil
}

// readMoment reads a moment whose form the shape has checked. It returns nil if there is none.
func readMoment(sent *string) *time.Time {
	if sent == nil {
		return nil
	}
	moment, _ := world.MeetingMoment(*sent, nil)
	return &moment.At
}
