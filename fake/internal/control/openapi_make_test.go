package control

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/invopop/jsonschema"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// object is a JSON object of an OpenAPI document.
type object map[string]any

// Sample is an example request of the table. The operation is empty if it only prepares the next one.
type Sample struct{ Operation, Method, Path, Header, Body string }

// pathParameters describes the parameters in paths. The example of a delivery is a variable of the shell.
var pathParameters = map[string]parameter{
	"workspace": {"workspace", "The slug of a workspace.", "acme"},
	"member":    {"member", "A member: the key of the user, the e-mail address or the id.", "ada"},
	"invite":    {"invite", "An invite: its key in the scenario, the e-mail address or the id.", "alan"},
	"team":      {"team", "A team: its key in the scenario, its name or its id.", "Sales"},
	"domain":    {"domain", "A domain.", "example.com"},
	"token":     {"token", "The name of a token.", "reader"},
	"object":    {"object", "The slug of an object.", "deals"},
	"thread":    {"thread", "A thread: its key in the scenario or its id.", "hello"},
	"email":     {"email", "An e-mail: its key in the scenario or its id.", "first"},
	"recipient": {"recipient", "An e-mail address or a domain.", "example.com"},
	"address":   {"address", "An e-mail address.", "grace@example.com"},
	"fault":     {"fault", "The id of a fault.", "busy"},
	"delivery":  {"delivery", "The id of a delivery.", "$DELIVERY"},
	"webhook":   {"webhook", "The id of a webhook.", string(attio.PathID("acme/webhooks/mine"))},
	"inbox":     {"inbox", "The name of an inbox: what stands after inbox:// in a target.", "mine"},
	"snapshot":  {"snapshot", "The name of a snapshot.", "before"},
	"request":   {"request", "The number of a request of the journal.", "$REQUEST"},
	"path":      {"path", "The path of the request to the Attio API, such as v2/objects.", "v2/self"},
}

var pathParameter = regexp.MustCompile(`\{(\w+)(:[^}]*)?\}`)

// sample returns the example of a route.
func (d documented) sample() Sample {
	path := d.example.path
	if path == "" {
		path = pathParameter.ReplaceAllStringFunc(d.path, func(p string) string {
			return pathParameters[pathParameter.FindStringSubmatch(p)[1]].example
		})
	}
	return Sample{d.id, d.method, prefix + path, d.example.header, d.example.body}
}

func (d documented) samples() []Sample {
	if d.before == nil {
		return []Sample{d.sample()}
	}
	return []Sample{{"", d.before.method, d.before.path, d.before.header, d.before.body}, d.sample()}
}

// Samples returns the example requests in the order in which they can be sent.
func Samples() (all []Sample) {
	for _, d := range table() {
		all = append(all, d.samples()...)
	}
	return slices.Concat(all, asSamples(), momentSamples())
}

// asSamples are examples of requests in the name of a member, one with each method.
func asSamples() []Sample {
	record := asPrefix + "acme/ada/v2/objects/people/records/" + string(attio.PathID("acme/people/grace"))
	return []Sample{
		{"getAs", "GET", asPrefix + "acme/ada/v2/self", "", ""},
		{"postAs", "POST", asPrefix + "acme/ada/v2/objects/people/records", "", `{"data": {"values": {"name": "Turing, Alan"}}}`},
		{"putAs", "PUT", record, "", `{"data": {"values": {"job_title": "Captain"}}}`},
		{"patchAs", "PATCH", record, "", `{"data": {"values": {"job_title": "Admiral"}}}`},
		{"deleteAs", "DELETE", record, "", ""},
	}
}

// momentSamples are examples of requests that read a moment in the name of a member.
func momentSamples() []Sample {
	at := prefix + "/at/$REQUEST/as/acme/ada/v2/objects/people/records"
	return []Sample{
		{"getAt", "GET", at + "/" + string(attio.PathID("acme/people/grace")), "", ""},
		{"postAt", "POST", at + "/query?side=before", "", `{}`},
	}
}

