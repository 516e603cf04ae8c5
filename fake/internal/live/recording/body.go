package recording

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// maxBody is how large a body may become when it is uncompressed.
const maxBody = 64 << 20

// uncompressed returns a body without the compression that its first bytes show. Recordings keep the header Content-Encoding
// whether or not the body is still compressed.
func uncompressed(body []byte) ([]byte, error) {
	var from io.Reader
	var err error
	switch {
	case bytes.HasPrefix(body, []byte{0x1f, 0x8b}):
		from, err = gzip.NewReader(bytes.NewReader(body))
	case len(body) > 1 && body[0] == 0x78 && (int(body[0])<<8|int(body[1]))%31 == 0:
		from, err = zlib.NewReader(bytes.NewReader(body))
	default:
		return body, nil
	}
	if err != nil {
		return nil, errors.New("it is compressed, and damaged")
	}
	text, err := io.ReadAll(io.LimitReader(from, maxBody+1))
	switch {
	case err != nil:
		return nil, errors.New("it is compressed, and damaged")
	case len(text) > maxBody:
		return nil, fmt.Errorf("it has more than %d MiB", maxBody>>20)
	}
	return text, nil
}

// fromBase64 decodes base64 with or without line breaks.
func fromBase64(text string) ([]byte, error) {
	body, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, errors.New("a body that should be base64 is not")
	}
	return body, nil
}

// chunks joins the pieces of a body that a library has kept in hexadecimal or in base64, if it is that.
func chunks(n *compare.Node) ([]byte, bool) {
	if n.Kind != compare.Array || len(n.Items) == 0 {
		return nil, false
	}
	var all []byte
	for _, item := range n.Items {
		if item.Kind != compare.String {
			return nil, false
		}
		piece, err := hex.DecodeString(item.Text)
		if err != nil {
			if piece, err = base64.StdEncoding.DecodeString(item.Text); err != nil {
				return nil, false
			}
		}
		all = append(all, piece...)
	}
	return all, true
}
