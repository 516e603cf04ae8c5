package fake

import (
	"math"

	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Filter is a filter in the language of Attio's queries: {"name": {"$contains": "Hopper"}}. Its values
// become JSON as those of [Values] do; nil lets every record through.
type Filter map[string]any

// Sort orders the records of a query, by an attribute or by one at the end of a path.
type Sort struct {
	Attribute  string     // slug or id; or
	Path       [][]string // {{"people", "company"}, {"companies", "name"}}
	Field      string     // such as "last_name"; empty for the one that the type has by default
	Descending bool
}

// query finds records of an object or entries of a list.
func (w *Workspace) query(state *world.State, kind world.Kind, matching Filter, sorts []Sort) []reading {
	w.server.helper()
	query := filter.Query{Limit: math.MaxInt32}
	for _, sort := range sorts {
		direction := "asc"
		if sort.Descending {
			direction = "desc"
		}
		query.Sorts = append(query.Sorts, filter.Sort{Attribute: sort.Attribute, Path: sort.Path, Field: sort.Field, Direction: direction})
	}
	var err error
	if matching != nil {
		query.Filter, err = encodeValue(map[string]any(matching))
	}
	var result filter.Result
	if err == nil {
		result, err = query.Run(filter.Records(state, kind))
	}
	if err != nil {
		w.server.fatalf("fake: workspace %q: query %q: %s", w.Slug(), kind.Common().Slug, explainOn(kind.Common(), err))
		return nil
	}
	found := make([]reading, len(result.Items))
	for i, item := range result.Items {
		found[i] = reading{w, state.Schema, kind, item.(*world.Record)}
	}
	return found
}
