package api

import (
	"net/url"
	"strings"
)

// query returns the parameters of a request as Node's URLSearchParams reads them: every pair counts, and
// what is not well escaped stands as it was sent. net/url would drop such a pair, and a listing that was to
// be narrowed would answer as if nothing had been asked.
func (c *Call) query() url.Values {
	values := make(url.Values)
	for pair := range strings.SplitSeq(c.Request.URL.RawQuery, "&") {
		if pair != "" {
			key, value, _ := strings.Cut(pair, "=")
			values.Add(unescape(key), unescape(value))
		}
	}
	return values
}

// unescape decodes what is well escaped of a key or a value, and leaves the rest.
func unescape(sent string) string {
	if text, err := url.QueryUnescape(sent); err == nil {
		return text
	}
	var text []byte
	for rest := strings.ReplaceAll(sent, "+", " "); rest != ""; {
		n := 1
		if decoded, err := url.PathUnescape(rest[:min(3, len(rest))]); err == nil && rest[0] == '%' {
			text, n = append(text, decoded...), 3
		} else {
			text = append(text, rest[0])
		}
		rest = rest[n:]
	}
	return string(text)
}