// Script returns the commands that send all examples, by tag, as a script.
func Script() string {
	text := `#!/usr/bin/env bash
# Every request of the control API, in an order in which they can be sent. "make docs" writes this file, and a test runs it.
set -euo pipefail
curl() { command curl --silent --show-error --fail "$@"; }
`
	tag := ""
	for _, d := range table() {
		if d.tag != tag {
			tag = d.tag
			text += "\n# " + tag + "\n"
		}
		for _, s := range d.samples() {
			text += s.curl() + "\n"
		}
	}
	text += "\n# " + tagAs + "\n"
	for _, s := range slices.Concat(asSamples(), momentSamples()) {
		text += s.curl() + "\n"
	}
	return text
}

// curl returns the command that sends an example.
func (s Sample) curl() string {
	var before string
	if strings.Contains(s.Path, "$DELIVERY") {
		before = `DELIVERY=$(curl "$ATTIO_BASE_URL/_fake/deliveries?limit=1" | sed 's/^{"deliveries":\[{"id":"\([^"]*\)".*/\1/')` + "\n"
	}
	if strings.Contains(s.Path, "$REQUEST") {
		before = `REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')` + "\n"
	}
	command := "curl"
	if s.Method != http.MethodGet {
		command += " -X " + s.Method
	}
	command += ` "$ATTIO_BASE_URL` + s.Path + `"`
	if s.Header != "" {
		command += " -H '" + s.Header + "'"
	} else if s.Body != "" {
		command += " -H 'Content-Type: application/json'"
	}
	if strings.HasPrefix(s.Header, "Authorization") {
		command += " -H 'Content-Type: application/json'"
	}
	if s.Body != "" {
		command += " --data-binary '" + s.Body + "'"
	}
	return before + command
}

// Make returns the OpenAPI document of the table, with the answers to the example requests by operation.
func Make(answers map[string]json.RawMessage) ([]byte, error) {
	m := newMaker()
	paths, tags := object{}, []any{}
	for _, d := range table() {
		path := prefix + pathParameter.ReplaceAllString(d.path, "{$1}")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[strings.ToLower(d.method)] = m.operation(d, path, answers[d.id])
		if tag := (object{"name": d.tag}); !slices.ContainsFunc(tags, func(t any) bool { return reflect.DeepEqual(t, tag) }) {
			tags = append(tags, tag)
		}
	}
	paths[asPrefix+"{workspace}/{member}/{path}"] = asOperations("A request to the Attio API as a workspace member, or as Attio itself (system).",
		"It needs no token of the workspace, is not in the journal, and is not subject to faults and limits.", asSamples(), "workspace", "member", "path")
	paths[prefix+"/at/{request}/as/{workspace}/{member}/{path}"] = asOperations("A request to the Attio API that reads a workspace as it was right after a request of the journal.",
		`An operation that writes is refused with 409. side=before in the query means the moment right before that request.`, momentSamples(), "request", "workspace", "member", "path")
	tags = append(tags, object{"name": tagAs})
	m.reference(reflect.TypeFor[Error](), false)
	document := object{
		"openapi": "3.1.0",
		"info": object{"title": "The control API of fakeattio", "version": "1", "license": object{"name": "MIT", "identifier": "MIT"},
			"description": "Everything under /_fake/, which Attio does not have."},
		"servers": []any{object{"url": "/"}},
		"tags":    tags,
		"paths":   paths,
		"components": object{"schemas": m.schemas, "responses": sharedResponses(), "securitySchemes": object{"control-token": object{
			"type": "http", "scheme": "bearer", "description": "The server's --control-token, if it has one.",
		}}},
		"security": []any{object{}, object{"control-token": []any{}}},
	}
	encoded, err := json.MarshalIndent(document, "", " ")
	return append(encoded, '\n'), err
}

// shared are the errors that many routes answer, by status.
var shared = map[int]struct{ name, says string }{
	http.StatusBadRequest:            {"Mistake", "A mistake in the parameters or the body; the message says how to fix it."},
	http.StatusUnauthorized:          {"NoControlToken", "The server has a control token, and the request does not have it."},
	http.StatusForbidden:             {"ForeignPage", "The request comes from a web page of another site, or goes to a host name that could belong to one."},
	http.StatusNotFound:              {"NotFound", "There is nothing of that name; the message suggests the nearest one."},
	http.StatusRequestEntityTooLarge: {"TooLarge", "The body is too large."},
}

