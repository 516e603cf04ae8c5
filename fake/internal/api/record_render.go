package api

import (
	"encoding/json"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// dataKey begins the envelope of an answer.
const dataKey = `{"data":`

// answerRecord returns the answer that shows a record: its ids, and every attribute of the object in
// order, each an array of values, also where there is none. Recorded in May 2026.
func answerRecord(schema *world.Schema, o *world.Object, record *world.Record) ready {
	return record.Render(schema, func() []byte {
		b := make([]byte, 0, 4096)
		b = append(b, dataKey...)
		b = append(b, `{"id":{"workspace_id":"`...)
		b = append(b, schema.WorkspaceID...)
		b = append(b, `","object_id":"`...)
		b = append(b, o.ID...)
		b = append(b, `","record_id":"`...)
		b = append(b, record.ID...)
		b = append(b, `"},"created_at":"`...)
		b = append(b, attio.Time{Time: record.CreatedAt}.String()...)
		b = append(b, `","web_url":"https://app.attio.com/`...)
		b = append(b, schema.WorkspaceSlug...)
		b = append(b, '/')
		b = append(b, o.WebPath...)
		b = append(b, '/')
		b = append(b, record.ID...)
		b = append(b, `","values":`...)
		b = appendValues(b, schema, &o.Target, record)
		return append(b, `}}`...)
	})
}

// renderRecord returns the JSON of a record as it stands in the envelope.
func renderRecord(schema *world.Schema, o *world.Object, record *world.Record) json.RawMessage {
	answer := answerRecord(schema, o, record)
	end := len(answer) - len(`}`)
	return json.RawMessage(answer[len(dataKey):end:end])
}

// appendValues appends the object of all attributes that readers see.
func appendValues(b []byte, schema *world.Schema, target *world.Target, record *world.Record) []byte {
	on := &owner{schema: schema, target: target}
	b = append(b, '{')
	first := true
	for _, d := range target.Attributes {
		if !schema.Shows(d) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = attribute.AppendString(b, d.Slug)
		b = append(b, ':')
		on.definition = d
		b = appendHeld(b, on, record.Active(d))
	}
	return append(b, '}')
}

// appendHeld appends an array of values.
func appendHeld(b []byte, on attribute.Owner, values []world.Held) []byte {
	b = append(b, '[')
	for i, held := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = attribute.AppendValue(b, held.Value, on, held.From, held.Until, held.Actor)
	}
	return append(b, ']')
}

// owner tells values where they are read.
type owner struct {
	schema     *world.Schema
	target     *world.Target
	definition *attribute.Definition
}

func (o owner) WorkspaceID() attio.ID             { return o.schema.WorkspaceID }
func (o owner) ParentID() attio.ID                { return o.target.ID }
func (o owner) Definition() *attribute.Definition { return o.definition }
func (o owner) ObjectSlug(id attio.ID) string {
	if object, ok := o.schema.ObjectByID(id); ok {
		return object.Slug
	}
	return string(id)
}
