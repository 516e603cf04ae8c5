package api

import (
	"net/url"
	"strings"
)

// query returns the parameters of a request as Node's URLSearchParams reads them: it keeps every pair, and leaves
// invalid escapes as they were sent. net/url would drop such a pair, and the listing would ignore the filter in it.
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

// unescape decodes the valid escapes in a key or a value and leaves the rest.
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
