package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// dataKey begins the envelope of an answer.
const dataKey = `{"data":`

// appendRecord appends the JSON of a record or an entry: the ids, and every attribute of the object, list or activity in order, each as
// an array of values, which may be empty. Recorded in May 2026.
func appendRecord(b []byte, schema *world.Schema, kind world.Kind, record *world.Record) []byte {
	b = append(b, `{"id":{"workspace_id":"`...)
	b = append(b, schema.WorkspaceID...)
	switch kind := kind.(type) {
	case *world.Object:
		b = appendRecordHead(b, schema, kind, record)
	case *world.List:
		b = appendEntryHead(b, schema, kind, record)
	case *world.Activity:
		b = appendActivityRecordHead(b, kind, record)
	}
	return append(appendValues(b, schema, kind.Common(), record), '}')
}

// appendRecordHead appends what comes before the values of a record.
func appendRecordHead(b []byte, schema *world.Schema, o *world.Object, record *world.Record) []byte {
	b = append(b, `","object_id":"`...)
	b = append(b, o.ID...)
	b = append(b, `","record_id":"`...)
	b = append(b, record.ID...)
	b = append(b, `"},"created_at":"`...)
	b = attio.Time{Time: record.CreatedAt()}.Append(b)
	b = append(b, `","web_url":"https://app.attio.com/`...)
	b = append(b, schema.WorkspaceSlug...)
	b = append(b, '/')
	b = append(b, o.WebPath...)
	b = append(b, '/')
	b = append(b, record.ID...)
	return append(b, `","values":`...)
}

// appendEntryHead appends what comes before the values of an entry.
func appendEntryHead(b []byte, schema *world.Schema, l *world.List, entry *world.Record) []byte {
	parent := l.ParentOf(entry)
	b = append(b, `","list_id":"`...)
	b = append(b, l.ID...)
	b = append(b, `","entry_id":"`...)
	b = append(b, entry.ID...)
	b = append(b, `"},"parent_record_id":"`...)
	b = append(b, parent.Record...)
	b = append(b, `","parent_object":`...)
	b = attribute.AppendString(b, schema.SlugOf(parent.Object))
	b = append(b, `,"created_at":"`...)
	b = attio.Time{Time: entry.CreatedAt()}.Append(b)
	return append(b, `","entry_values":`...)
}

// appendActivityRecordHead appends what comes before the values of a record of an activity, which has no web_url by
// Attio's OpenAPI document of October 2026.
func appendActivityRecordHead(b []byte, a *world.Activity, record *world.Record) []byte {
	b = append(b, `","activity_id":"`...)
	b = append(b, a.ID...)
	b = append(b, `","record_id":"`...)
	b = append(b, record.ID...)
	b = append(b, `"},"created_at":"`...)
	b = attio.Time{Time: record.CreatedAt()}.Append(b)
	return append(b, `","values":`...)
}

// appendValues appends an object with all visible attributes and their values.
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

// owner gives values the context in which they are rendered.
type owner struct {
	schema     *world.Schema
	target     *world.Target
	definition *attribute.Definition
}

func (o owner) WorkspaceID() attio.ID             { return o.schema.WorkspaceID }
func (o owner) ParentID() attio.ID                { return o.target.ID }
func (o owner) Definition() *attribute.Definition { return o.definition }
func (o owner) ObjectSlug(id attio.ID) string     { return o.schema.SlugOf(id) }
