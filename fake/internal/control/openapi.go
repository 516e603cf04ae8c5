package control

import (
	"encoding"
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"time"
)

// object is a JSON object of an OpenAPI document.
type object map[string]any

// openAPI answers GET /_fake/openapi.json.
func openAPI(*Handler, *http.Request) (any, *refusal) { return Document(), nil }

// pathParameter matches a parameter in the path of a route, with its optional pattern.
var pathParameter = regexp.MustCompile(`\{(\w+)(:[^}]*)?\}`)

// Document returns the control API as an OpenAPI document, generated from the table of routes.
func Document() map[string]any {
	paths := object{}
	for _, r := range table() {
		path := prefix + pathParameter.ReplaceAllString(r.path, "{$1}")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[strings.ToLower(r.method)] = r.operation()
	}
	paths[asPrefix+"{workspace}/{member}/{path}"] = object{"post": object{
		"summary": "Any request to the Attio API, with any method, as a workspace member or as Attio itself (system). " +
			"It needs no token of the workspace and is not in the journal.",
		"parameters": []any{pathObject("workspace"), pathObject("member"), pathObject("path")},
		"responses":  object{"default": object{"description": "What the Attio API answers."}},
	}}
	return object{
		"openapi": "3.0.3",
		"info":    object{"title": "The control API of fakeattio", "version": "1", "description": "Everything under /_fake/, which Attio does not have."},
		"paths":   paths,
		"components": object{"securitySchemes": object{"control-token": object{
			"type": "http", "scheme": "bearer", "description": "The server's --control-token, if it has one.",
		}}},
		"security": []any{object{}, object{"control-token": []any{}}},
	}
}

// operation describes a route.
func (r documented) operation() object {
	parameters := []any{}
	for _, match := range pathParameter.FindAllStringSubmatch(r.path, -1) {
		parameters = append(parameters, pathObject(match[1]))
	}
	for _, p := range r.query {
		parameters = append(parameters, object{"name": p.name, "in": "query", "description": p.says, "schema": object{"type": "string"}})
	}
	responses := object{"default": object{"description": "An error.", "content": jsonContent(map[string]string{})}}
	if r.answer == nil {
		responses["204"] = object{"description": "Done."}
	} else if _, ok := r.answer.(text); ok {
		responses["200"] = object{"description": "Done.", "content": object{"application/yaml": object{}}}
	} else {
		responses["200"] = object{"description": "Done.", "content": jsonContent(r.answer)}
	}
	operation := object{"summary": r.says, "parameters": parameters, "responses": responses}
	if r.body != nil {
		operation["requestBody"] = object{"content": jsonContent(r.body)}
	}
	return operation
}

func pathObject(name string) object {
	return object{"name": name, "in": "path", "required": true, "schema": object{"type": "string"}}
}

func jsonContent(value any) object {
	return object{"application/json": object{"schema": schemaOf(reflect.TypeOf(value))}}
}

// schemaOf describes what encoding/json makes of a type.
func schemaOf(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[body](), t == reflect.TypeFor[json.RawMessage]():
		return object{} // any JSON
	case t == reflect.TypeFor[header]():
		return schemaOf(reflect.TypeFor[http.Header]())
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t.Implements(reflect.TypeFor[json.Marshaler]()), t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return object{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		s := schemaOf(t.Elem())
		s["nullable"] = true
		return s
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		properties := object{}
		schema := object{"type": "object", "properties": properties}
		if required := addProperties(properties, t); required != nil {
			schema["required"] = required
		}
		return schema
	}
	return object{}
}

// addProperties describes the fields of a struct, including those of embedded structs, and returns the required keys.
func addProperties(properties object, t reflect.Type) (required []string) {
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			required = append(required, addProperties(properties, field.Type)...)
		case field.IsExported() && name != "" && name != "-":
			properties[name] = schemaOf(field.Type)
			if field.Tag.Get("required") != "" {
				required = append(required, name)
			}
		}
	}
	return required
}
