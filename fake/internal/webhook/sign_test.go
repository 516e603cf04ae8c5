package webhook

import (
	"strings"
	"testing"
)

func TestASignatureIsTheHMACOfTheBodyInHex(t *testing.T) {
	t.Parallel()
	// Computed with Python's hmac module.
	const body, want = `{"webhook_id":"23e42eaf-323a-41da-b5bb-fd67eebda553","events":[]}`, "97572590e0c060d1800bf9c2165f57cff13bcaae94233c03abfe2b4f63623113"
	if got := Sign([]byte(body), "0123456789abcdef"); got != want {
		t.Errorf("got %s", got)
	}
	for name, tc := range map[string]struct {
		header, body, secret string
		want                 bool
	}{
		"the right one":       {want, body, "0123456789abcdef", true},
		"another body":        {want, body + " ", "0123456789abcdef", false},
		"another secret":      {want, body, "0123456789abcdeF", false},
		"a part of it":        {want[:62], body, "0123456789abcdef", false},
		"more than it":        {want + "00", body, "0123456789abcdef", false},
		"no hexadecimal":      {strings.Repeat("x", 64), body, "0123456789abcdef", false},
		"nothing":             {"", body, "0123456789abcdef", false},
		"upper case":          {strings.ToUpper(want), body, "0123456789abcdef", false},
		"an empty body alone": {want, "", "0123456789abcdef", false},
	} {
		if got := Verify(tc.header, []byte(tc.body), tc.secret); got != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
