package compare

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Answer is an HTTP answer that was read to its end.
type Answer struct {
	Status int
	Header http.Header // nil if none was kept
	Body   []byte      // not compressed; nil if none was kept
}

// Option changes what Answers accepts as equal.
type Option func(*comparison)

// Exact compares the values of these keys by content, wherever they occur in the body.
func Exact(keys ...string) Option { return func(c *comparison) { c.exact = append(c.exact, keys...) } }

// Ignore skips the values of these keys. The keys themselves must be there, in their place.
func Ignore(keys ...string) Option {
	return func(c *comparison) { c.ignored = append(c.ignored, keys...) }
}

// StrictNull makes a wanted null match only null.
func StrictNull() Option { return func(c *comparison) { c.strictNull = true } }

// EachLikeSome is for lists of other things than the wanted ones: each element of the answer must be like one of the
// wanted elements, and if there are any, the answer must have at least one.
func EachLikeSome() Option { return func(c *comparison) { c.eachLikeSome = true } }

// AnyOrder takes keys in every order, because those of the wanted answer were sorted.
func AnyOrder() Option { return func(c *comparison) { c.anyOrder = true } }

// AnyTexts takes errors with other codes and sentences.
func AnyTexts() Option { return func(c *comparison) { c.anyTexts = true } }

// Values compares the content of strings, numbers and booleans too. The function says which different values are the
// same: ids that were made anew, times.
func Values(same func(path, want, got string) bool) Option {
	return func(c *comparison) { c.same = same }
}

// Answers compares an answer with the wanted one. The status must be equal, and the wanted headers must be there. The
// bodies must have the same keys in the same order, and values of the same form: a UUID for a UUID, a timestamp for
// a timestamp of the same layout, a number for a number. A wanted null matches every value. Arrays are compared
// element by element. Errors must have the same codes and sentences, apart from the ids in them. Where the wanted answer
// has no body because it was not kept, only the status and the headers are compared; where just one of the two is an error,
// only the status is.
func Answers(want, got Answer, options ...Option) []Difference {
	c := &comparison{}
	for _, option := range options {
		option(c)
	}
	failed := want.Status >= http.StatusBadRequest
	if want.Status != got.Status {
		c.differ(OfStatus, "status", describeStatus(want, got), describeStatus(got, want))
	}
	if failed != (got.Status >= http.StatusBadRequest) { // nothing else is alike
		return c.found
	}
	c.headers(want.Header, got.Header)
	if c.ofError = failed && !c.anyTexts; want.Body != nil {
		c.bodies(want.Body, got.Body)
	}
	return c.found
}

type comparison struct {
	exact, ignored           []string
	strictNull, eachLikeSome bool
	anyOrder, anyTexts       bool
	same                     func(path, want, got string) bool // or nil
	ofError                  bool                              // the codes and sentences of an error are compared
	found                    []Difference
}

func (c *comparison) differ(kind Kind, path, want, got string) {
	c.found = append(c.found, Difference{Path: path, Kind: kind, Severity: severities.Get()[kind], Want: want, Got: got})
}

// describeStatus returns the status, and what an error says if the other side does not fail.
func describeStatus(a, other Answer) string {
	text := fmt.Sprint(a.Status)
	if a.Status < http.StatusBadRequest || other.Status >= http.StatusBadRequest {
		return text
	}
	if body, err := Parse(a.Body); err == nil {
		if message := body.Field("message"); message != nil {
			return fmt.Sprintf("%s %q", text, Excerpt(message.Text))
		}
	}
	return text
}

// comparedHeaders are Attio's own headers; the others were added by a proxy. Those with a form have other content in each answer.
var comparedHeaders = []struct {
	name     string
	severity Severity
	form     bool
}{
	{"content-type", Breaking, false},
	{"retry-after", Breaking, true},
	{"location", Breaking, true},
	{"access-control-allow-origin", Harmless, false},
	{"access-control-expose-headers", Harmless, false},
	{"vary", Harmless, false},
	{"x-frame-options", Harmless, false},
	{"x-attio-execution-id", Notable, true},
	{"x-accurate-at", Notable, true},
	{"x-attio-record-query-score", Notable, true},
}

func (c *comparison) headers(want, got http.Header) {
	for _, header := range comparedHeaders {
		wanted, answered, path := want.Get(header.name), got.Get(header.name), "header "+header.name
		differ := func(want, got string) {
			c.found = append(c.found, Difference{Path: path, Kind: OfHeader, Severity: header.severity, Want: want, Got: got})
		}
		switch w, g := text(wanted), text(answered); {
		case wanted == "" || wanted == answered:
		case answered == "":
			differ(fmt.Sprintf("%q", wanted), "none")
		case header.form:
			if w.Form() != g.Form() {
				differ(w.Form(), g.Describe())
			}
		case header.name == "access-control-expose-headers" && strings.HasPrefix(answered, wanted):
			// Attio has added headers since the older recordings.
		case header.name == "vary" && VariesByOrigin(got):
		default:
			differ(fmt.Sprintf("%q", wanted), fmt.Sprintf("%q", answered))
		}
	}
}