// others describes the errors that few routes answer.
var others = map[int]string{
	http.StatusConflict:             "The server is not in the state that the request needs.",
	http.StatusUnsupportedMediaType: "The Content-Type is neither YAML nor JSON.",
	http.StatusUnprocessableEntity:  "The scenario has problems, or the state cannot be written as one.",
	http.StatusServiceUnavailable:   "The server is closing, or was reset.",
}

func sharedResponses() object {
	responses := object{}
	for _, s := range shared {
		responses[s.name] = object{"description": s.says, "content": object{"application/json": object{"schema": object{"$ref": "#/components/schemas/Error"}}}}
	}
	return responses
}

// asOperations describes the paths under which a test acts in somebody's name.
func asOperations(summary, description string, samples []Sample, in ...string) object {
	parameters := []any{}
	for _, name := range in {
		parameters = append(parameters, parameterObject("path", pathParameters[name]))
	}
	operations := object{}
	for _, sample := range samples {
		operations[strings.ToLower(sample.Method)] = object{
			"operationId": sample.Operation, "tags": []any{tagAs}, "x-codeSamples": codeSamples(sample),
			"summary": summary, "description": description, "parameters": parameters,
			"responses": object{
				"default": object{"description": "What the Attio API answers.", "content": object{"application/json": object{"schema": object{}}}},
			},
		}
	}
	return operations
}

// operation describes a route.
func (m *maker) operation(d documented, path string, answer json.RawMessage) object {
	operation := object{"operationId": d.id, "tags": []any{d.tag}, "summary": d.says, "responses": m.responses(d, answer)}
	if d.more != "" {
		operation["description"] = d.more
	}
	parameters := []any{}
	for _, match := range pathParameter.FindAllStringSubmatch(path, -1) {
		parameters = append(parameters, parameterObject("path", pathParameters[match[1]]))
	}
	for _, p := range d.query {
		parameters = append(parameters, parameterObject("query", p))
	}
	if len(parameters) > 0 {
		operation["parameters"] = parameters
	}
	if d.scenario {
		operation["requestBody"] = object{"required": true, "content": object{
			"application/yaml": object{"schema": object{"type": "string"}, "example": d.example.body},
			"application/json": object{"schema": anyObject, "example": object{"version": 1}},
		}}
	} else if d.body != nil {
		content := object{"schema": m.reference(reflect.TypeOf(d.body), true)}
		if d.example.body != "" {
			content["example"] = json.RawMessage(d.example.body)
		}
		operation["requestBody"] = object{"required": !d.optional, "content": object{"application/json": content}}
	}
	operation["x-codeSamples"] = codeSamples(d.samples()...)
	return operation
}

// codeSamples shows how to send examples with curl, in the form that documentation tools read.
func codeSamples(samples ...Sample) []any {
	var lines []string
	for _, s := range samples {
		lines = append(lines, s.curl())
	}
	return []any{object{"lang": "Shell", "label": "curl", "source": strings.Join(lines, "\n")}}
}

func parameterObject(in string, p parameter) object {
	schema, example := object{"type": "string"}, any(p.example)
	if n, err := strconv.Atoi(p.example); err == nil {
		schema, example = object{"type": "integer"}, n
	}
	switch p.name {
	case "await":
		schema["minimum"], schema["maximum"] = 1, maxAwaited
	case "limit", "last":
		schema["minimum"] = 1
	case "since":
		schema["format"] = "date-time"
	case "format":
		schema["enum"] = scenario.Formats()
	case "outcome", "shadow":
		schema["enum"] = shadow.Outcomes()
	case "severity":
		schema["enum"] = []any{compare.Notable, compare.Breaking}
	case "keep":
		schema["enum"] = []any{keptRequests}
	case "state":
		schema["enum"] = webhook.States()
	}
	switch p.name {
	case "operation", "status", "outcome":
		schema, example = object{"type": "array", "items": schema}, []any{example}
	}
	if in == "path" && p.name == "delivery" {
		example = "b9a1c2d3-1234-4c5d-8e9f-0a1b2c3d4e5f"
	}
	described := object{"name": p.name, "in": in, "description": p.says, "schema": schema, "example": example}
	if in == "path" {
		described["required"] = true
	}
	return described
}

