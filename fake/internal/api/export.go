package api

import (
	"encoding/json"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// RenderRecord returns the JSON of a record or an entry as the API answers it. The caller must not change it.
func RenderRecord(schema *world.Schema, kind world.Kind, record *world.Record) json.RawMessage {
	return renderRecord(schema, kind, record)
}
