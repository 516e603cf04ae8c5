package api

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// linkedRecord is a record that something is linked to.
type linkedRecord struct {
	ObjectSlug string   `json:"object_slug"`
	ObjectID   attio.ID `json:"object_id"`
	RecordID   attio.ID `json:"record_id"`
}

func renderLinked(schema *world.Schema, linked []attribute.RecordReference) []linkedRecord {
	rendered := make([]linkedRecord, len(linked))
	for i, l := range linked {
		rendered[i] = linkedRecord{schema.SlugOf(l.Object), l.Object, l.Record}
	}
	return rendered
}

// timeOrNull returns nil for the zero time.
func timeOrNull(t *time.Time) *attio.Time {
	if t == nil {
		return nil
	}
	return &attio.Time{Time: *t}
}

// textOrNull returns nil for an empty text or id.
func textOrNull[S ~string](s S) *S {
	if s == "" {
		return nil
	}
	return &s
}

// renderEach renders things into a list, which is never nil.
func renderEach[T, R any](state *world.State, things []T, render func(*world.State, T) R) []R {
	all := make([]R, len(things))
	for i, thing := range things {
		all[i] = render(state, thing)
	}
	return all
}
