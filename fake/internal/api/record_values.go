package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

// recordValuesQuery has the parameters of a listing of an attribute's values. Attio documents neither a default nor
// bounds of the limit; that it is at least one follows Attio's other listings.
type recordValuesQuery struct {
	ShowHistoric bool `json:"show_historic"`
	Limit        *int `json:"limit"`
	Offset       int  `json:"offset"`
}

var recordValuesShape = shape.Object(
	shape.Optional("show_historic", shape.QueryBool()),
	shape.Optional("limit", shape.QueryInt().Min(1)),
	shape.Optional("offset", shape.QueryInt().Min(0)),
)

// listRecordValues answers GET /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values, and the same for
// an entry: the current values in the record's order or, on demand, all values that there ever were, oldest first. It
// shows the values of an archived attribute too: paths find it as any other.
func listRecordValues(c *Call) (any, error) {
	state := c.Workspace.View()
	id, err := c.recordID()
	if err != nil {
		return nil, err
	}
	query, err := shape.Query[recordValuesQuery](recordValuesShape, c.query())
	if err != nil {
		return nil, err
	}
	kind, record, err := c.record(state, id)
	if err != nil {
		return nil, err
	}
	d, ok := kind.Common().Attribute(c.vars.get("attribute"))
	if !ok || !exists(state.Schema, d) {
		return nil, attio.AttributeNotFound(c.vars.get("attribute"))
	}
	values := c.Workspace.UnorderedReferences(state.Schema, kind, record).Active(d)
	if query.ShowHistoric {
		if d.Enriched {
			return nil, attio.HistoryNotShown()
		}
		values = record.History(d)
	}
	values = values[min(query.Offset, len(values)):]
	if query.Limit != nil {
		values = values[:min(*query.Limit, len(values))]
	}
	answer := appendHeld([]byte(dataKey), owner{state.Schema, kind.Common(), d}, values)
	return ready(append(answer, '}')), nil
}
