package shape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Body reads the body of a request into a T, which has fields for what the schema allows. It gets nothing else: what
// the schema strips never arrives, not even under a name that differs only in case. An empty body counts as {}. A
// refusal is an *attio.Error; any other error means that the schema and T do not match.
func Body[T any](schema Schema, raw []byte) (T, error) {
	var filled T
	value, err := checked(schema, raw)
	if err == nil {
		err = fill(&filled, schema, value)
	}
	return filled, err
}

// MembersAt reads the body of a request as Body does, and returns the object at a path in it, whole: a schema that strips
// something there would be wrong.
func MembersAt(schema Schema, raw []byte, path ...string) (*Members, error) {
	value, err := checked(schema, raw)
	if err != nil {
		return nil, err
	}
	members, _ := value.(*Members)
	for _, key := range path {
		inner, _ := members.Get(key)
		members, _ = inner.(*Members)
	}
	return members, nil
}

// checked decodes a body and refuses what the schema does not allow.
func checked(schema Schema, raw []byte) (any, error) {
	if len(raw) == 0 {
		raw = []byte("{}")
	}
	value, err := Decode(raw)
	if err != nil {
		return nil, attio.MalformedJSON()
	}
	if issues := Check(schema, value); issues != nil {
		return nil, attio.InvalidBody(issues...)
	}
	return value, nil
}

// Query reads query parameters into a T, as Body does a body. A parameter is a string, or an array of strings if it is
// repeated; [QueryInt] and [QueryBool] convert it. Parameters that the schema does not have are ignored, as at Attio.
func Query[T any](schema Schema, values url.Values) (T, error) {
	var filled T
	value, err := checkedQuery(schema, values)
	if err == nil {
		err = fill(&filled, schema, value)
	}
	return filled, err
}

// checkedQuery refuses query parameters that the schema does not allow.
func checkedQuery(schema Schema, values url.Values) (*Members, error) {
	m := new(Members)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch sent := values[key]; len(sent) {
		case 0:
		case 1:
			m.set(key, sent[0])
		default:
			all := make([]any, len(sent))
			for i, one := range sent {
				all[i] = one
			}
			m.set(key, all)
		}
	}
	if issues := Check(schema, m); issues != nil {
		return nil, attio.InvalidQuery(issues...)
	}
	return m, nil
}

// fill decodes an allowed value, without what the schema strips, into what a pointer points to.
func fill(into any, schema Schema, value any) error {
	dec := json.NewDecoder(bytes.NewReader(schema.appendTo(nil, value)))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("a checked request does not fit %T: %w", into, err)
	}
	return nil
}

// Sent is a field that may be missing and, if T is a pointer, null. A change of a nullable field has to tell the two
// apart.
type Sent[T any] struct {
	Given bool
	Value T
}

// UnmarshalJSON is called for a field that was sent, null included.
func (s *Sent[T]) UnmarshalJSON(raw []byte) error {
	s.Given = true
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	return dec.Decode(&s.Value)
}