func (m *maker) responses(d documented, answer json.RawMessage) object {
	responses := object{}
	switch d.answer.(type) {
	case nil:
		responses["204"] = object{"description": "Done."}
	case *scenario.Exported:
		responses["200"] = object{"description": "Done.", "content": object{
			"application/yaml": object{"schema": object{"type": "string"}}, "application/json": object{"schema": object{"type": "object"}},
		}}
	case text:
		responses["200"] = object{"description": "Done.", "content": object{"application/yaml": object{"schema": object{"type": "string"}}}}
	default:
		content := object{"schema": m.reference(reflect.TypeOf(d.answer), false)}
		if reflect.TypeOf(d.answer).Kind() != reflect.Map { // of a document, which is no example
			content["example"] = answer
		}
		responses["200"] = object{"description": "Done.", "content": object{"application/json": content}}
	}
	statuses := []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden}
	if strings.Contains(d.path, "{") {
		statuses = append(statuses, http.StatusNotFound)
	}
	if d.body != nil {
		statuses = append(statuses, http.StatusRequestEntityTooLarge)
	}
	for _, status := range statuses {
		responses[strconv.Itoa(status)] = object{"$ref": "#/components/responses/" + shared[status].name}
	}
	for status, value := range d.refuses {
		says := others[status]
		if says == "" {
			says = shared[status].says
		}
		responses[strconv.Itoa(status)] = object{"description": says, "content": object{"application/json": object{"schema": m.reference(reflect.TypeOf(value), false)}}}
	}
	return responses
}

// anyObject is the schema of an object about which this document says nothing further.
var anyObject = object{"type": "object", "additionalProperties": true}

// maker makes the schemas of types.
type maker struct {
	schemas  object
	comments map[string]string // of types and of their fields, by package, type and field
}

func newMaker() *maker {
	m := &maker{schemas: object{}, comments: map[string]string{}}
	for name, v := range vocabularies {
		m.schemas[name] = object{"type": "string", "enum": v.words}
	}
	for _, folder := range []string{".", "../fault", "../live/shadow"} {
		m.readComments(folder)
	}
	return m
}

// reference returns a reference to the schema of a type, which it adds with those that the type refers to.
func (m *maker) reference(t reflect.Type, body bool) object {
	if t.Kind() == reflect.Map {
		return anyObject
	}
	named := map[string]reflect.Type{}
	reflector := jsonschema.Reflector{Anonymous: true, Mapper: special, LookupComment: m.comment, Namer: func(t reflect.Type) string {
		name := nameOf(t)
		named[name] = t
		return name
	}}
	var reflected struct {
		Definitions map[string]object `json:"$defs"`
	}
	encoded, err := json.Marshal(reflector.ReflectFromType(t))
	if err == nil {
		err = json.Unmarshal([]byte(strings.ReplaceAll(string(encoded), "#/$defs/", "#/components/schemas/")), &reflected)
	}
	if err != nil {
		panic(err)
	}
	for name, schema := range reflected.Definitions {
		if body {
			delete(schema, "required")
			required := []string{}
			for _, field := range bodyFields(reflect.New(named[name]).Elem()) {
				if field.required != "" {
					required = append(required, field.key)
				}
			}
			if len(required) > 0 {
				schema["required"] = required
			}
		}
		properties, _ := schema["properties"].(map[string]any)
		for _, property := range properties {
			describeNullable(property)
		}
		m.schemas[name] = schema
	}
	return object{"$ref": "#/components/schemas/" + nameOf(t)}
}

// describeNullable moves the description of a property that may be null to where readers look for it.
func describeNullable(property any) {
	p, _ := property.(map[string]any)
	if choices, ok := p["oneOf"].([]any); ok {
		if value, ok := choices[0].(map[string]any); ok {
			p["description"] = value["description"]
			delete(value, "description")
		}
	}
}

// nameOf returns the name of a type's schema.
func nameOf(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[fault.Status]():
		return "Fault"
	case reflect.TypeFor[fault.Rule]():
		return "NewFault"
	case reflect.TypeFor[shadow.Result]():
		return "ShadowResult"
	}
	if t.Name() == "" {
		return "" // of a list or a map
	}
	return strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
}

