package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// document is Attio's OpenAPI document, loosened by exceptions. A schema is compiled on first use: a test package needs
// few of them, and compiling all takes twenty times as long.
type document struct {
	paths      map[string]any
	components map[string]any
	exceptions []exception

	mu      sync.Mutex
	schemas map[string]*openapi3.Schema // by method, path and status
}

// published is the document that every test uses, read once per process.
var published = sync.OnceValues(func() (*document, error) { return openDocument(exceptions) })

func openDocument(exceptions []exception) (*document, error) {
	dir, err := factsDir()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "openapi.json")
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var raw struct {
		Paths      map[string]any `json:"paths"`
		Components struct {
			Schemas map[string]any `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return &document{
		paths:      raw.Paths,
		components: raw.Components.Schemas,
		exceptions: exceptions,
		schemas:    map[string]*openapi3.Schema{},
	}, nil
}

// statuses returns the statuses that the document lists for an operation, or nil if it does not have the operation.
func (d *document) statuses(op *attio.Operation) []string {
	responses, ok := lookup(d.paths, op.Path, strings.ToLower(op.Method), "responses")
	if !ok {
		return nil
	}
	return slices.Sorted(maps.Keys(responses))
}

// schema returns the compiled schema of an operation's answer, or nil if the document has none.
func (d *document) schema(op *attio.Operation, status int) (*openapi3.Schema, error) {
	raw, ok := lookup(d.paths, op.Path, strings.ToLower(op.Method), "responses", strconv.Itoa(status), "content", "application/json", "schema")
	if !ok {
		return nil, nil
	}
	key := fmt.Sprintf("%s %s %d", op.Method, op.Path, status)
	d.mu.Lock()
	defer d.mu.Unlock()
	if compiled := d.schemas[key]; compiled != nil {
		return compiled, nil
	}
	compiled, err := d.compile(raw, status)
	if err != nil {
		return nil, fmt.Errorf("compile the schema of %s: %w", key, err)
	}
	d.schemas[key] = compiled
	return compiled, nil
}

func (d *document) compile(raw map[string]any, status int) (*openapi3.Schema, error) {
	inlined, err := d.inline(raw)
	if err != nil {
		return nil, err
	}
	eachSchema(inlined, func(name string, s map[string]any) {
		for _, e := range d.exceptions {
			e.loosen(status, name, s)
		}
	})
	eachSchema(inlined, func(_ string, s map[string]any) {
		if status < 400 { // the form of an error is checked separately, more strictly than the document allows
			closeObject(s)
		}
		downgrade(s)
	})
	text, err := json.Marshal(inlined)
	if err != nil {
		return nil, err
	}
	compiled := &openapi3.Schema{}
	return compiled, compiled.UnmarshalJSON(text)
}

// inline copies a schema and replaces references with the components that they refer to, so that changes to the copy
// affect only one answer. The document has no recursive schema.
func (d *document) inline(s map[string]any) (map[string]any, error) {
	if ref, ok := s["$ref"].(string); ok {
		target, ok := d.components[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("no component %s", ref)
		}
		return d.inline(target)
	}
	value, err := d.inlineValue(s)
	if err != nil {
		return nil, err
	}
	return value.(map[string]any), nil
}

func (d *document) inlineValue(v any) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["$ref"].(string); ok {
			return d.inline(v)
		}
		c := make(map[string]any, len(v))
		for key, child := range v {
			inlined, err := d.inlineValue(child)
			if err != nil {
				return nil, err
			}
			c[key] = inlined
		}
		return c, nil
	case []any:
		c := make([]any, len(v))
		for i, child := range v {
			inlined, err := d.inlineValue(child)
			if err != nil {
				return nil, err
			}
			c[i] = inlined
		}
		return c, nil
	}
	return v, nil
}

// eachSchema visits a schema and those within it, each with the name of the property that it describes, or "".
func eachSchema(s map[string]any, visit func(name string, s map[string]any)) { eachNamed("", s, visit) }

func eachNamed(name string, s map[string]any, visit func(string, map[string]any)) {
	visit(name, s)
	properties, _ := s["properties"].(map[string]any)
	for name, p := range properties {
		eachNamed(name, p.(map[string]any), visit)
	}
	for _, keyword := range []string{"items", "additionalProperties"} {
		if child, ok := s[keyword].(map[string]any); ok {
			eachNamed("", child, visit)
		}
	}
	for _, keyword := range []string{"oneOf", "anyOf", "allOf"} {
		branches, _ := s[keyword].([]any)
		for _, branch := range branches {
			eachNamed(name, branch.(map[string]any), visit)
		}
	}
}

// downgrade converts a schema of OpenAPI 3.1 to 3.0. kin-openapi reads 3.1, but its own validator treats "nullable" as
// a keyword and allows null for any enum. Its JSON Schema validator does neither, but compiles the schema again for
// each value.
func downgrade(s map[string]any) {
	delete(s, "nullable") // means nothing in 3.1
	delete(s, "example")
	delete(s, "discriminator") // a hint that names components, which are inlined; the branches are distinct without it
	types, ok := s["type"].([]any)
	if !ok || !slices.Contains(types, any("null")) {
		return
	}
	s["type"] = slices.DeleteFunc(slices.Clone(types), func(t any) bool { return t == "null" })
	enum, hasEnum := s["enum"].([]any)
	s["nullable"] = !hasEnum || slices.Contains(enum, nil)
}

// closeObject forbids the keys that an object's schema does not list; the document itself does so only for attribute
// values. No recorded answer has such a key, so an answer with one is wrong.
func closeObject(s map[string]any) {
	_, hasProperties := s["properties"]
	if _, says := s["additionalProperties"]; hasProperties && !says {
		s["additionalProperties"] = false
	}
	parts, _ := s["allOf"].([]any)
	for _, part := range parts { // each lists only some of the keys
		part.(map[string]any)["additionalProperties"] = true
	}
}

// lookup follows keys into a decoded JSON object.
func lookup(object map[string]any, keys ...string) (map[string]any, bool) {
	for _, key := range keys {
		child, ok := object[key].(map[string]any)
		if !ok {
			return nil, false
		}
		object = child
	}
	return object, true
}
