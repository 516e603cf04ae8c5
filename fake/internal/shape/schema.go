package shape

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Schema describes what a value has to look like. The functions of this package make schemas; methods such as Min
// return a new one.
type Schema interface {
	// check reports what is wrong with a value; undefined stands for a member that is missing.
	check(c *checker, value any) status
	// appendTo appends the JSON of a value that the schema allows, without what it strips.
	appendTo(b []byte, value any) []byte
}

// Check returns everything that is wrong with a value, or nil. The value comes from [Decode], from [Plain] or from
// YAML.
func Check(schema Schema, value any) []attio.Issue {
	c := checker{path: make([]step, 0, 8)}
	schema.check(&c, value)
	return c.issues
}

// status is zod's: a dirty value has the right type but breaks a rule, an aborted one has another type. A union tells
// them apart.
type status int

const (
	valid status = iota
	dirty
	aborted
)

// undefined is the value of a missing member.
type undefined struct{}

// maxIssues bounds an answer: a hostile body could cause millions of issues.
const maxIssues = 1000

type checker struct {
	path   []step
	issues []attio.Issue
}

// step is a key, or an index if the key is empty and the index is not negative.
type step struct {
	key   string
	index int
}

func (c *checker) member(schema Schema, key string, value any) status {
	return c.below(schema, step{key: key, index: -1}, value)
}

func (c *checker) item(schema Schema, index int, value any) status {
	return c.below(schema, step{index: index}, value)
}

func (c *checker) below(schema Schema, s step, value any) status {
	c.path = append(c.path, s)
	found := schema.check(c, value)
	c.path = c.path[:len(c.path)-1]
	return found
}

// report adds an issue at the current path, or at a path below it.
func (c *checker) report(issue attio.Issue, below ...any) {
	if len(c.issues) >= maxIssues {
		return
	}
	issue.Path = make([]any, 0, len(c.path)+len(below))
	for _, s := range c.path {
		if s.index >= 0 {
			issue.Path = append(issue.Path, s.index)
		} else {
			issue.Path = append(issue.Path, s.key)
		}
	}
	issue.Path = append(issue.Path, below...)
	c.issues = append(c.issues, issue)
}

// wrongType reports a value of another type than the schema's.
func (c *checker) wrongType(expected, received string) status {
	message := "Required"
	if received != "undefined" {
		message = "Expected " + expected + ", received " + received
	}
	c.report(attio.Issue{Code: "invalid_type", Message: message, Expected: expected, Received: received})
	return aborted
}

// rule is a condition on a value of the right type.
type rule[T any] struct {
	holds func(T) bool
	issue attio.Issue
}

// rules are checked in order, and each broken one is reported.
type rules[T any] []rule[T]

func (r rules[T]) with(issue attio.Issue, holds func(T) bool) rules[T] {
	return append(slices.Clip(r), rule[T]{holds, issue})
}

func (r rules[T]) check(c *checker, value T) status {
	found := valid
	for i := range r {
		if !r[i].holds(value) {
			c.report(r[i].issue)
			found = dirty
		}
	}
	return found
}

// TypeOf names the type of a decoded value as zod does.
func TypeOf(value any) string {
	switch value.(type) {
	case undefined:
		return "undefined"
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case *Members, map[string]any:
		return "object"
	}
	return "number"
}

// numberOf returns a number as JavaScript holds it: one that is too large is infinite.
func numberOf(value any) (float64, bool) {
	switch value := value.(type) {
	case json.Number:
		n, _ := strconv.ParseFloat(string(value), 64)
		return n, true
	case float64:
		return value, !math.IsNaN(value)
	case int:
		return float64(value), true
	case int64:
		return float64(value), true
	case uint64:
		return float64(value), true
	}
	return 0, false
}

// membersOf returns an object. The members of a map, which has no order, are sorted by key.
func membersOf(value any) (*Members, bool) {
	switch value := value.(type) {
	case *Members:
		return value, true
	case map[string]any:
		m := new(Members)
		for _, key := range slices.Sorted(maps.Keys(value)) {
			m.set(key, value[key])
		}
		return m, true
	}
	return nil, false
}
