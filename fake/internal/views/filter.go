package views

import (
	"errors"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Filter returns the filter of a view of an object or a list in the grammar of queries, or nil if the view shows
// everything. According to Attio's OpenAPI document, a query uses nothing else of a view: neither its sorts nor its
// attributes.
func Filter(state *world.State, target, view attio.ID) (any, error) {
	v, ok := state.View(target, view)
	switch {
	case !ok:
		return nil, attio.FilterViewNotFound(string(view))
	case v.Filter == nil:
		return nil, nil
	}
	return queryCondition(target, v.Filter), nil
}

// queryCondition writes a view's condition as a query would: {"attribute": "name", "op": "contains",
// "value": "Ada"} is {"name": {"$contains": "Ada"}} there.
func queryCondition(target attio.ID, c *world.Condition) map[string]any {
	switch {
	case c.And != nil:
		return map[string]any{"$and": queryConditions(target, c.And)}
	case c.Or != nil:
		return map[string]any{"$or": queryConditions(target, c.Or)}
	}
	value := c.Value
	if value == nil {
		value = true // {"op": "not_empty"} needs none
	}
	constraint := map[string]any{"$" + c.Op: value}
	if c.Field != "" {
		constraint = map[string]any{c.Field: constraint}
	}
	if len(c.Attribute) == 1 {
		return map[string]any{c.Attribute[0].Attribute: constraint}
	}
	path := make([]any, len(c.Attribute))
	for i, pair := range queryPath(target, c.Attribute) {
		path[i] = []any{pair[0], pair[1]}
	}
	return map[string]any{"path": path, "constraints": constraint}
}

func queryConditions(target attio.ID, conditions []*world.Condition) []any {
	all := make([]any, len(conditions))
	for i, c := range conditions {
		all[i] = queryCondition(target, c)
	}
	return all
}

// queryPath writes a path as queries do, with each attribute preceded by its object or list.
func queryPath(target attio.ID, path world.Path) [][]string {
	pairs := make([][]string, len(path))
	for i, step := range path {
		pairs[i] = []string{step.Object, step.Attribute}
		if i == 0 {
			pairs[i][0] = string(target)
		}
	}
	return pairs
}

// Check refuses what an edit of a view has and no query could: operators and fields that attributes
// of a type do not take. That Attio looks at them already when a view is written is assumed, and that
// what a view shows has the fields by which queries sort.
func Check(source filter.Source, v *world.View, edit world.ViewEdit) error {
	var query filter.Query
	if edit.Filter != nil && v.Filter != nil {
		query.Filter = queryCondition(v.Target, v.Filter)
	}
	if edit.Sorts != nil {
		for _, s := range v.Sorts {
			query.Sorts = append(query.Sorts, filter.Sort{Direction: s.Direction, Path: queryPath(v.Target, s.Attribute), Field: s.Field})
		}
	}
	if edit.Attributes != nil {
		for _, column := range v.Attributes {
			if column.Field != "" {
				query.Sorts = append(query.Sorts, filter.Sort{Path: queryPath(v.Target, column.Attribute), Field: column.Field})
			}
		}
	}
	err := query.Check(source)
	var refusal *attio.Error
	if !errors.As(err, &refusal) {
		return err
	}
	// The client did not write the filter that was refused: its operators have no $, and its paths are
	// others.
	own := *refusal
	own.Path, own.Message = nil, strings.ReplaceAll(refusal.Message, `"$`, `"`)
	return &own
}
