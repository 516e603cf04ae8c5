package recording

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// readHAR reads what browsers, proxies and Polly.JS write. Polly.JS keeps entries in another order than that of the requests.
func readHAR(root *compare.Node) ([]Exchange, error) {
	var all []Exchange
	for _, entry := range at(root, "log", "entries").Items {
		request, response := at(entry, "request"), at(entry, "response")
		var e Exchange
		if err := e.locate(at(request, "method").Text, at(request, "url").Text); err != nil {
			return nil, err
		}
		e.At, _ = time.Parse(time.RFC3339Nano, at(entry, "startedDateTime").Text)
		e.Header, e.Body = headers(at(request, "headers")), posted(at(request, "postData"))
		e.Answer = compare.Answer{Status: status(at(response, "status")), Header: headers(at(response, "headers"))}
		body, err := content(at(response, "content"))
		if err != nil {
			return nil, err
		}
		e.Answer.Body = body
		if err := e.settle(); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b Exchange) int { return a.At.Compare(b.At) })
	return all, nil
}

// posted returns the body of a request: a text, or the fields of a form.
func posted(data *compare.Node) []byte {
	if text := at(data, "text"); text.Kind == compare.String && text.Text != "" {
		return []byte(text.Text)
	}
	fields := url.Values{}
	for _, p := range at(data, "params").Items {
		fields.Add(at(p, "name").Text, at(p, "value").Text)
	}
	return []byte(fields.Encode())
}

// content returns the body of an answer. Polly.JS keeps one that came compressed as a list of pieces, in a text of its own.
func content(of *compare.Node) ([]byte, error) {
	text := at(of, "text")
	if text.Kind == compare.Null {
		if at(of, "size").Text == "0" {
			return []byte{}, nil
		}
		return nil, nil // browsers leave out what they do not keep
	}
	if strings.HasPrefix(text.Text, `["`) {
		if list, err := compare.Parse([]byte(text.Text)); err == nil {
			if body, ok := chunks(list); ok {
				return body, nil
			}
		}
	}
	if at(of, "encoding").Text == "base64" {
		return fromBase64(text.Text)
	}
	return []byte(text.Text), nil
}
