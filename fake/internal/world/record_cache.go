package world

// rendering is the JSON of a record under a schema.
type rendering struct {
	schema *Schema
	json   []byte
}

// Rendered returns the JSON that the record keeps, nil if it keeps none for the schema. Callers must not change it.
func (r *Record) Rendered(schema *Schema) []byte {
	if kept := r.rendered.Load(); kept != nil && kept.schema == schema {
		return kept.json
	}
	return nil
}

// KeepRendered has the record keep its JSON under a schema. The record has to be one of a state: one that a transaction may still change
// keeps none. Whoever calls it bounds how many records do, with ForgetRendered.
func (r *Record) KeepRendered(schema *Schema, json []byte) {
	r.rendered.Store(&rendering{schema, json})
}

// ForgetRendered drops the JSON that the record keeps.
func (r *Record) ForgetRendered() { r.rendered.Store(nil) }
