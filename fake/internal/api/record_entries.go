package api

import "github.com/fakeattio/fakeattio/fake/internal/shape"

// recordEntriesShape has the maximum of Attio's OpenAPI document, whose default is 100.
var recordEntriesShape = shape.Object(
	shape.Optional("limit", shape.QueryInt().Min(1).Max(1000)),
	shape.Optional("offset", shape.QueryInt().Min(0)),
)

// listRecordEntries answers GET /v2/objects/{object}/records/{record_id}/entries. There are no lists
// yet, and so no entries.
func listRecordEntries(c *Call) (any, error) {
	id, err := c.id("record_id")
	if err != nil {
		return nil, err
	}
	if _, err := shape.Query[struct{}](recordEntriesShape, c.query()); err != nil {
		return nil, err
	}
	if _, _, err := c.record(c.Workspace.View(), id); err != nil {
		return nil, err
	}
	return envelope{[]struct{}{}}, nil
}
