package fake

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Values is what a test writes to a record or an entry: values by the slugs or ids of attributes, in any of the
// forms that Attio's API takes.
//
//	fake.Values{
//		"name":            "Hopper, Grace",
//		"email_addresses": []string{"grace@navy.example.com"},
//		"company":         navy, // a Record, written as a reference to it
//	}
//
// Go values become JSON as encoding/json has it, so numbers, a time.Time and structs will do; a
// [Record] and a [Member] become references. Attributes are written in the order of the object.
type Values map[string]any

// written is Values as a client would have sent them.
type written map[string]any

// encode turns Go values into what a client would have sent. It runs code of the caller's, their
// MarshalJSON, and so has no place in a transaction.
func (v Values) encode() (written, error) {
	all := make(written, len(v))
	for key, value := range v {
		var err error
		if all[key], err = encodeValue(value); err != nil {
			return nil, fmt.Errorf("attribute %q: %w", key, err)
		}
	}
	return all, nil
}

func encodeValue(value any) (any, error) {
	raw, err := json.Marshal(referring(value))
	if err != nil {
		return nil, err
	}
	decoded, err := shape.Decode(raw)
	return shape.Plain(decoded), err
}

// referring replaces handles with references.
func referring(value any) any {
	switch value := value.(type) {
	case Record:
		return map[string]string{"target_object": value.Object(), "target_record_id": value.ID()}
	case Member:
		return map[string]string{"referenced_actor_type": string(attio.ActorWorkspaceMember), "referenced_actor_id": value.ID}
	case []Record:
		return each(value)
	case []Member:
		return each(value)
	case []any:
		return each(value)
	case map[string]any:
		all := make(map[string]any, len(value))
		for key, member := range value {
			all[key] = referring(member)
		}
		return all
	}
	return value
}

func each[T any](values []T) []any {
	all := make([]any, len(values))
	for i, value := range values {
		all[i] = referring(value)
	}
	return all
}

// writes puts values in the order of the attributes of an object or a list, for a map of Go has none.
func (v written) writes(target *world.Target) ([]world.Write, error) {
	writes := make([]world.Write, 0, len(v))
	for _, d := range target.Attributes {
		for _, key := range []string{d.Slug, string(d.ID)} {
			if value, ok := v[key]; ok {
				writes = append(writes, world.Write{Attribute: key, Value: value})
			}
		}
	}
	if len(writes) == len(v) {
		return writes, nil
	}
	var unknown []string
	for key := range v {
		if _, ok := target.Attribute(key); !ok {
			unknown = append(unknown, key)
		}
	}
	first := slices.Min(unknown)
	err := attio.AttributeNotFoundInValues(first)
	if near, ok := suggest.Nearest(first, slugsOf(target.Attributes)); ok {
		return nil, fmt.Errorf("%w Did you mean %q?", err, near)
	}
	return nil, err
}

func slugsOf(attributes []*attribute.Definition) []string {
	slugs := make([]string, len(attributes))
	for i, d := range attributes {
		slugs[i] = d.Slug
	}
	return slugs
}

// explain writes an error for the log of a test: Attio's message, and below it every item of its validation_errors.
func explain(err error) string {
	refusal, ok := errors.AsType[*attio.Error](err)
	if !ok {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(err.Error())
	for _, issue := range refusal.ValidationErrors {
		b.WriteString("\n  ")
		for _, step := range issue.Path {
			fmt.Fprintf(&b, "%v: ", step)
		}
		b.WriteString(issue.Message)
	}
	return b.String()
}

// explainOn is explain for an error about an object or a list. Where Attio's message has only the ids of attributes, it
// adds their slugs.
func explainOn(target *world.Target, err error) string {
	text := explain(err)
	for _, d := range target.Attributes {
		text = strings.ReplaceAll(text, string(d.ID)+`"`, string(d.ID)+`" (`+d.Slug+`)`)
	}
	return text
}
