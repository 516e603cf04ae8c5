package contract

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// Difference is one point where an answer differs from the recorded one.
type Difference struct {
	Path      string // "status", "header vary" or a place in the body: "data[0].id.record_id"; "" for the whole body
	Want, Got string
}

func (d Difference) String() string {
	path := d.Path
	if path == "" {
		path = "body"
	}
	return fmt.Sprintf("%s: want %s, got %s", path, d.Want, d.Got)
}

// Option changes what Compare accepts as equal.
type Option func(*comparison)

// Exact compares the values of these keys by content, wherever they occur in the body.
func Exact(keys ...string) Option { return func(c *comparison) { c.exact = append(c.exact, keys...) } }

// Ignore skips the values of these keys. The keys themselves must be there, in their place.
func Ignore(keys ...string) Option {
	return func(c *comparison) { c.ignored = append(c.ignored, keys...) }
}

// StrictNull makes a recorded null match only null.
func StrictNull() Option { return func(c *comparison) { c.strictNull = true } }

// EachLikeSome is for lists of other things than the recorded ones: each element of the answer must be like one of the
// recorded elements, and if there are any, the answer must have at least one.
func EachLikeSome() Option { return func(c *comparison) { c.eachLikeSome = true } }

// Compare compares an answer with the recorded one. The status must be equal, and the recorded headers must be there.
// The bodies must have the same keys in the same order, and values of the same form: a UUID for a UUID, a timestamp for
// a timestamp of the same layout, a number for a number. A recorded null matches every value. Arrays are compared
// element by element. Of a recording without a body only the status and the headers are compared; if a recording has
// sorted keys, their order is ignored.
func Compare(want Recording, got Answer, options ...Option) []Difference {
	c := &comparison{sorted: want.Sorted}
	for _, option := range options {
		option(c)
	}
	if want.Answer.Status != got.Status {
		c.differ("status", fmt.Sprint(want.Answer.Status), fmt.Sprint(got.Status))
	}
	c.headers(want.Answer.Header, got.Header)
	if want.HasBody() {
		c.bodies(want.Answer.Body, got.Body)
	}
	return c.found
}

type comparison struct {
	exact, ignored           []string
	strictNull, eachLikeSome bool
	sorted                   bool // the recording has sorted keys
	found                    []Difference
}

func (c *comparison) differ(path, want, got string) {
	c.found = append(c.found, Difference{path, want, got})
}

// comparedHeaders are Attio's own headers; the others were added by a proxy.
var comparedHeaders = []string{
	"content-type", "access-control-allow-origin", "access-control-expose-headers", "vary", "x-frame-options",
	"x-attio-execution-id", "x-accurate-at", "x-attio-record-query-score",
}

func (c *comparison) headers(want, got http.Header) {
	for _, name := range comparedHeaders {
		recorded, answered, path := want.Get(name), got.Get(name), "header "+name
		switch {
		case recorded == "" || recorded == answered:
		case answered == "":
			c.differ(path, fmt.Sprintf("%q", recorded), "none")
		case name == "x-attio-execution-id", name == "x-accurate-at", name == "x-attio-record-query-score":
			c.compare(path, &node{kind: kindString, text: recorded}, &node{kind: kindString, text: answered})
		case name == "access-control-expose-headers" && strings.HasPrefix(answered, recorded):
			// Attio has added headers since the older recordings.
		case name == "vary" && variesByOrigin(got):
		default:
			c.differ(path, fmt.Sprintf("%q", recorded), fmt.Sprintf("%q", answered))
		}
	}
}

func (c *comparison) bodies(want, got []byte) {
	w, err := parse(want)
	if err != nil {
		c.differ("", "a recording in JSON", err.Error())
		return
	}
	g, err := parse(got)
	if err != nil {
		c.differ("", "JSON", fmt.Sprintf("%q (%v)", excerpt(got), err))
		return
	}
	c.compare("", w, g)
}

func (c *comparison) compare(path string, want, got *node) {
	switch {
	case want.kind == kindNull && !c.strictNull:
	case want.form() != got.form():
		c.differ(path, want.form(), got.describe())
	case want.kind == kindObject:
		c.compareObjects(path, want, got)
	case want.kind == kindArray && c.eachLikeSome:
		c.compareToSome(path, want, got)
	case want.kind == kindArray:
		c.compareEach(path, want, got)
	}
}

func (c *comparison) compareObjects(path string, want, got *node) {
	var shared []string
	for i, key := range want.keys {
		at := join(path, key)
		value := got.field(key)
		switch {
		case value == nil:
			c.differ(at, want.items[i].form(), "nothing")
			continue
		case slices.Contains(c.ignored, key):
		case slices.Contains(c.exact, key):
			model := want.items[i]
			if c.sorted {
				model, value = model.sorted(), value.sorted()
			}
			if !reflect.DeepEqual(model, value) {
				c.differ(at, want.items[i].describe(), value.describe())
			}
		default:
			c.compare(at, want.items[i], value)
		}
		shared = append(shared, key)
	}
	for i, key := range got.keys {
		if want.field(key) == nil {
			c.differ(join(path, key), "nothing", got.items[i].describe())
		}
	}
	order := slices.DeleteFunc(slices.Clone(got.keys), func(key string) bool { return want.field(key) == nil })
	if !c.sorted && !slices.Equal(shared, order) {
		c.differ(path, "the keys in the order "+strings.Join(shared, ", "), strings.Join(order, ", "))
	}
}

func (c *comparison) compareEach(path string, want, got *node) {
	if len(want.items) != len(got.items) {
		c.differ(path, fmt.Sprintf("%d elements", len(want.items)), fmt.Sprint(len(got.items)))
	}
	for i := range min(len(want.items), len(got.items)) {
		c.compare(fmt.Sprintf("%s[%d]", path, i), want.items[i], got.items[i])
	}
}

// compareToSome reports the differences from the most similar recorded element.
func (c *comparison) compareToSome(path string, want, got *node) {
	if len(want.items) == 0 {
		return
	}
	if len(got.items) == 0 {
		c.differ(path, "at least one element", "none")
	}
	for i, item := range got.items {
		var fewest []Difference
		for j, model := range want.items {
			trial := *c
			trial.found = nil
			trial.compare(fmt.Sprintf("%s[%d]", path, i), model, item)
			if j == 0 || len(trial.found) < len(fewest) {
				fewest = trial.found
			}
			if len(fewest) == 0 {
				break
			}
		}
		c.found = append(c.found, fewest...)
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