// special describes what encoding/json makes of types that write themselves, and words that are one of a few.
func special(t reflect.Type) *jsonschema.Schema {
	for name, words := range vocabularies {
		if t == words.of {
			return &jsonschema.Schema{Ref: "#/components/schemas/" + name}
		}
	}
	switch t {
	case reflect.TypeFor[body](), reflect.TypeFor[answerBody](), reflect.TypeFor[json.RawMessage]():
		return &jsonschema.Schema{}
	case reflect.TypeFor[header]():
		return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}}}
	case reflect.TypeFor[map[int]int]():
		return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "integer"}}
	case reflect.TypeFor[time.Time](), reflect.TypeFor[attio.Time]():
		return &jsonschema.Schema{Type: "string", Format: "date-time", Examples: []any{"2026-01-15T09:00:00Z"}}
	case reflect.TypeFor[fault.Duration]():
		return &jsonschema.Schema{Type: "string", Examples: []any{"250ms"}}
	}
	return nil
}

// vocabularies are the types of texts that are one of a few words, by the names of their schemas.
var vocabularies = map[string]struct {
	of    reflect.Type
	words []string
}{
	"Action":         {reflect.TypeFor[Action](), texts([]Action{Created, Changed, Deleted})},
	"AccessLevel":    {reflect.TypeFor[world.AccessLevel](), texts(world.AccessLevels())},
	"DeliveryState":  {reflect.TypeFor[webhook.State](), texts(webhook.States())},
	"FaultKind":      {reflect.TypeFor[fault.Kind](), texts(fault.Kinds())},
	"ShadowOutcome":  {reflect.TypeFor[shadow.Outcome](), texts(shadow.Outcomes())},
	"ShadowReason":   {reflect.TypeFor[shadow.Reason](), texts(shadow.Reasons())},
	"DifferenceKind": {reflect.TypeFor[compare.Kind](), texts(compare.Kinds())},
	"Severity":       {reflect.TypeFor[compare.Severity](), []string{compare.Harmless.String(), compare.Notable.String(), compare.Breaking.String()}},
	"Scope":          {reflect.TypeFor[attio.Scope](), texts(attio.AllScopes())},
	"TokenKind":      {reflect.TypeFor[world.TokenKind](), texts(world.TokenKinds())},
	"WebhookStatus":  {reflect.TypeFor[world.WebhookStatus](), texts([]world.WebhookStatus{world.WebhookActive, world.WebhookDegraded, world.WebhookInactive})},
}

// readComments reads the comments on the types of a package and on their fields.
func (m *maker) readComments(folder string) {
	paths, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		panic(err)
	}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			panic(err)
		}
		for _, decl := range file.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					m.readFields(file.Name.Name+"."+spec.Name.Name, spec.Type)
				}
			}
		}
	}
}

func (m *maker) readFields(of string, declared ast.Expr) {
	structure, ok := declared.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range structure.Fields.List {
		says := field.Doc.Text()
		if says == "" {
			says = field.Comment.Text()
		}
		for _, name := range field.Names {
			m.comments[of+"."+name.Name] = sentence(says)
		}
	}
}

// sentence makes a sentence of a comment.
func sentence(comment string) string {
	text := []rune(strings.Join(strings.Fields(comment), " "))
	if len(text) == 0 {
		return ""
	}
	if !strings.Contains(string(text), `"`) || text[0] != '"' {
		text[0] = unicode.ToUpper(text[0])
	}
	return strings.TrimSuffix(string(text), ".") + "."
}

func (m *maker) comment(t reflect.Type, field string) string {
	if field == "" {
		return ""
	}
	return m.comments[filepath.Base(t.PkgPath())+"."+t.Name()+"."+field]
}

// Undescribed lists what of a document has no description.
func Undescribed(document []byte) []string {
	var parsed struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Description string }
			}
		}
	}
	if err := json.Unmarshal(document, &parsed); err != nil {
		return []string{err.Error()}
	}
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(parsed.Components.Schemas)) {
		properties := parsed.Components.Schemas[name].Properties
		for _, property := range slices.Sorted(maps.Keys(properties)) {
			if properties[property].Description == "" {
				missing = append(missing, name+"."+property)
			}
		}
	}
	return missing
}
