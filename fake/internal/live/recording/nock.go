package recording

import (
	"encoding/hex"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// readNock reads what nock's recorder writes as objects. A compressed answer is a list of pieces in hexadecimal.
func readNock(root *compare.Node) ([]Exchange, error) {
	var all []Exchange
	for _, i := range root.Items {
		e := Exchange{Header: headers(at(i, "reqheaders"))}
		scope := strings.TrimSuffix(at(i, "scope").Text, "/")
		if err := e.locate(at(i, "method").Text, scope+at(i, "path").Text); err != nil {
			return nil, err
		}
		e.Host = strings.TrimSuffix(strings.TrimSuffix(e.Host, ":443"), ":80")
		e.Answer.Status = status(at(i, "status"))
		e.Answer.Header = headers(at(i, "rawHeaders"))
		if len(e.Answer.Header) == 0 {
			e.Answer.Header = headers(at(i, "headers"))
		}
		var err error
		if e.Body, err = nockBody(i, "body"); err != nil {
			return nil, err
		}
		if e.Answer.Body, err = nockBody(i, "response"); err != nil {
			return nil, err
		}
		if e.Answer.Body == nil {
			e.Answer.Body = []byte{}
		}
		if err := e.settle(); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func nockBody(i *compare.Node, key string) ([]byte, error) {
	body := at(i, key)
	if all, ok := chunks(body); ok {
		return all, nil
	}
	if key == "response" && at(i, "responseIsBinary").Text == "true" {
		if all, err := hex.DecodeString(body.Text); err == nil {
			return all, nil
		}
	}
	return bodyOf(i, key)
}
