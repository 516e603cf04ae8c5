package api

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// mergeShape is the shape in Attio's OpenAPI document of October 2026.
var mergeShape = shape.Object(shape.Required("data", shape.Object(
	shape.Required("primary_record_id", shape.UUID()),
	shape.Required("secondary_record_id", shape.UUID()),
).Strict()))

// accepted is the answer for a merge that is still in progress; its status is 202.
type accepted envelope

// newRecord is the data that a merge returns.
type newRecord struct {
	ID attio.ID `json:"new_record_id"`
}

// mergeRecords answers POST /v2/objects/{object}/records/merge.
func mergeRecords(c *Call) (any, error) {
	body, err := shape.Body[struct {
		Data struct {
			Primary   string `json:"primary_record_id"`
			Secondary string `json:"secondary_record_id"`
		} `json:"data"`
	}](mergeShape, c.json())
	if err != nil {
		return nil, err
	}
	var merge *world.Merge
	var inProgress bool
	err = c.update(func(tx *world.Tx) error {
		object, err := c.object(tx.Schema)
		if err != nil {
			return err
		}
		merge, err = tx.MergeRecords(object, c.newID(), readID(body.Data.Primary), readID(body.Data.Secondary))
		inProgress = err == nil && tx.Now.Before(merge.Done)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case inProgress:
		return accepted{newRecord{merge.Record}}, nil
	}
	return envelope{newRecord{merge.Record}}, nil
}

// withoutMerging leaves out of a query the records into which a merge is still in progress.
func withoutMerging(source filter.Source, state *world.State, now time.Time) filter.Source {
	for range state.Merges(now) {
		return readableSource{source, state, now}
	}
	return source
}

type readableSource struct {
	filter.Source
	state *world.State
	now   time.Time
}

func (s readableSource) Items() iter.Seq2[attio.ID, filter.Item] {
	return func(yield func(attio.ID, filter.Item) bool) {
		s.Source.Items()(func(id attio.ID, item filter.Item) bool {
			_, merging := s.state.Merging(id, s.now)
			return merging || yield(id, item)
		})
	}
}

func (s readableSource) Item(id attio.ID) (filter.Item, bool) {
	if _, merging := s.state.Merging(id, s.now); merging {
		return nil, false
	}
	return s.Source.Item(id)
}
