package recording

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// readRubyVCR reads a cassette of Ruby's VCR, which keeps a body as {encoding, string}, or with base64_string.
func readRubyVCR(root *compare.Node) ([]Exchange, error) {
	return readInteractions(at(root, "http_interactions"), func(i *compare.Node, e *Exchange) error {
		e.At, _ = http.ParseTime(at(i, "recorded_at").Text)
		e.Answer.Status = status(at(i, "response", "status", "code"))
		return e.locate(at(i, "request", "method").Text, at(i, "request", "uri").Text)
	})
}

// readPythonVCR reads a cassette of vcrpy. What httpx has sent it keeps with status_code and content.
func readPythonVCR(root *compare.Node) ([]Exchange, error) {
	return readInteractions(at(root, "interactions"), func(i *compare.Node, e *Exchange) error {
		e.Answer.Status = status(at(i, "response", "status", "code"))
		if e.Answer.Status == 0 {
			e.Answer.Status = status(at(i, "response", "status_code"))
		}
		return e.locate(at(i, "request", "method").Text, at(i, "request", "uri").Text)
	})
}

// readGoVCR reads a cassette of go-vcr, versions 1 to 4.
func readGoVCR(root *compare.Node) ([]Exchange, error) {
	return readInteractions(at(root, "interactions"), func(i *compare.Node, e *Exchange) error {
		e.At, _ = time.Parse(time.RFC3339Nano, at(i, "recorded_at").Text)
		e.Answer.Status = status(at(i, "response", "code"))
		return e.locate(at(i, "request", "method").Text, at(i, "request", "url").Text)
	})
}

// readInteractions reads what the cassettes have in common.
func readInteractions(interactions *compare.Node, own func(interaction *compare.Node, e *Exchange) error) ([]Exchange, error) {
	var all []Exchange
	for _, i := range interactions.Items {
		request, response := at(i, "request"), at(i, "response")
		e := Exchange{Header: headers(at(request, "headers"))}
		e.Answer.Header = headers(at(response, "headers"))
		if err := own(i, &e); err != nil {
			return nil, err
		}
		var err error
		if e.Body, err = cassetteBody(request, "body"); err != nil {
			return nil, err
		}
		key := "body"
		if response.Field("content") != nil {
			key = "content"
		}
		if e.Answer.Body, err = cassetteBody(response, key); err != nil {
			return nil, err
		}
		if e.Answer.Body == nil {
			e.Answer.Body = []byte{} // it had none
		}
		if err := e.settle(); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// cassetteBody reads a body that is a text, or a mapping that has it as string or base64_string.
func cassetteBody(n *compare.Node, key string) ([]byte, error) {
	body := at(n, key)
	if body.Kind != compare.Object {
		return bodyOf(n, key)
	}
	if coded := at(body, "base64_string"); coded.Kind == compare.String {
		return fromBase64(coded.Text)
	}
	return bodyOf(body, "string")
}
