package shape

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Field is a member that an object may have.
type Field struct {
	key      string
	schema   Schema
	optional bool
	fallback json.RawMessage // the value of a missing member
}

// Required is a field that may not be missing, unless its schema is [Any].
func Required(key string, schema Schema) Field { return Field{key: key, schema: schema} }

// Optional is a field that may be missing; null is not missing.
func Optional(key string, schema Schema) Field {
	return Field{key: key, schema: schema, optional: true}
}

// Default is an optional field with a value for when it is missing.
func Default(key string, schema Schema, value any) Field {
	fallback, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("shape: the default of %q: %v", key, err))
	}
	return Field{key: key, schema: schema, optional: true, fallback: fallback}
}

// ObjectSchema allows objects. Issues come in the order of its fields.
type ObjectSchema struct {
	fields []Field
	strict bool
}

// Object allows objects with these fields, and strips all others.
func Object(fields ...Field) ObjectSchema { return ObjectSchema{fields: fields} }

// Strict refuses other fields. Its issue comes after those of the fields.
func (o ObjectSchema) Strict() ObjectSchema {
	o.strict = true
	return o
}

// Keys lists the keys that an object schema knows, in order.
func Keys(schema Schema) []string {
	var keys []string
	switch schema := schema.(type) {
	case ObjectSchema:
		for _, field := range schema.fields {
			keys = append(keys, field.key)
		}
	case refined:
		return Keys(schema.Schema)
	}
	return keys
}

func (o ObjectSchema) check(c *checker, value any) status {
	m, ok := membersOf(value)
	if !ok {
		return c.wrongType("object", TypeOf(value))
	}
	found := valid
	for i := range o.fields {
		f := &o.fields[i]
		member, ok := m.Get(f.key)
		if !ok {
			if f.optional {
				continue
			}
			member = undefined{}
		}
		found = max(found, c.member(f.schema, f.key, member))
	}
	if o.strict {
		found = max(found, o.checkUnknown(c, m))
	}
	return found
}

func (o ObjectSchema) checkUnknown(c *checker, m *Members) status {
	unknown := slices.DeleteFunc(m.Keys(), func(key string) bool {
		return slices.ContainsFunc(o.fields, func(f Field) bool { return f.key == key })
	})
	if len(unknown) == 0 {
		return valid
	}
	c.report(attio.Issue{Code: "unrecognized_keys", Message: "Unrecognized key(s) in object: " + quoteAll(unknown, ", ")})
	return dirty
}

func (o ObjectSchema) appendTo(b []byte, value any) []byte {
	m, _ := membersOf(value)
	b = append(b, '{')
	for i := range o.fields {
		f := &o.fields[i]
		if member, ok := m.Get(f.key); ok {
			b = f.schema.appendTo(appendKey(b, f.key), member)
		} else if f.fallback != nil {
			b = append(appendKey(b, f.key), f.fallback...)
		}
	}
	return append(b, '}')
}

// Record allows objects with any keys, and values of one schema.
func Record(values Schema) Schema { return record{values} }

type record struct{ values Schema }

func (r record) check(c *checker, value any) status {
	m, ok := membersOf(value)
	if !ok {
		return c.wrongType("object", TypeOf(value))
	}
	found := valid
	for key, member := range m.All() {
		found = max(found, c.member(r.values, key, member))
	}
	return found
}

func (r record) appendTo(b []byte, value any) []byte {
	m, _ := membersOf(value)
	b = append(b, '{')
	for key, member := range m.All() {
		b = r.values.appendTo(appendKey(b, key), member)
	}
	return append(b, '}')
}
