package api

import (
	"net/http"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// queryBody asks for a page of records or of entries.
type queryBody struct {
	Filter       *shape.Members `json:"filter"`
	FilterViewID string         `json:"filter_view_id"`
	Sorts        []filter.Sort  `json:"sorts"`
	Limit        int            `json:"limit"`
	Offset       int            `json:"offset"`
}

// queryShape is that of Attio's OpenAPI document. The maximum of the limit is not known; this is the maximum of the
// other lists whose default is 500.
var queryShape = shape.Refine(shape.Object(
	filterPart,
	shape.Optional("filter_view_id", shape.UUID()),
	sortsPart, limitPart, offsetPart,
), attio.FilterWithView, oneFilter, "filter_view_id")

// The parts of a query that those of records, entries and the records of activities have in common.
var (
	filterPart = shape.Optional("filter", shape.Record(shape.Any()))
	sortsPart  = shape.Optional("sorts", shape.Array(shape.Union(
		shape.Object(
			shape.Required("direction", shape.Enum("asc", "desc")),
			shape.Required("attribute", shape.String()),
			shape.Optional("field", shape.String()),
		),
		shape.Object(
			shape.Required("direction", shape.Enum("asc", "desc")),
			shape.Required("path", shape.Array(shape.Array(shape.String()).Min(2).Max(2))),
			shape.Optional("field", shape.String()),
		),
	)))
	limitPart  = shape.Default("limit", shape.Number().Int().Min(1).Max(1000), 500)
	offsetPart = shape.Default("offset", shape.Number().Int().Min(0), 0)
)

func oneFilter(body any) bool {
	m, ok := body.(*shape.Members)
	if !ok {
		return true
	}
	_, filtered := m.Get("filter")
	_, viewed := m.Get("filter_view_id")
	return !filtered || !viewed
}

// queryRecords answers POST /v2/objects/{object}/records/query, and the same for the entries of a list.
func queryRecords(c *Call) (any, error) { return c.queryRecords(queryShape) }

func (c *Call) queryRecords(allowed shape.Schema) (any, error) {
	body, err := optionalBody[queryBody](c, allowed)
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	kind, err := c.kind(state.Schema)
	if err != nil {
		return nil, err
	}
	items, err := c.find(state, kind.Common().ID, withoutMerging(filter.Records(state, kind), state, c.Workspace.Now()), body)
	if err != nil {
		return nil, err
	}
	records := make([]*world.Record, len(items))
	for i, item := range items {
		records[i] = c.Workspace.UnorderedReferences(state.Schema, kind, item.(*world.Record))
	}
	return c.answerList(state.Schema, kind, records), nil
}

// Count returns how many records of an object or an activity, or entries of a list, a query with a filter finds in all;
// nil selects all. Attio's API cannot count. Each error is one of the query.
func Count(workspace *world.Workspace, kind world.Kind, filtered map[string]any) (int, error) {
	state := workspace.View()
	query := filter.Query{}
	if filtered != nil {
		query.Filter = filtered
	}
	return query.Count(withoutMerging(filter.Records(state, kind), state, workspace.Now()))
}

// find returns the items that a query of an object, a list or an activity selects, and sends the query's score in a
// header.
func (c *Call) find(state *world.State, target attio.ID, source filter.Source, body queryBody) ([]filter.Item, error) {
	query := filter.Query{Sorts: body.Sorts, Limit: body.Limit, Offset: body.Offset}
	switch {
	case body.Filter != nil:
		query.Filter = body.Filter
	case body.FilterViewID != "":
		id, _ := attio.ParseID(body.FilterViewID) // the shape has checked it
		var err error
		if query.Filter, err = views.Filter(state, target, id); err != nil {
			return nil, err
		}
	}
	result, err := query.Run(source)
	if err != nil {
		return nil, err
	}
	if c.Weigh != nil {
		if err := c.Weigh(result.Score); err != nil {
			return nil, err
		}
	}
	c.header = http.Header{"X-Attio-Record-Query-Score": {strconv.Itoa(result.Score)}}
	return result.Items, nil
}
