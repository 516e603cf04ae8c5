package world

import "slices"

// rendering is the JSON of a record under a schema. A record keeps its latest one in Record.rendered.
type rendering struct {
	schema *Schema
	json   []byte
}

// Render returns the JSON of the record, which it keeps for as long as the schema stays the same. render makes it; every caller
// has to pass the same function. Callers must not change the result.
func (r *Record) Render(schema *Schema, render func() []byte) []byte {
	if kept := r.rendered.Load(); kept != nil && kept.schema == schema {
		return kept.json
	}
	json := slices.Clip(render())
	r.rendered.Store(&rendering{schema, json})
	return json
}