// VariesByOrigin reports whether an answer varies by Origin. It may also vary by Accept-Encoding, which a compressing layer adds.
func VariesByOrigin(header http.Header) bool {
	origin := false
	for token := range strings.SplitSeq(strings.Join(header.Values("vary"), ","), ",") {
		switch strings.TrimSpace(token) {
		case "Origin":
			origin = true
		case "Accept-Encoding":
		default:
			return false
		}
	}
	return origin
}

func (c *comparison) bodies(want, got []byte) {
	w, unreadable := Parse(want)
	g, err := Parse(got)
	switch {
	case unreadable == nil && err == nil:
		c.compare("", w, g)
	case unreadable == nil:
		c.differ(OfBody, "", "JSON", fmt.Sprintf("%q (%v)", Excerpt(string(got)), err))
	case err == nil || (len(want) == 0) != (len(got) == 0):
		c.differ(OfBody, "", fmt.Sprintf("%q", Excerpt(string(want))), fmt.Sprintf("%q", Excerpt(string(got))))
	}
}

func (c *comparison) compare(path string, want, got *Node) {
	switch {
	case want.Kind == Null && (!c.strictNull || got.Kind == Null):
	case want.Kind != got.Kind:
		c.differ(OfType, path, want.Form(), got.Describe())
	case want.Form() != got.Form():
		c.differ(OfForm, path, want.Form(), got.Describe())
	case want.Kind == Object:
		c.compareObjects(path, want, got)
	case want.Kind == Array && c.eachLikeSome:
		c.compareToSome(path, want, got)
	case want.Kind == Array:
		c.compareEach(path, want, got)
	case c.same != nil && want.Text != got.Text && !c.same(path, want.Text, got.Text):
		c.differ(OfValue, path, want.Describe(), got.Describe())
	}
}

// errorTexts are the keys of errors that are compared by content. Programs read those of kind OfCode.
var errorTexts = lazy.Of[map[string]Kind]{Make: func() map[string]Kind {
	return map[string]Kind{
		"type": OfCode, "code": OfCode, "path": OfCode,
		"message": OfMessage, "expected": OfMessage, "received": OfMessage, "options": OfMessage, "string_validation": OfMessage,
	}
}}

func (c *comparison) compareObjects(path string, want, got *Node) {
	var shared []string
	for i, key := range want.Keys {
		at, value := join(path, key), got.Field(key)
		if value == nil {
			c.differ(OfMissing, at, want.Items[i].Form(), "nothing")
			continue
		}
		switch kind, ofError := errorTexts.Get()[key]; {
		case slices.Contains(c.ignored, key):
		case slices.Contains(c.exact, key):
			c.compareExactly(OfValue, at, want.Items[i], value)
		case ofError && c.ofError:
			c.compareExactly(kind, at, want.Items[i].withoutIDs(), value.withoutIDs())
		default:
			c.compare(at, want.Items[i], value)
		}
		shared = append(shared, key)
	}
	for i, key := range got.Keys {
		if want.Field(key) == nil {
			c.differ(OfExtra, join(path, key), "nothing", got.Items[i].Describe())
		}
	}
	order := slices.DeleteFunc(slices.Clone(got.Keys), func(key string) bool { return want.Field(key) == nil })
	if !c.anyOrder && !slices.Equal(shared, order) {
		c.differ(OfOrder, path, "the keys in the order "+strings.Join(shared, ", "), strings.Join(order, ", "))
	}
}

func (c *comparison) compareExactly(kind Kind, path string, want, got *Node) {
	if want.Kind != got.Kind {
		kind = OfType
	}
	w, g := want, got
	if c.anyOrder {
		w, g = want.sorted(), got.sorted()
	}
	if !reflect.DeepEqual(w, g) {
		c.differ(kind, path, want.Describe(), got.Describe())
	}
}

func (c *comparison) compareEach(path string, want, got *Node) {
	if len(want.Items) != len(got.Items) {
		c.differ(OfLength, path, fmt.Sprintf("%d elements", len(want.Items)), fmt.Sprint(len(got.Items)))
	}
	for i := range min(len(want.Items), len(got.Items)) {
		c.compare(fmt.Sprintf("%s[%d]", path, i), want.Items[i], got.Items[i])
	}
}

// compareToSome reports the differences from the most similar wanted element.
func (c *comparison) compareToSome(path string, want, got *Node) {
	if len(want.Items) == 0 {
		return
	}
	if len(got.Items) == 0 {
		c.differ(OfLength, path, "at least one element", "none")
	}
	for i, item := range got.Items {
		var fewest []Difference
		for j, model := range want.Items {
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
