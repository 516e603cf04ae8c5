package recording

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// readOwn reads a file with one request and its answer, or with lists of requests and of their answers.
func readOwn(root *compare.Node) ([]Exchange, error) {
	requests, responses := list(at(root, "request")), list(at(root, "response"))
	if len(requests) != len(responses) {
		return nil, fmt.Errorf("%d requests have %d answers", len(requests), len(responses))
	}
	all := make([]Exchange, len(requests))
	for i := range all {
		var err error
		if all[i], err = ownExchange(requests[i], responses[i]); err != nil {
			return nil, err
		}
		all[i].At = moment(at(root, "recorded_at").Text)
	}
	return all, nil
}

func list(n *compare.Node) []*compare.Node {
	if n.Kind == compare.Array {
		return n.Items
	}
	return []*compare.Node{n}
}

func ownExchange(request, response *compare.Node) (Exchange, error) {
	e := Exchange{
		Method:     at(request, "method").Text,
		Path:       at(request, "path").Text,
		Body:       kept(at(request, "body")),
		Answer:     compare.Answer{Status: status(at(response, "status")), Body: kept(at(response, "body"))},
		Projection: kept(at(response, "body_projection")),
	}
	if message := kept(at(response, "message")); message != nil {
		e.Projection = message
	}
	if words := strings.Fields(at(request, "endpoint").Text); len(words) > 1 { // "POST /v2/webhooks (mixed)"
		e.Method, e.Path = words[0], words[1]
	}
	path, query, _ := strings.Cut(e.Path, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return Exchange{}, fmt.Errorf("the query of %q cannot be read", e.Path)
	}
	asked := at(request, "query")
	for i, key := range asked.Keys {
		values.Set(key, asked.Items[i].Text)
	}
	e.Path, e.Query = path, values
	if answered := at(response, "headers"); answered.Kind != compare.Null {
		e.Answer.Header = http.Header{}
		for i, key := range answered.Keys {
			e.Answer.Header.Set(key, answered.Items[i].Text)
		}
	}
	return e, nil
}

// kept returns what was kept as JSON, nil for null.
func kept(n *compare.Node) []byte {
	if n.Kind == compare.Null {
		return nil
	}
	return n.JSON()
}

// moment reads a time as HTTP or RFC 3339 writes it, or a day; the zero time if it is none of these.
func moment(text string) time.Time {
	if t, err := http.ParseTime(text); err == nil {
		return t
	}
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}
