package scenario

import (
	"encoding/json"
	"math"
	"reflect"
)

// schema is a JSON Schema.
type schema map[string]any

// Schema returns the JSON Schema of the format, draft 2020-12, made from the types of the format. It cannot express what takes
// more than one place to check: that users exist, that tokens differ, or that a required key is in this file or one that it
// extends.
func Schema() []byte {
	definitions := schema{}
	s := schemaFor[document]()
	delete(s, typeName)
	s = lift(s, definitions).(schema)
	s["$defs"] = definitions
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "A fakeattio scenario"
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // maps of strings and lists always marshal
	}
	return append(text, '\n')
}

// typeName marks the schema of a type that has a name, until lift moves it.
const typeName = "$type"

// lift moves the schemas of types that have a name into definitions, and leaves references to them.
func lift(value any, definitions schema) any {
	switch value := value.(type) {
	case schema:
		for key, within := range value {
			value[key] = lift(within, definitions)
		}
		name, named := value[typeName].(string)
		if !named {
			return value
		}
		reference := schema{"$ref": "#/$defs/" + name}
		if description, ok := value["description"]; ok {
			reference["description"] = description
		}
		delete(value, typeName)
		delete(value, "description")
		definitions[name] = value
		return reference
	case []any:
		for i := range value {
			value[i] = lift(value[i], definitions)
		}
	}
	return value
}

func schemaFor[T any]() schema { return schemaOf(reflect.TypeFor[T]()) }

func schemaOf(t reflect.Type) schema {
	value := reflect.New(t).Interface()
	if c, ok := value.(custom); ok {
		return c.schema()
	}
	switch t.Kind() {
	case reflect.Pointer:
		s := schemaOf(t.Elem())
		if _, named := s[typeName]; named {
			return schema{"anyOf": []any{s, schema{"type": "null"}}}
		}
		s["type"] = []any{s["type"], "null"}
		if words, ok := s["enum"].([]string); ok {
			s["enum"] = nullable(words)
		}
		return s
	case reflect.String:
		return stringSchema(reflect.ValueOf(value).Elem().Interface())
	case reflect.Int64:
		return schema{"type": "integer", "minimum": math.MinInt64, "maximum": math.MaxInt64}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		return structSchema(t)
	}
	panic("scenario: the format has a field of type " + t.String())
}

func nullable(words []string) []any {
	all := make([]any, len(words), len(words)+1)
	for i, word := range words {
		all[i] = word
	}
	return append(all, nil)
}

func stringSchema(value any) schema {
	switch t := value.(type) {
	case formed:
		return schema{"type": "string", "pattern": t.form().pattern}
	case worded:
		_, known := t.words()
		return schema{"type": "string", "enum": known}
	}
	return schema{"type": "string"}
}

func structSchema(t reflect.Type) schema {
	properties := schema{}
	required := []string{}
	var short schema
	for _, o := range optionsOf(t) {
		property := schemaOf(t.FieldByIndex(o.index).Type)
		if o.short {
			short = schemaOf(t.FieldByIndex(o.index).Type)
		}
		property["description"] = o.doc
		properties[o.key] = property
		if o.everyFile {
			required = append(required, o.key)
		}
	}
	s := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	if short != nil {
		s = schema{"anyOf": []any{short, s}}
	}
	s[typeName] = t.Name()
	return s
}
