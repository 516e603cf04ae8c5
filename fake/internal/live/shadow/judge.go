package shadow

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// judge compares the answers to a request. If the two servers hold different data, whatever that explains is counted, but not
// reported as a difference.
func judge(r *Request, other compare.Answer, data data) *Result {
	result := r.result(Same, "")
	result.OtherStatus = other.Status
	own := r.Answer
	switch {
	case other.Status == http.StatusUnauthorized && own.Status != http.StatusUnauthorized:
		result.Outcome = Failed
		result.Failure = shorten(hide("it refuses the token: "+messageOf(other.Body), r.Token))
		return result
	case onlyOneHasIt(r, other):
		result.Outcome, result.Reason = Incomparable, OneHasIt
		return result
	}
	alike := data.alike(own.Body, other.Body)
	options := []compare.Option{compare.Values(func(string, string, string) bool { return false })}
	if alike {
		options = append(options, compare.StrictNull())
		var moved []string
		other.Body, moved = aligned(own.Body, other.Body)
		for _, path := range moved {
			result.add(inAnotherOrder(r, path), r.Token)
		}
	} else {
		options = append(options, compare.EachLikeSome())
	}
	for _, found := range compare.Answers(other, own, options...) {
		if !alike && followsFromData(found) {
			result.Values++
		} else {
			result.add(found, r.Token)
		}
	}
	return result
}

// onlyOneHasIt reports whether one of the two servers answers 404 because it lacks what the path names, and the other has it.
func onlyOneHasIt(r *Request, other compare.Answer) bool {
	if r.Operation == nil || !strings.Contains(r.Operation.Path, "{") {
		return false
	}
	path, _, _ := strings.Cut(r.Target, "?")
	lacks := func(a compare.Answer) bool {
		return a.Status == http.StatusNotFound && messageOf(a.Body) != attio.UnknownEndpoint(r.Method, path).Message
	}
	has := func(a compare.Answer) bool { // a deletion answers without an id
		return a.Status < http.StatusMultipleChoices && (r.Method == http.MethodDelete || ids.Get().Match(a.Body))
	}
	return lacks(r.Answer) && has(other) || lacks(other) && has(r.Answer)
}

// messageOf returns the sentence of an error.
func messageOf(body []byte) string {
	if parsed, err := compare.Parse(body); err == nil {
		if message := parsed.Field("message"); message != nil {
			return message.Text
		}
	}
	return ""
}

// followsFromData reports whether a difference may come from other data: content, how many there are of something, whether there
// is any, and which attributes records have.
func followsFromData(d compare.Difference) bool {
	switch d.Kind {
	case compare.OfValue, compare.OfLength:
		return true
	case compare.OfType:
		return d.Want == string(compare.Null) || d.Got == string(compare.Null)
	case compare.OfMissing, compare.OfExtra:
		parent, _, _ := cutLast(d.Path, ".")
		return strings.HasSuffix(parent, "values")
	case compare.OfForm, compare.OfOrder:
		return strings.Contains(d.Path+".", "values.")
	}
	return false
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// hide removes the token of a client from a text: what is kept can be shown to anybody.
func hide(text, token string) string { return strings.ReplaceAll(text, token, "[redacted]") }

// add keeps a difference of a request, as far as the bounds go.
func (r *Result) add(found compare.Difference, token string) {
	r.Severity = max(r.Severity, found.Severity)
	if found.Severity > compare.Harmless {
		r.Outcome = Different
	}
	if len(r.Differences) == maxDifferences {
		r.More++
		return
	}
	r.Differences = append(r.Differences, Difference{
		Path: shorten(hide(found.Path, token)), Kind: found.Kind, Severity: found.Severity,
		Fake: shorten(hide(found.Got, token)), Other: shorten(hide(found.Want, token)),
	})
}

// String describes the difference in one line.
func (d Difference) String() string {
	path := d.Path
	if path == "" {
		path = "body"
	}
	return fmt.Sprintf("%s: the fake has %s, the other %s", path, d.Fake, d.Other)
}
