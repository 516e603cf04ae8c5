package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

// recordValuesQuery says which values of an attribute are listed. Attio documents neither a default
// nor bounds of the limit; that it is at least one is how its other listings are documented.
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

// listRecordValues answers GET /v2/objects/{object}/records/{record_id}/attributes/{attribute}/values, and
// the same of an entry: the values of now in the order in which the record has them or, on demand, all that it ever had,
// oldest first. An archived attribute, which other paths find too, shows what it has.
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
	d, ok := kind.Common().Attribute(c.vars["attribute"])
	if !ok || !exists(state.Schema, d) {
		return nil, attio.AttributeNotFound(c.vars["attribute"])
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
