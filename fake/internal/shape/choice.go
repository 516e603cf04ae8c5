package shape

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Boolean allows true and false.
func Boolean() Schema { return boolean{} }

type boolean struct{}

func (boolean) check(c *checker, value any) status {
	if _, ok := value.(bool); !ok {
		return c.wrongType("boolean", TypeOf(value))
	}
	return valid
}

func (boolean) appendTo(b []byte, value any) []byte { return appendValue(b, value) }

// QueryBool allows a query parameter that is true or false. How Attio refuses another value was never captured;
// this is how it refuses an enum.
func QueryBool() Schema { return queryBool{newEnum([]string{"true", "false"})} }

type queryBool struct{ enum }

func (queryBool) appendTo(b []byte, value any) []byte { return appendValue(b, value == "true") }

// Enum allows these strings. Issues list them in the order given.
func Enum(options ...string) Schema { return newEnum(options) }

type enum struct {
	options  []string
	expected string // "'a' | 'b'"
}

func newEnum(options []string) enum { return enum{slices.Clone(options), quoteAll(options, " | ")} }

func (e enum) check(c *checker, value any) status {
	text, ok := value.(string)
	if !ok {
		return c.wrongType(e.expected, TypeOf(value))
	}
	if slices.Contains(e.options, text) {
		return valid
	}
	c.report(attio.Issue{Code: "invalid_option", Options: e.options,
		Message: fmt.Sprintf("Invalid enum value. Expected %s, received '%s'", e.expected, text)})
	return aborted
}

func (enum) appendTo(b []byte, value any) []byte { return appendValue(b, value) }

// Literal allows one value: a string, a bool, an int or nil. The details that Attio adds to the code and message of the
// issue were never captured.
func Literal(value any) Schema {
	var text []byte
	if n, ok := numberOf(value); ok {
		value, text = n, []byte(formatNumber(n))
	} else {
		text = appendValue(nil, value)
	}
	return literal{value, attio.Issue{Code: "invalid_literal", Message: "Invalid literal value, expected " + string(text)}}
}

type literal struct {
	value any
	issue attio.Issue
}

func (l literal) check(c *checker, value any) status {
	if l.is(value) {
		return valid
	}
	c.report(l.issue)
	return aborted
}

func (l literal) is(value any) bool {
	if n, ok := numberOf(value); ok {
		return l.value == n
	}
	switch value.(type) {
	case nil, bool, string:
		return l.value == value
	}
	return false
}

func (l literal) appendTo(b []byte, value any) []byte { return appendValue(b, value) }

// Any allows everything, even that a required member is missing.
func Any() Schema { return anything{} }

type anything struct{}

func (anything) check(*checker, any) status { return valid }

func (anything) appendTo(b []byte, value any) []byte { return appendValue(b, value) }

// Nullable allows null as well as what the schema allows. Issues do not mention null. Recorded in July 2025: a missing
// description of an attribute is expected to be a "string".
func Nullable(schema Schema) Schema { return nullable{schema} }

type nullable struct{ schema Schema }

func (n nullable) check(c *checker, value any) status {
	if value == nil {
		return valid
	}
	return n.schema.check(c, value)
}

func (n nullable) appendTo(b []byte, value any) []byte {
	if value == nil {
		return appendValue(b, nil)
	}
	return n.schema.appendTo(b, value)
}

// Union allows what any of the schemas allows; the first that does decides what is stripped. If none does, the issues
// are those of the first schema for which the types are right, or else just "Invalid input".
func Union(options ...Schema) Schema { return union(options) }

type union []Schema

func (u union) check(c *checker, value any) status {
	before := c.issues
	var best []attio.Issue
	for _, option := range u {
		c.issues = nil
		switch found := option.check(c, value); {
		case found == valid:
			c.issues = before
			return valid
		case found == dirty && best == nil:
			best = c.issues
		}
	}
	c.issues = before
	if best != nil {
		c.issues = append(c.issues, best[:min(len(best), maxIssues-len(before))]...)
		return dirty
	}
	c.report(attio.Issue{Code: "invalid", Message: "Invalid input"})
	return aborted
}

func (u union) appendTo(b []byte, value any) []byte {
	for _, option := range u {
		if Check(option, value) == nil {
			return option.appendTo(b, value)
		}
	}
	return appendValue(b, value)
}

// Choose checks a value with the schema that pick returns for it. pick may return the schema that Choose is part of, so
// a shape can contain itself.
func Choose(pick func(value any) Schema) Schema { return choose(pick) }

type choose func(value any) Schema

func (pick choose) check(c *checker, value any) status { return pick(value).check(c, value) }

func (pick choose) appendTo(b []byte, value any) []byte { return pick(value).appendTo(b, value) }

// Refine adds a condition to a schema, for values of the right type. The issue is at the value, or at the given path
// below it.
func Refine(schema Schema, message string, holds func(value any) bool, path ...any) Schema {
	return refined{schema, message, holds, path}
}

type refined struct {
	Schema
	message string
	holds   func(any) bool
	path    []any
}

func (r refined) check(c *checker, value any) status {
	found := r.Schema.check(c, value)
	if found == aborted {
		return aborted
	}
	if _, missing := value.(undefined); missing {
		value = nil
	}
	if r.holds(value) {
		return found
	}
	c.report(attio.Issue{Code: "invalid", Message: r.message}, r.path...)
	return dirty
}

// quoteAll writes values as zod lists them: 'a' | 'b'.
func quoteAll(values []string, separator string) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = "'" + value + "'"
	}
	return strings.Join(quoted, separator)
}
