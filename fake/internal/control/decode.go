package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// maxBody is how large a body the control API accepts, in bytes.
const maxBody = 1 << 20

func tooLarge(most int64) *refusal {
	return &refusal{status: http.StatusRequestEntityTooLarge, message: fmt.Sprintf("the body is larger than %d MiB, the most that the control API accepts", most>>20)}
}

// longestQuote is how many bytes of the body a message quotes.
const longestQuote = 40

// decodeOptional is decode for a body that may be missing.
func decodeOptional(r *http.Request, into any) *refusal {
	if r.ContentLength == 0 {
		return nil
	}
	return decode(r, into)
}

// decode reads a JSON object into the fields of a struct. It refuses unknown keys, and missing keys whose field has a
// `required` tag, which says what the value has to be.
func decode(r *http.Request, into any) *refusal {
	raw, refused := readBody(r, maxBody)
	if refused != nil {
		return refused
	}
	fields := bodyFields(reflect.ValueOf(into).Elem())
	object, refused := readObject(raw, fields)
	if refused != nil {
		return refused
	}
	return object.fill(fields)
}

// bodyField is a field of a struct with its JSON key.
type bodyField struct {
	key      string
	value    reflect.Value
	required string // what it has to be; empty if it is optional
}

// bodyFields lists the fields of a struct, including those of embedded structs.
func bodyFields(of reflect.Value) []bodyField {
	var fields []bodyField
	for field, value := range of.Fields() {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && key == "":
			fields = append(fields, bodyFields(value)...)
		case key != "" && key != "-":
			fields = append(fields, bodyField{key, value, field.Tag.Get("required")})
		}
	}
	return fields
}

func keys(fields []bodyField) []string {
	all := make([]string, len(fields))
	for i, field := range fields {
		all[i] = field.key
	}
	return all
}

// jsonObject is a JSON object with undecoded members, in the order in which they were sent.
type jsonObject []jsonMember

type jsonMember struct {
	key   string
	value json.RawMessage
}

// readObject reads a body, which has to be one JSON object.
func readObject(raw []byte, fields []bodyField) (jsonObject, *refusal) {
	wants := "an object with " + strings.Join(keys(fields), ", ")
	value, refused := readJSON(raw, wants)
	if refused != nil {
		return nil, refused
	}
	object, ok := membersOf(value)
	if !ok {
		return nil, badRequest("the body is %s; it has to be %s", shorten(string(value), longestQuote), wants)
	}
	return object, nil
}

// readJSON reads a body, which has to be one JSON value.
func readJSON(raw []byte, wants string) (json.RawMessage, *refusal) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	var value json.RawMessage
	var wrong *json.SyntaxError
	err := dec.Decode(&value)
	switch {
	case errors.Is(err, io.EOF):
		return nil, badRequest("the body is empty; it has to be %s", wants)
	case errors.As(err, &wrong) && int(wrong.Offset) <= len(raw) && wrong.Offset > 0 && !errors.Is(err, io.ErrUnexpectedEOF):
		before := raw[:wrong.Offset-1]
		line, column := bytes.Count(before, []byte("\n"))+1, len(before)-bytes.LastIndexByte(before, '\n')
		return nil, badRequest("the body is not JSON: syntax error at line %d, column %d: %s", line, column, shorten(string(raw[wrong.Offset-1:]), longestQuote))
	case err != nil:
		return nil, badRequest("the body is not JSON: it ends too early")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, badRequest("the body continues after its JSON value")
	}
	return value, nil
}

// decodeWithin is decode for an object within a body.
func decodeWithin(raw json.RawMessage, into any) *refusal {
	fields := bodyFields(reflect.ValueOf(into).Elem())
	object, ok := membersOf(raw)
	if !ok {
		return badRequest("%s has to be an object with %s", shorten(string(raw), longestQuote), strings.Join(keys(fields), ", "))
	}
	return object.fill(fields)
}

// membersOf takes a JSON object apart. It reports false for any other value.
func membersOf(value json.RawMessage) (object jsonObject, ok bool) {
	inner := json.NewDecoder(bytes.NewReader(value))
	if begin, _ := inner.Token(); begin != json.Delim('{') {
		return nil, false
	}
	for inner.More() { // cannot fail: the whole value is valid JSON
		key, _ := inner.Token()
		member := jsonMember{key: key.(string)}
		_ = inner.Decode(&member.value)
		object = append(object, member)
	}
	return object, true
}

// fill decodes the members into the fields.
func (o jsonObject) fill(fields []bodyField) *refusal {
	var filled []string
	for _, member := range o {
		i := slices.IndexFunc(fields, func(f bodyField) bool { return f.key == member.key })
		if i < 0 {
			return badRequest("%s", suggest.Unknown("key", member.key, keys(fields)))
		}
		if slices.Contains(filled, member.key) {
			return badRequest("%s is given twice", member.key)
		}
		filled = append(filled, member.key)
		field := fields[i].value
		err := json.Unmarshal(member.value, field.Addr().Interface())
		if refused, ok := errors.AsType[*refusal](err); ok { // of an object within
			return badRequest("%s: %s", member.key, refused.message)
		}
		if err != nil {
			return badRequest("%s is %s; it has to be %s", member.key, shorten(string(member.value), longestQuote), formOf(field.Type()))
		}
	}
	for _, field := range fields {
		if field.required != "" && !slices.Contains(filled, field.key) {
			return badRequest("%s is missing; it has to be %s", field.key, field.required)
		}
	}
	return nil
}

// The forms of values, for messages.
const (
	timestampForm = "a timestamp such as 2026-01-15T09:00:00Z"
	countForm     = "a number of requests, 1 or more"
	durationForm  = `a duration such as "90s", "1h30m" or "24h"`
)

// formOf describes the JSON form of a type.
func formOf(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Time]():
		return timestampForm
	case reflect.TypeFor[fault.Duration]():
		return durationForm
	}
	switch t.Kind() {
	case reflect.Pointer:
		return formOf(t.Elem())
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return "a list of texts"
		}
		return "a list"
	}
	return "text in quotation marks"
}
